"""Days of providers made by hand, and days drawn as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.people import Money, Provider, ProviderType, Service
from desk_app.domain.schedule import LocalWindow, Override, ProviderDay
from desk_app.domain.slots import blocks_of, open_windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.ui.grid.columns import Column

DAY = date(2026, 3, 10)
ZONE = "Europe/Berlin"
NOW = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
PRICE = Money(Decimal(60), "EUR")

_numbers = count(1000)


def clock(text: str) -> time:
    """Read "09:30"; "24:00" is midnight."""
    hour, minute = map(int, text.split(":"))
    return time(hour % 24, minute)


def at(text: str, day: date = DAY, zone: str = ZONE) -> datetime:
    """Return an instant from its wall clock."""
    local = datetime.combine(day, clock(text), ZoneInfo(zone))
    return local.astimezone(UTC)


def provider(provider_id: int = 1, name: str = "", zone: str = ZONE) -> Provider:
    """Return a provider."""
    name = name or f"Dr. {chr(64 + provider_id)}"
    return Provider(provider_id, name, ProviderType.DOCTOR, zone, "#0b7285")


def service(provider_id: int = 1, minutes: int = 30, buffer: int = 0) -> Service:
    """Return a service that can be booked half a year ahead."""
    return Service(
        service_id=10 * provider_id,
        provider_id=provider_id,
        name="Follow-up",
        duration_minutes=minutes,
        buffer_minutes=buffer,
        price=PRICE,
        max_advance_days=180,
        cancellation_hours=24,
    )


def visit(
    start: datetime | str,
    minutes: int = 30,
    client: str = "Anna Berg",
    **values: object,
) -> Appointment:
    """Return an appointment; a start given as "10:00" is that of `DAY` in Berlin."""
    start = at(start) if isinstance(start, str) else start
    end = start + timedelta(minutes=minutes)
    fields: dict[str, object] = {
        "appointment_id": next(_numbers),
        "provider_id": 1,
        "service_id": 10,
        "client_id": 5,
        "client_name": client,
        "client_phone": "+49 30 123456",
        "service_name": "Follow-up",
        "start": start,
        "end": end,
        "busy_until": end,
        "status": Status.CONFIRMED,
        "version": 1,
        "price": PRICE,
        "cancellation_hours": 24,
        "service_minutes": minutes,
    }
    return Appointment(**(fields | values))  # type: ignore[arg-type]


def provider_day(
    *appointments: Appointment,
    who: Provider | None = None,
    day: date = DAY,
    hours: Sequence[str] = ("09:00-17:00",),
    blocked: Sequence[str] = (),
) -> ProviderDay:
    """Return a column; hours and blocks are written "09:00-17:00"."""
    who = who or provider()
    zone = ZoneInfo(who.timezone)
    overrides = [
        Override(number, window(text), True, "Lunch")
        for number, text in enumerate(blocked)
    ]
    return ProviderDay(
        provider=who,
        day=day,
        version=1,
        open_windows=open_windows(day, zone, [window(h) for h in hours], overrides),
        blocks=blocks_of(day, zone, overrides),
        appointments=tuple(sorted(appointments, key=lambda each: each.start)),
    )


def window(text: str) -> LocalWindow:
    """Read "09:00-17:00"."""
    start, end = text.split("-")
    return LocalWindow(clock(start), clock(end))


def drawn(column: Column, first: int, last: int, step: int = 15) -> list[str]:
    """Draw a column as text, one line a step: "." open, " " closed, "#" blocked.

    An appointment is drawn by the first letter of its client in each of its lanes.
    """
    return [
        f"{minute // 60:02}:{minute % 60:02} {_line(column, minute)}"
        for minute in range(first, last, step)
    ]


def _line(column: Column, minute: int) -> str:
    here = [card for card in column.cards if card.top <= minute < card.bottom]
    if here:
        letters = ["-"] * here[0].lane_count
        for card in here:
            for lane in range(card.lane, card.lane + card.lane_span):
                letters[lane] = card.appointment.client_name[0]
        return "".join(letters)
    if any(block.top <= minute < block.bottom for block in column.blocks):
        return "#"
    return "." if any(h.top <= minute < h.bottom for h in column.hours) else " "
