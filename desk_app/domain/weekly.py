"""The weekly hours of a provider: windows that hold every week, or on some days only.

A window can hold every other week, and from or until a day, both included; so next
month's hours can be entered today. The rule of slots (`desk_app.domain.hours`) is
given the windows that hold on its day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from desk_app.domain.hours import wall_spans
from desk_app.domain.schedule import LocalWindow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import time

    from desk_app.domain.spans import Span

WEEK = range(7)
_FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class WeeklyWindow:
    """Wall-clock hours of one weekday (0 = Monday), `[start, end)`.

    An `end` of 00:00 is midnight. With `every_other_from`, a Monday, they hold in the
    week that begins then and in every second one before and after it. `valid_from`
    and `valid_until` are the first and the last day on which they hold, None for no
    such limit.
    """

    weekday: int
    start: time
    end: time
    every_other_from: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def window(self) -> LocalWindow:
        """Its time of the day."""
        return LocalWindow(self.start, self.end)

    @property
    def is_plain(self) -> bool:
        """Whether it holds on every day of its weekday."""
        return self.every_other_from is self.valid_from is self.valid_until is None

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on a local day."""
        if day.weekday() != self.weekday:
            return False
        if self.valid_from is not None and day < self.valid_from:
            return False
        if self.valid_until is not None and day > self.valid_until:
            return False
        begun = self.every_other_from
        return begun is None or (day - begun).days % _FORTNIGHT < len(WEEK)


class WeekPlan:
    """All weekly windows of one provider, ready to be asked for many days."""

    def __init__(self, windows: Iterable[WeeklyWindow] = ()) -> None:
        self._windows: dict[int, list[WeeklyWindow]] = defaultdict(list)
        for window in windows:
            self._windows[window.weekday].append(window)
        # The spans of weekdays whose windows hold every week, which is most.
        self._always = {
            weekday: wall_spans(window.window for window in self._windows[weekday])
            for weekday in WEEK
            if all(window.is_plain for window in self._windows[weekday])
        }

    def on(self, day: date) -> tuple[LocalWindow, ...]:
        """Return the windows that hold on a local day."""
        return tuple(
            window.window
            for window in self._windows[day.weekday()]
            if window.holds_on(day)
        )

    def walls(self, day: date) -> Sequence[Span]:
        """Return the same as sorted, disjoint spans since midnight."""
        known = self._always.get(day.weekday())
        return wall_spans(self.on(day)) if known is None else known


def first_clash(
    windows: Iterable[WeeklyWindow],
) -> tuple[WeeklyWindow, WeeklyWindow] | None:
    """Return two windows that overlap on some day, None if there are none."""
    return next(
        (pair for pair in combinations(windows, 2) if _overlap(*pair)),
        None,
    )


def _overlap(one: WeeklyWindow, other: WeeklyWindow) -> bool:
    if one.weekday != other.weekday:
        return False
    (start, end), (begin, close) = wall_spans([one.window]) + wall_spans([other.window])
    if start >= close or begin >= end:
        return False
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_until or date.max, other.valid_until or date.max)
    # Patterns repeat after a fortnight.
    near = (first + timedelta(days=number) for number in range(_FORTNIGHT))
    return any(one.holds_on(day) and other.holds_on(day) for day in near if day <= last)


def week_begun(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
