"""What the dialogs are given: facts to show, and ways to ask the practice.

A port returns at once; `then(answer)` or `failed(error)` follows on the GUI thread.
No dialog touches a service. The window fills the ports from its calls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from desk_app.domain.desk_rules import Telling
from desk_app.domain.slots import Alignment
from desk_app.errors import DeskError

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.appointment import (
        Appointment,
        BookedVia,
        BookingRequest,
        CancelRequest,
        ConfirmRequest,
        MoveRequest,
    )
    from desk_app.domain.client_file import Likely
    from desk_app.domain.deeds import Mark
    from desk_app.domain.history import Story
    from desk_app.domain.holds import Hold
    from desk_app.domain.people import Client, NewClient
    from desk_app.domain.places import RoomQuestion, RoomState
    from desk_app.domain.schedule import Catalogue, ProviderDay
    from desk_app.domain.slots import Opening
    from desk_app.ui.clients.ports import ClientPorts
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.booking import BookingDialog
    from desk_app.ui.holding import Holder
    from desk_app.ui.outgoing.meeting import MeetingPorts

T = TypeVar("T")
Then = Callable[[T], object]
Failed = Callable[[DeskError], object]

# Gets a wish whose outcome is unknown when a person closes its dialog: it must become
# the parent of the Asking and tell its `answered` or `refused`.
TakeOver = Callable[["Unsettled"], object]

# Says which rooms are free, and who is in the others.
AskRooms = Callable[["RoomQuestion", Then[tuple["RoomState", ...]], Failed], None]

# Asks over a dialog for a series instead of one booking; says whether it was booked.
Repeat = Callable[["BookingForm", "QWidget"], bool]

# How long to wait before an unknown outcome is asked for again, in milliseconds;
# the last one repeats.
PATIENCE = (400, 800, 1600, 3200, 6400)


@dataclass(frozen=True, slots=True)
class OpeningsWanted:
    """Free times of `services` (ids) on `days` local days from `first`."""

    services: tuple[int, ...]
    first: date
    days: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What every dialog must know to show times and names.

    `zone` is that of the practice, the one all times are shown in. `days` are those
    on the grid: with them a dialog says why a time is not free, as with the `holds`
    of other desks, which end by the clock of this one. Without logins of their own,
    nobody can be told by one.
    """

    catalogue: Catalogue
    zone: ZoneInfo
    now: datetime
    days: tuple[ProviderDay, ...] = ()
    alignment: Alignment = Alignment()  # noqa: RUF009 (it is frozen)
    has_logins: bool = True
    holds: tuple[Hold, ...] = ()

    @property
    def telling(self) -> Telling:
        """How clients hear of what is done."""
        return Telling(self.catalogue.rules, self.zone)

    def mine(self) -> Screen:
        """Return the same for what this person may book and move."""
        return replace(self, catalogue=self.catalogue.mine())


@dataclass(frozen=True, slots=True)
class BookingForm:
    """How a booking dialog opens; all but `screen` may be left to the dialog.

    `day` is where to look for a time when there is no `start` yet; `room_id` is the
    room that is wished.
    """

    screen: Screen
    provider_id: int | None = None
    start: datetime | None = None
    service_id: int | None = None
    client: Client | None = None
    booked_via: BookedVia | None = None
    day: date | None = None
    new_client: NewClient | None = None
    notes: str = ""
    pending: bool = False
    reason: str = ""
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoveForm:
    """How a move dialog opens: with a new place to confirm, or to look for one.

    `reason` is why rules are set aside for it, as far as it was typed.
    `length_minutes` is a new length, against which a rule speaks; `room_id` is the
    room that is wished.
    """

    screen: Screen
    appointment: Appointment
    provider_id: int | None = None
    start: datetime | None = None
    length_minutes: int | None = None
    reason: str = ""
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A wish whose dialog was closed before its outcome was known.

    `words` say whose visit it is, when and with whom. `form` is the BookingForm or
    MoveForm that opens its dialog again with what was entered, else None.
    """

    asking: Asking
    words: str
    form: Any = None


@dataclass(frozen=True, slots=True)
class BookingPorts:
    """Ways to look for clients and free times, and to book.

    `waiting` lets a client of the dialog wait for something sooner.
    `alike` finds who may be here already, `show_client` shows all about one.
    `repeat` asks over a dialog for a series instead, and says whether it was booked.
    `holder` keeps the chosen time, so that the other desks see it. `rooms` says which
    are free.
    """

    find_clients: Callable[[str, Then[tuple[Client, ...]], Failed], None]
    openings: Callable[[OpeningsWanted, Then[tuple[Opening, ...]], Failed], None]
    book: Callable[[BookingRequest, Then[Appointment], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None
    waiting: Callable[[BookingDialog], object] | None = None
    alike: Callable[[NewClient, Then[tuple[Likely, ...]], Failed], None] | None = None
    show_client: Callable[[QWidget, Client], None] | None = None
    repeat: Repeat | None = None
    holder: Holder | None = None
    rooms: AskRooms | None = None


@dataclass(frozen=True, slots=True)
class CancelPorts:
    """The way to cancel."""

    cancel: Callable[[CancelRequest, Then[Appointment], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None


@dataclass(frozen=True, slots=True)
class MovePorts:
    """Ways to look for free times and to move."""

    openings: Callable[[OpeningsWanted, Then[tuple[Opening, ...]], Failed], None]
    move: Callable[[MoveRequest, Then[Appointment], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None
    holder: Holder | None = None
    rooms: AskRooms | None = None


@dataclass(frozen=True, slots=True)
class HistoryPorts:
    """The way to read a history: at most so many deeds, the latest.

    `zone` is the practice's; `names_visits` says that it is about several of them.
    """

    read: Callable[[int, Then[Story], Failed], None]
    zone: ZoneInfo
    names_visits: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentPorts:
    """All that can be done with an appointment from its own dialog.

    `move_series` and `cancel_series` take over for one of a series. `messages` shows
    in the window what was sent.
    """

    confirm: Callable[[ConfirmRequest, Then[Appointment], Failed], None]
    cancelling: CancelPorts
    moving: MovePorts
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None
    history: HistoryPorts | None = None
    client: ClientPorts | None = None
    sooner: Callable[[QWidget, Appointment], object] | None = None
    move_series: Callable[[Appointment], object] | None = None
    cancel_series: Callable[[Appointment], object] | None = None
    mark: Callable[[Appointment, Mark], object] | None = None
    messages: Callable[[Appointment], object] | None = None
    meeting: MeetingPorts | None = None
