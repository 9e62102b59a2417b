"""The Desk: every service that a front desk works with, joined over one database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

from desk_app.doors import LocalDoor
from desk_app.services.access import Access, Door
from desk_app.services.booking import Booking
from desk_app.services.calendar_import.importing import CalendarImport
from desk_app.services.client_file import ClientFiles
from desk_app.services.clients import Clients
from desk_app.services.closures import Closures
from desk_app.services.day_copy import DayCopy
from desk_app.services.deliveries import Deliveries
from desk_app.services.diary import Diary
from desk_app.services.exporting.exports import Exports
from desk_app.services.history import History
from desk_app.services.holding import Holding
from desk_app.services.identity import PracticeIdentity
from desk_app.services.importing.importing import Importing
from desk_app.services.kept import DayKeys, Kept
from desk_app.services.message_settings import MessageSettings
from desk_app.services.message_texts import MessageTexts
from desk_app.services.my_day import MyDay
from desk_app.services.offering import Offers
from desk_app.services.overrides import Overrides
from desk_app.services.places import PlaceBook
from desk_app.services.practice import PracticeSettings
from desk_app.services.providers import Providers
from desk_app.services.reports import Reports
from desk_app.services.rights import Rights
from desk_app.services.schedule_blocks import ScheduleBlocks
from desk_app.services.search import Search
from desk_app.services.series import Series
from desk_app.services.set_up import SettingUp
from desk_app.services.staff import StaffList
from desk_app.services.vault import Rings, Vault
from desk_app.services.waiting_room import WaitingRoom
from desk_app.services.waitlist import Waitlist
from desk_app.services.weekly_hours import WeeklyHours
from desk_app.worker.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from threading import Event

    from desk_app.db.session import Sessions
    from desk_app.services.access import Door
    from desk_app.services.kept import DayKeys
    from desk_app.services.vault import Rings
    from desk_app.settings import Settings
    from desk_app.worker.reports import Report

# Who opens a practice on this computer for which nobody has a login yet.
THIS_COMPUTER = "computer"
# Where a desk keeps the days for the time when its server is away.
KEPT = "kept"


class Loop(Protocol):
    """What runs beside the window on a thread of its own."""

    def run(self, stop: Event, report: Callable[[Report], None]) -> None:
        """Work until `stop` is set; look at it at least once a second."""


@dataclass(frozen=True)
class Desk:
    """What a front desk works with; close it when the desk closes.

    `courier` carries what waits in the outbox; without one nothing leaves from here.
    """

    settings: Settings
    diary: Diary
    booking: Booking
    holding: Holding
    waiting_room: WaitingRoom
    waitlist: Waitlist
    series: Series
    schedule_blocks: ScheduleBlocks
    my_day: MyDay
    clients: Clients
    client_files: ClientFiles
    history: History
    search: Search
    reports: Reports
    rights: Rights
    exports: Exports
    importing: Importing
    calendar_import: CalendarImport
    access: Access
    staff: StaffList
    practice_settings: PracticeSettings
    setting_up: SettingUp
    practice_identity: PracticeIdentity
    providers: Providers
    offers: Offers
    weekly_hours: WeeklyHours
    closures: Closures
    overrides: Overrides
    places: PlaceBook
    vault: Vault
    message_settings: MessageSettings
    day_copy: DayCopy
    deliveries: Deliveries
    message_texts: MessageTexts
    listener: Listener
    courier: Loop | None
    _closing: ExitStack = field(repr=False)

    def close(self) -> None:
        """Close the connections, and stop the bundled server if nobody else uses it."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Means:
    """The transactions a desk makes, the door it came in by, the keys it has.

    `day_keys` are there where a copy of the days is kept: beside a server only. With
    a `courier` this desk carries what waits in the outbox.
    """

    sessions: Sessions
    door: Door
    rings: Rings
    day_keys: DayKeys | None = None
    courier: Loop | None = None


def joined(settings: Settings, means: Means, closing: ExitStack) -> Desk:
    """Return the Desk that works by these means; `closing` is closed with it."""
    sessions = means.sessions
    diary = Diary(sessions)
    access = _access(settings, sessions, means.door)
    kept = Kept(settings.data_folder / KEPT, means.day_keys)
    vault = Vault(sessions, means.rings)
    return Desk(
        settings=settings,
        diary=diary,
        booking=Booking(sessions),
        holding=Holding(sessions),
        waiting_room=WaitingRoom(sessions),
        waitlist=Waitlist(sessions),
        series=Series(sessions),
        schedule_blocks=ScheduleBlocks(sessions),
        my_day=MyDay(sessions, diary),
        clients=Clients(sessions),
        client_files=ClientFiles(sessions),
        history=History(sessions),
        search=Search(sessions),
        reports=Reports(sessions),
        rights=Rights(sessions),
        exports=Exports(sessions),
        importing=Importing(sessions),
        calendar_import=CalendarImport(sessions),
        access=access,
        staff=StaffList(sessions),
        practice_settings=PracticeSettings(sessions),
        setting_up=SettingUp(sessions),
        practice_identity=PracticeIdentity(sessions),
        providers=Providers(sessions),
        offers=Offers(sessions),
        weekly_hours=WeeklyHours(sessions),
        closures=Closures(sessions),
        overrides=Overrides(sessions),
        places=PlaceBook(sessions),
        vault=vault,
        message_settings=MessageSettings(sessions, vault),
        day_copy=DayCopy(diary, access, kept),
        deliveries=Deliveries(sessions),
        message_texts=MessageTexts(sessions),
        listener=Listener(sessions.url, diary.get, get_holds=diary.holds),
        courier=means.courier,
        _closing=closing,
    )


def _access(settings: Settings, sessions: Sessions, door: Door) -> Access:
    is_here = isinstance(door, LocalDoor)
    open_login = THIS_COMPUTER if is_here else ""
    return Access(sessions, door, open_login, is_open=settings.demo)
