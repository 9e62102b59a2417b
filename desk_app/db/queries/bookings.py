"""The statements of a booking: its key, its row, and what follows from it.

Each write is one statement, so that all of it costs one round trip under the lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.appointments import COLUMNS, JOINED, to_appointment
from desk_app.db.queries.pipeline import Query, array

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from desk_app.db.locks import DayKey
    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.domain.appointment import (
        Appointment,
        BookedVia,
        Override,
        Status,
    )
    from desk_app.domain.interval import Interval


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whether a key is ours, and the appointment that still knows it."""

    is_ours: bool
    appointment_id: int | None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What a key was first used for, and the appointment it led to."""

    request_hash: bytes
    appointment_id: int | None


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """What is booked; price, buffer and cancellation window are the service's.

    Who walked in, as `walk_in_id`, has arrived already, and so has who `is_here`.
    """

    provider_id: int
    client_id: int
    service_id: int
    visit: Interval
    status: Status
    notes: str
    booked_via: BookedVia
    override: Override | None = None
    series_id: UUID | None = None
    walk_in_id: int | None = None
    is_here: bool = False
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that must still happen outside, at `run_at`; a row of the outbox."""

    kind: str
    run_at: datetime
    provider_id: int


@dataclass(frozen=True, slots=True)
class Following:
    """What is written with an appointment: its days, its key, and what must happen.

    `days` are the provider's local days whose version rises; `dropped` are the kinds
    of waiting tasks that no longer count.
    """

    key: UUID
    days: Sequence[DayKey]
    tasks: Sequence[Task]
    dropped: Sequence[str] = ()


def claim_key(
    key: UUID, request_hash: bytes, changed_id: int | None = None
) -> Query[Claimed]:
    """Claim a key; wait for a twin that has claimed it but not committed yet.

    The appointment keeps its keys too, so a retry finds it after keys were purged:
    by the key it was booked with, or the one of the latest change of `changed_id`.
    """
    return Query(
        "WITH claimed AS (INSERT INTO idempotency_key (key, request_hash)"
        " VALUES (%(key)s, %(hash)s) ON CONFLICT (key) DO NOTHING RETURNING key)"
        " SELECT EXISTS (SELECT FROM claimed), coalesce("
        "(SELECT appointment_id FROM appointment WHERE booking_key = %(key)s),"
        " (SELECT appointment_id FROM appointment"
        "   WHERE appointment_id = %(changed)s AND change_key = %(key)s))",
        {"key": key, "hash": request_hash, "changed": changed_id or 0},
        lambda rows: Claimed(*rows[0]),
    )


def key_row(key: UUID) -> Query[KeyRow | None]:
    """Return what a key was used for that somebody else has claimed."""
    return Query(
        "SELECT request_hash, appointment_id FROM idempotency_key WHERE key = %(key)s",
        {"key": key},
        lambda rows: KeyRow(bytes(rows[0][0]), rows[0][1]) if rows else None,
    )


def keep_result(key: UUID, appointment_id: int) -> Query[bool]:
    """Note again what a purged key had led to."""
    return Query(
        "UPDATE idempotency_key SET appointment_id = %(id)s WHERE key = %(key)s"
        " RETURNING true",
        {"key": key, "id": appointment_id},
        bool,
    )


_FOLLOWING: LiteralString = """,
    bumped AS (
        UPDATE schedule_day d SET version = d.version + 1
        FROM unnest(%(day_providers)s::int[], %(days)s::date[])
            AS touched (provider_id, day)
        WHERE d.provider_id = touched.provider_id AND d.day = touched.day
    ),
    kept AS (
        UPDATE idempotency_key SET appointment_id = written.appointment_id
        FROM written WHERE key = %(key)s
    ),
    told AS (
        INSERT INTO outbox (kind, appointment_id, run_at, dedupe_key, payload)
        SELECT task.kind, w.appointment_id, task.run_at,
            task.kind || ':' || w.appointment_id || ':' || w.version,
            jsonb_build_object('appointment_id', w.appointment_id,
                'version', w.version, 'provider_id', task.provider_id,
                'start', floor(extract(epoch FROM w.start_time))::bigint)
        FROM written w, unnest(%(kinds)s::text[], %(run_at)s::timestamptz[],
            %(task_providers)s::int[]) AS task (kind, run_at, provider_id)
    )"""
_DROPPING: LiteralString = """,
    dropped AS (
        UPDATE outbox SET state = 'DROPPED'
        WHERE appointment_id = %(id)s AND state = 'WAITING'
            AND kind = ANY(%(dropped)s::text[])
    )"""
_WRITTEN: LiteralString = f" SELECT {COLUMNS} FROM written a {JOINED}"
_INSERT: LiteralString = f"""WITH written AS (
        INSERT INTO appointment (provider_id, client_id, service_id, start_time,
            end_time, status, notes, booked_via, booking_key, overridden,
            override_reason, series_id, room_id, arrived_at)
        VALUES (%(provider)s, %(client)s, %(service)s, %(start)s, %(end)s,
            %(status)s, %(notes)s, %(via)s, %(booking_key)s, %(overridden)s,
            %(override_reason)s, %(series)s, %(room)s,
            coalesce((SELECT w.arrived_at FROM walk_in w
                WHERE w.walk_in_id = %(walk_in)s),
                CASE WHEN %(is_here)s THEN now() END))
        RETURNING *
    ){_FOLLOWING}{_WRITTEN}"""
