"""What bookings lock: the row of a provider and local day, that of a room and a day.

The exclusion constraint alone would keep double bookings out, but desks that book at
the same moment would run into deadlocks. Whoever takes these locks first, all of
them in one call and so in one order, never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query, array, ask, driver_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


# The advisory locks of providers' hours: bookings share one, a change has it alone.
HOURS = 5_001


@dataclass(frozen=True, slots=True, order=True)
class DayKey:
    """One local day of one provider."""

    provider_id: int
    day: date


@dataclass(frozen=True, slots=True, order=True)
class RoomKey:
    """One day of a room by UTC, which is the same for every provider."""

    room_id: int
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

_SHARE: LiteralString = (
    "SELECT pg_advisory_xact_lock_shared(%(kind)s, provider_id) IS NULL"
    " FROM unnest(%(providers)s::int[]) AS provider_id"
)
_OWN: LiteralString = (
    "SELECT pg_advisory_xact_lock(%(kind)s, provider_id) IS NULL"
    " FROM unnest(%(providers)s::int[]) AS provider_id"
)
_WANTED_ROOMS: LiteralString = (
    " FROM room_day JOIN unnest(%(rooms)s::int[], %(room_days)s::date[])"
    " AS wanted (room_id, day) USING (room_id, day)"
)
_ALL_DAYS: LiteralString = (
    "(SELECT count(*) FROM provider_days) = cardinality(%(days)s)"
)
_ALL_ROOMS: LiteralString = (
    "(SELECT count(*) FROM room_days) = cardinality(%(room_days)s)"
)
# The rooms' part waits for the providers' and locks nothing unless that has all.
_LOCK_BOTH: LiteralString = (
    f"WITH provider_days AS MATERIALIZED ({_LOCK}), room_days AS MATERIALIZED ("
    f"SELECT room_id {_WANTED_ROOMS} WHERE {_ALL_DAYS}"
    f" AND (SELECT count(*) {_WANTED_ROOMS}) = cardinality(%(room_days)s)"
    f" ORDER BY room_id, day FOR UPDATE OF room_day) SELECT {_ALL_ROOMS}"
)
_MAKE_ROOMS: LiteralString = (
    "INSERT INTO room_day (room_id, day)"
    " SELECT * FROM unnest(%(rooms)s::int[], %(room_days)s::date[])"
    " ON CONFLICT DO NOTHING"
)


def keep_hours(provider_ids: Iterable[int]) -> Query[bool]:
    """Return the statement that keeps the hours of providers until the end.

    Many may do so at once; whoever changes the hours waits for them. Before all
    other locks of a transaction.
    """
    numbers = array(sorted(set(provider_ids)))
    return Query(_SHARE, {"kind": HOURS, "providers": numbers}, bool)


def change_hours(session: Session, provider_ids: Iterable[int]) -> None:
    """Wait until nobody books with these providers, and let nobody begin to.

    Raises Unavailable when that takes longer than five seconds.
    """
    numbers = array(sorted(set(provider_ids)))
    ask(session, Query(_OWN, {"kind": HOURS, "providers": numbers}, bool))


def lock_all(
    session: Session, days: Iterable[DayKey], rooms: Iterable[RoomKey]
) -> None:
    """Lock days of providers, then those of rooms; as `lock_days` does."""
    days, wanted = sorted(set(days)), sorted(set(rooms))
    lock_days(session, days)
    if wanted and not ask(session, locking_all(days, wanted)):
        driver_of(session).execute(_MAKE_ROOMS, _room_values(wanted))
        ask(session, locking_all(days, wanted))


def locking_all(days: Iterable[DayKey], rooms: Iterable[RoomKey]) -> Query[bool]:
    """Return the statement that locks days of both which were all booked before.

    It says whether it has; where a day is missing it locks no room. One statement,
    since a room that is locked while a provider's day must still be made would break
    the order.
    """
    wanted = sorted(set(rooms))
    both = locking(days)
    if not wanted:
        count = len(set(days))
        return Query(both.sql, both.values, lambda rows: len(rows) == count)
    values = {**both.values, **_room_values(wanted)}
    return Query(_LOCK_BOTH, values, lambda rows: bool(rows[0][0]))


def lock_days(session: Session, days: Iterable[DayKey]) -> dict[DayKey, int]:
    """Lock days until the transaction ends; return their versions.

    Call it once in a transaction, with all its days. One round trip, three for a day
    that nobody has booked before. Raises Unavailable when another desk holds one of
    them for more than five seconds, and NotFound for a provider that is gone.
    """
    keys = sorted(set(days))
    locked = ask(session, locking(keys))
    if len(locked) < len(keys):
        driver_of(session).execute(_MAKE, _values(keys))
        locked = ask(session, locking(keys))
    return locked


def locking(days: Iterable[DayKey]) -> Query[dict[DayKey, int]]:
    """Return the statement that locks days which were all booked before.

    It locks none, and says so by returning none, if one of them never was: then call
    `lock_days`. For a pipeline with the reads that need the lock.
    """
    return Query(
        _LOCK,
        _values(sorted(set(days))),
        lambda rows: {DayKey(row[0], row[1]): row[2] for row in rows},
    )


def bump(session: Session, days: Iterable[DayKey]) -> None:
    """Raise the version of locked days, so that others see that they changed."""
    driver_of(session).execute(_BUMP, _values(sorted(set(days))))


def _room_values(keys: Sequence[RoomKey]) -> dict[str, str]:
    return {
        "rooms": array(key.room_id for key in keys),
        "room_days": array(key.day for key in keys),
    }


def _values(keys: Sequence[DayKey]) -> dict[str, str]:
    return {
        "providers": array(key.provider_id for key in keys),
        "days": array(key.day for key in keys),
    }
