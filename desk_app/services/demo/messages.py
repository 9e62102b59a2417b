"""The demo's messages: what clients were told, what is still to leave, what failed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status
from desk_app.domain.masking import masked_email
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.queue import Outcome, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.services.demo.clients import Known
    from desk_app.services.demo.practice import Practice
    from desk_app.services.demo.visits import Visit

GRACE = timedelta(minutes=3)
LONG, SHORT = timedelta(hours=48), timedelta(hours=1)
_TROUBLE = (
    (State.DEAD, Outcome.REFUSED, "The mail server refused this address for good."),
    (State.UNSURE, Outcome.ANSWER_LOST, "The mail server did not answer in time."),
    (State.MISSED, Outcome.TOO_LATE, ""),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox: a task, or with a channel a message to the client.

    `payload` holds numbers. What has ended did so at `at`, the rest is due then.
    """

    appointment_id: int
    kind: MessageKind
    at: datetime
    created_at: datetime
    state: State
    payload: Mapping[str, int] = field(hash=False)
    outcome: str = ""
    channel: str = ""
    sent_to: str = ""
    attempts: int = 0
    error: str = ""

    @property
    def recipient(self) -> str:
        """Who is told, "" of a task."""
        return Recipient.CLIENT.value if self.channel else ""

    @property
    def dedupe_key(self) -> str:
        """What makes it one of its kind."""
        return f"demo:{self.kind}:{self.appointment_id}:{self.channel}"


def make(
    practice: Practice, clients: Sequence[Known], visits: Sequence[Visit]
) -> tuple[Row, ...]:
    """Return what there is about the visits to come; three of them need somebody."""
    emails = {known.client.client_id: known.client.email for known in clients}
    to_come = [
        visit
        for visit in visits
        if visit.appointment.status is Status.CONFIRMED
        and visit.appointment.start > practice.now
    ]
    rows = [
        row
        for visit in to_come
        for row in _of_visit(visit, emails[visit.appointment.client_id], practice.now)
    ]
    return tuple(_with_trouble(rows))


def _of_visit(visit: Visit, email: str, now: datetime) -> Iterator[Row]:
    booked = visit.appointment
    confirmed = visit.created_at + GRACE
    yield _delivery(booked, MessageKind.CONFIRMATION, confirmed, email)
    for kind, lead in (
        (MessageKind.REMINDER_48H, LONG),
        (MessageKind.REMINDER_1H, SHORT),
    ):
        at = booked.start - lead
        if at > now:
            task = _task(booked)
            since = visit.created_at
            yield Row(booked.appointment_id, kind, at, since, State.WAITING, task)
        elif at > confirmed and kind is MessageKind.REMINDER_48H:
            yield _delivery(booked, kind, at, email)


def _delivery(booked: Appointment, kind: MessageKind, at: datetime, email: str) -> Row:
    told = _task(booked) | {
        "service_id": booked.service_id,
        "end": int(booked.end.timestamp()),
        "has_link": int(bool(booked.meeting_link)),
        "due": int(at.timestamp()),
    }
    has_address = bool(email)
    return Row(
        booked.appointment_id,
        kind,
        at,
        at,
        State.DONE if has_address else State.DROPPED,
        told,
        Outcome.SENT if has_address else Outcome.NO_ADDRESS,
        Channel.EMAIL,
        masked_email(email) if has_address else "",
        attempts=int(has_address),
    )


def _task(booked: Appointment) -> dict[str, int]:
    return {
        "appointment_id": booked.appointment_id,
        "version": booked.version,
        "provider_id": booked.provider_id,
        "start": int(booked.start.timestamp()),
    }


def _with_trouble(rows: Sequence[Row]) -> Iterator[Row]:
    """Let one reminder be refused, one be in doubt, and one have come too late."""
    reminders = [
        row
        for row in rows
        if row.state is State.DONE and row.kind is MessageKind.REMINDER_48H
    ]
    ended = {
        row.dedupe_key: replace(row, state=state, outcome=outcome, error=error)
        for row, (state, outcome, error) in zip(reminders, _TROUBLE, strict=False)
    }
    for row in rows:
        yield ended.get(row.dedupe_key, row)
