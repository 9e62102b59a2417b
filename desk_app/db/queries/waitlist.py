"""Who would come sooner."""

from __future__ import annotations

from desk_app.db.queries.pipeline import Query


def settle_entry(entry_id: int, appointment_id: int) -> Query[bool]:
    """Take an entry off the list, for it got a time; false if it waits no more."""
    return Query(
        "UPDATE waitlist_entry SET state = 'TOOK', outcome = 'TOOK',"
        " outcome_at = now(), calling_until = NULL, appointment_id = %(appointment)s"
        " WHERE entry_id = %(id)s AND state = 'WAITING' RETURNING true",
        {"id": entry_id, "appointment": appointment_id},
        bool,
    )
