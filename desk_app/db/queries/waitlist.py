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


def reopen_entries(appointment_id: int, version: int) -> Query[bool]:
    """Put an entry back on the list that was settled by one version of a visit.

    It was written in the transaction that made the version, and so were its tasks.
    """
    return Query(
        "UPDATE waitlist_entry SET state = 'WAITING', outcome = NULL,"
        " outcome_at = NULL,"
        " appointment_id = CASE WHEN %(version)s > 1 THEN appointment_id END"
        " WHERE appointment_id = %(id)s AND state = 'TOOK' AND outcome_at IN"
        " (SELECT created_at FROM outbox WHERE appointment_id = %(id)s"
        "   AND payload -> 'version' = to_jsonb(%(version)s::int))"
        " RETURNING true",
        {"id": appointment_id, "version": version},
        bool,
    )