_UPDATE: LiteralString = f"""WITH written AS (
        UPDATE appointment SET provider_id = %(provider)s, service_id = %(service)s,
            start_time = %(start)s, end_time = %(end)s, status = %(status)s,
            notes = %(notes)s, cancelled_at = %(cancelled_at)s,
            cancellation_reason = %(reason)s, cancelled_by = %(cancelled_by)s,
            refund_due = %(refund)s, refund_given_at = %(refund_given_at)s,
            arrived_at = %(arrived_at)s, seen_at = %(seen_at)s, left_at = %(left_at)s,
            lock_out_until = %(lock_out_until)s, overridden = %(overridden)s,
            override_reason = %(override_reason)s,
            series_id = %(series)s, room_id = %(room)s, change_key = %(key)s,
            version = version + 1
        WHERE appointment_id = %(id)s AND version = %(version)s
        RETURNING *
    ){_FOLLOWING}{_DROPPING}{_WRITTEN}"""


def insert_appointment(
    new: NewAppointment,
    following: Following,
    show: ShowPhone,
    booking_key: UUID | None = None,
) -> Query[Appointment]:
    """Book: write the appointment and all that follows; return it as it is stored.

    `booking_key` is the appointment's own where one request books several.
    """
    return Query(
        _INSERT,
        {
            **_following(following),
            "provider": new.provider_id,
            "client": new.client_id,
            "service": new.service_id,
            "start": new.visit.start,
            "end": new.visit.end,
            "status": new.status.value,
            "notes": new.notes,
            "via": new.booked_via.value,
            "booking_key": booking_key or following.key,
            "overridden": " ".join(new.override.policies) if new.override else "",
            "override_reason": new.override.reason if new.override else "",
            "series": new.series_id,
            "room": new.room_id,
            "walk_in": new.walk_in_id,
            "is_here": new.is_here,
        },
        lambda rows: to_appointment(rows[0], show),
    )


def update_appointment(
    changed: Appointment, following: Following, show: ShowPhone
) -> Query[Appointment | None]:
    """Write a changed appointment over the version it was made from.

    `changed.version` is that version; the row gets the next one. Returns None if the
    row has another version by now.
    """
    refund = changed.refund_due
    return Query(
        _UPDATE,
        {
            **_following(following),
            "id": changed.appointment_id,
            "version": changed.version,
            "provider": changed.provider_id,
            "service": changed.service_id,
            "start": changed.start,
            "end": changed.end,
            "status": changed.status.value,
            "notes": changed.notes,
            "cancelled_at": changed.cancelled_at,
            "reason": changed.cancellation_reason,
            "cancelled_by": changed.cancelled_by and changed.cancelled_by.value,
            "refund": refund and refund.amount,
            "refund_given_at": changed.refund_given_at,
            "arrived_at": changed.arrived_at,
            "seen_at": changed.seen_at,
            "left_at": changed.left_at,
            "lock_out_until": changed.lock_out_until,
            "overridden": " ".join(changed.overridden),
            "override_reason": changed.override_reason,
            "series": changed.series_id,
            "room": changed.room_id,
            "dropped": array(following.dropped),
        },
        lambda rows: to_appointment(rows[0], show) if rows else None,
    )


_OVERLAPS: LiteralString = "appointment_no_overlap, appointment_room_no_overlap"
OVERLAPS_COUNT_AT_THE_END: LiteralString = f"SET CONSTRAINTS {_OVERLAPS} DEFERRED"
OVERLAPS_COUNT_NOW: LiteralString = f"SET CONSTRAINTS {_OVERLAPS} IMMEDIATE"


def drop_told(appointment_id: int, since: int) -> Query[frozenset[str]]:
    """Drop what waits to be sent since a version; return the kinds that waited.

    Messages of these versions which are not among them have left.
    """
    return Query(
        "UPDATE outbox SET state = 'DROPPED' WHERE appointment_id = %(id)s"
        " AND state = 'WAITING' AND (payload ->> 'version')::int >= %(since)s"
        " RETURNING kind",
        {"id": appointment_id, "since": since},
        lambda rows: frozenset(str(row[0]) for row in rows),
    )


def told_of(appointment_id: int, since: int) -> Query[frozenset[str]]:
    """Return the kinds of what is being sent, or was, since a version."""
    return Query(
        "SELECT kind FROM outbox WHERE appointment_id = %(id)s"
        " AND state NOT IN ('WAITING', 'DROPPED')"
        " AND (payload ->> 'version')::int >= %(since)s",
        {"id": appointment_id, "since": since},
        lambda rows: frozenset(str(row[0]) for row in rows),
    )


def fell_due(appointment_id: int, start: datetime) -> Query[tuple[str, ...]]:
    """Return the reminders of a visit that were dropped, and would be due by now."""
    return Query(
        "SELECT DISTINCT kind FROM outbox WHERE appointment_id = %(id)s"
        " AND kind IN ('reminder_48h', 'reminder_1h') AND channel = ''"
        " AND state = 'DROPPED' AND outcome = 'taken_back' AND settled_at < run_at"
        " AND run_at <= clock_timestamp() AND payload ->> 'start'"
        "  = floor(extract(epoch FROM %(start)s::timestamptz))::text ORDER BY kind",
        {"id": appointment_id, "start": start},
        lambda rows: tuple(str(row[0]) for row in rows),
    )


def _following(following: Following) -> dict[str, object]:
    days, tasks = following.days, following.tasks
    return {
        "key": following.key,
        "day_providers": array(key.provider_id for key in days),
        "days": array(key.day for key in days),
        "kinds": array(task.kind for task in tasks),
        "run_at": array(task.run_at.isoformat() for task in tasks),
        "task_providers": array(task.provider_id for task in tasks),
    }
