"""Which days a stretch of time touches: a provider's local ones, a room's by UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.locks import DayKey, RoomKey
from desk_app.domain.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk_app.domain.people import Provider

_A_MOMENT = timedelta(microseconds=1)


def touched_days(provider: Provider, start: datetime, end: datetime) -> list[DayKey]:
    """Return the provider's local days that `[start, end)` touches, in order."""
    asked = days_between(Interval(start, end), ZoneInfo(provider.timezone))
    return [DayKey(provider.provider_id, day) for day in asked]


def room_days(room_ids: Iterable[int], busy: Interval) -> list[RoomKey]:
    """Return the days of rooms that a stretch of time touches."""
    asked = days_between(busy, UTC)
    return [RoomKey(room, day) for room in room_ids for day in asked]


def days_between(span: Interval, zone: tzinfo) -> list[date]:
    """Return the local days that a stretch of time touches, in order."""
    first = span.start.astimezone(zone).date()
    last = (span.end - _A_MOMENT).astimezone(zone).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
