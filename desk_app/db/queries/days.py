"""What decides over a provider's days: hours, exceptions, busy time, versions.

Every read goes by plain start and end columns: under row-level security a range
operator cannot use an index.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, LiteralString, TypeAlias

from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.domain.interval import Interval
from desk_app.domain.schedule import LocalWindow, Override, Source
from desk_app.domain.weekly import WeeklyWindow, WeekPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.spans import Span

# A visit lasts a day at most, its buffer half a day (CHECKs of `appointment`): what
# starts earlier than this before an instant cannot be busy then.
LONGEST_BUSY = timedelta(hours=36)
LONGEST_BUFFER = timedelta(hours=12)

WeeklyHours: TypeAlias = dict[int, WeekPlan]
"""By provider; empty for one without hours."""
DayOverrides: TypeAlias = dict[tuple[int, date], list[Override]]
"""By provider and the local day the override was made for."""
DayVersions: TypeAlias = dict[tuple[int, date], int]
BusySpans: TypeAlias = "dict[int, list[Span]]"
"""By provider, in microseconds, sorted."""

# Exact to the microsecond until the year 2106, and quicker than extract().
BUSY_SPAN: LiteralString = (
    "(date_part('epoch', a.start_time) * 1e6)::int8,"
    " (date_part('epoch', a.busy_until) * 1e6)::int8"
)
WINDOW: LiteralString = (
    "day_of_week, start_time, end_time, every_other_from, valid_from, valid_until"
)
BUSY_WITHIN: LiteralString = (
    "a.start_time >= %(reach)s AND a.start_time < %(end)s"
    " AND a.busy_until > %(start)s AND a.status <> 'CANCELLED'"
)


def weekly_hours(provider_ids: Sequence[int]) -> Query[WeeklyHours]:
    """Return the active weekly windows."""
    return Query(
        f"SELECT provider_id, {WINDOW} FROM availability"
        " WHERE provider_id = ANY(%(ids)s::int[]) AND is_active",
        {"ids": array(provider_ids)},
        _weekly_hours,
    )


def overrides(
    provider_ids: Sequence[int], first: date, last: date
) -> Query[DayOverrides]:
    """Return the exceptions on the local days `first` to `last`, both included.

    A day on which the practice is closed is one for each of them.
    """
    return Query(
        "SELECT provider_id, date, override_id, start_time, end_time, is_blocked,"
        " reason, source, starts_at, ends_at FROM availability_override"
        " WHERE provider_id = ANY(%(ids)s::int[])"
        " AND date BETWEEN %(first)s AND %(last)s"
        " UNION ALL"
        " SELECT provider_id, day, closure_id, start_time, end_time, true, name,"
        " 'CLOSURE', NULL, NULL FROM closure, unnest(%(ids)s::int[]) AS provider_id"
        " WHERE day BETWEEN %(first)s AND %(last)s",
        {"ids": array(provider_ids), "first": first, "last": last},
        _overrides,
    )


def busy_spans(
    provider_ids: Sequence[int], within: Interval, *, but: Sequence[int] = ()
) -> Query[BusySpans]:
    """Return what is busy in any part of `within`, buffers included.

    `but` are appointments that do not count, since they are being moved.
    """
    return Query(
        f"SELECT a.provider_id, {BUSY_SPAN} FROM appointment a"
        f" WHERE a.provider_id = ANY(%(ids)s::int[]) AND {BUSY_WITHIN}"
        " AND a.appointment_id <> ALL(%(but)s::int[])",
        {
            "ids": array(provider_ids),
            "start": within.start,
            "end": within.end,
            "reach": within.start - LONGEST_BUSY,
            "but": array(but),
        },
        _busy_spans,
    )


def versions(
    provider_ids: Sequence[int], first: date, last: date
) -> Query[DayVersions]:
    """Return the versions of the days that were ever booked."""
    return Query(
        "SELECT provider_id, day, version FROM schedule_day"
        " WHERE provider_id = ANY(%(ids)s::int[])"
        " AND day BETWEEN %(first)s AND %(last)s",
        {"ids": array(provider_ids), "first": first, "last": last},
        lambda rows: {(row[0], row[1]): row[2] for row in rows},
    )


def _weekly_hours(rows: list[Row]) -> WeeklyHours:
    found: dict[int, list[WeeklyWindow]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(WeeklyWindow(*row[1:]))
    hours: WeeklyHours = defaultdict(WeekPlan)
    hours.update((number, WeekPlan(windows)) for number, windows in found.items())
    return hours


def _overrides(rows: list[Row]) -> DayOverrides:
    found: DayOverrides = defaultdict(list)
    for row in rows:
        exact = row[8] is not None
        found[row[0], row[1]].append(
            Override(
                override_id=row[2],
                span=Interval(row[8], row[9]) if exact else LocalWindow(row[3], row[4]),
                is_blocked=row[5],
                reason=row[6],
                source=Source(row[7]),
            )
        )
    return found


def _busy_spans(rows: list[Row]) -> BusySpans:
    busy: BusySpans = defaultdict(list)
    for provider_id, start, end in rows:
        busy[provider_id].append((start, end))
    for spans in busy.values():
        spans.sort()
    return busy
