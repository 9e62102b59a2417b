"""Connecting to the practice's server: where it is, who you are, and its proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desk_app.domain.staff import SignIn
from desk_app.errors import NeedsLogin
from desk_app.ui.access import words
from desk_app.ui.access.form import Named
from desk_app.ui.access.keep_box import KeepBox
from desk_app.ui.access.page import FormPage
from desk_app.ui.access.password_field import PasswordField
from desk_app.ui.access.ways import Server
from desk_app.ui.dialogs.prompt import PromptButton

if TYPE_CHECKING:
    from desk_app.errors import DeskError

PORT = "5432"
LONGEST = 400


class ServerPage(FormPage):
    """Tries to connect first; only what worked is remembered.

    Signals:
        wanted: a desk there shall be opened (`Server`, `SignIn`).
    """

    wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__("server", self.tr("&Connect"), self.tr("&Back"))
        self.set_title(
            self.tr("Connect to our practice’s server"),
            self.tr("Whoever looks after the server knows what belongs here."),
        )
        self._build()

    def begin(self) -> None:
        """Put the keyboard into the first field that is empty."""
        fields = (self._host, self._database, self._login, self._password)
        next((f for f in fields if not f.text()), self._host).setFocus()

    def submit(self) -> None:
        """Ask to connect, or say what is missing."""
        needed = {
            "host": (self._host, self.tr("Type the name of the server.")),
            "database": (self._database, self.tr("Type the name of the database.")),
            "login": (self._login, self.tr("Type your login.")),
            "password": (self._password, self.tr("Type your password.")),
        }
        for name, (field, text) in needed.items():
            if not field.text().strip():
                self.form.complain(name, text)
                return
        certificate = self._certificate.text().strip()
        if certificate and not Path(certificate).is_file():
            self.form.complain("certificate", self.tr("There is no such file."))
            return
        server = Server(
            self._host.text().strip(),
            int(self._port.text() or PORT),
            self._database.text().strip(),
            certificate,
        )
        login = self._login.text().strip()
        keep = self.keep.is_wanted
        self.wanted.emit(server, SignIn(login, self._password.text(), keep))

    def show_trying(self) -> None:
        """Say that the server is asked."""
        self.show_busy(self.tr("Connecting…"))

    def show_refusal(self, error: DeskError) -> None:
        """Say at the password, or below, why there is no connection."""
        self.show_again()
        said = words.cannot_enter(error)
        if isinstance(error, NeedsLogin):
            self.form.complain("password", f"{said.title}. {said.body}")
            self._password.selectAll()
        else:
            self.say(said)

    def forget(self) -> None:
        """Forget the password."""
        self._password.forget()
        self.show_again()

    def _build(self) -> None:
        self._host, self._database = QLineEdit(), QLineEdit("practice")
        self._login, self._certificate = QLineEdit(), QLineEdit()
        for field in (self._host, self._database, self._login, self._certificate):
            field.setMaxLength(LONGEST)
        self._host.setPlaceholderText(self.tr("for example db.practice.example"))
        self._certificate.setPlaceholderText(self.tr("may be left empty"))
        self._port = QLineEdit(PORT)
        self._port.setValidator(QIntValidator(1, 65535, self))
        self._password = PasswordField(self.tr("Password"))
        self.keep = KeepBox()
        choose = PromptButton(self.tr("C&hoose…"))
        choose.clicked.connect(self._on_choose)
        proof = self.tr("C&ertificate of the practice")
        self.form.add(
            Named("host", self.tr("&Server"), self._host),
            Named("port", self.tr("P&ort"), self._port),
        )
        self.form.add(Named("database", self.tr("&Database"), self._database))
        self.form.add(Named("certificate", proof, self._certificate, choose))
        self.form.add(Named("login", self.tr("&Login"), self._login))
        self.form.add(Named("password", self.tr("&Password"), self._password))
        self.form.add_widget(self.keep)

    @Slot()
    def _on_choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Certificate of the practice"),
            self._certificate.text(),
            self.tr("Certificates (*.crt *.pem *.cer);;All files (*)"),
        )
        if file:
            self._certificate.setText(file)
