"""How long providers are open, by the rule that free times come of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.hours import open_spans
from desk_app.domain.reports.clocks import changes_of
from desk_app.domain.spans import instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from desk_app.domain.reports.periods import Period
    from desk_app.domain.schedule import Override
    from desk_app.domain.weekly import WeekPlan

_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Hours:
    """What decides when one provider is open; `overrides` go by local day."""

    provider_id: int
    zone: ZoneInfo
    weekly: WeekPlan
    overrides: Mapping[date, Sequence[Override]]


@dataclass(frozen=True, slots=True)
class OpenWeek:
    """How long a provider is open in the days of one week that are asked for.

    `week` is the ordinal of its Monday.
    """

    is_before: bool
    provider_id: int
    week: int
    seconds: int


def open_weeks(hours: Hours, period: Period) -> tuple[OpenWeek, ...]:
    """Return the open time of a period and the one before it, week by week."""
    before = period.before() or period
    turns = period.first.toordinal()
    changes = _days_of_changes(hours.zone, before.first, period.last)
    sums: dict[tuple[bool, int], int] = defaultdict(int)
    for number in range(before.first.toordinal(), period.last.toordinal() + 1):
        day = date.fromordinal(number)
        walls, exceptions = hours.weekly.walls(day), hours.overrides.get(day, ())
        # Any other day is as long as its windows; there are thousands of them.
        if exceptions or day in changes:
            walls = open_spans(day, hours.zone, walls, exceptions)
        key = number < turns, number - day.weekday()
        sums[key] += sum(end - start for start, end in walls)
    return tuple(
        OpenWeek(is_before, hours.provider_id, week, length // _SECOND)
        for (is_before, week), length in sums.items()
        if length
    )


def _days_of_changes(zone: ZoneInfo, first: date, last: date) -> frozenset[date]:
    """Return the days on and around which the clocks of a zone change."""
    _, *changes = changes_of(zone, first, last)
    return frozenset(
        (instant(change) + timedelta(days=step)).date()
        for change in changes
        for step in (-1, 0, 1)
    )
