"""What leaves the practice in a file, and in which form: frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status

if TYPE_CHECKING:
    from datetime import date, datetime, time
    from decimal import Decimal

STANDING = (Status.PENDING, Status.CONFIRMED, Status.COMPLETED, Status.NO_SHOW)


class Subject(StrEnum):
    """What a file is about."""

    APPOINTMENTS = "APPOINTMENTS"
    CLIENTS = "CLIENTS"
    WAITING_LIST = "WAITING_LIST"
    SETUP = "SETUP"


class FileFormat(StrEnum):
    """How it is written; the value is the ending of the file's name."""

    XLSX = "xlsx"
    CSV = "csv"
    ICALENDAR = "ics"


class Delimiter(StrEnum):
    """What stands between two fields of a CSV file."""

    COMMA = ","
    SEMICOLON = ";"
    TAB = "\t"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which appointments: all of them, but for what is named here.

    `first` and `last` are days of the practice, both included. Services are named, as
    each provider has their own. Nothing named is everything.
    """

    first: date | None = None
    last: date | None = None
    provider_ids: tuple[int, ...] = ()
    services: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = STANDING


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class ExportWish:
    """Write a subject into a folder.

    `delimiter` is for CSV. `names_clients` says whether an iCalendar file has the
    names of clients in its titles and notes, or the services alone.
    """

    subject: Subject
    format: FileFormat
    folder: Path = Path()
    selection: Selection = EVERYTHING
    delimiter: Delimiter = Delimiter.COMMA
    names_clients: bool = True


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written, and how many rows or events stand in them."""

    files: tuple[Path, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client as a list of clients has them."""

    client_id: int
    name: str
    phone: str
    email: str
    language: str
    timezone: str
    notes: str
    no_show_count: int
    no_show_flag: bool
    consent_email: bool
    consent_push: bool
    consent_sms: bool
    is_active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class VisitRow:
    """An appointment with the names of everybody in it; instants are aware."""

    appointment_id: int
    start: datetime
    end: datetime
    status: Status
    booked_via: str
    provider: str
    service: str
    client_id: int
    client: str
    phone: str
    email: str
    price: Decimal
    currency: str
    notes: str
    meeting_link: str
    cancelled_at: datetime | None
    cancelled_by: str | None
    cancellation_reason: str
    refund_due: Decimal | None
    arrived_at: datetime | None
    seen_at: datetime | None
    left_at: datetime | None
    created_at: datetime
    created_by: str
    version: int
    room: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An appointment as an event of a calendar; `changed_at` is its last change."""

    appointment_id: int
    start: datetime
    end: datetime
    status: Status
    provider: str
    service: str
    client: str
    notes: str
    meeting_link: str
    created_at: datetime
    changed_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A client who waits; the fields are those of `desk_app.domain.waitlist.Wish`."""

    entry_id: int
    client_id: int
    client: str
    phone: str
    email: str
    service: str
    provider: str
    is_urgent: bool
    from_day: date | None
    until_day: date | None
    weekdays: str
    from_time: time | None
    until_time: time | None
    notes: str
    created_at: datetime
    outcome: str | None
    outcome_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider, active or not."""

    provider_id: int
    name: str
    type: str
    timezone: str
    bio: str
    colour: str
    is_active: bool
    locations: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """What a provider offers; `rooms` are those it may take place in, by name."""

    service_id: int
    provider: str
    name: str
    duration_minutes: int
    buffer_minutes: int
    price: Decimal
    currency: str
    max_advance_days: int
    cancellation_hours: int
    is_virtual: bool
    is_active: bool
    rooms: str


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One weekly window; `weekday` 0 is Monday, an end of 00:00 is midnight.

    In every other week counted from `every_other_from`, if that is a day.
    """

    provider: str
    weekday: int
    start: time
    end: time
    is_active: bool
    every_other_from: date | None
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A time for which the practice is closed; 00:00 to 00:00 is the whole day."""

    day: date
    start: time
    end: time
    name: str
    is_holiday: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A room with its location, or a location with its address."""

    name: str
    where: str
    is_active: bool
