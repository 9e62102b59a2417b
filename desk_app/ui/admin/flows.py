"""What managers do besides appointments: which dialog opens, by which services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from desk_app.ui.admin.ports import StaffBoard, StaffPorts
from desk_app.ui.admin.staff import StaffDialog
from desk_app.ui.dialogs.frame import over

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.desk import Desk
    from desk_app.domain.staff import Staff
    from desk_app.errors import DeskError
    from desk_app.ui.admin.ports import NewPassword
    from desk_app.ui.calls import Calls
    from desk_app.ui.practice import Practice

    Then = Callable[[Any], object]
    Failed = Callable[[DeskError], object]


class AdminFlows(QObject):
    """Opens the dialogs of managers over the window."""

    def __init__(
        self, desk: Desk, calls: Calls, practice: Practice, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._calls, self._parent = desk, calls, parent
        self._practice = practice
        self._staff: StaffDialog | None = None

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue; staff who changed are shown as they are now."""
        self._practice = practice
        if self._staff is not None:
            self._staff.read()

    @Slot()
    def show_staff(self) -> None:
        """Show who works here."""
        self._staff = StaffDialog(self.staff_ports(), over(self._parent))
        self._staff.exec()
        self._staff.deleteLater()
        self._staff = None

    def staff_ports(self) -> StaffPorts:
        """Return the ways to read and change who works here."""
        staff = self._desk.staff
        return StaffPorts(
            read=self._read_staff,
            add=self._port(staff.add),
            change=self._port(staff.change),
            set_password=self._port(self._set_password),
            let_go=self._port(self._let_go),
            take_back=self._port(staff.take_back),
            end_sessions=self._port(staff.end_sessions),
        )

    def _read_staff(self, then: Then, failed: Failed) -> None:
        practice, call = self._practice, self._calls.run
        call(self._board, practice, then=then, failed=failed, replaces="staff")

    # -- on a pool thread

    def _board(self, practice: Practice) -> StaffBoard:
        catalogue = practice.catalogue
        people = self._desk.staff.everybody()
        is_open = not self._desk.access.can_lock(catalogue.me)
        return StaffBoard(people, catalogue.providers, catalogue.me, is_open)

    def _let_go(self, person: Staff) -> int:
        """Let somebody go; this desk keeps nothing for them from then on."""
        ended = self._desk.staff.let_go(person)
        self._desk.day_copy.kept.forget(person.login)
        return ended

    def _set_password(self, wish: NewPassword) -> int:
        staff = self._desk.staff
        staff.set_password(wish.person, wish.password)
        return staff.end_sessions(wish.person) if wish.ends_sessions else 0

    def _port(
        self, function: Callable[[Any], Any]
    ) -> Callable[[Any, Then, Failed], None]:
        def ask(request: Any, then: Then, failed: Failed) -> None:
            self._calls.run(function, request, then=then, failed=failed)

        return ask
