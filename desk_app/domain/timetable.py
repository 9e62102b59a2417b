"""Weekly hours as a person edits them: whole weeks, and the days on which they change.

A `Timetable` says the same as a set of `WeeklyWindow`: two weeks that take turns (alike
where nothing alternates), and from some days on other ones. It is made of windows and
turned into windows again; what is in between is never stored.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from desk_app.domain.weekly import WEEK, WeeklyWindow, week_begun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HOUR = 60
LAST_MINUTE = 24 * HOUR
_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)
# Weeks are counted from this Monday: week A is every even one.
_FIRST_MONDAY = date(2000, 1, 3)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Open time of a day in minutes, `[start, end)`; an end of 1440 is midnight."""

    start: int
    end: int

    def holds(self, minute: int) -> bool:
        """Say whether a minute lies in it."""
        return self.start <= minute < self.end


Day: TypeAlias = tuple[Stretch, ...]
"""Sorted, with closed time between."""
Week: TypeAlias = tuple[Day, ...]
"""Monday to Sunday."""

CLOSED: Week = ((),) * 7


@dataclass(frozen=True, slots=True)
class Season:
    """Hours that hold from a day on (None: since ever) until the next season begins.

    `weeks` are week A and week B, which take turns.
    """

    first: date | None = None
    weeks: tuple[Week, Week] = (CLOSED, CLOSED)

    @property
    def alternates(self) -> bool:
        """Whether the two weeks differ."""
        return self.weeks[0] != self.weeks[1]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Seasons, the first of which has no first day; no two neighbours are alike."""

    seasons: tuple[Season, ...] = (Season(),)

    def season_on(self, day: date) -> int:
        """Return the place of the season that holds on a day."""
        begun = [s for s in self.seasons if s.first is None or s.first <= day]
        return len(begun) - 1

    def last_day(self, place: int) -> date | None:
        """Return the last day of a season, None for the one that does not end."""
        after = self.seasons[place + 1 : place + 2]
        return after[0].first - _A_DAY if after and after[0].first else None

    def with_day(
        self, place: int, weeks: Iterable[int], weekday: int, day: Day
    ) -> Timetable:
        """Return the same with another day in some of the weeks of a season."""
        season, chosen = self.seasons[place], {*weeks}
        changed = [
            _with(week, weekday, day) if number in chosen else week
            for number, week in enumerate(season.weeks)
        ]
        return self.with_weeks(place, (changed[0], changed[1]))

    def with_weeks(self, place: int, weeks: tuple[Week, Week]) -> Timetable:
        """Return the same with other weeks in a season."""
        seasons = [*self.seasons]
        seasons[place] = replace(seasons[place], weeks=weeks)
        return Timetable(tuple(seasons))

    def begun_on(self, first: date, last: date | None = None) -> Timetable:
        """Return the same with a season of its own from `first` to `last`.

        It has the hours of that day until they are changed. After `last` follows what
        would have held without it; what changed in between is taken out.
        """
        season = self.seasons[self.season_on(first)]
        kept = [
            each
            for each in self.seasons
            if each.first is None
            or each.first < first
            or (last is not None and each.first > last)
        ]
        kept.append(replace(season, first=first))
        starts = {each.first for each in kept}
        if last is not None and last + _A_DAY not in starts:
            then = self.seasons[self.season_on(last + _A_DAY)]
            kept.append(replace(then, first=last + _A_DAY))
        kept.sort(key=lambda each: each.first or date.min)
        return Timetable(tuple(kept))

    def without(self, place: int) -> Timetable:
        """Return the same without a season: the one before goes on."""
        left = self.seasons[:place] + self.seasons[place + 1 :]
        return Timetable((replace(left[0], first=None), *left[1:]))

    def tidied(self) -> Timetable:
        """Return the same without seasons that change nothing."""
        kept = [self.seasons[0]]
        kept += [
            season
            for before, season in zip(self.seasons, self.seasons[1:], strict=False)
            if season.weeks != before.weeks
        ]
        return Timetable(tuple(kept))

    def windows(self, today: date) -> frozenset[WeeklyWindow]:
        """Return it as windows; those of every other week are counted from today."""
        seasons = self.tidied().seasons
        running: dict[tuple[int, Stretch, int | None], date | None] = {}
        made: set[WeeklyWindow] = set()
        for season in seasons:
            now = _patterns(season)
            for gone in running.keys() - now:
                made.add(_window(gone, running.pop(gone), season.first, today))
            for new in now - running.keys():
                running[new] = season.first
        made.update(_window(key, first, None, today) for key, first in running.items())
        return frozenset(made)


def timetable(windows: Iterable[WeeklyWindow]) -> Timetable:
    """Return windows as they are edited."""
    windows = tuple(windows)
    starts: set[date] = set()
    for window in windows:
        if window.valid_from is not None:
            starts.add(window.valid_from)
        if window.valid_until is not None and window.valid_until < date.max:
            starts.add(window.valid_until + _A_DAY)
    seasons = [_season(None, windows)]
    seasons += [_season(first, windows) for first in sorted(starts)]
    return Timetable(tuple(seasons)).tidied()


def week_of(day: date) -> int:
    """Return 0 in a week A, 1 in a week B."""
    return (week_begun(day) - _FIRST_MONDAY).days // 7 % 2


def monday_of(week: int, today: date) -> date:
    """Return the Monday of week A (0) or B (1), in this week or the next."""
    monday = week_begun(today)
    return monday if week_of(monday) == week else monday + _A_WEEK


def joined(stretches: Iterable[Stretch]) -> Day:
    """Return open time as a day: sorted, what touches or overlaps in one."""
    found: list[Stretch] = []
    for each in sorted(stretches):
        if each.start >= each.end:
            continue
        if found and each.start <= found[-1].end:
            longer = max(found[-1].end, each.end)
            found[-1] = Stretch(found[-1].start, longer)
        else:
            found.append(each)
    return tuple(found)


def at(day: Day, minute: int) -> Stretch | None:
    """Return the open time that holds a minute, None where it is closed."""
    return next((each for each in day if each.holds(minute)), None)


def exchanged(day: Day, old: Stretch | None, new: Stretch | None) -> Day:
    """Return a day with one stretch taken out and another one put in."""
    left = [each for each in day if each != old]
    return joined([*left, new] if new else left)


def fitted(start: int, end: int) -> Stretch | None:
    """Return a stretch that lies within the day, None for one of no length."""
    low, high = sorted((start, end))
    low, high = max(low, 0), min(high, LAST_MINUTE)
    return Stretch(low, high) if low < high else None


def _season(first: date | None, windows: Sequence[WeeklyWindow]) -> Season:
    weeks: list[list[list[Stretch]]] = [[[] for _ in WEEK] for _ in range(2)]
    for window in windows:
        if not _holds(window, first):
            continue
        every_other = window.every_other_from
        for week in (0, 1) if every_other is None else (week_of(every_other),):
            weeks[week][window.weekday].append(_stretch(window))
    one, other = (tuple(map(joined, week)) for week in weeks)
    return Season(first, (one, other))


def _holds(window: WeeklyWindow, first: date | None) -> bool:
    """Say whether a window holds in the season that begins on `first`."""
    begins = window.valid_from or date.min
    ends = window.valid_until or date.max
    return begins <= (first or date.min) <= ends


def _stretch(window: WeeklyWindow) -> Stretch:
    start = window.start.hour * HOUR + window.start.minute
    end = window.end.hour * HOUR + window.end.minute
    return Stretch(start, end or LAST_MINUTE)


def _patterns(season: Season) -> set[tuple[int, Stretch, int | None]]:
    """Return weekday, time, and in which of the weeks: None for both."""
    weeks: dict[tuple[int, Stretch], list[int]] = defaultdict(list)
    for number, week in enumerate(season.weeks):
        for weekday, day in enumerate(week):
            for stretch in day:
                weeks[weekday, stretch].append(number)
    return {
        (weekday, stretch, None if len(found) == 2 else found[0])
        for (weekday, stretch), found in weeks.items()
    }


def _window(
    key: tuple[int, Stretch, int | None],
    first: date | None,
    then: date | None,
    today: date,
) -> WeeklyWindow:
    weekday, stretch, week = key
    return WeeklyWindow(
        weekday,
        clock(stretch.start),
        clock(stretch.end),
        None if week is None else monday_of(week, today),
        first,
        None if then is None else then - _A_DAY,
    )


def clock(minute: int) -> time:
    """Return a minute of the day as a time; 1440 is 00:00."""
    return time(minute // HOUR % 24, minute % HOUR)


def _with(week: Week, weekday: int, day: Day) -> Week:
    return (*week[:weekday], day, *week[weekday + 1 :])
