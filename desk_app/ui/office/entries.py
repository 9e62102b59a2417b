"""Every page of the office, in the order of its list, and who is offered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui.office.locations.page import LocationsPage
from desk_app.ui.office.opening import OpeningPage
from desk_app.ui.office.page import Entry, Group, everybody, managers
from desk_app.ui.office.practice.page import PracticePage
from desk_app.ui.office.providers.page import ProvidersPage
from desk_app.ui.office.services.page import ServicesPage
from desk_app.ui.office.rooms.page import RoomsPage
from desk_app.ui.office.settings.page import SettingsPage
from desk_app.ui.office.settings.ports import settings_ports
from desk_app.ui.transfer.calendar.page import CalendarPage
from desk_app.ui.transfer.calendar.ports import calendar_ports
from desk_app.ui.transfer.exporting.page import ExportPage, exporters
from desk_app.ui.transfer.exporting.ports import export_ports
from desk_app.ui.transfer.importing.page import ImportPage
from desk_app.ui.transfer.importing.ports import import_ports

if TYPE_CHECKING:
    from desk_app.ui.admin.flows import AdminFlows
    from desk_app.ui.around import Around
    from desk_app.ui.clients.flows import ClientsDataFlows
    from desk_app.ui.office.settings.desk_file import DeskFile


def entries(
    admin: AdminFlows, clients: ClientsDataFlows, desk_file: DeskFile
) -> tuple[Entry, ...]:
    """Return all pages; one is added by adding it here.

    `admin` and `clients` open dialogs that are pages of their own.
    """

    def settings(around: Around) -> SettingsPage:
        return SettingsPage(settings_ports(around, desk_file))

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

    def locations(around: Around) -> LocationsPage:
        return LocationsPage(around, desk_file)

    def bring_in(around: Around) -> ImportPage:
        return ImportPage(import_ports(around))

    def export(around: Around) -> ExportPage:
        return ExportPage(export_ports(around))

    def calendar(around: Around) -> CalendarPage:
        return CalendarPage(calendar_ports(around))

    return (
        Entry(
            Group.PRACTICE,
            "practice",
            _tr("The practice"),
            "briefcase",
            PracticePage,
            managers,
        ),
        Entry(
            Group.PRACTICE,
            "settings",
            _tr("Settings"),
            "sliders-horizontal",
            settings,
            everybody,
        ),
        Entry(
            Group.PEOPLE,
            "providers",
            _tr("Providers"),
            "stethoscope",
            ProvidersPage,
            managers,
        ),
        Entry(
            Group.PEOPLE,
            "services",
            _tr("Services"),
            "clipboard-list",
            ServicesPage,
            managers,
        ),
        Entry(Group.PEOPLE, "staff", _tr("Staff"), "users", staff, managers),
        Entry(Group.PLACES, "rooms", _tr("Rooms"), "door-open", RoomsPage, managers),
        Entry(
            Group.PLACES,
            "locations",
            _tr("Locations"),
            "map-pin",
            locations,
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
        Entry(Group.DATA, "import", _tr("Import"), "log-in", bring_in, managers),
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
