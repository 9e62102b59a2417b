"""The tables that leave the practice: their columns, in the order of their files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from desk_app.db.queries import exports
from desk_app.services.contact import shown_phone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime, time
    from zoneinfo import ZoneInfo

    from desk_app.db.queries.pipeline import Query
    from desk_app.domain.exports import VisitRow

WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


class Kind(Enum):
    """What stands in a column, and so how a spreadsheet shows it.

    MOMENT is a date and a time of the practice's clock, without zone; what is None is
    an empty cell.
    """

    TEXT = auto()
    PHONE = auto()
    NUMBER = auto()
    AMOUNT = auto()
    DAY = auto()
    CLOCK = auto()
    MOMENT = auto()
    FLAG = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what stands in it, how it is read off a record."""

    title: str
    kind: Kind
    value: Callable[[Any], Any]
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `name` is for files, `title` for people."""

    name: str
    title: str
    columns: tuple[Column, ...]
    query: Query[list[Any]]


def clients(zone: ZoneInfo) -> Table:
    """Return the table of clients."""
    at = partial(_moment, zone=zone)
    columns = (
        _column("Name", Kind.TEXT, "name", 28),
        Column("Phone", Kind.PHONE, _phone, 20),
        _column("E-mail", Kind.TEXT, "email", 28),
        _column("Notes", Kind.TEXT, "notes", 40),
        _column("Language", Kind.TEXT, "language", 10),
        _column("Time zone", Kind.TEXT, "timezone", 16),
        _column("E-mail consent", Kind.FLAG, "consent_email"),
        _column("Push consent", Kind.FLAG, "consent_push"),
        _column("SMS consent", Kind.FLAG, "consent_sms"),
        _column("No-shows", Kind.NUMBER, "no_show_count", 10),
        _column("Flagged", Kind.FLAG, "no_show_flag", 10),
        _column("Active", Kind.FLAG, "is_active", 10),
        Column("Entered at", Kind.MOMENT, at("created_at"), 17),
        _column("Client number", Kind.NUMBER, "client_id"),
    )
    return Table("clients", "Clients", columns, exports.clients())


def appointments(zone: ZoneInfo, query: Query[list[Any]]) -> Table:
    """Return the table of appointments, by the clock of the practice."""
    return Table("appointments", "Appointments", _visit_columns(zone), query)


def events(query: Query[list[Any]]) -> Table:
    """Return appointments as events, which have no columns."""
    return Table("appointments", "Appointments", (), query)


def _visit_columns(zone: ZoneInfo) -> tuple[Column, ...]:
    at = partial(_moment, zone=zone)
    return (
        Column("Date", Kind.DAY, _day("start", zone), 12),
        Column("Start", Kind.CLOCK, _clock("start", zone), 8),
        Column("End", Kind.CLOCK, _clock("end", zone), 8),
        Column("Minutes", Kind.NUMBER, _minutes, 9),
        _column("Provider", Kind.TEXT, "provider", 24),
        _column("Service", Kind.TEXT, "service", 24),
        _column("Room", Kind.TEXT, "room", 14),
        _column("Client", Kind.TEXT, "client", 28),
        Column("Phone", Kind.PHONE, _phone, 20),
        _column("E-mail", Kind.TEXT, "email", 28),
        _column("Status", Kind.TEXT, "status", 12),
        _column("Notes", Kind.TEXT, "notes", 40),
        _column("Price", Kind.AMOUNT, "price", 10),
        _column("Currency", Kind.TEXT, "currency", 9),
        _column("Booked via", Kind.TEXT, "booked_via", 12),
        Column("Booked at", Kind.MOMENT, at("created_at"), 17),
        _column("Booked by", Kind.TEXT, "created_by", 16),
        Column("Arrived at", Kind.MOMENT, at("arrived_at"), 17),
        Column("Began at", Kind.MOMENT, at("seen_at"), 17),
        Column("Left at", Kind.MOMENT, at("left_at"), 17),
        Column("Cancelled at", Kind.MOMENT, at("cancelled_at"), 17),
        _column("Cancelled by", Kind.TEXT, "cancelled_by", 12),
        _column("Reason", Kind.TEXT, "cancellation_reason", 30),
        _column("Refund due", Kind.AMOUNT, "refund_due", 11),
        _column("Meeting link", Kind.TEXT, "meeting_link", 30),
        Column("Time zone", Kind.TEXT, lambda _row: zone.key, 16),
        _column("Appointment number", Kind.NUMBER, "appointment_id"),
        _column("Client number", Kind.NUMBER, "client_id"),
    )


def waiting_list(zone: ZoneInfo) -> Table:
    """Return the table of who waits."""
    at = partial(_moment, zone=zone)
    columns = (
        _column("Client", Kind.TEXT, "client", 28),
        Column("Phone", Kind.PHONE, _phone, 20),
        _column("E-mail", Kind.TEXT, "email", 28),
        _column("Service", Kind.TEXT, "service", 24),
        _column("Provider", Kind.TEXT, "provider", 24),
        _column("Urgent", Kind.FLAG, "is_urgent", 9),
        _column("From day", Kind.DAY, "from_day"),
        _column("Until day", Kind.DAY, "until_day"),
        Column("Weekdays", Kind.TEXT, _weekdays, 24),
        _column("From time", Kind.CLOCK, "from_time", 10),
        _column("Until time", Kind.CLOCK, "until_time", 10),
        _column("Notes", Kind.TEXT, "notes", 40),
        Column("Waits since", Kind.MOMENT, at("created_at"), 17),
        _column("Last answer", Kind.TEXT, "outcome", 12),
        Column("Answered at", Kind.MOMENT, at("outcome_at"), 17),
        _column("Entry number", Kind.NUMBER, "entry_id"),
        _column("Client number", Kind.NUMBER, "client_id"),
    )
    return Table("waiting-list", "Waiting list", columns, exports.waiting())


def setup() -> tuple[Table, ...]:
    """Return how the practice is set up, from its providers to its rooms."""
    return (
        Table("providers", "Providers", _provider_columns(), exports.providers()),
        Table("services", "Services", _service_columns(), exports.services()),
        Table("hours", "Weekly hours", _hours_columns(), exports.hours()),
        Table("closures", "Closures", _closure_columns(), exports.closures()),
        Table("rooms", "Rooms", _place_columns("Location"), exports.rooms()),
        Table("locations", "Locations", _place_columns("Address"), exports.locations()),
    )


def _provider_columns() -> tuple[Column, ...]:
    return (
        _column("Name", Kind.TEXT, "name", 28),
        _column("Type", Kind.TEXT, "type", 14),
        _column("Time zone", Kind.TEXT, "timezone", 18),
        _column("Locations", Kind.TEXT, "locations", 24),
        _column("About", Kind.TEXT, "bio", 40),
        _column("Colour", Kind.TEXT, "colour", 10),
        _column("Active", Kind.FLAG, "is_active", 10),
        _column("Provider number", Kind.NUMBER, "provider_id"),
    )


def _hours_columns() -> tuple[Column, ...]:
    return (
        _column("Provider", Kind.TEXT, "provider", 28),
        Column("Weekday", Kind.TEXT, lambda row: WEEKDAYS[row.weekday], 12),
        _column("From", Kind.CLOCK, "start", 9),
        _column("Until", Kind.CLOCK, "end", 9),
        _column("Every other week from", Kind.DAY, "every_other_from"),
        _column("First day", Kind.DAY, "valid_from"),
        _column("Last day", Kind.DAY, "valid_until"),
        _column("Active", Kind.FLAG, "is_active", 10),
    )


def _closure_columns() -> tuple[Column, ...]:
    return (
        _column("Date", Kind.DAY, "day"),
        _column("From", Kind.CLOCK, "start", 9),
        _column("Until", Kind.CLOCK, "end", 9),
        _column("Name", Kind.TEXT, "name", 28),
        _column("Public holiday", Kind.FLAG, "is_holiday"),
    )


def _place_columns(where: str) -> tuple[Column, ...]:
    return (
        _column("Name", Kind.TEXT, "name", 28),
        _column(where, Kind.TEXT, "where", 40),
        _column("Active", Kind.FLAG, "is_active", 10),
    )


def _service_columns() -> tuple[Column, ...]:
    return (
        _column("Provider", Kind.TEXT, "provider", 28),
        _column("Service", Kind.TEXT, "name", 28),
        _column("Minutes", Kind.NUMBER, "duration_minutes", 9),
        _column("Buffer minutes", Kind.NUMBER, "buffer_minutes"),
        _column("Price", Kind.AMOUNT, "price", 10),
        _column("Currency", Kind.TEXT, "currency", 9),
        _column("Days ahead", Kind.NUMBER, "max_advance_days"),
        _column("Cancellation hours", Kind.NUMBER, "cancellation_hours"),
        _column("Online", Kind.FLAG, "is_virtual", 9),
        _column("Rooms", Kind.TEXT, "rooms", 24),
        _column("Active", Kind.FLAG, "is_active", 9),
        _column("Service number", Kind.NUMBER, "service_id"),
    )


def _column(title: str, kind: Kind, field: str, width: int = 12) -> Column:
    return Column(title, kind, attrgetter(field), width)


def _local(value: datetime, zone: ZoneInfo) -> datetime:
    return value.astimezone(zone).replace(tzinfo=None)


def _day(field: str, zone: ZoneInfo) -> Callable[[Any], date]:
    return lambda row: _local(getattr(row, field), zone).date()


def _clock(field: str, zone: ZoneInfo) -> Callable[[Any], time]:
    return lambda row: _local(getattr(row, field), zone).time()


def _moment(field: str, zone: ZoneInfo) -> Callable[[Any], datetime | None]:
    def value(row: Any) -> datetime | None:
        instant: datetime | None = getattr(row, field)
        return instant and _local(instant, zone)

    return value


def _minutes(row: VisitRow) -> int:
    return round((row.end - row.start).total_seconds() / 60)


def _phone(row: Any) -> str:
    # With the code of its country, whoever reads it and wherever.
    return shown_phone(row.phone, "")


def _weekdays(row: Any) -> str:
    return ", ".join(WEEKDAYS[int(digit)] for digit in row.weekdays)
