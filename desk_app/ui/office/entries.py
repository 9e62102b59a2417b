"""Every page of the office, in the order of its list, and who is offered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui.office.opening import OpeningPage
from desk_app.ui.office.page import Entry, Group, managers
from desk_app.ui.transfer.calendar.page import CalendarPage
from desk_app.ui.transfer.calendar.ports import calendar_ports
from desk_app.ui.transfer.exporting.page import ExportPage, exporters
from desk_app.ui.transfer.exporting.ports import export_ports

if TYPE_CHECKING:
    from desk_app.ui.admin.flows import AdminFlows
    from desk_app.ui.around import Around
    from desk_app.ui.clients.flows import ClientsDataFlows


def entries(admin: AdminFlows, clients: ClientsDataFlows) -> tuple[Entry, ...]:
    """Return all pages; one is added by adding it here.

    `admin` and `clients` open dialogs that are pages of their own.
    """

    def staff(_around: Around) -> OpeningPage:
        return OpeningPage(
            _tr("Who may sign in here, and what they may do."),
            _tr(
                "Receptionists book for everybody, providers see their own diary,"
                " managers set up the practice. Who leaves is let go; what they did"
                " stays under their name."
            ),
            _tr("&Open the staff…"),
            admin.show_staff,
        )

    def clients_data(_around: Around) -> OpeningPage:
        return OpeningPage(
            _tr("What is kept about a client, given out or erased."),
            _tr(
                "Clients may ask what is kept about them, and that it be erased. Here"
                " it is saved as a file, or erased for good."
            ),
            _tr("&Open the clients’ data…"),
            clients.show,
        )

    def export(around: Around) -> ExportPage:
        return ExportPage(export_ports(around))

    def calendar(around: Around) -> CalendarPage:
        return CalendarPage(calendar_ports(around))

    return (
        Entry(Group.PEOPLE, "staff", _tr("Staff"), "users", staff, managers),
        Entry(
            Group.DATA,
            "clients",
            _tr("Clients’ data"),
            "database",
            clients_data,
            managers,
        ),
        Entry(
            Group.DATA,
            "calendar",
            _tr("Import a calendar"),
            "calendar-plus",
            calendar,
            managers,
        ),
        Entry(Group.DATA, "export", _tr("Export"), "log-out", export, exporters),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("office", text)
