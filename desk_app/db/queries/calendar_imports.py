"""Blocked times that come with a calendar's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries.pipeline import Query, array
from desk_app.domain.calendar_file.becoming import Lying, NewBlock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desk_app.domain.interval import Interval


def blocks(provider_id: int, first: date, last: date) -> Query[frozenset[NewBlock]]:
    """Return what people have blocked on these days, both included."""
    return Query(
        "SELECT date, start_time, end_time, reason FROM availability_override"
        " WHERE provider_id = %(provider)s AND date BETWEEN %(first)s AND %(last)s"
        " AND is_blocked AND source = 'MANUAL'",
        {"provider": provider_id, "first": first, "last": last},
        lambda rows: frozenset(NewBlock(*row) for row in rows),
    )


def lying(provider_id: int, within: Interval) -> Query[tuple[Lying, ...]]:
    """Return the appointments to come that touch a stretch of time, by start."""
    return Query(
        "SELECT a.start_time, a.end_time, c.name FROM appointment a"
        " JOIN client c USING (client_id) WHERE a.provider_id = %(provider)s"
        " AND a.status IN ('PENDING', 'CONFIRMED') AND a.end_time > now()"
        " AND a.start_time >= %(start)s - interval '1 day'"
        " AND a.start_time < %(end)s AND a.end_time > %(start)s"
        " ORDER BY a.start_time",
        {"provider": provider_id, "start": within.start, "end": within.end},
        lambda rows: tuple(Lying(*row) for row in rows),
    )


def insert_blocks(
    provider_id: int, transfer_id: int, new: Sequence[NewBlock]
) -> Query[int]:
    """Block times; return how many were."""
    return Query(
        "INSERT INTO availability_override (provider_id, date, start_time, end_time,"
        " is_blocked, reason, import_id)"
        " SELECT %(provider)s, n.day, n.starts, n.ends, true, n.reason, %(import)s"
        " FROM unnest(%(days)s::date[], %(starts)s::time[], %(ends)s::time[],"
        "  %(reasons)s::text[]) AS n (day, starts, ends, reason)"
        " RETURNING override_id",
        {
            "provider": provider_id,
            "import": transfer_id,
            "days": array(block.day for block in new),
            "starts": array(block.start.isoformat() for block in new),
            "ends": array(block.end.isoformat() for block in new),
            "reasons": [block.reason for block in new],
        },
        len,
    )
