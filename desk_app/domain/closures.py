"""Time at which the whole practice is closed: public holidays, and days of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.schedule import LocalWindow
from desk_app.domain.stranding import NOTHING_DECIDED, Settlement

if TYPE_CHECKING:
    from collections.abc import Iterable

MIDNIGHT = time()
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Closure:
    """The practice is closed on a day from `start` to `end`, 00:00 to 00:00 all of it.

    A holiday is one of those that its country keeps.
    """

    day: date
    name: str
    start: time = MIDNIGHT
    end: time = MIDNIGHT
    is_holiday: bool = False

    @property
    def is_whole_day(self) -> bool:
        """Whether nothing of the day is left."""
        return self.start == self.end == MIDNIGHT

    @property
    def window(self) -> LocalWindow:
        """Its time of the day."""
        return LocalWindow(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that are closed for the same reason at the same time."""

    closures: tuple[Closure, ...]

    @property
    def first(self) -> Closure:
        """Its first day, which says the rest."""
        return self.closures[0]

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.closures[-1].day


@dataclass(frozen=True, slots=True)
class Region:
    """Where a practice is: a country ("DE"), and a part of it ("BY") or ""."""

    country: str = ""
    subdivision: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a country that keeps holidays of its own."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class HolidayOffer:
    """The holidays of a region from a day on, and the parts of its country."""

    region: Region
    parts: tuple[Part, ...] = ()
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosureYear:
    """A year as it stands: what is closed, and which holidays there are.

    `parts` are those of the country; `is_next_taken` says whether any holiday of the
    year after is taken over.
    """

    year: int
    region: Region
    parts: tuple[Part, ...] = ()
    closures: frozenset[Closure] = frozenset()
    holidays: tuple[Closure, ...] = ()
    is_next_taken: bool = True


@dataclass(frozen=True, slots=True)
class ClosureChange:
    """All closures of a year as they were seen, and as they shall be."""

    year: int
    known: frozenset[Closure]
    wanted: frozenset[Closure]
    settlement: Settlement = NOTHING_DECIDED


def runs(closures: Iterable[Closure]) -> tuple[Run, ...]:
    """Return closures by their first day, days in a row in one."""
    open_runs: list[list[Closure]] = []
    for each in sorted(closures):
        before = next((run for run in open_runs if _goes_on(run[-1], each)), None)
        if before is None:
            open_runs.append([each])
        else:
            before.append(each)
    return tuple(Run(tuple(run)) for run in open_runs)


def over_days(closure: Closure, last: date) -> tuple[Closure, ...]:
    """Return the same closure for each day until `last`."""
    count = (last - closure.day).days + 1
    return tuple(replace(closure, day=closure.day + n * _A_DAY) for n in range(count))


def in_year(closures: Iterable[Closure], year: int) -> tuple[Closure, ...]:
    """Return closures of another year as they would be in this one, by their date.

    A day that the year does not have (29 February) is left out.
    """
    moved = []
    for each in closures:
        try:
            moved.append(replace(each, day=each.day.replace(year=year)))
        except ValueError:
            continue
    return tuple(sorted(moved))


def of_holiday(holiday: Closure, closures: Iterable[Closure]) -> Closure | None:
    """Return how a holiday is kept, None if the practice is open on it."""
    kept = [each for each in closures if each.is_holiday and each.day == holiday.day]
    named = [each for each in kept if each.name == holiday.name]
    return next(iter(named), None)


def _goes_on(before: Closure, after: Closure) -> bool:
    is_next = after.day - before.day == _A_DAY
    return is_next and replace(after, day=before.day) == before
