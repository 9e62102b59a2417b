"""Exceptions that people enter for whole days: rows of `availability_override`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries.pipeline import Query
from desk_app.domain.overrides import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desk_app.db.queries.pipeline import Row as DbRow


def entered(
    provider_id: int, first: date, last: date
) -> Query[dict[date, frozenset[Row]]]:
    """Return what people entered for these days; outside calendars are left out."""
    return Query(
        "SELECT date, start_time, end_time, is_blocked FROM availability_override"
        " WHERE provider_id = %(id)s AND date BETWEEN %(first)s AND %(last)s"
        " AND source = 'MANUAL'",
        {"id": provider_id, "first": first, "last": last},
        _entered,
    )


def clear(provider_id: int, first: date, last: date) -> Query[int]:
    """Take away what people entered for these days; return how much."""
    return Query(
        "DELETE FROM availability_override WHERE provider_id = %(id)s"
        " AND date BETWEEN %(first)s AND %(last)s AND source = 'MANUAL'"
        " RETURNING override_id",
        {"id": provider_id, "first": first, "last": last},
        len,
    )


def drop(override_id: int) -> Query[bool]:
    """Take one of them away; False if it is gone or comes from outside."""
    return Query(
        "DELETE FROM availability_override WHERE override_id = %(id)s"
        " AND source = 'MANUAL' RETURNING true",
        {"id": override_id},
        bool,
    )


def add(provider_id: int, day: date, row: Row, reason: str) -> Query[bool]:
    """Enter one."""
    return Query(
        "INSERT INTO availability_override (provider_id, date, start_time, end_time,"
        " is_blocked, reason) VALUES (%(id)s, %(day)s, %(start)s, %(end)s,"
        " %(is_blocked)s, %(reason)s) RETURNING true",
        {
            "id": provider_id,
            "day": day,
            "start": row.start,
            "end": row.end,
            "is_blocked": row.is_blocked,
            "reason": reason,
        },
        bool,
    )


def owner(override_id: int) -> Query[int | None]:
    """Return whose it is, None if it is gone."""
    return Query(
        "SELECT provider_id FROM availability_override WHERE override_id = %(id)s",
        {"id": override_id},
        lambda rows: int(rows[0][0]) if rows else None,
    )


def _entered(rows: Sequence[DbRow]) -> dict[date, frozenset[Row]]:
    found: dict[date, set[Row]] = {}
    for day, start, end, is_blocked in rows:
        found.setdefault(day, set()).add(Row(start, end, is_blocked))
    return {day: frozenset(each) for day, each in found.items()}
