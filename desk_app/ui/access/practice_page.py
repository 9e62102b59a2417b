"""Starting a practice on this computer: its name, yours, and a login if wanted."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desk_app.domain.staff import NewStaff, Role
from desk_app.errors import Invalid
from desk_app.ui.access import words
from desk_app.ui.access.form import Named
from desk_app.ui.access.page import FormPage
from desk_app.ui.access.password_field import PasswordField
from desk_app.ui.access.ways import Founding
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.here import here
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.errors import DeskError

LONGEST_NAME = 200
LONGEST_LOGIN = 63


class PracticePage(FormPage):
    """Asks what a new practice needs; all else can be set up in it later.

    Signals:
        wanted: it shall begin (`Founding`).
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("monitor", self.tr("&Start"), self.tr("&Back"))
        self.set_title(
            self.tr("Start a practice on this computer"),
            self.tr("Providers and services are added in the practice afterwards."),
        )
        self._build()
        self._connect()
        self._show_protection()

    def begin(self) -> None:
        """Put the keyboard into the first field that is empty."""
        fields = (self._practice, self._name, self._login, self._password)
        empty = (f for f in fields if f.isVisibleTo(self) and not f.text())
        next(empty, self._practice).setFocus()

    def submit(self) -> None:
        """Ask for the practice, or say what is missing."""
        if not self._practice.text().strip():
            self.form.complain("practice", self.tr("Type the name of the practice."))
        elif not self._name.text().strip():
            self.form.complain("name", self.tr("Type your name."))
        elif self.protect.isChecked() and not self._is_typed_twice():
            self.form.complain("again", self.tr("Both passwords must be the same."))
        else:
            self.wanted.emit(self._founding())

    def show_trying(self) -> None:
        """Say that the practice is being made."""
        self.show_busy(self.tr("Starting…"))

    def show_refusal(self, error: DeskError) -> None:
        """Say at the field, or below, why the practice cannot begin."""
        self.show_again()
        said = words.cannot_enter(error)
        is_of_field = isinstance(error, Invalid) and self.form.complain(
            error.field, said.text or said.title
        )
        if not is_of_field:
            self.say(said)

    def forget(self) -> None:
        """Forget the passwords."""
        for field in (self._password, self._again):
            field.forget()
        self.show_again()

    def _build(self) -> None:
        self._practice, self._name, self._login = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self._practice, self._name):
            field.setMaxLength(LONGEST_NAME)
        self._login.setMaxLength(LONGEST_LOGIN)
        self._password = PasswordField(self.tr("Password"))
        self._again = PasswordField(self.tr("Password once more"))
        self.protect = QCheckBox(self.tr("&Protect it with a login and a password"))
        self._meaning = PlainLabel()
        self._meaning.setWordWrap(True)
        set_ink(self._meaning, Ink.MUTED)
        self.form.add(
            Named("practice", self.tr("Name of the p&ractice"), self._practice)
        )
        self.form.add(Named("name", self.tr("Your &name"), self._name))
        self.form.add_widget(self._protection())
        self.form.add(Named("login", self.tr("&Login"), self._login))
        self.form.add(Named("password", self.tr("Pass&word"), self._password))
        self.form.add(Named("again", self.tr("Password &once more"), self._again))

    def _protection(self) -> QWidget:
        """The box to tick, and what it means."""
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.protect)
        column.addWidget(self._meaning)
        return both

    def _connect(self) -> None:
        self.protect.toggled.connect(self._show_protection)
        self._name.textEdited.connect(self._on_name)

    @Slot()
    def _show_protection(self) -> None:
        is_on = self.protect.isChecked()
        for name in ("login", "password", "again"):
            self.form.show_field(name, is_shown=is_on)
        if is_on:
            text = self.tr(
                "Everybody signs in, and what they do carries their name. More people"
                " can be let in later. Without the password nobody gets in."
            )
        else:
            text = self.tr("Whoever uses this computer can open and change everything.")
        self._meaning.setText(text)
        self._on_name()

    @Slot()
    def _on_name(self) -> None:
        """Propose a login until somebody has typed another one."""
        if not self._login.isModified():
            self._login.setText(proposed_login(self._name.text()))

    def _is_typed_twice(self) -> bool:
        return self._password.text() == self._again.text()

    def _founding(self) -> Founding:
        login = password = ""
        if self.protect.isChecked():
            login, password = self._login.text(), self._password.text()
        first = NewStaff(login, self._name.text(), Role.MANAGER, password)
        place, name = here(), self._practice.text()
        return Founding(name, place.timezone, place.country, place.currency, first)


def proposed_login(name: str) -> str:
    """Return the last of the names in letters that a login may have."""
    words = unicodedata.normalize("NFKD", name.replace("ß", "ss")).casefold().split()
    letters = re.sub(r"[^a-z0-9]", "", words[-1]) if words else ""
    return letters.lstrip("0123456789")[:LONGEST_LOGIN]
