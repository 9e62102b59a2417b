"""The clocks of providers over a period, as numbers that the database can count by.

Python's zone data decides over local times, so the database is given each provider's
offset from each change of it to the next, and adds it to the instants it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.hours import day_bounds, offset, offset_changes
from desk_app.domain.spans import HOUR, instant, ticks
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desk_app.domain.reports.periods import Period

_DAY = timedelta(days=1)
_SECOND = 1_000_000
_UTC = ZoneInfo("UTC")
# Zones disagree about a day by no more than this.
_AROUND = 48 * HOUR


@dataclass(frozen=True, slots=True)
class Clock:
    """One provider: where the period before begins, the period, and where it ends.

    `place` is where the offsets of their zone stand among those of all zones.
    """

    provider_id: int
    place: int
    begins: datetime
    turns: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Clocks:
    """All of them. From `changes[n - 1]` on holds the offset `place + n`, in seconds.

    The offsets are counted from 1, as arrays of PostgreSQL are.
    """

    of_providers: tuple[Clock, ...]
    changes: tuple[datetime, ...]
    offsets: tuple[int, ...]


def clocks(
    zones: Mapping[int, str], period: Period, until: datetime | None = None
) -> Clocks:
    """Return the clocks over a period and the one before; nothing from `until` on.

    `zones` are the names of the providers' zones.
    """
    before = period.before() or period
    names = sorted(set(zones.values()))
    known = [ZoneInfo(name) for name in names]
    span = before.first, period.last
    found = {change for zone in known for change in changes_of(zone, *span)}
    changes = sorted(found)
    first = changes[0] - 1 if changes else 0
    places = {name: 1 + n * (len(changes) + 1) for n, name in enumerate(names)}
    return Clocks(
        tuple(
            _Bounds(before, period, ZoneInfo(name), until).clock(number, places[name])
            for number, name in zones.items()
        ),
        tuple(map(instant, changes)),
        tuple(
            offset(moment, zone) // _SECOND
            for zone in known
            for moment in (first, *changes)
        ),
    )


@lru_cache(maxsize=256)
def changes_of(zone: ZoneInfo, first: date, last: date) -> tuple[int, ...]:
    """Return an instant before some days, and each from which a new offset holds.

    In microseconds. Kept, since a report is looked at from many sides.
    """
    start = ticks(day_bounds(first, _UTC).start) - _AROUND
    end = ticks(day_bounds(last, _UTC).end) + _AROUND
    return tuple(offset_changes(start, end, zone))


@dataclass(frozen=True, slots=True)
class _Bounds:
    before: Period
    period: Period
    zone: ZoneInfo
    until: datetime | None

    def clock(self, provider_id: int, place: int) -> Clock:
        """Return the instants of somebody in this zone."""
        ends = _end_of(self.period.last, self.zone)
        return Clock(
            provider_id,
            place,
            _start_of(self.before.first, self.zone),
            _start_of(self.period.first, self.zone),
            min(ends, self.until) if self.until else ends,
        )


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return where a day begins, or the next one where the zone skipped it."""
    try:
        return day_bounds(day, zone).start
    except Invalid:
        return day_bounds(day + _DAY, zone).start


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    try:
        return day_bounds(day, zone).end
    except Invalid:
        return day_bounds(day - _DAY, zone).end
