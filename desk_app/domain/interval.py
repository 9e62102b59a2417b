"""Half-open stretches of time, `[start, end)`, between aware instants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The time from `start` up to, not including, `end`; both aware instants."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError("an interval ends after it starts")

    @property
    def length(self) -> timedelta:
        """The time between both ends."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Say whether both share an instant; touching ends do not."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Interval) -> bool:
        """Say whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the union as sorted, disjoint intervals; touching ones become one."""
    result: list[Interval] = []
    for interval in sorted(intervals):
        if result and interval.start <= result[-1].end:
            if interval.end > result[-1].end:
                result[-1] = Interval(result[-1].start, interval.end)
        else:
            result.append(interval)
    return tuple(result)


def subtracted(
    intervals: Iterable[Interval], holes: Iterable[Interval]
) -> tuple[Interval, ...]:
    """Return what is left of `intervals` outside all `holes`, sorted and disjoint."""
    holes = merged(holes)
    result: list[Interval] = []
    for interval in merged(intervals):
        start = interval.start
        for hole in holes:
            if hole.end <= start or hole.start >= interval.end:
                continue
            if hole.start > start:
                result.append(Interval(start, hole.start))
            start = hole.end
            if start >= interval.end:
                break
        if start < interval.end:
            result.append(Interval(start, interval.end))
    return tuple(result)
