"""Every page of the office, in the order of its list, and who is offered it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.messages import Channel
from desk_app.ui.office.closures.page import ClosuresPage
from desk_app.ui.office.hours.page import HoursPage
from desk_app.ui.office.locations.page import LocationsPage
from desk_app.ui.office.messages.couriers_page import CouriersPage
from desk_app.ui.office.messages.mail_page import MailPage
from desk_app.ui.office.messages.plan_page import PlanPage
from desk_app.ui.office.messages.relay_page import RelayPage
from desk_app.ui.office.messages.video_page import VideoPage
from desk_app.ui.office.opening import OpeningPage
from desk_app.ui.office.page import Entry, Group, everybody, managers
from desk_app.ui.office.practice.page import PracticePage
from desk_app.ui.office.providers.page import ProvidersPage
from desk_app.ui.office.rooms.page import RoomsPage
from desk_app.ui.office.services.page import ServicesPage
from desk_app.ui.office.settings.page import SettingsPage
from desk_app.ui.office.settings.ports import settings_ports
from desk_app.ui.office.texts.page import TextsPage
from desk_app.ui.office.year.page import YearPage
from desk_app.ui.transfer.calendar.page import CalendarPage
from desk_app.ui.transfer.calendar.ports import calendar_ports
from desk_app.ui.transfer.exporting.page import ExportPage, exporters
from desk_app.ui.transfer.exporting.ports import export_ports
from desk_app.ui.transfer.importing.page import ImportPage
from desk_app.ui.transfer.importing.ports import import_ports

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.ui.admin.flows import AdminFlows
    from desk_app.ui.around import Around
    from desk_app.ui.clients.flows import ClientsDataFlows
    from desk_app.ui.office.settings.desk_file import DeskFile


@dataclass(frozen=True, slots=True)
class Beside:
    """What pages need besides the window: dialogs that stand for a page, a file.

    `go_to` shows another page by its name.
    """

    admin: AdminFlows
    clients: ClientsDataFlows
    desk_file: DeskFile
    go_to: Callable[[str], object]


def entries(beside: Beside) -> tuple[Entry, ...]:
    """Return all pages; one is added by adding it to its group."""
    return (
        *_of_practice(beside),
        *_of_people(beside),
        *_of_times(),
        *_of_places(beside),
        *_of_messages(beside),
        *_of_data(beside),
    )


def _of_practice(beside: Beside) -> tuple[Entry, ...]:
    def settings(around: Around) -> SettingsPage:
        return SettingsPage(settings_ports(around, beside.desk_file))

    group, practice = Group.PRACTICE, _tr("The practice")
    return (
        Entry(group, "practice", practice, "briefcase", PracticePage, managers),
        Entry(
            group,
            "settings",
            _tr("Settings"),
            "sliders-horizontal",
            settings,
            everybody,
        ),
    )


def _of_people(beside: Beside) -> tuple[Entry, ...]:
    def staff(_around: Around) -> OpeningPage:
        return OpeningPage(
            _tr("Who may sign in here, and what they may do."),
            _tr(
                "Receptionists book for everybody, providers see their own diary,"
                " managers set up the practice. Who leaves is let go; what they did"
                " stays under their name."
            ),
            _tr("&Open the staff…"),
            beside.admin.show_staff,
        )

    group, providers, services = Group.PEOPLE, _tr("Providers"), _tr("Services")
    return (
        Entry(group, "providers", providers, "stethoscope", ProvidersPage, managers),
        Entry(group, "services", services, "clipboard-list", ServicesPage, managers),
        Entry(group, "staff", _tr("Staff"), "users", staff, managers),
    )


def _of_times() -> tuple[Entry, ...]:
    group, hours, closed = Group.TIMES, _tr("Weekly hours"), _tr("Closed days")
    year = _tr("Days off")
    return (
        Entry(group, "hours", hours, "calendar-clock", HoursPage, managers),
        Entry(group, "year", year, "calendar-days", YearPage, everybody),
        Entry(group, "closures", closed, "calendar-x", ClosuresPage, managers),
    )


def _of_places(beside: Beside) -> tuple[Entry, ...]:
    def locations(around: Around) -> LocationsPage:
        return LocationsPage(around, beside.desk_file)

    group, title = Group.PLACES, _tr("Locations")
    return (
        Entry(group, "rooms", _tr("Rooms"), "door-open", RoomsPage, managers),
        Entry(group, "locations", title, "map-pin", locations, managers),
    )


def _of_messages(beside: Beside) -> tuple[Entry, ...]:
    def push(around: Around) -> RelayPage:
        return RelayPage(around, Channel.PUSH)

    def sms(around: Around) -> RelayPage:
        return RelayPage(around, Channel.SMS)

    def video(around: Around) -> VideoPage:
        return VideoPage(around, beside.go_to)

    def plan(around: Around) -> PlanPage:
        return PlanPage(around, beside.go_to)

    group = Group.MESSAGES
    meetings, who = _tr("Video meetings"), _tr("Who sends")
    return (
        Entry(group, "plan", _tr("What is sent"), "list-checks", plan, managers),
        Entry(group, "texts", _tr("Texts"), "file-text", TextsPage, managers),
        Entry(group, "mail", _tr("E-mail"), "mail", MailPage, managers),
        Entry(group, "push", _tr("Push messages"), "smartphone", push, managers),
        Entry(group, "sms", _tr("Text messages"), "message-square", sms, managers),
        Entry(group, "video", meetings, "video", video, managers),
        Entry(group, "couriers", who, "send", CouriersPage, managers),
    )


def _of_data(beside: Beside) -> tuple[Entry, ...]:
    def clients(_around: Around) -> OpeningPage:
        return OpeningPage(
            _tr("What is kept about a client, given out or erased."),
            _tr(
                "Clients may ask what is kept about them, and that it be erased. Here"
                " it is saved as a file, or erased for good."
            ),
            _tr("&Open the clients’ data…"),
            beside.clients.show,
        )

    def bring_in(around: Around) -> ImportPage:
        return ImportPage(import_ports(around))

    def calendar(around: Around) -> CalendarPage:
        return CalendarPage(calendar_ports(around))

    def export(around: Around) -> ExportPage:
        return ExportPage(export_ports(around))

    group, title = Group.DATA, _tr("Import a calendar")
    return (
        Entry(group, "clients", _tr("Clients’ data"), "database", clients, managers),
        Entry(group, "import", _tr("Import"), "log-in", bring_in, managers),
        Entry(group, "calendar", title, "calendar-plus", calendar, managers),
        Entry(group, "export", _tr("Export"), "log-out", export, exporters),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("office", text)
