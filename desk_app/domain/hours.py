"""When a provider is open: wall-clock hours and exceptions turned into instants.

The rule (ARCHITECTURE section 5): the weekly windows of the day, unless the practice
is closed, plus the extra overrides, minus the blocked ones. An instant is open exactly
when its wall-clock reading in the provider's zone lies in such a window. So a window
over a clock change has its true length, a time that does not exist is never open, and
one that occurs twice is open twice. Events from outside calendars block by instants.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from desk_app.domain.interval import Interval
from desk_app.domain.schedule import Block, LocalWindow, Override, Source
from desk_app.domain.spans import (
    DAY,
    HOUR,
    MINUTE,
    Span,
    instant,
    span,
    ticks,
    union,
    without,
)
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2199, 12, 31)

_SECOND = 1_000_000
# Wide enough for every offset there is, fine enough that no two changes of a
# zone fall between two looks.
_BEFORE, _AFTER, _LOOK = 26 * HOUR, 50 * HOUR, 6 * HOUR


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a local day with one offset: wall + `shift` is the instant."""

    first: int
    last: int
    shift: int


@dataclass(frozen=True, slots=True)
class _LocalDay:
    """The stretches of a local day; `shift` is set if one covers it all."""

    stretches: tuple[_Stretch, ...]
    shift: int | None


def day_bounds(day: date, zone: ZoneInfo) -> Interval:
    """Return the instants of a local day, clock changes included.

    Raises `Invalid("day")` for a day the zone skipped (Apia, 30 December 2011) and
    for days outside `FIRST_DAY` to `LAST_DAY`.
    """
    stretches = _local_day(day, zone).stretches
    if not stretches:
        raise Invalid("day", f"There was no {day.isoformat()} in {zone.key}.")
    return Interval(
        instant(min(part.first + part.shift for part in stretches)),
        instant(max(part.last + part.shift for part in stretches)),
    )


def open_windows(
    day: date,
    zone: ZoneInfo,
    weekly: Sequence[LocalWindow],
    overrides: Sequence[Override],
) -> tuple[Interval, ...]:
    """Return when a provider is open on the local `day`, as sorted, disjoint instants.

    `weekly` are the windows that hold on it, `overrides` those of that day. A blocked
    override wins over an extra one, an extra one over a closure of the practice.
    `Invalid("day")` as in `day_bounds`.
    """
    spans = open_spans(day, zone, wall_spans(weekly), overrides)
    return tuple(Interval(instant(start), instant(end)) for start, end in spans)


def wall_spans(windows: Iterable[LocalWindow]) -> list[Span]:
    """Return wall-clock windows as sorted, disjoint spans since local midnight.

    Made once per provider and weekday for `open_spans`. A window that does not end
    after it starts is empty.
    """
    return union(wall for wall in map(_wall, windows) if wall[0] < wall[1])


def open_spans(
    day: date, zone: ZoneInfo, walls: Sequence[Span], overrides: Sequence[Override]
) -> list[Span]:
    """Do the same as `open_windows`, from `wall_spans` and in microseconds.

    This is where the rule stands; a day without overrides and without a clock
    change takes about a microsecond.
    """
    local = _local_day(day, zone)
    shift = local.shift
    if shift is not None and not overrides:
        return [(shift + start, shift + end) for start, end in walls]
    hours = _placed(walls, local)
    extra: list[Span] = []
    blocked: list[Span] = []
    closed: list[Span] = []
    for override in overrides:
        if override.source is Source.CLOSURE:
            place = closed
        else:
            place = blocked if override.is_blocked else extra
        place.extend(_instants(override, local))
    if closed:
        hours = without(hours, union(closed))
    return without(union(hours + extra), union(blocked))


def blocks_of(
    day: date, zone: ZoneInfo, overrides: Iterable[Override]
) -> tuple[Block, ...]:
    """Return the blocked time within the local `day`, sorted by start.

    A closure blocks what is not extra time. `Invalid("day")` as in `day_bounds`.
    """
    local = _local_day(day, zone)
    overrides = tuple(overrides)
    extra = union(
        part
        for override in overrides
        if not override.is_blocked
        for part in _instants(override, local)
    )
    blocks = [
        Block(
            override.override_id,
            Interval(instant(start), instant(end)),
            override.reason,
            override.source,
        )
        for override in overrides
        if override.is_blocked
        for start, end in _blocked(override, local, extra)
    ]
    return tuple(sorted(blocks, key=lambda block: (block.span, block.override_id)))


def offset_changes(start: int, end: int, zone: ZoneInfo) -> Iterator[int]:
    """Yield `start` and each instant before `end` from which a new offset holds.

    Changes of the last six hours may be left out; all numbers are microseconds.
    """
    yield start
    before = offset(start, zone)
    for look in range(start + _LOOK, end + 1, _LOOK):
        after = offset(look, zone)
        if after != before:
            low, high = look - _LOOK, look
            while high - low > _SECOND:
                middle = low + (high - low) // (2 * _SECOND) * _SECOND
                if offset(middle, zone) == before:
                    low = middle
                else:
                    high = middle
            yield high
            before = after


def offset(moment: int, zone: ZoneInfo) -> int:
    """Return how far the clock of `zone` is ahead of UTC, in microseconds."""
    local = instant(moment).astimezone(zone)
    return ticks(local.replace(tzinfo=UTC)) - moment


def _blocked(override: Override, local: _LocalDay, extra: list[Span]) -> list[Span]:
    spans = _instants(override, local)
    return without(spans, extra) if override.source is Source.CLOSURE else spans


def _wall(window: LocalWindow) -> Span:
    return _since_midnight(window.start), _since_midnight(window.end) or DAY


def _since_midnight(clock: time) -> int:
    return (
        clock.hour * HOUR
        + clock.minute * MINUTE
        + clock.second * _SECOND
        + clock.microsecond
    )


def _placed(walls: Iterable[Span], local: _LocalDay) -> list[Span]:
    """Return the instants whose wall-clock reading lies in `walls`."""
    placed = []
    for start, end in walls:
        for part in local.stretches:
            first, last = max(start, part.first), min(end, part.last)
            if first < last:
                placed.append((first + part.shift, last + part.shift))
    return union(placed)


def _instants(override: Override, local: _LocalDay) -> list[Span]:
    """Return the instants of the day that an override covers."""
    if isinstance(override.span, LocalWindow):
        return _placed(wall_spans([override.span]), local)
    start, end = span(override.span)
    day = _placed([(0, DAY)], local)
    return [
        (max(start, first), min(end, last))
        for first, last in day
        if start < last and first < end
    ]


@lru_cache(maxsize=16384)
def _local_day(day: date, zone: ZoneInfo) -> _LocalDay:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Invalid("day", "The schedule goes from the year 2000 to 2199.")
    midnight = ticks(datetime.combine(day, time(), UTC))
    stretches = []
    changes = [*offset_changes(midnight - _BEFORE, midnight + _AFTER, zone)]
    ends = [*changes[1:], midnight + _AFTER]
    for start, end in zip(changes, ends, strict=True):
        shift = midnight - offset(start, zone)
        first, last = max(0, start - shift), min(DAY, end - shift)
        if first < last:
            stretches.append(_Stretch(first, last, shift))
    plain = len(stretches) == 1 and stretches[0] == _Stretch(0, DAY, stretches[0].shift)
    return _LocalDay(tuple(stretches), stretches[0].shift if plain else None)
