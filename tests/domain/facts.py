"""People, services, windows and days to try the rules on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from desk_app.domain.interval import Interval
from desk_app.domain.people import Money, Provider, ProviderType, Service
from desk_app.domain.schedule import LocalWindow, Override
from desk_app.domain.slots import (
    Alignment,
    AlignmentKind,
    DayFacts,
    blocks_of,
    open_windows,
)
from desk_app.domain.spans import span, union

if TYPE_CHECKING:
    from collections.abc import Sequence

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Havana",
    "America/Santiago",
    "Asia/Beirut",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Asia/Tokyo",
)
EUR = "EUR"


def provider(zone: str = "Europe/Berlin", **changes: Any) -> Provider:
    """Return Dr Weber, or somebody like her."""
    given = {
        "provider_id": 1,
        "name": "Dr Weber",
        "type": ProviderType.DOCTOR,
        "timezone": zone,
        "colour": "#2563eb",
    }
    return Provider(**{**given, **changes})


def service(duration: int = 30, buffer: int = 10, **changes: Any) -> Service:
    """Return a check-up of so many minutes."""
    given = {
        "service_id": 1,
        "provider_id": 1,
        "name": "Check-up",
        "duration_minutes": duration,
        "buffer_minutes": buffer,
        "price": Money(Decimal(40), EUR),
        "max_advance_days": 90,
        "cancellation_hours": 24,
    }
    return Service(**{**given, **changes})


def clock(text: str) -> time:
    """Read "9:30"; "24:00" is the day's last midnight."""
    hour, minute = text.split(":")
    return time(int(hour) % 24, int(minute))


def window(text: str) -> LocalWindow:
    """Read "9:00-17:00"."""
    start, end = text.split("-")
    return LocalWindow(clock(start), clock(end))


def blocked(text: str) -> Override:
    """Return blocked time such as "12:00-13:00"."""
    return Override(1, window(text), is_blocked=True, reason="Training")


def extra(text: str) -> Override:
    """Return extra time such as "12:00-13:00"."""
    return Override(2, window(text), is_blocked=False)


def between(day: date, zone: ZoneInfo, text: str) -> Interval:
    """Return the instants of "10:00-10:40" on a day, as the clock reads first."""
    wall = window(text)
    start = datetime.combine(day, wall.start, zone).astimezone(UTC)
    last = day if wall.end else day + timedelta(days=1)
    return Interval(start, datetime.combine(last, wall.end, zone).astimezone(UTC))


def readings(moments: Sequence[Interval], zone: ZoneInfo) -> list[str]:
    """Write intervals as a clock on the wall reads them."""
    return [
        f"{each.start.astimezone(zone):%H:%M}-{each.end.astimezone(zone):%H:%M}"
        for each in moments
    ]


@lru_cache(maxsize=64)
def change_days(zone: str) -> tuple[date, ...]:
    """Return the days from 2024 to 2028 on or around which the offset changes."""
    noon = datetime(2024, 1, 1, 12, tzinfo=ZoneInfo(zone))
    days = []
    while noon.year < 2029:
        following = noon + timedelta(days=1)
        if noon.utcoffset() != following.utcoffset():
            days += [noon.date(), following.date()]
        noon = following
    return tuple(days)


@st.composite
def zones_and_days(draw: st.DrawFn) -> tuple[str, date]:
    """Draw a zone and a day, mostly one around a clock change."""
    zone = draw(st.sampled_from(ZONES))
    some = st.dates(date(2024, 1, 1), date(2028, 12, 31))
    if change_days(zone):
        some = draw(st.sampled_from([st.sampled_from(change_days(zone))] * 3 + [some]))
    return zone, draw(some)


@st.composite
def local_windows(draw: st.DrawFn) -> LocalWindow:
    """Draw a wall-clock window, at times one to midnight."""
    first = draw(st.integers(0, 1439))
    last = draw(st.integers(first + 1, 1440))
    return LocalWindow(time(first // 60, first % 60), time(last // 60 % 24, last % 60))


@st.composite
def intervals_near(draw: st.DrawFn, day: date, longest: int = 240) -> Interval:
    """Draw an interval of whole minutes around a day."""
    start = datetime.combine(day, time(), UTC) + timedelta(
        minutes=draw(st.integers(-16 * 60, 40 * 60))
    )
    return Interval(start, start + timedelta(minutes=draw(st.integers(1, longest))))


@st.composite
def overrides_near(draw: st.DrawFn, day: date) -> Override:
    """Draw a change of the hours, on the wall clock or by instants."""
    span = draw(st.one_of(local_windows(), intervals_near(day, longest=600)))
    return Override(draw(st.integers(1, 9)), span, is_blocked=draw(st.booleans()))


@dataclass(frozen=True)
class Trial:
    """All that decides over the slots of a day, hours included."""

    zone: ZoneInfo
    day: date
    weekly: tuple[LocalWindow, ...]
    overrides: tuple[Override, ...]
    facts: DayFacts
    service: Service
    now: datetime
    alignment: Alignment
    in_rooms: tuple[tuple[Interval, ...], ...] | None = None


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    """Draw a day of a provider, in whole minutes."""
    name, day = draw(zones_and_days())
    zone = ZoneInfo(name)
    weekly = tuple(draw(st.lists(local_windows(), max_size=3)))
    overrides = tuple(draw(st.lists(overrides_near(day), max_size=3)))
    busy = sorted(draw(st.lists(intervals_near(day), max_size=8)))
    today = day + timedelta(days=draw(st.sampled_from([0, 0, -1, -5, -6, 1])))
    visits = st.lists(intervals_near(day), max_size=6).map(tuple)
    in_rooms = draw(st.none() | st.lists(visits, max_size=2).map(tuple))
    facts = DayFacts(
        provider=provider(name),
        day=day,
        today=today,
        open_windows=open_windows(day, zone, weekly, overrides),
        busy=tuple(busy),
        blocks=blocks_of(day, zone, overrides),
        rooms={n: union(map(span, busy)) for n, busy in enumerate(in_rooms or ())},
    )
    offered = service(
        draw(st.integers(1, 120)),
        draw(st.integers(0, 60)),
        max_advance_days=5,
        rooms=None if in_rooms is None else tuple(range(len(in_rooms))),
    )
    now = datetime.combine(day, time(), UTC)
    now += timedelta(minutes=draw(st.integers(-2000, 1000)))
    kind = draw(st.sampled_from(AlignmentKind))
    alignment = Alignment(kind, draw(st.integers(1, 90)))
    given = (zone, day, weekly, overrides, facts, offered, now, alignment, in_rooms)
    return Trial(*given)
