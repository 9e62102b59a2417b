"""Time that a person takes out of a provider's day: block now, or for an absence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.hours import day_bounds

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class BlockRequest:
    """Block `[start, end)` of a provider, on one local day, for a `reason` in a line.

    `accepted` are the appointments that somebody has seen in it; they stay.
    """

    provider_id: int
    start: datetime
    end: datetime
    reason: str = ""
    accepted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """A provider is away on the local day of `start`, from then on until its end.

    Other times are looked for on so many `days`, that day included.
    """

    provider_id: int
    start: datetime
    days: int = 14


def from_now(now: datetime, minutes: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the whole minutes to block from `now` on, to the day's end at most."""
    start = now.replace(second=0, microsecond=0)
    bounds = day_bounds(start.astimezone(zone).date(), zone)
    return start, min(start + minutes * _MINUTE, bounds.end)


def until_end_of_day(start: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return what is left of a local day."""
    return start, day_bounds(start.astimezone(zone).date(), zone).end
