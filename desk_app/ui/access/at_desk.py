"""Who is at this desk: the person's button, the guard, and the services behind them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from desk_app.domain.schedule import NOBODY
from desk_app.ui.access.guard import AccessPorts, Guard
from desk_app.ui.access.password_dialog import (
    NewPassword,
    PasswordDialog,
    PasswordPorts,
)
from desk_app.ui.access.person_button import Offers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from desk_app.desk import Desk
    from desk_app.domain.schedule import Catalogue
    from desk_app.domain.staff import Me, Staff
    from desk_app.ui.access.person_button import PersonButton
    from desk_app.ui.calls import Calls
    from desk_app.ui.notice_bar import Action


class AtDesk(QObject):
    """Carries out what the person's menu and its keys ask for.

    Signals:
        hint: one sentence on what was done, or why nothing can be.
    """

    hint = Signal(str)

    def __init__(
        self, desk: Desk, calls: Calls, button: PersonButton, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._calls, self._button = desk, calls, button
        self._parent = parent
        self._me: Me = NOBODY
        self._person: Staff | None = None
        self.guard = Guard(self._access_ports(), parent)
        self.guard.hint.connect(self.hint)
        button.lock_wanted.connect(self.guard.lock)
        button.change_wanted.connect(self.guard.change_person)
        button.password_wanted.connect(self._on_password_wanted)

    def know(self, catalogue: Catalogue, further: Sequence[Action]) -> None:
        """Learn who is signed in, and what else their menu offers."""
        me, access = catalogue.me, self._desk.access
        self._me, self._person = me, catalogue.person(me.login)
        has_password = self._person is not None and access.asks_password(me.login)
        offers = Offers(
            lock=access.can_lock(me),
            password=has_password,
            further=further,
        )
        self.guard.know(catalogue)
        self._button.show_person(me, offers)

    def _access_ports(self) -> AccessPorts:
        access = self._desk.access
        return AccessPorts(
            lock=partial(self._run, access.lock),
            enter=partial(self._run, access.enter),
            can_lock=access.can_lock,
            asks_password=access.asks_password,
        )

    def _run(self, function: Callable[..., object], *given: Any) -> None:
        *values, then, failed = given
        self._calls.run(function, *values, then=then, failed=failed, owner=self)

    @Slot()
    def _on_password_wanted(self) -> None:
        if self._person is None:
            return
        ports = PasswordPorts(partial(self._run, self._set_password))
        if PasswordDialog.ask(self._parent, self._person, ports):
            self.hint.emit(self.tr("Your password is changed."))

    def _set_password(self, new: NewPassword) -> bool:
        """Change it there, and go on here in the same name."""
        self._desk.staff.set_password(new.person, new.password)
        self._desk.access.renew(new.person.login, new.password)
        return True
