"""The menu of a person beside signing in: managing, and the practice's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.ui.admin.enrolment import EnrolmentFlows
from desk_app.ui.admin.flows import AdminFlows
from desk_app.ui.clients.flows import ClientsDataFlows
from desk_app.ui.notice_bar import Action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.bootstrap import Desk
    from desk_app.domain.staff import Me
    from desk_app.ui.calls import Calls
    from desk_app.ui.practice import Practice


class Managing(QObject):
    """Joins the dialogs of managers, and says which of them a person is offered."""

    def __init__(
        self, desk: Desk, calls: Calls, practice: Practice, parent: QWidget
    ) -> None:
        super().__init__(parent)
        settings = desk.settings
        # Where the practice is one computer, there is no other desk to let in.
        self._has_desks = bool(settings.database) and not settings.demo
        self._admin = AdminFlows(desk, calls, practice, parent)
        self._clients = ClientsDataFlows(desk, calls, practice, parent)
        self._keys = EnrolmentFlows(desk, calls, parent)

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue."""
        self._admin.set_practice(practice)
        self._clients.set_practice(practice)

    def offered_to(self, me: Me) -> tuple[Action, ...]:
        """Return the entries of somebody's menu, in order."""
        offered: list[Action] = []
        if me.may_manage:
            offered += [
                Action(self.tr("&Staff…"), self._admin.show_staff),
                Action(self.tr("Clien&ts’ data…"), self._clients.show),
            ]
        if me.may_manage and self._has_desks:
            offered.append(Action(self.tr("Let another &desk in…"), self._keys.offer))
        if self._has_desks:
            text = self.tr("&Enter the code of another desk…")
            offered.append(Action(text, self._keys.enter))
        return tuple(offered)
