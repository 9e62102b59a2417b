"""Events of a calendar as a practice can use them, and the time they would block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.hours import day_bounds
from desk_app.domain.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.importing.faults import Fault

_DAY = timedelta(days=1)
_A_MOMENT = timedelta(microseconds=1)
MIDNIGHT = time()
# Of all events together, within the chosen days.
MOST_EVENTS = 20_000


@dataclass(frozen=True, slots=True)
class Event:
    """One event, or one date of a series, as aware instants of `[start, end)`.

    `line` is where it begins in the file. An event of whole days begins and ends at
    midnight by the clock of the person who imports it. `person` and `email` are who
    takes part, "" where nobody or more than one does.
    """

    line: int
    start: datetime
    end: datetime
    title: str
    is_all_day: bool = False
    is_tentative: bool = False
    is_free: bool = False
    person: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The days somebody wants of a calendar, both included, by the clock of a zone."""

    first: date
    last: date
    zone: str

    @property
    def period(self) -> Interval:
        """The instants."""
        zone = ZoneInfo(self.zone)
        start, end = day_bounds(self.first, zone).start, day_bounds(self.last, zone).end
        return Interval(start, end)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many events of a file are not to be imported, by reason."""

    cancelled: int = 0
    outside: int = 0
    endless: int = 0
    no_events: int = 0


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What a file has for the chosen days; with faults nothing is imported.

    `unknown_zones` are names of zones that nobody knows: their times are taken for
    those of this place. `series` is how many events repeat.
    """

    file_name: str
    events: tuple[Event, ...] = ()
    left_out: LeftOut = LeftOut()
    series: int = 0
    unknown_zones: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class WallSpan:
    """Time of one local day; an `end` of 00:00 is its midnight."""

    day: date
    start: time
    end: time


def wall_spans(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[WallSpan]:
    """Yield what `[start, end)` takes of each local day it touches.

    To the minute: one that is begun counts whole.
    """
    first = start.astimezone(zone)
    last = end.astimezone(zone)
    if last.date() == first.date() and last.time() <= first.time():
        # The clocks are put back within it: an hour of the wall comes twice.
        last = first + (end - start)
    for number in range(((last - _A_MOMENT).date() - first.date()).days + 1):
        day = first.date() + number * _DAY
        begins = first.time() if day == first.date() else MIDNIGHT
        ends = last.time() if day == last.date() else MIDNIGHT
        span = WallSpan(day, _floor(begins), _ceiling(ends))
        if span.start < span.end or span.end == MIDNIGHT:
            yield span


def _floor(clock: time) -> time:
    return clock.replace(second=0, microsecond=0, fold=0)


def _ceiling(clock: time) -> time:
    whole = _floor(clock)
    if whole == clock.replace(fold=0):
        return whole
    return (datetime.combine(date(2000, 1, 1), whole) + timedelta(minutes=1)).time()
