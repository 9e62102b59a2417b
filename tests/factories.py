"""Rows to test with: one function for each thing, with defaults that just work.

`open_practice` makes the smallest practice that can book: Dr Weber in Berlin, open
from 9 to 17 on every day, a visit of 30 minutes with 10 minutes of buffer, Anna.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from desk_app.db.models import (
    Availability,
    AvailabilityOverride,
    CalendarSync,
    Client,
    Location,
    Outbox,
    PracticeSetting,
    Provider,
    ProviderLocation,
    Room,
    Service,
    ServiceRoom,
)
from desk_app.domain.appointment import (
    Appointment,
    BookingRequest,
    CancelRequest,
    ConfirmRequest,
    MoveRequest,
)
from desk_app.domain.people import NewClient
from desk_app.services.diary import Diary, OpeningQuery

if TYPE_CHECKING:
    from desk_app.db.models import Base
    from desk_app.db.session import Sessions

BERLIN = "Europe/Berlin"
# A Monday morning before opening.
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
TOMORROW = date(2026, 3, 3)
ALL_WEEK = range(7)


@dataclass(frozen=True, slots=True)
class Practice:
    """The ids of a practice that can book."""

    provider_id: int
    service_id: int
    client_id: int
    timezone: str = BERLIN

    def at(self, hour: int, minute: int = 0, day: date = TOMORROW) -> datetime:
        """Return the instant of a wall-clock time at the provider's place."""
        local = datetime.combine(day, time(hour, minute), ZoneInfo(self.timezone))
        return local.astimezone(UTC)

    def request(self, hour: int = 9, minute: int = 0, **changes: Any) -> BookingRequest:
        """Ask for a booking tomorrow."""
        return replace(self.request_at(self.at(hour, minute)), **changes)

    def request_at(self, start: datetime) -> BookingRequest:
        """Ask for a booking at an instant."""
        return BookingRequest(
            uuid4(), self.provider_id, self.service_id, start, client_id=self.client_id
        )


def next_free(sessions: Sessions, practice: Practice) -> datetime:
    """Return the next free start by the server's own clock."""
    today = datetime.now(UTC).date()
    query = OpeningQuery((practice.service_id,), today, 3, limit=1)
    return Diary(sessions).openings(query)[0].start


def clock() -> datetime:
    """Tell the time of all tests that do not say otherwise."""
    return NOW


def open_practice(sessions: Sessions, timezone: str = BERLIN) -> Practice:
    """Make a provider with a service and hours, and a client."""
    setting(sessions, "country", "DE")
    provider_id = provider(sessions, timezone=timezone)
    service_id = service(sessions, provider_id)
    hours(sessions, provider_id)
    return Practice(provider_id, service_id, client(sessions), timezone)


def provider(sessions: Sessions, **values: Any) -> int:
    """Make a provider."""
    given = {"name": "Dr Weber", "type": "DOCTOR", "timezone": BERLIN}
    return _insert(sessions, Provider, given | values)


def service(sessions: Sessions, provider_id: int, **values: Any) -> int:
    """Make a service: 30 minutes and 10 of buffer, 60 euros."""
    given = {
        "provider_id": provider_id,
        "name": "Check-up",
        "duration_minutes": 30,
        "buffer_time_minutes": 10,
        "price": 60,
        "currency": "EUR",
    }
    return _insert(sessions, Service, given | values)


def hours(
    sessions: Sessions,
    provider_id: int,
    start: time = time(9),
    end: time = time(17),
    weekdays: range = ALL_WEEK,
) -> None:
    """Open a provider's weekdays."""
    given = {"provider_id": provider_id, "start_time": start, "end_time": end}
    days = [given | {"day_of_week": weekday} for weekday in weekdays]
    with sessions.begin() as session:
        session.execute(insert(Availability), days)


def override(sessions: Sessions, provider_id: int, **values: Any) -> int:
    """Block a provider's tomorrow, or what `values` say."""
    given = {
        "provider_id": provider_id,
        "date": TOMORROW,
        "start_time": time(9),
        "end_time": time(17),
        "is_blocked": True,
    }
    return _insert(sessions, AvailabilityOverride, given | values)


def client(sessions: Sessions, **values: Any) -> int:
    """Make a client."""
    given = {"name": "Anna Weiß", "phone": "+491701234567"}
    return _insert(sessions, Client, given | values)


def calendar(sessions: Sessions, provider_id: int, **values: Any) -> int:
    """Connect a provider's calendar outside; nobody has signed in to it yet."""
    given = {"provider_id": provider_id, "calendar_type": "GOOGLE"}
    return _insert(sessions, CalendarSync, given | values)


def delivery(sessions: Sessions, appointment_id: int | None, **values: Any) -> int:
    """Write a confirmation that was sent to the client by e-mail."""
    given = {
        "appointment_id": appointment_id,
        "kind": "confirmation",
        "recipient": "CLIENT",
        "channel": "EMAIL",
        "sent_to": "a•••@example.org",
        "state": "DONE",
        "outcome": "sent",
        "dedupe_key": str(uuid4()),
    }
    return _insert(sessions, Outbox, given | values)


def room(sessions: Sessions, *service_ids: int, **values: Any) -> int:
    """Make a room that will do for these services."""
    number = _insert(sessions, Room, {"name": "Room 1"} | values)
    for service_id in service_ids:
        use_room(sessions, service_id, number)
    return number


def use_room(sessions: Sessions, service_id: int, room_id: int) -> None:
    """Let a service use a room that there is."""
    _insert(sessions, ServiceRoom, {"service_id": service_id, "room_id": room_id})


def location(sessions: Sessions, *provider_ids: int, **values: Any) -> int:
    """Make a location at which these providers work."""
    number = _insert(sessions, Location, {"name": "Mitte"} | values)
    for provider_id in provider_ids:
        given = {"provider_id": provider_id, "location_id": number}
        _insert(sessions, ProviderLocation, given)
    return number


def setting(sessions: Sessions, name: str, value: object) -> None:
    """Set a setting of the practice."""
    _insert(sessions, PracticeSetting, {"name": name, "value": value})


def new_client(**changes: Any) -> NewClient:
    """Describe a client whom nobody knows yet."""
    return replace(NewClient("Berta Maß", "0170 7654321"), **changes)


def confirmation(of: Appointment) -> ConfirmRequest:
    """Ask for a confirmation."""
    return ConfirmRequest(uuid4(), of.appointment_id, of.version)


def cancellation(of: Appointment, **changes: Any) -> CancelRequest:
    """Ask for a cancellation."""
    request = CancelRequest(uuid4(), of.appointment_id, of.version, "ill")
    return replace(request, **changes)


def move(
    of: Appointment, start: datetime, provider_id: int | None = None
) -> MoveRequest:
    """Ask for a move."""
    return MoveRequest(
        uuid4(),
        of.appointment_id,
        of.version,
        of.provider_id if provider_id is None else provider_id,
        start,
    )


def rows(sessions: Sessions, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """Ask the database something that no service tells."""
    with sessions.begin() as session:
        found = session.execute(text(query), values)
        return [tuple(row) for row in found] if found.returns_rows else []


def minutes(count: int) -> timedelta:
    """Return that many minutes."""
    return timedelta(minutes=count)


def _insert(sessions: Sessions, table: type[Base], values: dict[str, Any]) -> int:
    with sessions.begin() as session:
        result = session.execute(insert(table).values(values))
        key = result.inserted_primary_key
        return int(key[0]) if key and isinstance(key[0], int) else 0
