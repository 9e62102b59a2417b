"""The statements about the outbox as the courier works through it.

All times are the server's. A lease that reaches further ahead than any lease does was
given before the server's clock was put back; it counts as run out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.domain.queue import Backlog, Job, Lost, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from desk_app.domain.queue import Settled

LEASE_SECONDS = 60
LONGEST_OUTCOME, LONGEST_ERROR = 64, 500
_RAN_OUT: LiteralString = (
    "state = 'SENDING' AND (leased_until < statement_timestamp() OR leased_until"
    f" > statement_timestamp() + interval '{5 * LEASE_SECONDS} seconds')"
)
# Who does it: the channel of a delivery, the kind of a task.
_WANTED: LiteralString = (
    "(%(words)s::text[] IS NULL"
    " OR CASE WHEN channel = '' THEN kind ELSE channel END = ANY(%(words)s::text[]))"
)
_JOB: LiteralString = (
    "o.outbox_id, o.kind, o.appointment_id, o.payload, o.run_at, o.attempts,"
    " o.lease_token, o.recipient, o.channel"
)


def claim(
    most: int, words: Sequence[str] | None, *, lease: float = LEASE_SECONDS
) -> Query[tuple[Job, ...]]:
    """Claim what is due, the oldest first; nobody else gets it during the lease.

    `words` are the channels of deliveries and the kinds of tasks that are wanted, None
    for all.
    """
    return Query(
        "WITH due AS MATERIALIZED ("
        "  SELECT outbox_id FROM outbox WHERE state = 'WAITING'"
        f"  AND run_at <= statement_timestamp() AND {_WANTED}"
        "  ORDER BY run_at, outbox_id LIMIT %(most)s FOR UPDATE SKIP LOCKED)"
        " UPDATE outbox o SET state = 'SENDING', attempts = o.attempts + 1,"
        " leased_until = clock_timestamp() + make_interval(secs => %(lease)s),"
        " lease_token = gen_random_uuid() FROM due"
        f" WHERE o.outbox_id = due.outbox_id RETURNING {_JOB}",
        {"most": most, "words": _words(words), "lease": lease},
        _jobs,
    )


def next_due(words: Sequence[str] | None) -> Query[float | None]:
    """Return in how many seconds the next row is due that is wanted."""
    return Query(
        "SELECT extract(epoch FROM run_at - statement_timestamp())::float FROM outbox"
        f" WHERE state = 'WAITING' AND {_WANTED} ORDER BY run_at LIMIT 1",
        {"words": _words(words)},
        lambda rows: rows[0][0] if rows else None,
    )


def lost(most: int) -> Query[tuple[Lost, ...]]:
    """Return what workers have not settled in time, locked until it is decided."""
    return Query(
        f"SELECT {_JOB}, o.handed_at IS NOT NULL FROM outbox o WHERE {_RAN_OUT}"
        " LIMIT %(most)s FOR UPDATE SKIP LOCKED",
        {"most": most},
        lambda rows: tuple(Lost(Job(*row[:-1]), row[-1]) for row in rows),
    )


def renew(tokens: Sequence[UUID], *, lease: float = LEASE_SECONDS) -> Query[int]:
    """Let leases that have not run out last longer; return how many rows."""
    return Query(
        "UPDATE outbox SET leased_until ="
        " clock_timestamp() + make_interval(secs => %(lease)s)"
        " WHERE state = 'SENDING' AND leased_until > clock_timestamp()"
        " AND lease_token = ANY(%(tokens)s::uuid[]) RETURNING outbox_id",
        {"tokens": array(map(str, tokens)), "lease": lease},
        len,
    )


def hand_over(
    outbox_id: int, token: UUID, *, lease: float = LEASE_SECONDS
) -> Query[bool]:
    """Note that a message may arrive from now on; False if the lease is lost."""
    return Query(
        "UPDATE outbox SET handed_at = clock_timestamp(), leased_until ="
        " clock_timestamp() + make_interval(secs => %(lease)s)"
        " WHERE outbox_id = %(id)s AND lease_token = %(token)s AND state = 'SENDING'"
        " AND leased_until > clock_timestamp() RETURNING true",
        {"id": outbox_id, "token": token, "lease": lease},
        bool,
    )


def settle(settled: Sequence[Settled]) -> Query[frozenset[UUID]]:
    """Write down how tries ended; return the tokens that still counted.

    What somebody is not sure of is UNSURE once it was handed over. Whoever learned
    after all what became of it may say so while nobody has decided: its token is
    still the last one.
    """
    return Query(
        "WITH said AS (SELECT s.*, CASE"
        "  WHEN NOT sure AND handed_at IS NOT NULL THEN 'UNSURE' ELSE said END AS state"
        " FROM unnest(%(ids)s::int[], %(tokens)s::uuid[], %(states)s::text[],"
        "  %(outcomes)s::text[], %(errors)s::text[], %(afters)s::float[],"
        "  %(counts)s::bool[], %(sure)s::bool[])"
        "  AS s (id, token, said, outcome, error, after, counts, sure)"
        " JOIN outbox ON outbox_id = id)"
        " UPDATE outbox o SET state = s.state, outcome = s.outcome,"
        " last_error = s.error, run_at = CASE WHEN s.state = 'WAITING'"
        "  THEN clock_timestamp() + make_interval(secs => s.after) ELSE o.run_at END,"
        " attempts = greatest(0, o.attempts - CASE WHEN s.counts THEN 0 ELSE 1 END),"
        " handed_at = CASE WHEN s.state = 'WAITING' THEN NULL ELSE o.handed_at END,"
        " settled_at = CASE WHEN s.state = 'WAITING' THEN NULL"
        "  ELSE clock_timestamp() END"
        " FROM said s WHERE o.outbox_id = s.id AND o.lease_token = s.token"
        "  AND (o.state = 'SENDING' OR o.state = 'UNSURE' AND s.state IN"
        "   ('DONE', 'DEAD')) RETURNING o.lease_token",
        {
            "ids": array(each.outbox_id for each in settled),
            "tokens": array(str(each.token) for each in settled),
            "states": array(each.state for each in settled),
            "outcomes": [_line(each.outcome, LONGEST_OUTCOME) for each in settled],
            "errors": [_line(each.error, LONGEST_ERROR) for each in settled],
            "afters": array(str(each.again_after) for each in settled),
            "counts": array(str(each.counts) for each in settled),
            "sure": array(str(each.sure) for each in settled),
        },
        lambda rows: frozenset(row[0] for row in rows),
    )


def again(outbox_id: int, token: UUID) -> Query[bool]:
    """Let a task be done once more, after an effect that came too late to count."""
    return Query(
        "INSERT INTO outbox (kind, appointment_id, dedupe_key, payload)"
        " SELECT kind, appointment_id, %(key)s, payload FROM outbox"
        " WHERE outbox_id = %(id)s ON CONFLICT (dedupe_key) DO NOTHING RETURNING true",
        {"id": outbox_id, "key": f"again:{outbox_id}:{token}"},
        bool,
    )


def standing() -> Query[Backlog]:
    """Return how the outbox stands."""
    return Query(
        "SELECT count(*) FILTER (WHERE state = 'WAITING'),"
        " count(*) FILTER (WHERE state = 'WAITING' AND run_at <= now()),"
        " coalesce(extract(epoch FROM now() - min(run_at)"
        "  FILTER (WHERE state = 'WAITING' AND run_at <= now())), 0)::float,"
        " count(*) FILTER (WHERE state = 'DEAD'),"
        " count(*) FILTER (WHERE state = 'UNSURE'),"
        " count(*) FILTER (WHERE state = 'MISSED'),"
        " count(*) FILTER (WHERE state = 'SENDING')"
        " FROM outbox"
        " WHERE state IN ('WAITING', 'SENDING', 'DEAD', 'UNSURE', 'MISSED')",
        {},
        _backlog,
    )


def _backlog(rows: list[Row]) -> Backlog:
    waiting, due, overdue, dead, unsure, missed, under_way = rows[0]
    trouble = {State.DEAD: dead, State.UNSURE: unsure, State.MISSED: missed}
    return Backlog(waiting, due, overdue, trouble, under_way)


def _jobs(rows: list[Row]) -> tuple[Job, ...]:
    jobs = (Job(*row) for row in rows)
    return tuple(sorted(jobs, key=lambda job: (job.run_at, job.outbox_id)))


def _words(words: Sequence[str] | None) -> str | None:
    return None if words is None else array(words)


def _line(said: str, longest: int) -> str:
    """Return what was said as the database keeps it, whatever it is."""
    return "".join(sign if sign.isprintable() else " " for sign in said[:longest])
