"""The rows that bookings lock: one for each provider and local day.

The exclusion constraint alone would keep double bookings out, but desks that book at
the same moment would run into deadlocks. Whoever takes these locks first, all of
them in one call and so in one order, never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from desk_app.db.queries.pipeline import driver_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, order=True)
class DayKey:
    """One local day of one provider."""

    provider_id: int
    day: date


_WANTED: LiteralString = (
    " FROM schedule_day JOIN unnest(%(providers)s::int[], %(days)s::date[])"
    " AS wanted (provider_id, day) USING (provider_id, day)"
)
# Locks all rows or, when one is missing, none: rows are locked after sorting, and a
# row that is locked while a smaller one must still be made would break the order.
_LOCK: LiteralString = (
    f"SELECT provider_id, day, version {_WANTED}"
    f" WHERE (SELECT count(*) {_WANTED}) = cardinality(%(days)s)"
    " ORDER BY provider_id, day FOR UPDATE OF schedule_day"
)
_MAKE: LiteralString = (
    "INSERT INTO schedule_day (provider_id, day)"
    " SELECT * FROM unnest(%(providers)s::int[], %(days)s::date[])"
    " ON CONFLICT DO NOTHING"
)
_BUMP: LiteralString = (
    "UPDATE schedule_day SET version = version + 1"
    " FROM unnest(%(providers)s::int[], %(days)s::date[]) AS wanted (provider_id, day)"
    " WHERE schedule_day.provider_id = wanted.provider_id"
    " AND schedule_day.day = wanted.day"
)


def lock_days(session: Session, days: Iterable[DayKey]) -> dict[DayKey, int]:
    """Lock days until the transaction ends; return their versions.

    Call it once in a transaction, with all its days. One round trip, three for a day
    that nobody has booked before. Raises Unavailable when another desk holds one of
    them for more than five seconds, and NotFound for a provider that is gone.
    """
    keys = sorted(set(days))
    connection = driver_of(session)
    locked = connection.execute(_LOCK, _values(keys)).fetchall()
    if len(locked) < len(keys):
        connection.execute(_MAKE, _values(keys))
        locked = connection.execute(_LOCK, _values(keys)).fetchall()
    return {DayKey(provider_id, day): version for provider_id, day, version in locked}


def bump(session: Session, days: Iterable[DayKey]) -> None:
    """Raise the version of locked days, so that others see that they changed."""
    driver_of(session).execute(_BUMP, _values(sorted(set(days))))


def _values(keys: Sequence[DayKey]) -> dict[str, list[Any]]:
    return {
        "providers": [key.provider_id for key in keys],
        "days": [key.day for key in keys],
    }
