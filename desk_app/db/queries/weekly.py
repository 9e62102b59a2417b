"""The weekly hours of a provider as rows, to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries.days import WINDOW
from desk_app.db.queries.pipeline import Query
from desk_app.domain.weekly import WeeklyWindow

if TYPE_CHECKING:
    from collections.abc import Iterable


def windows(provider_id: int) -> Query[frozenset[WeeklyWindow]]:
    """Return all windows of a provider, those of other times as well."""
    return Query(
        f"SELECT {WINDOW} FROM availability WHERE provider_id = %(id)s AND is_active",
        {"id": provider_id},
        lambda rows: frozenset(WeeklyWindow(*row) for row in rows),
    )


def drop(provider_id: int, gone: Iterable[WeeklyWindow]) -> list[Query[bool]]:
    """Return the statements that take windows away."""
    return [
        Query(
            "DELETE FROM availability WHERE provider_id = %(id)s AND is_active"
            " AND day_of_week = %(weekday)s AND start_time = %(start)s"
            " AND end_time = %(end)s AND (every_other_from, valid_from, valid_until)"
            " IS NOT DISTINCT FROM (%(every_other_from)s::date, %(valid_from)s::date,"
            " %(valid_until)s::date)"
            " RETURNING true",
            _values(provider_id, window),
            bool,
        )
        for window in gone
    ]


def add(provider_id: int, new: Iterable[WeeklyWindow]) -> list[Query[bool]]:
    """Return the statements that add windows."""
    return [
        Query(
            f"INSERT INTO availability (provider_id, {WINDOW}) VALUES (%(id)s,"
            " %(weekday)s, %(start)s, %(end)s, %(every_other_from)s, %(valid_from)s,"
            " %(valid_until)s) RETURNING true",
            _values(provider_id, window),
            bool,
        )
        for window in new
    ]


def _values(provider_id: int, window: WeeklyWindow) -> dict[str, object]:
    return {
        "id": provider_id,
        "weekday": window.weekday,
        "start": window.start,
        "end": window.end,
        "every_other_from": window.every_other_from,
        "valid_from": window.valid_from,
        "valid_until": window.valid_until,
    }
