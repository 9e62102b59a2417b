"""Locks the desk, lets people in, and lets one take over from another.

Dialogs that are open stay open behind the lock with what was typed in them; what they
save later carries the name of whoever is signed in by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desk_app.domain.schedule import NOBODY
from desk_app.ui import privacy
from desk_app.ui.access.covers import Covers
from desk_app.ui.access.enter_dialog import Door, EnterDialog
from desk_app.ui.access.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.schedule import Catalogue
    from desk_app.domain.staff import Me, SignIn, Staff
    from desk_app.errors import DeskError

    Then = Callable[[Me], object]
    Failed = Callable[[DeskError], object]


@dataclass(frozen=True, slots=True)
class AccessPorts:
    """Ways to close the desk and to let somebody in; each returns at once."""

    lock: Callable[[Callable[[None], object], Failed], None]
    enter: Callable[[SignIn, Then, Failed], None]
    can_lock: Callable[[Me], bool]
    asks_password: Callable[[str], bool]


class Guard(QObject):
    """Stands between the desk and whoever sits down at it.

    Signals:
        entered: somebody is signed in now (`Me`), the same person or another.
        link_wanted: whether the desk may be connected to the database.
        hint: why a key does nothing here.
        close_wanted: the program shall end.
    """

    entered = Signal(object)
    link_wanted = Signal(bool)
    hint = Signal(str)
    close_wanted = Signal()

    def __init__(self, ports: AccessPorts, parent: QWidget) -> None:
        super().__init__(parent)
        self._ports, self._parent = ports, parent
        self._me: Me = NOBODY
        self._people: tuple[Staff, ...] = ()
        self._dialog: EnterDialog | None = None
        self._covers: Covers | None = None
        self._is_closing = self._is_entering = False
        self._waiting: SignIn | None = None
        self.watch = Watch(self)
        self.watch.too_long.connect(self._on_too_long)
        self.watch.left_alone.connect(_hide_names)
        self.watch.lock_wanted.connect(self.lock)
        self.watch.change_wanted.connect(self.change_person)

    @property
    def is_locked(self) -> bool:
        """Whether everything is hidden."""
        return self._covers is not None and self._covers.are_on

    @property
    def dialog(self) -> EnterDialog | None:
        """What asks who is there, while it does."""
        return self._dialog

    def know(self, catalogue: Catalogue) -> None:
        """Learn who is signed in, who may be, and when to lock."""
        self._me = catalogue.me
        self._people = tuple(p for p in catalogue.people if p.is_active)
        self.watch.seconds = catalogue.lock_minutes * 60.0
        self.watch.hiding_seconds = catalogue.hide_names_minutes * 60.0

    def stop(self) -> None:
        """Watch no more."""
        self.watch.stop()
        if self._covers is not None:
            self._covers.take_off()

    @Slot()
    def lock(self) -> None:
        """Hide everything and hang up; or say why there is nothing to lock."""
        if self.is_locked:
            return
        if not self._ports.can_lock(self._me):
            self.hint.emit(
                self.tr(
                    "Nobody needs a password here, so a lock would keep nobody out."
                )
            )
            return
        window = self._parent.window()
        if self._covers is None:
            self._covers = Covers(window)
            self._covers.window_came.connect(self._on_window_came)
        dialog = self._dialog or self._make_dialog()
        self._covers.spare(dialog)
        self._covers.put_on()
        self.link_wanted.emit(False)
        dialog.show_locked(loses_something=self._covers.has_dialogs)
        if not self._is_entering:
            self._hang_up()

    @Slot()
    def change_person(self) -> None:
        """Let somebody else take over; nobody is locked out meanwhile."""
        if self._dialog is not None:
            return
        if not self._others():
            self.hint.emit(
                self.tr("Nobody else has a login here yet; a manager can add people.")
            )
            return
        self._make_dialog().show_change()

    def _make_dialog(self) -> EnterDialog:
        door = Door(self._me, self._others(), self._ports.asks_password)
        dialog = EnterDialog(door, self._parent.window())
        dialog.wanted.connect(self._on_wanted)
        dialog.close_wanted.connect(self.close_wanted)
        dialog.rejected.connect(self._drop_dialog)
        self._dialog = dialog
        return dialog

    def _hang_up(self) -> None:
        self._is_closing = True
        self._ports.lock(self._on_closed, self._on_not_closed)

    def _others(self) -> tuple[Staff, ...]:
        return tuple(p for p in self._people if p.login != self._me.login)

    @Slot()
    def _drop_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.forget()
            dialog.hide()
            dialog.deleteLater()

    @Slot()
    def _on_too_long(self) -> None:
        if self._ports.can_lock(self._me):
            self.lock()

    @Slot()
    def _on_window_came(self) -> None:
        if self._dialog is not None:
            # A dialog takes the keyboard when it has shown, which it has not yet.
            QTimer.singleShot(0, self._dialog, self._dialog.come_forward)

    @Slot(object)
    def _on_wanted(self, sign_in: SignIn) -> None:
        if self._is_closing:
            # Whoever is quick must not be locked out by what locks the desk.
            self._waiting = sign_in
            return
        self.link_wanted.emit(False)
        self._is_entering = True
        self._ports.enter(sign_in, self._on_entered, self._on_refused)

    @Slot(object)
    def _on_closed(self, _nothing: object) -> None:
        self._is_closing = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._on_wanted(waiting)

    @Slot(object)
    def _on_not_closed(self, _error: DeskError) -> None:
        self._on_closed(None)

    @Slot(object)
    def _on_entered(self, me: Me) -> None:
        """Tell first: what another person may not see is gone when the lock is."""
        self._me, self._is_entering = me, False
        self.entered.emit(me)
        self._drop_dialog()
        if self._covers is not None:
            self._covers.take_off()
        self.link_wanted.emit(True)

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self._is_entering = False
        if self.is_locked:
            # It may have been locked after somebody had asked to be let in.
            self._hang_up()
        else:
            self.link_wanted.emit(True)
        if self._dialog is not None:
            self._dialog.show_refusal(error)


@Slot()
def _hide_names() -> None:
    """Hide names at a desk that nobody looks at; F12 shows them again."""
    privacy.current().set_on(True)
