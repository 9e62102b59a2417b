"""The page of e-mail: by which server it leaves, and from whom it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from desk_app.domain import mail_hosts
from desk_app.domain.host_names import HIGHEST_PORT
from desk_app.domain.mail_hosts import KNOWN, USUAL_PORTS, Security, Signing
from desk_app.domain.message_settings import MailSettings
from desk_app.domain.messages import Channel
from desk_app.domain.secrets import SecretName
from desk_app.ui.admin.form import add_row, form_grid, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.office.messages.secret_field import SecretField
from desk_app.ui.office.messages.secret_page import SecretPage
from desk_app.ui.office.messages.test_box import TestBox, TestLabels
from desk_app.ui.office.page import focus
from desk_app.ui.plain import PlainLabel, Question

if TYPE_CHECKING:
    from desk_app.ui.around import Around

LONGEST = 254


class MailPage(SecretPage):
    """The mail server, the sender, the password, and a test."""

    def __init__(self, around: Around) -> None:
        service = around.desk.message_settings
        super().__init__(
            around,
            self.tr("By which mailbox confirmations and reminders leave."),
            around.port(lambda _: service.mail(), "mail"),
            around.port(service.change_mail),
            SecretName.SMTP_PASSWORD,
        )
        self._build()
        self._connect()

    def show_settings(self, settings: MailSettings) -> None:
        """Fill the fields."""
        self.host.setText(settings.host)
        self.security.setCurrentIndex(self.security.findData(settings.security))
        self.port.setValue(settings.port)
        for name, field in self._lines.items():
            field.setText(getattr(settings, name))
        self._follow()

    def settings(self) -> MailSettings:
        """Return what stands in the fields."""
        lines = {name: field.text() for name, field in self._lines.items()}
        return MailSettings(
            host=self.host.text(),
            port=self.port.value(),
            security=Security(self.security.currentData()),
            **lines,
        )

    def removal(self) -> Question:
        """Ask before the password is removed."""
        return Question(
            self.tr("Remove the password?"),
            self.tr("No e-mail leaves from then on, until another one is typed."),
            self.tr("&Remove it"),
            self.tr("&Leave it"),
        )

    def changed(self) -> None:
        """Only what is saved can be tried out."""
        super().changed()
        known = self.known
        is_set_up = known is not None and known.settings.is_set_up
        why = "" if is_set_up else self.tr("Set the server up first, and save it.")
        if self.is_touched():
            why = self.tr("Save first: a test goes by what is saved.")
        self.test.allow(why_not=why)

    def _build(self) -> None:
        self._build_fields()
        form = form_grid()
        form.setContentsMargins(16, 14, 16, 10)
        self._add_server(form)
        self._add_login(form)
        self._add_sender(form)
        card = QFrame()
        card.setObjectName("card")
        card.setLayout(form)
        labels = TestLabels(
            self.tr("E-mail address for the test"),
            self.tr("you@example.org"),
            self.tr("Sends one message the way that clients get theirs."),
        )
        self.test = TestBox(self.around, Channel.EMAIL, labels)
        self.column.addWidget(card)
        self.column.addWidget(self.test)
        self.column.addStretch(1)

    def _build_fields(self) -> None:
        self.provider = self.first = QComboBox()
        self.provider.setAccessibleName(self.tr("Mail provider"))
        for known in KNOWN:
            self.provider.addItem(known.name, known.host)
        self.provider.addItem(self.tr("Another, or a server of your own"), "")
        self.host, self.login = QLineEdit(), QLineEdit()
        self.from_address, self.from_name = QLineEdit(), QLineEdit()
        self.reply_to = QLineEdit()
        self.security, self.port = QComboBox(), QSpinBox()
        self.security.addItem(self.tr("STARTTLS (mostly port 587)"), Security.STARTTLS)
        self.security.addItem(self.tr("TLS (mostly port 465)"), Security.TLS)
        self.port.setRange(1, HIGHEST_PORT)
        self.port.lineEdit().setTextMargins(6, 0, 0, 0)
        self.secret = SecretField(self.tr("Password"), self.around.practice.zone)
        self._lines = {
            "login": self.login,
            "sender": self.from_address,
            "sender_name": self.from_name,
            "reply_to": self.reply_to,
        }
        for name, field, spoken in (
            ("host", self.host, self.tr("Server for outgoing mail")),
            ("port", self.port, self.tr("Port")),
            ("security", self.security, self.tr("Encryption")),
            ("login", self.login, self.tr("Login")),
            ("sender", self.from_address, self.tr("Sender’s address")),
            ("sender_name", self.from_name, self.tr("Sender’s name")),
            ("reply_to", self.reply_to, self.tr("Answers go to")),
        ):
            field.setAccessibleName(spoken)
            self.complaints[name] = Complaint(field)
        for line in (self.host, *self._lines.values()):
            line.setMaxLength(LONGEST)

    def _add_server(self, form: QGridLayout) -> None:
        said = self.complaints
        fills = hint(self.tr("Choosing one fills in server, port and encryption."))
        add_row(form, self.tr("&Provider"), self.provider, fills)
        add_row(form, self.tr("Ser&ver"), self.host, said["host"])
        port = PlainLabel(self.tr("P&ort"))
        port.setBuddy(self.port)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.security, 1)
        row.addWidget(port)
        row.addWidget(self.port)
        line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line.setFocusProxy(self.security)
        never = hint(
            self.tr("Always encrypted, and only to a server that proves who it is.")
        )
        below = (said["port"], said["security"], never)
        add_row(form, self.tr("&Encryption"), line, *below)

    def _add_login(self, form: QGridLayout) -> None:
        said = self.complaints
        mostly = hint(self.tr("Mostly the e-mail address of the mailbox."))
        add_row(form, self.tr("&Login"), self.login, said["login"], mostly)
        self._note = hint("")
        add_row(form, self.tr("Pass&word"), self.secret, self._note)

    def _add_sender(self, form: QGridLayout) -> None:
        said = self.complaints
        seen = hint(self.tr("Clients see it as the sender. One address."))
        add_row(form, self.tr("Sen&der"), self.from_address, said["sender"], seen)
        name = hint(self.tr("Stands before the address, such as the practice’s name."))
        row = (self.from_name, said["sender_name"], name)
        add_row(form, self.tr("Sender’s &name"), *row)
        where = hint(self.tr("Empty: to the sender."))
        add_row(form, self.tr("&Answers go to"), self.reply_to, said["reply_to"], where)

    def _connect(self) -> None:
        self.watch()
        self.invite(
            "mail",
            self.tr("No e-mail leaves yet"),
            self.tr(
                "Confirmations, changes and reminders go out by the practice’s own"
                " mailbox. Until it is named here they wait, and clients hear nothing"
                " by e-mail. You need the mailbox’s login and password."
            ),
            self.tr("&Set up e-mail"),
        )
        self.provider.activated.connect(self._on_provider_chosen)
        self.security.activated.connect(self._on_security_chosen)
        self.security.currentIndexChanged.connect(self._follow)
        self.port.valueChanged.connect(self._follow)
        self.port.valueChanged.connect(self.complaints["port"].clear_words)
        for name, line in (("host", self.host), *self._lines.items()):
            line.textChanged.connect(self.complaints[name].clear_words)
            line.textChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """Show whose server it is, and what its provider wants as a password."""
        known = mail_hosts.known(self.host.text())
        at = self.provider.findData(known.host if known else "")
        if at != self.provider.currentIndex():
            self.provider.setCurrentIndex(at)
        self.secret.need(is_needed=bool(self.login.text().strip()))
        note = _note(known.signing) if known else ""
        if not self.login.text().strip():
            note = self.tr("Without a login the server is asked without a password.")
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.changed()

    @Slot()
    def _on_provider_chosen(self) -> None:
        known = mail_hosts.known(str(self.provider.currentData()))
        if known is None:
            # A server of one's own begins with none that belongs to somebody else.
            if mail_hosts.known(self.host.text()):
                self.host.clear()
            focus(self.host)
            return
        self.host.setText(known.host)
        self.security.setCurrentIndex(self.security.findData(known.security))
        self.port.setValue(known.port)

    @Slot()
    def _on_security_chosen(self) -> None:
        """Another encryption mostly has another port."""
        if self.port.value() in USUAL_PORTS.values():
            self.port.setValue(USUAL_PORTS[Security(self.security.currentData())])


def _note(signing: Signing) -> str:
    """Return what this provider wants as a password."""
    return {
        Signing.USUAL: "",
        Signing.APP_PASSWORD: _tr(
            "This provider wants an app password, made in the security settings of"
            " the account (with two-step sign-in switched on). The usual password is"
            " refused."
        ),
        Signing.ALLOWED_FIRST: _tr(
            "Allow it first: in the mailbox’s settings, switch on sending by other"
            " programs (POP3/IMAP). With two-step sign-in an app password is wanted."
        ),
        Signing.SMTP_AUTH: _tr(
            "Only where your organisation allows “Authenticated SMTP” for this"
            " mailbox; its administrator can switch that on. Some accept no passwords"
            " at all any more."
        ),
    }[signing]


def _tr(text: str) -> str:
    return QCoreApplication.translate("MailPage", text)
