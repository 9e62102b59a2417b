"""What the server says of itself, to be compared with the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.db.queries.pipeline import Query, Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServerOffset:
    """How many seconds a zone is ahead of UTC at an instant, as the server sees it."""

    zone: str
    instant: datetime
    seconds: int


def version() -> Query[str]:
    """Return the server's version, such as "18.6"."""
    return Query("SHOW server_version", {}, lambda rows: str(rows[0][0]))


def offsets(
    zones: Sequence[str], instants: Sequence[datetime]
) -> Query[tuple[ServerOffset, ...]]:
    """Return one row for each zone that the server knows and each instant."""
    return Query(
        "SELECT z, i,"
        " extract(epoch FROM (i AT TIME ZONE z) - (i AT TIME ZONE 'UTC'))::int"
        " FROM unnest(%(zones)s::text[]) z"
        " CROSS JOIN unnest(%(instants)s::timestamptz[]) i"
        " WHERE z IN (SELECT name FROM pg_timezone_names)",
        {"zones": list(zones), "instants": list(instants)},
        _offsets,
    )


def _offsets(rows: list[Row]) -> tuple[ServerOffset, ...]:
    return tuple(ServerOffset(*row) for row in rows)
