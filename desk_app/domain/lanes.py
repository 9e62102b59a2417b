"""Lanes: overlapping items side by side, as wide as their neighbours let them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from desk_app.domain.interval import Interval


@dataclass(frozen=True, slots=True)
class Lane:
    """The lanes `first` to `first + span - 1` of `count` that share the width."""

    first: int
    count: int
    span: int


def assign_lanes(intervals: Sequence[Interval]) -> tuple[Lane, ...]:
    """Return a lane for each interval, in the order given, in O(n log n).

    Intervals that overlap, directly or through others, form a cluster; a cluster has
    as many lanes as the most that overlap at one instant. Each interval gets the
    lowest lane free at its start and is then widened to the right as far as nothing
    overlapping stands there. Among those that start together the longest comes first.
    """
    first, count = [0] * len(intervals), [0] * len(intervals)
    for cluster in _clusters(intervals):
        lanes = _fill(cluster, intervals, first)
        for item in cluster:
            count[item] = lanes
    span = _widths(intervals, first, count)
    return tuple(map(Lane, first, count, span))


def _clusters(intervals: Sequence[Interval]) -> Iterator[list[int]]:
    """Yield the places of intervals that overlap one another, sorted by start."""
    order = sorted(
        range(len(intervals)),
        key=lambda item: (intervals[item].start, -intervals[item].length),
    )
    cluster: list[int] = []
    until: datetime | None = None
    for item in order:
        interval = intervals[item]
        if until is not None and interval.start >= until:
            yield cluster
            cluster, until = [], None
        cluster.append(item)
        until = interval.end if until is None else max(until, interval.end)
    if cluster:
        yield cluster


def _fill(cluster: list[int], intervals: Sequence[Interval], first: list[int]) -> int:
    """Set the first lane of each item and return how many lanes there are."""
    free: list[int] = []
    taken: list[tuple[datetime, int]] = []
    lanes = 0
    for item in cluster:
        interval = intervals[item]
        while taken and taken[0][0] <= interval.start:
            heappush(free, heappop(taken)[1])
        if free:
            first[item] = heappop(free)
        else:
            first[item] = lanes
            lanes += 1
        heappush(taken, (interval.end, first[item]))
    return lanes


def _widths(
    intervals: Sequence[Interval], first: list[int], count: list[int]
) -> list[int]:
    """Return how many lanes each item fills.

    Lanes are painted from the right to the left over the axis of time, so that what
    an item finds under itself is its nearest neighbour to the right. Each look is
    followed by painting over what was seen, which keeps the whole linear but for
    the search.
    """
    span = [0] * len(intervals)
    nowhere = len(intervals)
    if not intervals:
        return span
    # The colour between one edge and the next; the last one has no end.
    edges = [min(interval.start for interval in intervals)]
    colours = [nowhere]
    for item in sorted(range(len(intervals)), key=first.__getitem__, reverse=True):
        start, end = intervals[item].start, intervals[item].end
        low = _cut(edges, colours, start)
        high = _cut(edges, colours, end)
        neighbour = min(colours[low:high])
        span[item] = min(neighbour, count[item]) - first[item]
        edges[low:high] = [start]
        colours[low:high] = [first[item]]
    return span


def _cut(edges: list[datetime], colours: list[int], at: datetime) -> int:
    """Make `at` an edge and return its place."""
    place = bisect_left(edges, at)
    if place == len(edges) or edges[place] != at:
        edges.insert(place, at)
        colours.insert(place, colours[place - 1])
    return place
