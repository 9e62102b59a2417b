"""Recurring appointments: the same weekday and the same time on the wall, week by week.

A clock change moves the instant, never the reading of the clock. A local time that
does not exist on a date is told apart, so that somebody can choose another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.hours import LAST_DAY
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MOST = 52
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Repetition:
    """Every `every_weeks` weeks, `times` times in all or until a day, included.

    Exactly one of `times` and `until` is given. Raises Invalid by field.
    """

    every_weeks: int = 1
    times: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.times is None) == (self.until is None):
            raise Invalid("times", "A series ends after some times or on a day.")
        if not 1 <= self.every_weeks <= MOST_WEEKS:
            raise Invalid("every_weeks", f"Every 1 to {MOST_WEEKS} weeks.")
        if self.times is not None and not 1 <= self.times <= MOST:
            raise Invalid("times", f"A series has 1 to {MOST} appointments.")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series; `start` is None where the local time does not exist."""

    day: date
    start: datetime | None


def occurrences(
    first: datetime, zone: ZoneInfo, repetition: Repetition
) -> tuple[Occurrence, ...]:
    """Return the dates of a series that begins at the instant `first`.

    At most `MOST` of them, on the local weekday and wall time that `first` has in
    `zone`; the first is `first` itself, also where `until` lies before it. Of a time
    that occurs twice on a day, the earlier one counts.
    """
    wall = first.astimezone(zone).replace(tzinfo=None, fold=0)
    found = [Occurrence(wall.date(), first.astimezone(UTC))]
    most = MOST if repetition.times is None else repetition.times
    while len(found) < most:
        wall += timedelta(weeks=repetition.every_weeks)
        is_over = repetition.until is not None and wall.date() > repetition.until
        if is_over or wall.date() > LAST_DAY:
            break
        found.append(Occurrence(wall.date(), instant_of(wall, zone)))
    return tuple(found)


def wall_shift(old: datetime, new: datetime, zone: ZoneInfo) -> timedelta:
    """Return how far the wall clock of `zone` goes from one instant to another.

    From Tuesday at 10:00 to Thursday at 9:30 is two days less half an hour, whatever
    the clock does between them.
    """
    return _wall(new, zone) - _wall(old, zone)


def shifted(start: datetime, shift: timedelta, zone: ZoneInfo) -> datetime | None:
    """Return the instant a `wall_shift` later, None if that time does not exist."""
    return instant_of(_wall(start, zone) + shift, zone)


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the instant of a reading of the clock, None if it never reads so."""
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    return instant if _wall(instant, zone) == wall else None


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
