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
