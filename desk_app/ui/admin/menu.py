"""The menu of a person beside signing in: managing, and the practice's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.domain.staff import Role
from desk_app.ui.admin.enrolment import EnrolmentFlows
from desk_app.ui.admin.flows import AdminFlows
from desk_app.ui.clients.flows import ClientsDataFlows
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.flows import OfficeFlows
from desk_app.ui.shortcuts import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.staff import Me
    from desk_app.ui.around import Around
    from desk_app.ui.office.settings.desk_file import DeskFile
    from desk_app.ui.practice import Practice


class Managing(QObject):
    """Joins the dialogs of managers, and says which of them a person is offered."""

    def __init__(self, around: Around, desk_file: DeskFile, parent: QWidget) -> None:
        super().__init__(parent)
        desk, calls, practice = around.desk, around.calls, around.practice
        self._around, settings = around, desk.settings
        # Where the practice is one computer, there is no other desk to let in.
        self._has_desks = bool(settings.database) and not settings.demo
        self._admin = AdminFlows(desk, calls, practice, parent)
        self._clients = ClientsDataFlows(desk, calls, practice, parent)
        self._keys = EnrolmentFlows(desk, calls, parent)
        self.office = OfficeFlows(around, self._admin, self._clients, desk_file)

    def keys(self) -> dict[Wish, Callable[[], object]]:
        """Return what each key of managing does."""
        return {Wish.OFFICE: self.office.open}

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue."""
        self._admin.set_practice(practice)
        self._clients.set_practice(practice)

    def offered_to(self, me: Me) -> tuple[Action, ...]:
        """Return the entries of somebody's menu, in order."""
        offered: list[Action] = []
        if self.office.is_offered_to(me):
            text = self.tr("&Practice…") if me.may_manage else self.tr("&Settings…")
            offered.append(Action(text, self.office.open))
        if me.role is not Role.RECEPTIONIST:
            offered.append(
                Action(self.tr("&Reports…"), self._around.reports_wanted.emit)
            )
        offered.append(Action(self.tr("&Messages…"), self._around.queue_wanted.emit))
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
