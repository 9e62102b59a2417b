"""The outbox as desks see it, and what a person decides about what did not leave.

Row-level security shows each login its own part; all times are the server's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.domain.appointment import Status
from desk_app.domain.deliveries import (
    LATE_AFTER,
    MEETING_LINK,
    REMINDERS,
    Delivery,
    Part,
    Standing,
)
from desk_app.domain.messages import MessageKind
from desk_app.domain.queue import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from desk_app.db.queries.appointments import ShowPhone

# What was tried in vain is put off again and again; it waits since it was written.
_SINCE: LiteralString = (
    "CASE WHEN o.attempts > 0 AND (o.channel <> '' OR o.kind = 'meeting_link')"
    " THEN o.created_at ELSE o.run_at END"
)
_COLUMNS: LiteralString = (
    f"o.outbox_id, o.kind, o.state, o.run_at, {_SINCE}, o.outcome, o.recipient,"
    " o.channel, o.sent_to, o.handed_at, o.settled_at, o.attempts, o.last_error,"
    " coalesce(o.decided_by, ''), o.appointment_id, a.provider_id, a.client_id,"
    " coalesce(c.name, ''), coalesce(c.phone, ''), coalesce(s.name, ''),"
    " a.start_time, a.end_time, a.status"
)
_PHONE = 18
_JOINED: LiteralString = (
    " LEFT JOIN appointment a ON a.appointment_id = o.appointment_id"
    " LEFT JOIN client c ON c.client_id = a.client_id"
    " LEFT JOIN service s ON s.service_id = a.service_id"
)
_TROUBLE: LiteralString = "o.state IN ('DEAD', 'UNSURE', 'MISSED')"
_NEEDS_YOU: LiteralString = (
    f"{_TROUBLE} AND (o.kind <> ALL(%(reminders)s::text[]) OR a.end_time IS NULL"
    " OR a.end_time > now())"
)
_MESSAGE: LiteralString = "o.kind = ANY(%(kinds)s::text[])"
# Nothing is put off for longer than a day; so far the index needs to be read.
_LATE: LiteralString = (
    "(o.state = 'WAITING' AND o.run_at <= now() + interval '25 hours'"
    f" OR o.state = 'SENDING') AND {_MESSAGE} AND {_SINCE} <= now() - %(late)s"
)
_OPEN: LiteralString = f"o.state IN ('WAITING', 'SENDING') AND {_MESSAGE}"
_PARTS: dict[Part, LiteralString] = {
    Part.ALL: f"({_TROUBLE} OR {_OPEN})",
    Part.NEEDS_YOU: f"({_NEEDS_YOU})",
    Part.LATE: f"({_LATE})",
    Part.WAITING: f"({_OPEN})",
}


def of_appointment(appointment_id: int, show: ShowPhone) -> Query[tuple[Delivery, ...]]:
    """Return all that follows from an appointment, the latest first."""
    return Query(
        f"SELECT {_COLUMNS} FROM outbox o {_JOINED} WHERE o.appointment_id = %(id)s"
        " ORDER BY coalesce(o.handed_at, o.settled_at, o.run_at) DESC,"
        " o.outbox_id DESC",
        {"id": appointment_id},
        lambda rows: tuple(_delivery(row, show) for row in rows),
    )


def of_client(
    client_id: int, most: int, show: ShowPhone
) -> Query[tuple[Delivery, ...]]:
    """Return what left, or will leave, about any visit of a client, latest first."""
    return Query(
        f"SELECT {_COLUMNS} FROM outbox o {_JOINED}"
        f" WHERE a.client_id = client_now(%(id)s) AND {_MESSAGE}"
        " AND (o.channel <> '' OR o.state NOT IN ('DONE', 'DROPPED'))"
        " ORDER BY coalesce(o.handed_at, o.settled_at, o.run_at) DESC,"
        " o.outbox_id DESC LIMIT %(most)s",
        {"id": client_id, "most": most, "kinds": _kinds()},
        lambda rows: tuple(_delivery(row, show) for row in rows),
    )


def queue(part: Part, most: int, show: ShowPhone) -> Query[tuple[Delivery, ...]]:
    """Return what needs a person, then what is late, then what waits, soonest first.

    Reminders that failed about visits which are over stand at the end.
    """
    return Query(
        f"SELECT {_COLUMNS} FROM outbox o {_JOINED} WHERE {_PARTS[part]}"
        f" ORDER BY CASE WHEN {_NEEDS_YOU} THEN 0 WHEN {_LATE} THEN 1"
        f"  WHEN {_OPEN} THEN 2 ELSE 3 END,"
        f" CASE WHEN {_TROUBLE} THEN a.start_time ELSE {_SINCE} END NULLS FIRST,"
        " o.outbox_id LIMIT %(most)s",
        {"most": most, **_values()},
        lambda rows: tuple(_delivery(row, show) for row in rows),
    )


def standing() -> Query[Standing]:
    """Return how much needs a person, and what is late."""
    return Query(
        "SELECT (SELECT count(*) FROM outbox o LEFT JOIN appointment a"
        f"  ON a.appointment_id = o.appointment_id WHERE {_NEEDS_YOU}),"
        " count(*), coalesce(max(extract(epoch FROM now() - x.since)), 0)::float,"
        " count(*) FILTER (WHERE x.outcome = 'sign_in')"
        f" FROM (SELECT {_SINCE} AS since, o.outcome FROM outbox o WHERE {_LATE}) x",
        _values(),
        lambda rows: Standing(*rows[0]),
    )


def waiting() -> Query[int]:
    """Return how many messages are still to leave."""
    return Query(
        f"SELECT count(*) FROM outbox o WHERE {_OPEN}",
        {"kinds": _kinds()},
        lambda rows: int(rows[0][0]),
    )


def lock(outbox_ids: Sequence[int], show: ShowPhone) -> Query[tuple[Delivery, ...]]:
    """Return those of these rows about which a person still may decide, locked."""
    return Query(
        f"SELECT {_COLUMNS} FROM outbox o {_JOINED}"
        f" WHERE o.outbox_id = ANY(%(ids)s::int[]) AND {_TROUBLE}"
        " ORDER BY o.outbox_id FOR UPDATE OF o",
        {"ids": array(outbox_ids)},
        lambda rows: tuple(_delivery(row, show) for row in rows),
    )


def decide(outbox_ids: Sequence[int], state: State) -> Query[int]:
    """Let what did not leave wait again, or drop it; return how many rows.

    What else belongs to it, and who decided, is written by a trigger
    (`migrations/sql/0005_messages.sql`).
    """
    return Query(
        "UPDATE outbox SET state = %(state)s WHERE outbox_id = ANY(%(ids)s::int[])"
        " AND state IN ('DEAD', 'UNSURE', 'MISSED') RETURNING outbox_id",
        {"ids": array(outbox_ids), "state": str(state)},
        len,
    )


def visit(appointment_id: int) -> Query[tuple[Status, datetime, datetime] | None]:
    """Return how an appointment stands, when it begins, and what time it is."""
    return Query(
        "SELECT a.status, a.start_time, now() FROM appointment a"
        " WHERE a.appointment_id = %(id)s",
        {"id": appointment_id},
        lambda rows: (Status(rows[0][0]), *rows[0][1:]) if rows else None,
    )


def send_again(appointment_id: int, kind: str, key: UUID) -> Query[bool]:
    """Write the task of telling once more what was told; `key` makes it one of a kind.

    Its payload says "again", so that nobody takes it for what was said already.
    """
    return Query(
        "INSERT INTO outbox (kind, appointment_id, dedupe_key, payload)"
        " SELECT %(kind)s, a.appointment_id, %(key)s,"
        "  jsonb_build_object('appointment_id', a.appointment_id,"
        "   'version', a.version, 'provider_id', a.provider_id, 'again', 1)"
        " FROM appointment a WHERE a.appointment_id = %(id)s"
        " ON CONFLICT (dedupe_key) DO NOTHING RETURNING true",
        {
            "kind": kind,
            "id": appointment_id,
            "key": f"{kind}:{appointment_id}:again:{key}",
        },
        bool,
    )


def _values() -> dict[str, object]:
    kinds, reminders = _kinds(), array(REMINDERS)
    return {"kinds": kinds, "reminders": reminders, "late": LATE_AFTER}


def _kinds() -> str:
    return array((*MessageKind, MEETING_LINK))


def _delivery(row: Row, show: ShowPhone) -> Delivery:
    stored: Row = (
        *row[:2],
        State(row[2]),
        *row[3:_PHONE],
        show(row[_PHONE]),
        *row[_PHONE + 1 : -1],
        Status(row[-1]) if row[-1] else None,
    )
    return Delivery(*stored)
