"""Instants as whole microseconds since 1970 (UTC), and half-open spans of them.

The rules of the schedule are swept over these numbers: they are exact for every
instant that PostgreSQL stores, and several times faster than `datetime`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desk_app.domain.interval import Interval

Span: TypeAlias = tuple[int, int]
"""The microseconds from the first number up to, not including, the second."""

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def ticks(instant: datetime) -> int:
    """Return an aware instant as microseconds since 1970."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(count: int) -> datetime:
    """Return microseconds since 1970 as an aware UTC instant."""
    return _EPOCH + _MICROSECOND * count


def span(interval: Interval) -> Span:
    """Return an interval as a span."""
    return ticks(interval.start), ticks(interval.end)


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the union as sorted, disjoint spans; touching ones become one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = result[-1][0], end
        else:
            result.append((start, end))
    return result


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """Return what is left of `spans` outside all `holes`.

    Both are sorted and disjoint, and so is the result.
    """
    result: list[Span] = []
    for start, end in spans:
        free = start
        for hole_start, hole_end in holes:
            if hole_end <= free or hole_start >= end:
                continue
            if hole_start > free:
                result.append((free, hole_start))
            free = hole_end
        if free < end:
            result.append((free, end))
    return result
