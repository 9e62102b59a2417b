"""The statements that remove what has served its time, a batch with each.

Holds that ran out are removed by `queries/holds.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query

if TYPE_CHECKING:
    from datetime import timedelta
    from uuid import UUID

# Nobody else takes this number: the first letters of "purge".
_TURN = 0x7075726765

_IS_OVER: LiteralString = (
    "(o.channel = '' OR a.appointment_id IS NULL OR a.end_time < now() - %(over)s)"
)


def take_turn() -> Query[bool]:
    """Let nobody else purge until this transaction ends; False if somebody does."""
    return Query(
        "SELECT pg_try_advisory_xact_lock(%(turn)s)",
        {"turn": _TURN},
        lambda rows: bool(rows[0][0]),
    )


def idempotency_keys(most: int) -> Query[int]:
    """Remove keys that count no more; return how many."""
    return Query(
        "DELETE FROM idempotency_key WHERE key IN (SELECT key FROM idempotency_key"
        " WHERE expires_at < now() ORDER BY expires_at LIMIT %(most)s) RETURNING true",
        {"most": most},
        len,
    )


def settled_rows(kept: timedelta, over: timedelta, most: int) -> Query[int]:
    """Remove rows of the outbox that ended well so long ago; return how many.

    What was told about an appointment is known until that has been over so long.
    """
    return Query(
        "DELETE FROM outbox WHERE outbox_id IN (SELECT o.outbox_id FROM outbox o"
        " LEFT JOIN appointment a ON a.appointment_id = o.appointment_id"
        " WHERE o.settled_at < now() - %(kept)s AND o.state IN ('DONE', 'DROPPED')"
        f" AND {_IS_OVER} ORDER BY o.settled_at LIMIT %(most)s"
        " FOR UPDATE OF o SKIP LOCKED) RETURNING true",
        {"kept": kept, "over": over, "most": most},
        len,
    )


def channel_tests(kept: timedelta, most: int) -> Query[int]:
    """Remove messages by which somebody tried out a channel; return how many."""
    return Query(
        "DELETE FROM outbox WHERE outbox_id IN (SELECT outbox_id FROM outbox"
        " WHERE appointment_id IS NULL AND kind = 'test_message'"
        " AND settled_at < now() - %(kept)s ORDER BY outbox_id LIMIT %(most)s"
        " FOR UPDATE SKIP LOCKED) RETURNING true",
        {"kept": kept, "most": most},
        len,
    )


def forget_address(outbox_id: int, token: UUID) -> Query[bool]:
    """Forget where a test of a channel went, whoever has it by now excepted."""
    return Query(
        "UPDATE outbox SET payload = payload - 'address' WHERE outbox_id = %(id)s"
        " AND lease_token = %(token)s RETURNING true",
        {"id": outbox_id, "token": token},
        bool,
    )
