"""Every page of the office, in the order of its list, and who is offered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui.office.closures.page import ClosuresPage
from desk_app.ui.office.hours.page import HoursPage
from desk_app.ui.office.opening import OpeningPage
from desk_app.ui.office.page import Entry, Group, managers
from desk_app.ui.office.practice.page import PracticePage

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

    return (
        Entry(
            Group.PRACTICE,
            "practice",
            _tr("The practice"),
            "briefcase",
            PracticePage,
            managers,
        ),
        Entry(Group.PEOPLE, "staff", _tr("Staff"), "users", staff, managers),
        Entry(
            Group.TIMES,
            "hours",
            _tr("Weekly hours"),
            "calendar-clock",
            HoursPage,
            managers,
        ),
        Entry(
            Group.TIMES,
            "closures",
            _tr("Closed days"),
            "calendar-x",
            ClosuresPage,
            managers,
        ),
        Entry(
            Group.DATA,
            "clients",
            _tr("Clients’ data"),
            "database",
            clients_data,
            managers,
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("office", text)
