"""The statements about the outbox as the courier works through it.

All times are the server's. A lease that reaches further ahead than any lease does was
given before the server's clock was put back; it counts as run out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.domain.queue import Backlog, Job, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from desk_app.domain.queue import Settled

LEASE_SECONDS = 60
_RAN_OUT: LiteralString = (
    "state = 'SENDING' AND (leased_until < clock_timestamp()"
    f" OR leased_until > clock_timestamp() + interval '{5 * LEASE_SECONDS} seconds')"
)
_JOB: LiteralString = (
    "o.outbox_id, o.kind, o.appointment_id, o.payload, o.run_at, o.attempts,"
    " o.lease_token, o.recipient, o.channel"
)


def claim(most: int, *, lease: float = LEASE_SECONDS) -> Query[tuple[Job, ...]]:
    """Claim what is due, the oldest first; nobody else gets it during the lease."""
    return Query(
        "UPDATE outbox o SET state = 'SENDING', attempts = o.attempts + 1,"
        " leased_until = clock_timestamp() + make_interval(secs => %(lease)s),"
        " lease_token = gen_random_uuid() FROM ("
        "  SELECT outbox_id FROM outbox WHERE state = 'WAITING'"
        "   AND run_at <= clock_timestamp() ORDER BY run_at, outbox_id"
        "  LIMIT %(most)s FOR UPDATE SKIP LOCKED) due"
        f" WHERE o.outbox_id = due.outbox_id RETURNING {_JOB}",
        {"most": most, "lease": lease},
        _jobs,
    )


def take_back(most_attempts: int) -> Query[int]:
    """Take back what a worker has not settled in time; return how many rows.

    What may have arrived is for a person to decide about. What was tried as often as
    anything is has ended: it may be what its workers died of.
    """
    return Query(
        "UPDATE outbox o SET state = CASE WHEN handed_at IS NOT NULL THEN 'UNSURE'"
        "  WHEN attempts >= %(most)s THEN 'DEAD' ELSE 'WAITING' END,"
        " outcome = CASE WHEN handed_at IS NOT NULL THEN 'answer_lost'"
        "  WHEN attempts >= %(most)s THEN 'gave_up' ELSE outcome END,"
        " settled_at = CASE WHEN handed_at IS NOT NULL OR attempts >= %(most)s"
        "  THEN clock_timestamp() END"
        " FROM (SELECT outbox_id FROM outbox"
        f"  WHERE {_RAN_OUT} FOR UPDATE SKIP LOCKED) late"
        " WHERE o.outbox_id = late.outbox_id RETURNING o.outbox_id",
        {"most": most_attempts},
        len,
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


def hand_over(outbox_id: int, token: UUID) -> Query[bool]:
    """Note that a message may arrive from now on; False if the lease is lost."""
    return Query(
        "UPDATE outbox SET handed_at = clock_timestamp() WHERE outbox_id = %(id)s"
        " AND lease_token = %(token)s AND state = 'SENDING'"
        " AND leased_until > clock_timestamp() RETURNING true",
        {"id": outbox_id, "token": token},
        bool,
    )


def settle(settled: Sequence[Settled]) -> Query[frozenset[int]]:
    """Write down how tries ended; return the rows whose lease still counted.

    Whoever sent a message after all may say so while nobody has decided about it: its
    token is still the last one.
    """
    return Query(
        "UPDATE outbox o SET state = s.state, outcome = s.outcome,"
        " last_error = s.error, run_at = CASE WHEN s.state = 'WAITING'"
        "  THEN clock_timestamp() + make_interval(secs => s.after) ELSE o.run_at END,"
        " attempts = greatest(0, o.attempts - CASE WHEN s.counts THEN 0 ELSE 1 END),"
        " handed_at = CASE WHEN s.state = 'WAITING' THEN NULL ELSE o.handed_at END,"
        " settled_at = CASE WHEN s.state = 'WAITING' THEN NULL"
        "  ELSE clock_timestamp() END"
        " FROM unnest(%(ids)s::int[], %(tokens)s::uuid[], %(states)s::text[],"
        "  %(outcomes)s::text[], %(errors)s::text[], %(afters)s::float[],"
        "  %(counts)s::bool[]) AS s (id, token, state, outcome, error, after, counts)"
        " WHERE o.outbox_id = s.id AND o.lease_token = s.token"
        "  AND (o.state = 'SENDING' OR o.state = 'UNSURE' AND s.state = 'DONE')"
        " RETURNING o.outbox_id",
        {
            "ids": array(each.outbox_id for each in settled),
            "tokens": array(str(each.token) for each in settled),
            "states": array(each.state for each in settled),
            "outcomes": [str(each.outcome) for each in settled],
            "errors": [each.error for each in settled],
            "afters": array(str(each.again_after) for each in settled),
            "counts": array(str(each.counts) for each in settled),
        },
        lambda rows: frozenset(int(row[0]) for row in rows),
    )


def next_due() -> Query[float | None]:
    """Return in how many seconds the next row is due or its lease runs out."""
    return Query(
        "SELECT extract(epoch FROM least("
        " (SELECT min(run_at) FROM outbox WHERE state = 'WAITING'),"
        " (SELECT min(leased_until) FROM outbox WHERE state = 'SENDING'))"
        " - clock_timestamp())::float",
        {},
        lambda rows: rows[0][0],
    )


def again(appointment_id: int, kind: str, token: UUID) -> Query[bool]:
    """Let a task be done once more, after an effect that came too late to count."""
    return Query(
        "INSERT INTO outbox (kind, appointment_id, dedupe_key, payload)"
        " SELECT %(kind)s, a.appointment_id, %(key)s,"
        "  jsonb_build_object('appointment_id', a.appointment_id,"
        "   'version', a.version, 'provider_id', a.provider_id)"
        " FROM appointment a WHERE a.appointment_id = %(id)s"
        " ON CONFLICT (dedupe_key) DO NOTHING RETURNING true",
        {
            "kind": kind,
            "id": appointment_id,
            "key": f"{kind}:{appointment_id}:again:{token}",
        },
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
