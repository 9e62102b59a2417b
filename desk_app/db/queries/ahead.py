"""Appointments to come, and what they need that is no longer there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.db.queries.appointments import COLUMNS, JOINED, to_appointment
from desk_app.db.queries.pipeline import Query, Row, array

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.domain.appointment import Appointment


@dataclass(frozen=True, slots=True)
class Retired:
    """Services and rooms that are no longer used."""

    services: frozenset[int] = frozenset()
    rooms: frozenset[int] = frozenset()

    def concerns(self, appointment: Appointment) -> bool:
        """Say whether an appointment needs one of them."""
        in_room = appointment.room_id in self.rooms
        return in_room or appointment.service_id in self.services


def to_come(
    provider_ids: Sequence[int], since: datetime, show: ShowPhone
) -> Query[tuple[Appointment, ...]]:
    """Return what is pending or confirmed and begins at `since` or later, by start."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.provider_id = ANY(%(ids)s::int[]) AND a.start_time >= %(since)s"
        " AND a.status IN ('PENDING', 'CONFIRMED')"
        " ORDER BY a.start_time, a.appointment_id",
        {"ids": array(provider_ids), "since": since},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def in_room(
    room_id: int, since: datetime, show: ShowPhone
) -> Query[tuple[Appointment, ...]]:
    """Return what is pending or confirmed in a room from `since` on, by start."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.room_id = %(room)s AND a.start_time >= %(since)s"
        " AND a.status IN ('PENDING', 'CONFIRMED')"
        " ORDER BY a.start_time, a.appointment_id",
        {"room": room_id, "since": since},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def retired(provider_ids: Sequence[int]) -> Query[Retired]:
    """Return what is no longer used of these providers' services, and of all rooms."""
    return Query(
        "SELECT service_id, NULL::int FROM service"
        " WHERE provider_id = ANY(%(ids)s::int[]) AND NOT is_active"
        " UNION ALL SELECT NULL, room_id FROM room WHERE NOT is_active",
        {"ids": array(provider_ids)},
        _retired,
    )


def _retired(rows: list[Row]) -> Retired:
    return Retired(
        frozenset(row[0] for row in rows if row[0] is not None),
        frozenset(row[1] for row in rows if row[1] is not None),
    )
