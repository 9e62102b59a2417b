"""Who is here: those with a time who have arrived, and those without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.appointments import COLUMNS, JOINED, to_appointment
from desk_app.db.queries.pipeline import Query, Row
from desk_app.domain.waiting_room import LONGEST_STAY, Waiting

if TYPE_CHECKING:
    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.waiting_room import NewWalkIn

_WALK_INS: LiteralString = (
    "SELECT w.walk_in_id, w.client_id, c.name, c.phone, w.arrived_at, w.provider_id,"
    " w.service_name, w.notes FROM walk_in w JOIN client c USING (client_id)"
    " WHERE w.appointment_id IS NULL AND w.left_at IS NULL"
    " AND w.arrived_at > clock_timestamp() - %(stay)s"
)


def walk_ins(show: ShowPhone) -> Query[tuple[Waiting, ...]]:
    """Return who waits without a time."""
    return Query(
        f"{_WALK_INS} ORDER BY w.arrived_at",
        {"stay": LONGEST_STAY},
        lambda rows: tuple(_waiting(row, show) for row in rows),
    )


def walk_in_of(client_id: int, show: ShowPhone) -> Query[Waiting | None]:
    """Return the place of a client who waits without a time."""
    return Query(
        f"{_WALK_INS} AND w.client_id = %(client)s ORDER BY w.arrived_at LIMIT 1",
        {"stay": LONGEST_STAY, "client": client_id},
        lambda rows: _waiting(rows[0], show) if rows else None,
    )


def arrived(show: ShowPhone) -> Query[tuple[Appointment, ...]]:
    """Return the appointments of these hours whose clients are here."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.start_time > clock_timestamp() - interval '1 day'"
        " AND a.start_time < clock_timestamp() + interval '1 day'"
        " AND a.arrived_at IS NOT NULL AND a.left_at IS NULL"
        " AND a.status IN ('PENDING', 'CONFIRMED') ORDER BY a.arrived_at",
        {},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def expected(show: ShowPhone) -> Query[tuple[Appointment, ...]]:
    """Return the appointments that have begun and whose clients did not arrive."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.start_time > clock_timestamp() - %(stay)s"
        " AND a.start_time <= clock_timestamp() AND a.arrived_at IS NULL"
        " AND a.status IN ('PENDING', 'CONFIRMED')"
        " ORDER BY a.start_time, a.appointment_id",
        {"stay": LONGEST_STAY},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def lock_client(client_id: int) -> Query[bool]:
    """Keep others from entering this client at the same moment."""
    return Query(
        "SELECT true FROM client WHERE client_id = %(id)s AND is_active FOR UPDATE",
        {"id": client_id},
        bool,
    )


def insert_walk_in(new: NewWalkIn, client_id: int) -> Query[int]:
    """Give somebody a place in the waiting room; return its number."""
    return Query(
        "INSERT INTO walk_in (client_id, provider_id, service_name, notes)"
        " VALUES (%(client)s, %(provider)s, %(service)s, %(notes)s)"
        " RETURNING walk_in_id",
        {
            "client": client_id,
            "provider": new.provider_id,
            "service": new.service_name,
            "notes": new.notes,
        },
        lambda rows: int(rows[0][0]),
    )


def leave(walk_in_id: int, *, is_back: bool = False) -> Query[bool]:
    """Note that somebody left without a time, or is back; false if they had one."""
    return Query(
        "UPDATE walk_in SET left_at = CASE WHEN %(back)s THEN NULL ELSE now() END"
        " WHERE walk_in_id = %(id)s AND appointment_id IS NULL RETURNING true",
        {"id": walk_in_id, "back": is_back},
        bool,
    )


def settle_walk_in(walk_in_id: int, appointment_id: int) -> Query[bool]:
    """Note the time that somebody was given; false if they wait no more."""
    return Query(
        "UPDATE walk_in SET appointment_id = %(appointment)s"
        " WHERE walk_in_id = %(id)s AND appointment_id IS NULL AND left_at IS NULL"
        " RETURNING true",
        {"id": walk_in_id, "appointment": appointment_id},
        bool,
    )


def may_reopen() -> Query[bool]:
    """Say whether who is signed in keeps the waiting room and the waiting list."""
    return Query(
        "SELECT has_column_privilege('walk_in', 'appointment_id', 'UPDATE')"
        " AND has_column_privilege('waitlist_entry', 'state', 'UPDATE')",
        {},
        lambda rows: bool(rows[0][0]),
    )


def reopen_walk_in(appointment_id: int) -> Query[bool]:
    """Let somebody wait again whose time was a slip."""
    return Query(
        "UPDATE walk_in SET appointment_id = NULL WHERE appointment_id = %(id)s"
        " RETURNING true",
        {"id": appointment_id},
        bool,
    )


def _waiting(row: Row, show: ShowPhone) -> Waiting:
    return Waiting(
        walk_in_id=row[0],
        client_id=row[1],
        client_name=row[2],
        client_phone=show(row[3]),
        since=row[4],
        provider_id=row[5],
        service_name=row[6],
        notes=row[7],
    )
