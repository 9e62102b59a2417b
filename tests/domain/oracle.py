"""The rules of hours and slots once more, by brute force, a minute at a time.

Written from ARCHITECTURE section 5 without a look at the program: it asks of each
minute what the clock on the wall reads, and of each start whether every minute of
it will do. Good for facts in whole minutes only.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from desk_app.domain.schedule import LocalWindow
from desk_app.domain.slots import Alignment, AlignmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from desk_app.domain.interval import Interval
    from desk_app.domain.people import Service
    from desk_app.domain.schedule import Override

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def minute_of(moment: datetime) -> int:
    """Return the minutes since 1970."""
    whole, rest = divmod(moment - EPOCH, timedelta(minutes=1))
    assert not rest
    return whole


def moment_of(minute: int) -> datetime:
    """Return the instant of a minute since 1970."""
    return EPOCH + timedelta(minutes=minute)


@lru_cache(maxsize=2048)
def clock_readings(day: date, zone: ZoneInfo) -> dict[int, time]:
    """Return what the wall clock reads at each minute of the local day."""
    noon = minute_of(datetime.combine(day, time(12), UTC))
    readings = {}
    for minute in range(noon - 48 * 60, noon + 48 * 60):
        local = moment_of(minute).astimezone(zone)
        if local.date() == day:
            readings[minute] = local.time()
    return readings


def open_minutes(
    day: date,
    zone: ZoneInfo,
    weekly: Sequence[LocalWindow],
    overrides: Sequence[Override],
) -> list[int]:
    """Return the open minutes of a local day, ascending."""
    extra = [change.span for change in overrides if not change.is_blocked]
    blocked = [change.span for change in overrides if change.is_blocked]
    return [
        minute
        for minute, reading in clock_readings(day, zone).items()
        if any(_holds(span, minute, reading) for span in [*weekly, *extra])
        and not any(_holds(span, minute, reading) for span in blocked)
    ]


def windows(minutes: Iterable[int]) -> list[range]:
    """Return the runs of minutes that follow one another."""
    runs: list[range] = []
    for minute in minutes:
        if runs and runs[-1].stop == minute:
            runs[-1] = range(runs[-1].start, minute + 1)
        else:
            runs.append(range(minute, minute + 1))
    return runs


def starts(
    service: Service,
    runs: Iterable[range],
    busy: Iterable[Interval],
    now: datetime,
    alignment: Alignment,
    *,
    in_rooms: Iterable[Iterable[Interval]] | None = None,
) -> list[int]:
    """Return the minutes at which a slot is offered, ascending.

    `in_rooms` are the visits in each room that will do; None where none is needed.
    """
    taken = _minutes(busy)
    rooms = [set()] if in_rooms is None else [_minutes(room) for room in in_rooms]
    visit = service.duration_minutes
    hold = visit + service.buffer_minutes
    return [
        start
        for run in runs
        for start in run
        if start + visit <= run.stop
        and moment_of(start) >= now
        and _on_step(start, run, taken, hold, alignment)
        and taken.isdisjoint(range(start, start + hold))
        and any(room.isdisjoint(range(start, start + hold)) for room in rooms)
    ]


def _minutes(intervals: Iterable[Interval]) -> set[int]:
    found: set[int] = set()
    for each in intervals:
        found.update(range(minute_of(each.start), minute_of(each.end)))
    return found


def _on_step(
    start: int, run: range, taken: set[int], hold: int, alignment: Alignment
) -> bool:
    anchor = run.start
    if alignment.kind is AlignmentKind.EVERY:
        return (start - anchor) % alignment.minutes == 0
    if alignment.kind is AlignmentKind.AFTER_LAST:
        anchor = start
        while anchor > run.start and anchor - 1 not in taken:
            anchor -= 1
    return (start - anchor) % hold == 0


def _holds(span: LocalWindow | Interval, minute: int, reading: time) -> bool:
    if isinstance(span, LocalWindow):
        return span.start <= reading and (reading < span.end or span.end == time(0))
    return span.start <= moment_of(minute) < span.end
