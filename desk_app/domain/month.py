"""How full the days of a month are: appointments counted, open time and what is taken.

An appointment counts for the day on which it begins by its provider's clock. Open time
is taken by appointments with their buffers; what was booked outside the hours counts,
but fills nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desk_app.domain.hours import FIRST_DAY, LAST_DAY, open_spans
from desk_app.domain.spans import HOUR, MINUTE, instant, union, without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from desk_app.domain.schedule import Override
    from desk_app.domain.spans import Span
    from desk_app.domain.weekly import WeekPlan

# What began longer ago than this is over: a day at most, and half a day of buffer.
_REACH = 36 * HOUR


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of some providers together."""

    day: date
    appointments: int = 0
    open_minutes: int = 0
    booked_minutes: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether nobody has hours."""
        return not self.open_minutes

    @property
    def free_minutes(self) -> int:
        """How much of the open time nothing takes."""
        return self.open_minutes - self.booked_minutes

    @property
    def fullness(self) -> int:
        """Percent of the open time that is taken.

        0 only where nothing is, 100 only where nothing is left.
        """
        if not self.booked_minutes:
            return 0
        percent = self.booked_minutes * 100 // self.open_minutes
        return max(percent, 1)

    def plus(self, other: DayCount) -> DayCount:
        """Return both together."""
        return DayCount(
            self.day,
            self.appointments + other.appointments,
            self.open_minutes + other.open_minutes,
            self.booked_minutes + other.booked_minutes,
        )


@dataclass(frozen=True, slots=True)
class Diary:
    """What decides over the days of one provider.

    `overrides` go by local day; `busy` is sorted by start
    and holds every appointment that is not cancelled, with its buffer.
    """

    zone: ZoneInfo
    weekly: WeekPlan
    overrides: Mapping[date, Sequence[Override]]
    busy: Sequence[Span]


def days_from(first: date, count: int) -> tuple[date, ...]:
    """Return `count` days from `first`, without those beyond the schedule's years."""
    numbers = range(first.toordinal(), first.toordinal() + count)
    within = range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1)
    return tuple(date.fromordinal(number) for number in numbers if number in within)


def counted(days: Sequence[date], diaries: Sequence[Diary]) -> tuple[DayCount, ...]:
    """Return what these diaries together come to on each day."""
    found = {day: DayCount(day) for day in days}
    for diary in diaries:
        begun: dict[date, int] = defaultdict(int)
        for start, _ in diary.busy:
            begun[instant(start).astimezone(diary.zone).date()] += 1
        for day in days:
            hours = open_spans(
                day, diary.zone, diary.weekly.walls(day), diary.overrides.get(day, ())
            )
            count = DayCount(day, begun[day], _minutes(hours), _taken(hours, diary))
            found[day] = found[day].plus(count)
    return tuple(found.values())


def _taken(hours: Sequence[Span], diary: Diary) -> int:
    """Return how many minutes of `hours` are busy."""
    if not hours:
        return 0
    first = bisect_left(diary.busy, (hours[0][0] - _REACH, 0))
    last = bisect_left(diary.busy, (hours[-1][1], 0))
    free = without(hours, union(diary.busy[first:last]))
    return _minutes(hours) - _minutes(free)


def _minutes(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans) // MINUTE
