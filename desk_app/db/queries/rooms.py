"""The rooms and locations of the practice, and what keeps rooms busy."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from desk_app.db.queries.appointments import COLUMNS, JOINED, to_appointment
from desk_app.db.queries.days import BUSY_WITHIN, LONGEST_BUSY
from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.domain.rooms import Location, Room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.interval import Interval
    from desk_app.domain.rooms import RoomTimes
    from desk_app.domain.spans import Span


def rooms() -> Query[tuple[Room, ...]]:
    """Return all rooms by name, those that are no longer used as well."""
    return Query(
        "SELECT room_id, name, location_id, is_active FROM room ORDER BY name, room_id",
        {},
        lambda rows: tuple(Room(*row) for row in rows),
    )


def locations() -> Query[tuple[Location, ...]]:
    """Return all locations by name, those that are no longer used as well."""
    return Query(
        "SELECT location_id, name, address, is_active FROM location"
        " ORDER BY name, location_id",
        {},
        lambda rows: tuple(Location(*row) for row in rows),
    )


def busy(
    room_ids: Sequence[int], within: Interval, *, but: Sequence[int] = ()
) -> Query[RoomTimes]:
    """Return what keeps these rooms busy in any part of `within`, buffers included.

    Also what this login may not see. `but` are appointments that make room.
    """
    return Query(
        "SELECT room_id, (date_part('epoch', starts) * 1e6)::int8,"
        " (date_part('epoch', ends) * 1e6)::int8"
        " FROM rooms_busy(%(rooms)s::int[], %(start)s, %(end)s, %(but)s::int[])",
        {
            "rooms": array(room_ids),
            "start": within.start,
            "end": within.end,
            "but": array(but),
        },
        _times,
    )


def all_busy(within: Interval) -> Query[RoomTimes]:
    """Return the same of every room that is used."""
    return Query(
        "SELECT room_id, (date_part('epoch', starts) * 1e6)::int8,"
        " (date_part('epoch', ends) * 1e6)::int8"
        " FROM rooms_busy((SELECT array_agg(room_id) FROM room WHERE is_active),"
        " %(start)s, %(end)s, '{}')",
        {"start": within.start, "end": within.end},
        _times,
    )


def inside(
    room_ids: Sequence[int], within: Interval, show: ShowPhone
) -> Query[tuple[Appointment, ...]]:
    """Return who is in these rooms in any part of `within`, as far as one may see."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        f" WHERE a.room_id = ANY(%(rooms)s::int[]) AND {BUSY_WITHIN}"
        " ORDER BY a.start_time",
        {
            "rooms": array(room_ids),
            "start": within.start,
            "end": within.end,
            "reach": within.start - LONGEST_BUSY,
        },
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def _times(rows: list[Row]) -> RoomTimes:
    found: dict[int, list[Span]] = defaultdict(list)
    for room_id, start, end in rows:
        found[room_id].append((start, end))
    return dict(found)
