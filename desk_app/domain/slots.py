"""Free slots: which starts a provider can be booked for.

The rule (ARCHITECTURE section 5) is written once, in `sweep`; `free_slots` and
`desk_app.domain.openings` are thin layers over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.alignment import Alignment, AlignmentKind
from desk_app.domain.hours import (
    blocks_of,
    day_bounds,
    open_spans,
    open_windows,
    wall_spans,
)
from desk_app.domain.interval import Interval
from desk_app.domain.rooms import with_room
from desk_app.domain.spans import MINUTE, Span, instant, span, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from desk_app.domain.people import Provider, Service
    from desk_app.domain.rooms import RoomTimes
    from desk_app.domain.schedule import Block, ProviderDay

__all__ = [
    "Alignment",
    "AlignmentKind",
    "DayFacts",
    "Opening",
    "Pace",
    "blocks_of",
    "day_bounds",
    "facts_of",
    "free_slots",
    "free_starts",
    "is_bookable_day",
    "open_spans",
    "open_windows",
    "pace_of",
    "sweep",
    "wall_spans",
]


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A free time of one provider for one service: `[start, end)` without buffer."""

    start: datetime
    end: datetime
    provider_id: int
    service_id: int


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What decides over the slots of one provider on one local day.

    `day` and `today` are dates in the provider's zone. `open_windows` are sorted and
    disjoint, blocks already taken out. `busy` is sorted by start and holds
    `[start, busy_until)` of every appointment that is not cancelled and touches the
    day or the buffer of its last slot, neighbouring days included. `blocks` only
    serve to say why a time is not free. `rooms` says when rooms are busy; only those
    that the service needs are looked at.
    """

    provider: Provider
    day: date
    today: date
    open_windows: tuple[Interval, ...]
    busy: tuple[Interval, ...]
    blocks: tuple[Block, ...] = ()
    rooms: RoomTimes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pace:
    """A service as `sweep` needs it, in microseconds.

    `visit` is the duration, `hold` the duration and the buffer, `step` lies between
    two starts; `restarts` says that a busy range's end starts the steps anew.
    """

    visit: int
    hold: int
    step: int
    restarts: bool


_BACK_TO_BACK = Alignment()
# A busy range after all others; later than every instant of the schedule.
_NEVER: Span = (10**18, 10**18)


def pace_of(service: Service, alignment: Alignment = _BACK_TO_BACK) -> Pace:
    """Return the pace of a service under the practice's alignment."""
    visit = service.duration_minutes * MINUTE
    hold = visit + service.buffer_minutes * MINUTE
    every = alignment.kind is AlignmentKind.EVERY
    step = alignment.minutes * MINUTE if every else hold
    return Pace(visit, hold, step, alignment.kind is AlignmentKind.AFTER_LAST)


def sweep(
    windows: Sequence[Span], busy: Sequence[Span], pace: Pace, earliest: int
) -> list[int]:
    """Return the starts of all free slots in `windows`, ascending, in microseconds.

    `windows` are sorted and disjoint, of one day or of many; touching ones (before
    and after midnight) are stepped through apart. `busy` is sorted by start and may
    overlap itself. No slot starts before `earliest`. A slot ends within its window,
    its buffer may run past it, and `[start, start + hold)` meets nothing busy.
    Which days may be booked at all is asked before: `is_bookable_day`.
    """
    visit, hold, step, restarts = pace.visit, pace.hold, pace.step, pace.restarts
    busy = [*busy, _NEVER]
    starts: list[int] = []
    passed = 0
    for opens, closes in windows:
        last = closes - visit
        while busy[passed][1] <= opens:
            passed += 1
        # From gap to gap: `free` is where one starts, `limit` the last start in it.
        free = opens
        for following in range(passed, len(busy)):
            begins, ends = busy[following]
            limit = begins - hold if begins - hold < last else last
            if free <= limit:
                first = free if free > earliest else earliest
                first += ((free if restarts else opens) - first) % step
                if first <= limit:
                    starts.extend(range(first, limit + 1, step))
            if limit == last:
                break
            free = ends if ends > free else free
    return starts


def is_bookable_day(service: Service, day: date, today: date) -> bool:
    """Say whether `day` is neither past nor beyond the service's day limit.

    Both are dates in the provider's zone.
    """
    return today <= day <= today + timedelta(days=service.max_advance_days)


def free_slots(
    service: Service,
    facts: DayFacts,
    now: datetime,
    alignment: Alignment = _BACK_TO_BACK,
) -> tuple[Interval, ...]:
    """Return the free slots of a provider's day: `[start, end)` without the buffer.

    Sorted aware UTC instants; they overlap one another only under
    `AlignmentKind.EVERY`. Nothing is free with an inactive provider or service.
    """
    visit = service.duration
    return tuple(
        Interval(start, start + visit)
        for start in map(instant, free_starts(service, facts, now, alignment))
    )


def free_starts(
    service: Service,
    facts: DayFacts,
    now: datetime,
    alignment: Alignment = _BACK_TO_BACK,
) -> list[int]:
    """Return the starts of `free_slots` in microseconds since 1970."""
    active = service.is_active and facts.provider.is_active
    if not active or not is_bookable_day(service, facts.day, facts.today):
        return []
    pace = pace_of(service, alignment)
    starts = sweep(
        [span(window) for window in facts.open_windows],
        [span(busy) for busy in facts.busy],
        pace,
        ticks(now),
    )
    return with_room(starts, pace.hold, service.rooms, facts.rooms)


def facts_of(column: ProviderDay, now: datetime) -> DayFacts:
    """Return the facts of a column of the grid, as far as the grid shows them.

    A buffer that runs past midnight is checked against the next day's appointments
    only when the time is booked.
    """
    zone = ZoneInfo(column.provider.timezone)
    return DayFacts(
        provider=column.provider,
        day=column.day,
        today=now.astimezone(zone).date(),
        open_windows=column.open_windows,
        busy=tuple(appointment.busy for appointment in column.appointments),
        blocks=column.blocks,
        rooms=column.rooms,
    )
