"""Signing in: at which practice, who, and the password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit

from desk_app.domain.staff import SignIn, Staff
from desk_app.errors import NeedsLogin
from desk_app.ui.access import words
from desk_app.ui.access.form import Named
from desk_app.ui.access.keep_box import KeepBox
from desk_app.ui.access.page import FormPage
from desk_app.ui.access.password_field import PasswordField
from desk_app.ui.access.ways import Attempt

if TYPE_CHECKING:
    from desk_app.errors import DeskError
    from desk_app.settings import Settings

LONGEST_LOGIN = 200


class SignInPage(FormPage):
    """Asks who is there until the practice lets somebody in.

    Signals:
        wanted: somebody wants to be let in (`Attempt`).
        left: another practice is wanted.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("lock", self.tr("&Sign in"), self.tr("&Another practice…"))
        self._settings: Settings | None = None
        self._people: tuple[Staff, ...] = ()
        self._build()

    def invite(self, settings: Settings, needed: NeedsLogin) -> None:
        """Ask for a login of this practice; what was typed before stays."""
        is_new = self._settings is None
        self._settings = settings
        self._people = tuple(p for p in needed.people if isinstance(p, Staff))
        self._fill_servers(settings)
        self._fill_people(needed.login or settings.login)
        if is_new or not self._login.text():
            self._login.setText(needed.login or settings.login)

    def begin(self) -> None:
        """Put the keyboard into the first field that is empty."""
        is_missing = self._is_typed and not self._login.text()
        (self._login if is_missing else self._password).setFocus()

    def submit(self) -> None:
        """Ask to be let in, or say what is missing."""
        login = self._chosen_login()
        if not login:
            self.form.complain("login", self.tr("Type your login."))
        elif self._is_typed and not self._password.text():
            self.form.complain("password", self.tr("Type your password."))
        elif self._settings is not None:
            database = str(self._server.currentData() or "")
            is_other = database != self._settings.database
            settings = replace(self._settings, database=database)
            sign_in = SignIn(login, self._password.text(), self.keep.is_wanted)
            self.wanted.emit(Attempt(settings, sign_in, is_chosen=is_other))

    def show_trying(self) -> None:
        """Say that the practice is asked."""
        self.show_busy(self.tr("Signing in…"))

    def show_refusal(self, error: DeskError) -> None:
        """Say at the password, or below, why nobody was let in."""
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
        self._server, self._name = QComboBox(), QComboBox()
        self._login, self.keep = QLineEdit(), KeepBox()
        self._login.setMaxLength(LONGEST_LOGIN)
        self._password = PasswordField(self.tr("Password"))
        self.form.add(Named("server", self.tr("P&ractice"), self._server))
        self.form.add(Named("name", self.tr("&Name"), self._name))
        self.form.add(Named("login", self.tr("&Login"), self._login))
        self.form.add(Named("password", self.tr("&Password"), self._password))
        self.form.add_widget(self.keep)
        self._server.currentIndexChanged.connect(self._on_server)
        self._name.currentIndexChanged.connect(self._on_name)

    def _fill_servers(self, settings: Settings) -> None:
        """Offer the servers this desk knows; one alone needs no list."""
        known = dict.fromkeys((settings.database, *settings.servers))
        self._server.blockSignals(True)
        self._server.clear()
        for database in known:
            self._server.addItem(words.server(database), database)
        self._server.blockSignals(False)
        self.form.show_field("server", is_shown=len(known) > 1)
        place = "" if len(known) > 1 else words.server(settings.database)
        self.set_title(self.tr("Sign in"), place)

    def _fill_people(self, login: str) -> None:
        """Offer names where they are known, else let the login be typed."""
        chosen = self._name.currentData() or login
        self._name.blockSignals(True)
        self._name.clear()
        for person in self._people:
            self._name.addItem(words.person(person), person.login)
        self._name.setCurrentIndex(max(0, self._name.findData(chosen)))
        self._name.blockSignals(False)
        self._show_who()

    def _show_who(self) -> None:
        """Names belong to the practice they were read from."""
        settings = self._settings
        is_here = settings and self._server.currentData() == settings.database
        by_name = bool(self._people and is_here)
        self.form.show_field("name", is_shown=by_name)
        self.form.show_field("login", is_shown=not by_name)

    @property
    def _is_typed(self) -> bool:
        """Whether the login is typed, not chosen by name."""
        return self._login.isVisibleTo(self)

    def _chosen_login(self) -> str:
        if self._is_typed:
            return self._login.text().strip()
        return str(self._name.currentData())

    @Slot()
    def _on_server(self) -> None:
        self.banner.clear()
        self._show_who()

    @Slot()
    def _on_name(self) -> None:
        self._password.forget()
