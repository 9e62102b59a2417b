"""Leads from the first start, or a login that is needed, to an open desk."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desk_app.errors import NeedsChoice, NeedsLogin, WrongSchema
from desk_app.ui import notices
from desk_app.ui.access.choices import ChoicesPage
from desk_app.ui.access.page import FormPage
from desk_app.ui.access.practice_page import PracticePage
from desk_app.ui.access.server_page import ServerPage
from desk_app.ui.access.sign_in import SignInPage
from desk_app.ui.access.ways import Attempt
from desk_app.ui.notice_bar import Action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.staff import SignIn
    from desk_app.errors import DeskError
    from desk_app.settings import Settings
    from desk_app.ui.access.ways import Founding, Server, Ways
    from desk_app.ui.calls import Calls
    from desk_app.ui.main_window import MainWindow


class Entrance(QObject):
    """Shows the pages before the front desk, and says what they ask for.

    Signals:
        wanted: a desk shall be opened (`Attempt`); `show_failure` or `close` follows.
        left: nothing else is wanted, the desk that is open shall come back.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(
        self, window: MainWindow, calls: Calls, ways: Ways, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._calls, self._ways = window, calls, ways
        self._settings = settings
        self._trying: QWidget | None = None
        self._asks_login = False
        self.sign_in, self.choices = SignInPage(), ChoicesPage()
        self.practice, self.server = PracticePage(), ServerPage()
        self._connect()

    @property
    def is_trying(self) -> bool:
        """Whether one of the pages waits for what comes of its wish."""
        return self._trying is not None

    def show_failure(self, error: DeskError, attempt: Attempt) -> None:
        """Ask for what is needed, or say why what was asked for is not possible."""
        page, self._trying = self._trying, None
        if isinstance(error, NeedsChoice):
            self.show_choices()
        elif page is self.choices:
            self.choices.say(notices.cannot_open(error))
            self._window.show_page(self.choices)
        elif isinstance(page, FormPage):
            page.show_refusal(error)
            self._offer_upgrade(page, error, attempt)
        elif isinstance(error, NeedsLogin):
            self._invite(attempt.settings, error)

    def show_choices(self) -> None:
        """Let somebody choose a practice."""
        self._window.show_page(self.choices)
        is_inside = self._window.desk is not None
        self.choices.begin(can_go_back=is_inside or self._asks_login)

    def close(self, settings: Settings) -> None:
        """Forget passwords that were typed; a desk with these settings is open."""
        self._trying, self._asks_login, self._settings = None, False, settings
        for page in (self.sign_in, self.practice, self.server):
            page.forget()

    def _connect(self) -> None:
        self.sign_in.wanted.connect(self._on_sign_in_wanted)
        self.sign_in.left.connect(self.show_choices)
        self.choices.demo_wanted.connect(self._on_demo_wanted)
        self.choices.practice_wanted.connect(self._on_practice_page)
        self.choices.server_wanted.connect(self._on_server_page)
        self.choices.left.connect(self._on_choices_left)
        self.practice.wanted.connect(self._on_practice_wanted)
        self.server.wanted.connect(self._on_server_wanted)
        for page in (self.practice, self.server):
            page.left.connect(self.show_choices)

    def _invite(self, settings: Settings, needed: NeedsLogin) -> None:
        self._asks_login, self._settings = True, settings
        self.sign_in.invite(settings, needed)
        self._open(self.sign_in)
        self._ask_keyring(self.sign_in)

    def _open(self, page: FormPage) -> None:
        self._window.show_page(page)
        page.begin()

    def _ask_keyring(self, page: SignInPage | ServerPage) -> None:
        self._calls.run(
            self._ways.can_keep,
            then=page.keep.show_keyring,
            failed=partial(_no_keyring, page),
        )

    def _try(self, page: FormPage, one: Attempt) -> None:
        self._trying = page
        page.show_trying()
        self.wanted.emit(one)

    def _offer_upgrade(
        self, page: FormPage, error: DeskError, attempt: Attempt
    ) -> None:
        """A database that is older, or empty, is not changed unasked."""
        if isinstance(error, WrongSchema) and error.can_upgrade:
            again = replace(attempt, upgrade=True)
            update = Action(
                self.tr("Update the database"), partial(self._try, page, again)
            )
            page.say(notices.words(error), [update])

    @Slot(object)
    def _on_sign_in_wanted(self, attempt: Attempt) -> None:
        self._try(self.sign_in, attempt)

    @Slot()
    def _on_demo_wanted(self) -> None:
        self._trying = self.choices
        self._window.show_starting()
        self.wanted.emit(Attempt(replace(self._settings, demo=True), is_chosen=True))

    @Slot()
    def _on_practice_page(self) -> None:
        self._open(self.practice)

    @Slot()
    def _on_server_page(self) -> None:
        self._open(self.server)
        self._ask_keyring(self.server)

    @Slot(object)
    def _on_practice_wanted(self, founding: Founding) -> None:
        settings = replace(self._settings, demo=False, database="", login="")
        self._try(self.practice, Attempt(settings, founding=founding, is_chosen=True))

    @Slot(object, object)
    def _on_server_wanted(self, server: Server, sign_in: SignIn) -> None:
        settings = replace(self._settings, demo=False)
        self._try(self.server, Attempt(settings, sign_in, server, is_chosen=True))

    @Slot()
    def _on_choices_left(self) -> None:
        if self._window.desk is not None:
            self.left.emit()
        else:
            self._open(self.sign_in)


def _no_keyring(page: SignInPage | ServerPage, _error: DeskError) -> None:
    page.keep.show_keyring(False)
