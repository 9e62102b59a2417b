"""Appointments counted for the reports, each kind in one statement.

Instants become local ones by the offsets that `Clocks` gives; one addition is several
times cheaper than asking for a zone by its name. Whole cells are counted, and added up
by `desk_app.domain.reports.figures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.appointments import COLUMNS, JOINED, to_appointment
from desk_app.db.queries.pipeline import Query, array
from desk_app.domain.reports.cells import (
    LeadCell,
    MissCell,
    RefundCell,
    UsageCell,
    WaitCell,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.reports.clocks import Clocks

# Half a million cells of keys would go to the disk before they are counted.
_MEMORY = "64MB"
_WORKERS = "0"
_MONDAY = date(1969, 12, 29).toordinal()
_WEEK, _HOURS = 7, 24
MOST_LISTED = 200

_FROM: LiteralString = (
    " FROM appointment a JOIN unnest(%(ids)s::int[], %(places)s::int[],"
    " %(begins)s::timestamptz[], %(turns)s::timestamptz[], %(ends)s::timestamptz[])"
    " AS z (provider_id, place, begins, turns, ends) ON z.provider_id = a.provider_id"
    " WHERE {at} >= %(first)s AND {at} < %(last)s"
    " AND {at} >= z.begins AND {at} < z.ends"
    " AND (%(services)s::int[] IS NULL OR a.service_id = ANY(%(services)s::int[]))"
    " AND "
)
# Seconds since 1970 by the clock on the provider's wall.
_LOCAL: LiteralString = (
    "(floor(date_part('epoch', {at}))::int8 + (%(offsets)s::int[])"
    "[z.place + width_bucket({at}, %(changes)s::timestamptz[])])"
)
_MONTH: LiteralString = (
    f"(date_part('year', to_timestamp({_LOCAL}) AT TIME ZONE 'UTC') * 12"
    f" + date_part('month', to_timestamp({_LOCAL}) AT TIME ZONE 'UTC'))::int - 1"
)
_IS_LATE: LiteralString = (
    "a.cancelled_by = 'CLIENT' AND a.cancelled_at > a.start_time"
    " - a.cancellation_hours * interval '1 hour'"
)
_LEAD: LiteralString = "date_part('epoch', a.start_time - a.created_at)"
_LEAD_HOURS: LiteralString = (
    "CASE WHEN a.start_time < a.created_at + interval '48 hours'"
    f" THEN floor({_LEAD} / 3600) ELSE floor({_LEAD} / 86400) * 24 END::int"
)
_WAITED: LiteralString = "floor(date_part('epoch', a.seen_at - a.arrived_at) / 60)::int"
_NO_SLIP: LiteralString = "a.cancelled_by IS DISTINCT FROM 'UNDO'"
_GIVEN: LiteralString = "FILTER (WHERE a.refund_given_at IS NOT NULL)"


MISSED: LiteralString = "a.status = 'NO_SHOW'"
CANCELLED_LATE: LiteralString = f"({_IS_LATE})"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose appointments are counted, by which clocks; `services` None for all."""

    clocks: Clocks
    services: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A service, offered now or once."""

    provider_id: int
    name: str


@dataclass(frozen=True, slots=True)
class _Counting:
    """What is counted, where, and by what besides period and provider.

    `at` is the instant by which an appointment belongs to a day.
    """

    keys: LiteralString
    counts: LiteralString
    where: LiteralString
    at: LiteralString = "a.start_time"
    number: LiteralString = "1, 2, 3"

    @property
    def sql(self) -> LiteralString:
        """The statement."""
        whole: LiteralString = (
            "SELECT {at} < z.turns, a.provider_id, "
            + f"{self.keys}, {self.counts}{_FROM}{self.where}"
            + f" GROUP BY {self.number}"
        )
        return whole.replace("{at}", self.at)


def room_to_count() -> Query[bool]:
    """Let this transaction count in memory.

    On one processor: a second one gains a tenth where it is idle, and where it is not
    those who book would wait for it.
    """
    return Query(
        "SELECT set_config('work_mem', %(memory)s, true),"
        " set_config('max_parallel_workers_per_gather', %(workers)s, true)",
        {"memory": _MEMORY, "workers": _WORKERS},
        bool,
    )


def usage(asked: Asked) -> Query[list[UsageCell]]:
    """Count what was not cancelled by week, and how long it lasts."""
    counting = _Counting(
        f"({_LOCAL} / 86400 + 3) / 7",
        "count(*), sum(date_part('epoch', a.end_time - a.start_time))::int8",
        "a.status <> 'CANCELLED'",
    )
    return Query(
        counting.sql,
        _values(asked),
        lambda rows: [
            UsageCell(is_before, provider, _MONDAY + _WEEK * week, *counts)
            for is_before, provider, week, *counts in rows
        ],
    )


def misses(asked: Asked) -> Query[list[MissCell]]:
    """Count by weekday and hour what was kept, missed, and cancelled too late."""
    counting = _Counting(
        f"a.service_id, ({_LOCAL} / 3600 + 72) %% 168",
        "count(*), count(*) FILTER (WHERE a.status <> 'CANCELLED'),"
        " count(*) FILTER (WHERE a.status = 'NO_SHOW'),"
        f" count(*) FILTER (WHERE {_IS_LATE})",
        _NO_SLIP,
        number="1, 2, 3, 4",
    )
    return Query(
        counting.sql,
        _values(asked),
        lambda rows: [
            MissCell(*row[:3], *divmod(row[3], _HOURS), *row[4:]) for row in rows
        ],
    )


def leads(asked: Asked) -> Query[list[LeadCell]]:
    """Count by the time from booking to start; what was entered later has none."""
    counting = _Counting(
        f"a.service_id, {_LEAD_HOURS}",
        "count(*)",
        f"{_NO_SLIP} AND a.created_at <= a.start_time",
        number="1, 2, 3, 4",
    )
    return Query(
        counting.sql,
        _values(asked),
        lambda rows: [LeadCell(*row) for row in rows],
    )


def waits(asked: Asked) -> Query[list[WaitCell]]:
    """Count by the hour of the start, and the time from arriving to being seen."""
    counting = _Counting(
        f"{_LOCAL} %% 86400 / 3600, {_WAITED}",
        "count(*)",
        "a.status <> 'CANCELLED' AND a.seen_at >= a.arrived_at",
        number="1, 2, 3, 4",
    )
    return Query(
        counting.sql,
        _values(asked),
        lambda rows: [WaitCell(*row) for row in rows],
    )


def refunds(asked: Asked) -> Query[list[RefundCell]]:
    """Add up by month and currency what fell due, and what of it was given."""
    counting = _Counting(
        f"{_MONTH}, a.currency",
        f"count(*), sum(a.refund_due), count(*) {_GIVEN},"
        f" coalesce(sum(a.refund_due) {_GIVEN}, 0)",
        "a.refund_due > 0",
        at="coalesce(a.cancelled_at, a.no_show_at, a.start_time)",
        number="1, 2, 3, 4",
    )
    return Query(
        counting.sql,
        _values(asked),
        lambda rows: [RefundCell(*row) for row in rows],
    )


def counted(
    which: LiteralString, asked: Asked, hours: Sequence[int], show: ShowPhone
) -> Query[tuple[Appointment, ...]]:
    """Return the latest of those that a report counted in these hours of the week."""
    found: LiteralString = (
        f"SELECT a.*{_FROM}{which} AND {{at}} >= z.turns"
        f" AND ({_LOCAL} / 3600 + 72) %% 168 = ANY(%(hours)s::int[])"
        " ORDER BY a.start_time DESC, a.appointment_id LIMIT %(limit)s"
    )
    found = found.replace("{at}", "a.start_time")
    return Query(
        f"SELECT {COLUMNS} FROM ({found}) a {JOINED}"
        " ORDER BY a.start_time DESC, a.appointment_id",
        {**_values(asked), "hours": array(hours), "limit": MOST_LISTED},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def offered() -> Query[dict[int, Offered]]:
    """Return all services by number, those no longer offered as well."""
    return Query(
        "SELECT service_id, provider_id, name FROM service",
        {},
        lambda rows: {row[0]: Offered(*row[1:]) for row in rows},
    )


def _values(asked: Asked) -> dict[str, object]:
    clocks = asked.clocks.of_providers
    return {
        "ids": array(clock.provider_id for clock in clocks),
        "places": array(clock.place for clock in clocks),
        "begins": array(clock.begins.isoformat() for clock in clocks),
        "turns": array(clock.turns.isoformat() for clock in clocks),
        "ends": array(clock.ends.isoformat() for clock in clocks),
        "first": min((clock.begins for clock in clocks), default=None),
        "last": max((clock.ends for clock in clocks), default=None),
        "changes": array(change.isoformat() for change in asked.clocks.changes),
        "offsets": array(asked.clocks.offsets),
        "services": None if asked.services is None else array(asked.services),
    }
