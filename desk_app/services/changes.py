"""What can happen to an appointment after it was booked, each in one transaction.

The three verbs share their steps: claim the key, look at the version, lock the days
before and after, look again, write. See `desk_app.services.booking`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from desk_app.db.queries import bookings, people, practice
from desk_app.db.queries.appointments import appointment
from desk_app.db.queries.bookings import Following
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.appointment import MoveRequest, Status
from desk_app.domain.policies import (
    Policy,
    check_client,
    check_status,
    refund_due,
)
from desk_app.errors import NotFound, Refused, Stale
from desk_app.services.contact import phone_writer
from desk_app.services.diary import read_appointment
from desk_app.services.idempotency import claim
from desk_app.services.outbox import (
    REMINDERS,
    Outlook,
    after_cancelling,
    after_confirming,
    after_moving,
)
from desk_app.services.recheck import Recheck, touched_days, under_lock, wanted_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.locks import DayKey
    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.db.queries.bookings import Task
    from desk_app.db.queries.pipeline import Pipeline
    from desk_app.domain.appointment import (
        Appointment,
        CancelledBy,
        CancelRequest,
        ConfirmRequest,
    )
    from desk_app.services.idempotency import Request
    from desk_app.services.recheck import Attempt, Wanted


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Look:
    """What stood there before the lock.

    `days` are those that the appointment keeps busy; `wanted` is where it moves to.
    """

    appointment: Appointment
    days: list[DayKey]
    show: ShowPhone
    wanted: Wanted | None


@dataclass(frozen=True, slots=True)
class _Change:
    """An appointment as it is to be, still with its old version, and what follows."""

    after: Appointment
    tasks: Sequence[Task]
    dropped: Sequence[str] = ()
    cancelled_by: CancelledBy | None = None


def confirm(session: Session, request: ConfirmRequest, attempt: Attempt) -> Appointment:
    """Confirm a pending appointment; see `Booking.confirm`."""
    look = _look(session, request)
    if not isinstance(look, _Look):
        return look
    if look.appointment.status is not Status.PENDING:
        raise Refused(Policy.STATUS, "Only a pending appointment can be confirmed.")
    seen, now = _locked(session, look, attempt)
    after = replace(seen, status=Status.CONFIRMED)
    change = _Change(after, after_confirming(_outlook(after), now))
    return _written(session, request, look, change)


def cancel(session: Session, request: CancelRequest, attempt: Attempt) -> Appointment:
    """Cancel an appointment and say what is given back; see `Booking.cancel`."""
    look = _look(session, request)
    if not isinstance(look, _Look):
        return look
    check_status(look.appointment.status, Status.CANCELLED)
    seen, now = _locked(session, look, attempt)
    after = replace(
        seen,
        status=Status.CANCELLED,
        cancelled_at=now,
        cancellation_reason=request.reason,
        refund_due=refund_due(seen, request.cancelled_by, now),
    )
    tasks = after_cancelling(_outlook(seen), now)
    change = _Change(after, tasks, tuple(REMINDERS), request.cancelled_by)
    return _written(session, request, look, change)


def move(session: Session, request: MoveRequest, attempt: Attempt) -> Appointment:
    """Move an appointment to a free start; see `Booking.move`."""
    look = _look(session, request)
    if not isinstance(look, _Look):
        return look
    wanted = attempt.wanted = _existing(look.wanted)
    if look.appointment.status not in {Status.PENDING, Status.CONFIRMED}:
        raise Refused(Policy.STATUS, "Only a pending or confirmed one can be moved.")
    look = replace(look, days=[*look.days, *wanted.days])
    seen, now = _locked(session, look, attempt)
    after = replace(
        seen,
        provider_id=wanted.provider.provider_id,
        service_id=wanted.service.service_id,
        start=wanted.visit.start,
        end=wanted.visit.end,
    )
    tasks = after_moving(_outlook(seen), wanted.outlook(seen.status), now)
    return _written(session, request, look, _Change(after, tasks, tuple(REMINDERS)))


def as_it_stands(session: Session, appointment_id: int) -> Appointment:
    """Answer a request that was done before: its appointment as it is by now."""
    return _existing(read_appointment(session, appointment_id))


def _look(
    session: Session, request: ConfirmRequest | CancelRequest | MoveRequest
) -> _Look | Appointment:
    """Claim the key and read; an Appointment if this request was done before."""
    number = request.appointment_id
    target = request.provider_id if isinstance(request, MoveRequest) else 0
    with pipeline(session) as together:
        claimed = claim(together, request)
        show = phone_writer(together.ask(practice.practice()))
        found = together.ask(appointment(number, show))
        providers = together.ask(practice.provider_of_appointment(number))
        offered = together.ask(practice.offered_for_move(number, target))
    done = claimed.earlier_result(session)
    if done is not None:
        return as_it_stands(session, done)
    seen = _existing(found.get())
    if seen.version != request.version:
        raise Stale
    wanted = None
    if isinstance(request, MoveRequest):
        wanted = wanted_of(offered.get(), request.start)
    days = touched_days(providers.get()[0], seen.start, seen.busy_until)
    return _Look(seen, days, show, wanted)


class _Target:
    """What decides whether an appointment may move to where it is wanted."""

    def __init__(self, together: Pipeline, wanted: Wanted, look: _Look) -> None:
        self._wanted = wanted
        self._moved = look.appointment
        self._recheck = Recheck(together, wanted, look.appointment)
        self._client = together.ask(
            people.client(look.appointment.client_id, look.show)
        )

    def demand(self, now: datetime) -> None:
        """Raise SlotTaken or Refused if it may not."""
        self._recheck.demand(now)
        wanted, client = self._wanted, self._client.get()
        stays = self._moved.start.astimezone(wanted.zone).date() == wanted.day
        if client and not stays:
            check_client(client, wanted.start, wanted.zone, now)


class _Facts:
    """What is read under the lock of a change."""

    def __init__(self, together: Pipeline, look: _Look) -> None:
        number = look.appointment.appointment_id
        self.appointment = together.ask(appointment(number, look.show))
        self.target = look.wanted and _Target(together, look.wanted, look)
        # Last, so that it is later than the lock.
        self.server_time = together.ask(practice.server_time())


def _locked(
    session: Session, look: _Look, attempt: Attempt
) -> tuple[Appointment, datetime]:
    """Lock all days, read again; return what stands there now, and the time."""
    facts = under_lock(session, look.days, lambda together: _Facts(together, look))
    seen = _existing(facts.appointment.get())
    if seen.version != look.appointment.version:
        raise Stale
    now = attempt.now(facts.server_time)
    if facts.target:
        facts.target.demand(now)
    return seen, now


def _written(
    session: Session, request: Request, look: _Look, change: _Change
) -> Appointment:
    """Write the change over the version that was seen."""
    following = Following(
        request.idempotency_key, sorted(set(look.days)), change.tasks, change.dropped
    )
    update = bookings.update_appointment(
        change.after, change.cancelled_by, following, look.show
    )
    written = ask(session, update)
    if written is None:
        # Somebody wrote without locking the day, past this program.
        raise Stale
    return written


def _existing(found: T | None) -> T:
    if found is None:
        raise NotFound
    return found


def _outlook(seen: Appointment) -> Outlook:
    return Outlook(seen.provider_id, seen.start, seen.status, seen.is_virtual)
