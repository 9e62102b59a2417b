"""How long providers are open, by the rule that free times come of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desk_app.domain.hours import open_spans
from desk_app.domain.weekly import week_begun

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
    sums: dict[tuple[bool, int], int] = defaultdict(int)
    for number in range(before.first.toordinal(), period.last.toordinal() + 1):
        day = date.fromordinal(number)
        spans = open_spans(
            day, hours.zone, hours.weekly.walls(day), hours.overrides.get(day, ())
        )
        key = number < turns, week_begun(day).toordinal()
        sums[key] += sum(end - start for start, end in spans)
    return tuple(
        OpenWeek(is_before, hours.provider_id, week, length // _SECOND)
        for (is_before, week), length in sums.items()
        if length
    )
