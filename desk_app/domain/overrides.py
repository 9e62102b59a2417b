"""Days on which a provider's hours are not the usual ones, and how a year looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.domain.hours import wall_spans
from desk_app.domain.schedule import LocalWindow, Source
from desk_app.domain.spans import DAY, MINUTE, union, without
from desk_app.domain.stranding import NOTHING_DECIDED, Settlement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desk_app.domain.schedule import Override
    from desk_app.domain.spans import Span
    from desk_app.domain.weekly import WeekPlan

MIDNIGHT = time()
_A_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a person wishes for some days of a provider."""

    AWAY = "AWAY"
    """Nobody can be booked on them."""
    OTHER = "OTHER"
    """Open at these times and at no others."""
    EXTRA = "EXTRA"
    """Open at these times besides the usual ones."""
    USUAL = "USUAL"
    """As every week: what was entered by hand is taken away."""


@dataclass(frozen=True, slots=True)
class DaysRequest:
    """Change the local days `first` to `last` of a provider, both included.

    `windows` are the times of OTHER and EXTRA.
    """

    provider_id: int
    first: date
    last: date
    kind: Kind
    windows: tuple[LocalWindow, ...] = ()
    reason: str = ""
    settlement: Settlement = NOTHING_DECIDED

    @property
    def days(self) -> tuple[date, ...]:
        """All of the days."""
        count = (self.last - self.first).days + 1
        return tuple(self.first + number * _A_DAY for number in range(count))


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One exception as it is entered: blocked or extra wall-clock time."""

    start: time
    end: time
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class DayLook:
    """One day of a year: how long it is open, and what makes it unusual.

    `minutes` is what is left of it, `usual` what its week would give. `closure` names
    why the practice is closed, `reasons` are those of blocks; `is_outside` says that
    an outside calendar takes some of it.
    """

    day: date
    minutes: int
    usual: int
    closure: str = ""
    is_holiday: bool = False
    has_block: bool = False
    has_extra: bool = False
    is_outside: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def is_away(self) -> bool:
        """Whether nothing is left of a day that has hours."""
        return self.has_block and not self.minutes


def rows_of(request: DaysRequest) -> tuple[Row, ...]:
    """Return what has to stand on each of the days for a wish."""
    if request.kind is Kind.USUAL:
        return ()
    if request.kind is Kind.AWAY:
        return (Row(MIDNIGHT, MIDNIGHT, is_blocked=True),)
    spans = wall_spans(request.windows)
    extra = tuple(_row(each, is_blocked=False) for each in spans)
    if request.kind is Kind.EXTRA:
        return extra
    closed = without([(0, DAY)], spans)
    return (*extra, *(_row(each, is_blocked=True) for each in closed))


def year_looks(
    days: Sequence[date], plan: WeekPlan, overrides: Mapping[date, Sequence[Override]]
) -> tuple[DayLook, ...]:
    """Return how days look, by the wall clock of their provider."""
    return tuple(_look(day, plan, overrides.get(day, ())) for day in days)


def _look(day: date, plan: WeekPlan, overrides: Sequence[Override]) -> DayLook:
    weekly = [*plan.walls(day)]
    closures = [each for each in overrides if each.source is Source.CLOSURE]
    others = [each for each in overrides if each.source is not Source.CLOSURE]
    blocks = [each for each in others if each.is_blocked]
    extra = [each for each in others if not each.is_blocked]
    left = without(weekly, _walls(closures))
    left = without(union([*left, *_walls(extra)]), _walls(blocks))
    manual = [each for each in blocks if each.source is Source.MANUAL]
    return DayLook(
        day,
        _minutes(left),
        _minutes(weekly),
        closure=next((each.reason for each in closures), ""),
        has_block=bool(manual),
        has_extra=bool(extra),
        is_outside=len(manual) < len(blocks),
        reasons=tuple(dict.fromkeys(each.reason for each in manual if each.reason)),
    )


def _walls(overrides: Sequence[Override]) -> list[Span]:
    """Return what overrides cover by the wall clock; events outside count for none."""
    windows = [each.span for each in overrides if isinstance(each.span, LocalWindow)]
    return wall_spans(windows)


def _minutes(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans) // MINUTE


def _row(each: Span, *, is_blocked: bool) -> Row:
    return Row(_clock(each[0]), _clock(each[1]), is_blocked)


def _clock(ticks: int) -> time:
    minutes = ticks // MINUTE
    return time(minutes // 60 % 24, minutes % 60)
