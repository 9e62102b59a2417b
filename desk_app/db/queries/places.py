"""The statements by which managers keep rooms and locations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries.pipeline import Query, array
from desk_app.domain.places import RoomFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk_app.db.queries.pipeline import Row
    from desk_app.domain.rooms import Location


def room_files() -> Query[tuple[RoomFile, ...]]:
    """Return all rooms by name with the services that may use them."""
    return Query(
        "SELECT name, location_id, is_active, ARRAY(SELECT service_id"
        " FROM service_room sr WHERE sr.room_id = r.room_id), room_id"
        " FROM room r ORDER BY name, room_id",
        {},
        lambda rows: tuple(map(_room_file, rows)),
    )


def keep_room(room_id: int) -> Query[bool]:
    """Return whether a room is there, and let nobody else change it until the end."""
    return Query(
        "SELECT true FROM room WHERE room_id = %(id)s FOR UPDATE",
        {"id": room_id},
        bool,
    )


def insert_room(room: RoomFile) -> Query[int]:
    """Add a room; return its number."""
    return Query(
        "INSERT INTO room (name, location_id, is_active)"
        " VALUES (%(name)s, %(location)s, %(is_active)s) RETURNING room_id",
        _values(room),
        lambda rows: int(rows[0][0]),
    )


def update_room(room: RoomFile) -> Query[bool]:
    """Write a room as it shall be, all but its services."""
    return Query(
        "UPDATE room SET name = %(name)s, location_id = %(location)s,"
        " is_active = %(is_active)s WHERE room_id = %(id)s RETURNING true",
        _values(room),
        bool,
    )


def set_services(room_id: int, service_ids: Iterable[int]) -> tuple[Query[bool], ...]:
    """Return the statements that let these services use a room, and no others."""
    values = {"id": room_id, "services": array(sorted(service_ids))}
    return (
        Query(
            "DELETE FROM service_room WHERE room_id = %(id)s"
            " AND service_id <> ALL (%(services)s::int[]) RETURNING true",
            values,
            bool,
        ),
        Query(
            "INSERT INTO service_room (service_id, room_id)"
            " SELECT service_id, %(id)s FROM unnest(%(services)s::int[]) AS service_id"
            " ON CONFLICT DO NOTHING RETURNING true",
            values,
            bool,
        ),
    )


def providers_in(room_id: int) -> Query[tuple[int, ...]]:
    """Return who uses a room, by their services or what is booked in it."""
    return Query(
        "SELECT s.provider_id FROM service_room sr JOIN service s USING (service_id)"
        " WHERE sr.room_id = %(id)s UNION SELECT provider_id FROM appointment"
        " WHERE room_id = %(id)s AND start_time > now() AND status <> 'CANCELLED'"
        " ORDER BY 1",
        {"id": room_id},
        lambda rows: tuple(row[0] for row in rows),
    )


def keep_location(location_id: int) -> Query[bool]:
    """Return whether a location is there, and let nobody else change it."""
    return Query(
        "SELECT true FROM location WHERE location_id = %(id)s FOR UPDATE",
        {"id": location_id},
        bool,
    )


def insert_location(location: Location) -> Query[int]:
    """Add a location; return its number."""
    return Query(
        "INSERT INTO location (name, address, is_active)"
        " VALUES (%(name)s, %(address)s, %(is_active)s) RETURNING location_id",
        _location_values(location),
        lambda rows: int(rows[0][0]),
    )


def update_location(location: Location) -> Query[bool]:
    """Write a location as it shall be."""
    return Query(
        "UPDATE location SET name = %(name)s, address = %(address)s,"
        " is_active = %(is_active)s WHERE location_id = %(id)s RETURNING true",
        _location_values(location),
        bool,
    )


def _room_file(row: Row) -> RoomFile:
    return RoomFile(row[0], row[1], row[2], frozenset(row[3]), row[4])


def _values(room: RoomFile) -> dict[str, object]:
    return {
        "id": room.room_id,
        "name": room.name,
        "location": room.location_id,
        "is_active": room.is_active,
    }


def _location_values(location: Location) -> dict[str, object]:
    return {
        "id": location.location_id,
        "name": location.name,
        "address": location.address,
        "is_active": location.is_active,
    }
