"""Closures of the practice as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries.pipeline import Query
from desk_app.domain.closures import Closure

if TYPE_CHECKING:
    from datetime import date

# A row of `practice_setting`: the part of the country whose holidays are kept.
HOLIDAY_SUBDIVISION = "holiday_subdivision"


def between(first: date, last: date) -> Query[frozenset[Closure]]:
    """Return the closures of the days `first` to `last`, both included."""
    return Query(
        "SELECT day, name, start_time, end_time, is_holiday FROM closure"
        " WHERE day BETWEEN %(first)s AND %(last)s",
        {"first": first, "last": last},
        lambda rows: frozenset(Closure(*row) for row in rows),
    )


def drop(gone: Closure) -> Query[bool]:
    """Open the practice again."""
    return Query(
        "DELETE FROM closure WHERE day = %(day)s AND name = %(name)s"
        " AND start_time = %(start)s AND end_time = %(end)s"
        " AND is_holiday = %(is_holiday)s RETURNING true",
        _values(gone),
        bool,
    )


def add(new: Closure) -> Query[bool]:
    """Close the practice; what stands there already stays as it is."""
    return Query(
        "INSERT INTO closure (day, start_time, end_time, name, is_holiday)"
        " SELECT %(day)s::date, %(start)s::time, %(end)s::time, %(name)s::text,"
        " %(is_holiday)s::boolean WHERE NOT EXISTS (SELECT FROM closure"
        " WHERE day = %(day)s AND name = %(name)s AND start_time = %(start)s"
        " AND end_time = %(end)s) RETURNING true",
        _values(new),
        bool,
    )


def subdivision() -> Query[str]:
    """Return the part of the country whose holidays are kept, "" for none."""
    return Query(
        "SELECT value #>> '{}' FROM practice_setting"
        f" WHERE name = '{HOLIDAY_SUBDIVISION}' AND jsonb_typeof(value) = 'string'",
        {},
        lambda rows: str(rows[0][0]) if rows else "",
    )


def _values(closure: Closure) -> dict[str, object]:
    return {
        "day": closure.day,
        "name": closure.name,
        "start": closure.start,
        "end": closure.end,
        "is_holiday": closure.is_holiday,
    }
