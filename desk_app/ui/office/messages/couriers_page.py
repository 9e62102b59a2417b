"""The page of who sends: which computers carry messages, and by which login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QLineEdit

from desk_app.domain.message_settings import CourierLogin, SetUp
from desk_app.domain.secrets import SecretName
from desk_app.ui.admin.form import add_row, form_grid, hint
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.office.messages import courier_words as words
from desk_app.ui.office.messages.card import card
from desk_app.ui.office.messages.secret_field import SecretField
from desk_app.ui.office.messages.secret_page import SecretPage
from desk_app.ui.plain import Question

if TYPE_CHECKING:
    from desk_app.domain.message_settings import Sending
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around

LONGEST = 63
LOOK_AGAIN_MS = 4_000


class CouriersPage(SecretPage):
    """Who sends now, the login of all desks, and a computer that stays on."""

    def __init__(self, around: Around) -> None:
        service, settings = around.desk.message_settings, around.desk.settings
        super().__init__(
            around,
            words.about(),
            around.port(lambda _: service.courier(), "courier"),
            around.port(service.change_courier),
            SecretName.COURIER_LOGIN,
        )
        # Where the practice is one computer, that one carries by itself.
        self._has_desks = bool(settings.database) and not settings.demo
        self._look = around.port(lambda _: service.sending(), "sending")
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS, singleShot=True)
        self._build()
        self.watch()
        self._connect()

    def begin(self) -> None:
        """Read whether there is a login, and who sends now."""
        super().begin()
        self._on_time()

    def show_value(self, value: SetUp[CourierLogin]) -> None:
        """Fill the fields; a practice on one computer has none."""
        super().show_value(value)
        for part in (self.save, self.undo):
            part.setVisible(self._has_desks)

    def is_set_up(self, value: SetUp[CourierLogin]) -> bool:
        """There is always something to be seen here."""
        return value is not None

    def show_settings(self, settings: CourierLogin) -> None:
        """Empty the field: of what is sealed nothing comes back."""
        self.login.setText(settings.login)

    def settings(self) -> CourierLogin:
        """Return what stands in the field."""
        return CourierLogin(self.login.text())

    def removal(self) -> Question:
        """Ask before the login is removed."""
        return Question(
            self.tr("Remove the login?"),
            self.tr(
                "Desks send nothing from then on. Computers that run desk-app worker"
                " have a login of their own and go on."
            ),
            self.tr("&Remove it"),
            self.tr("&Leave it"),
        )

    def _build(self) -> None:
        self.now = self.first = Banner()
        # On one computer there is nothing else to come to.
        self.now.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        who, column = card(self.tr("Now"))
        column.addWidget(self.now)
        self.column.addWidget(who)
        self._desks = self._build_desks()
        self.column.addWidget(self._desks)
        self._desks.setVisible(self._has_desks)
        stays, column = card(self.tr("A computer that stays on"))
        for text in words.worker(has_desks=self._has_desks):
            column.addWidget(hint(text))
        self.column.addWidget(stays)
        self.column.addStretch(1)

    def _build_desks(self) -> QFrame:
        self.login = QLineEdit()
        self.login.setMaxLength(LONGEST)
        self.login.setPlaceholderText("courier")
        self.login.setAccessibleName(self.tr("Login of the courier"))
        self.complaints["login"] = Complaint(self.login)
        self.secret = SecretField(self.tr("Password"), self.around.practice.zone)
        frame, column = card(self.tr("Every desk that is on"))
        form = form_grid()
        said = self.complaints["login"]
        add_row(form, self.tr("&Login"), self.login, said)
        add_row(form, self.tr("Pass&word"), self.secret)
        column.addWidget(hint(words.desks()))
        column.addLayout(form)
        if self._has_desks:
            self.first = self.login
        return frame

    def _connect(self) -> None:
        self.login.textChanged.connect(self.complaints["login"].clear_words)
        self.login.textChanged.connect(self.changed)
        self._timer.timeout.connect(self._on_time)

    @Slot()
    def _on_time(self) -> None:
        self._timer.start()
        if self.isVisible():
            self._look(None, self._on_sending, self._on_not_seen)

    @Slot(object)
    def _on_sending(self, sending: Sending) -> None:
        said = words.now(sending, has_desks=self._has_desks)
        if said != self.now.words:
            self.now.say(said)

    @Slot(object)
    def _on_not_seen(self, _error: DeskError) -> None:
        """Say nothing: the page looks again, and the window says what is away."""
