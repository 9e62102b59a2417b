"""Who is here without a time."""

from __future__ import annotations

from desk_app.db.queries.pipeline import Query


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
