"""What can happen to an appointment after it was booked, each in one transaction.

The three verbs share their steps: claim the key, look at the version, lock the days
before and after, look again, write. See `desk_app.services.booking`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from desk_app.db.queries import (
    bookings,
    holds,
    people,
    practice,
    waitlist,
    walk_ins,
)
from desk_app.db.queries.appointments import appointment
from desk_app.db.queries.bookings import Following
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.appointment import BookingRequest, MoveRequest, Status
from desk_app.domain.desk_rules import Telling
from desk_app.domain.policies import (
    Policy,
    check_client,
    check_status,
    refund_due,
)
from desk_app.errors import NotFound, Refused, Stale
from desk_app.services.contact import phone_writer
from desk_app.services.days_touched import touched_days
from desk_app.services.diary import read_appointment
from desk_app.services.idempotency import claim
from desk_app.services.outbox import (
    REMINDERS,
    Moment,
    Outlook,
    after_cancelling,
    after_confirming,
    after_moving,
    pushed,
)
from desk_app.services.recheck import Recheck, under_lock, wanted_of

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
    from desk_app.domain.desk_rules import DeskRules
    from desk_app.services.idempotency import ChangeRequest, Request
    from desk_app.services.recheck import Attempt, Wanted


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """What stood there before the lock.

    `days` are those that the appointment keeps busy; `wanted` is where it moves to.
    """

    appointment: Appointment
    days: list[DayKey]
    show: ShowPhone
    wanted: Wanted | None


@dataclass(frozen=True, slots=True)
class Locked:
    """What stands there under the lock, the time, and the practice's settings.

    `room_id` is the room it gets where it moves to.
    """

    appointment: Appointment
    now: datetime
    practice: practice.Practice
    room_id: int | None = None

    @property
    def rules(self) -> DeskRules:
        """The rules of the desk."""
        return self.practice.rules

    @property
    def moment(self) -> Moment:
        """When the change is made."""
        return moment(self.now, self.practice, self.appointment.client_timezone)


@dataclass(frozen=True, slots=True)
class Change:
    """An appointment as it is to be, still with its old version, and what follows."""

    after: Appointment
    tasks: Sequence[Task] = ()
    dropped: Sequence[str] = ()


def confirm(session: Session, request: ConfirmRequest, attempt: Attempt) -> Appointment:
    """Confirm a pending appointment; see `Booking.confirm`."""
    look = look_at(session, request)
    if not isinstance(look, Look):
        return look
    if look.appointment.status is not Status.PENDING:
        raise Refused(Policy.STATUS, "Only a pending appointment can be confirmed.")
    now = locked(session, look, attempt)
    after = replace(now.appointment, status=Status.CONFIRMED)
    change = Change(after, after_confirming(outlook_of(after), now.moment))
    return written(session, request, look, change)


def cancel(session: Session, request: CancelRequest, attempt: Attempt) -> Appointment:
    """Cancel an appointment and say what is given back; see `Booking.cancel`."""
    look = look_at(session, request)
    if not isinstance(look, Look):
        return look
    check_status(look.appointment.status, Status.CANCELLED)
    now = locked(session, look, attempt)
    change = cancelled(now, request.reason, request.cancelled_by)
    return written(session, request, look, change)


def cancelled(now: Locked, reason: str, by: CancelledBy) -> Change:
    """Return an appointment as it is once it is cancelled, and what follows."""
    seen = now.appointment
    after = replace(
        seen,
        status=Status.CANCELLED,
        cancelled_at=now.now,
        cancellation_reason=reason,
        cancelled_by=by,
        refund_due=refund_due(seen, by, now.now),
    )
    tasks = after_cancelling(outlook_of(seen), now.moment)
    return Change(after, tasks, REMINDERS)


def move(session: Session, request: MoveRequest, attempt: Attempt) -> Appointment:
    """Move an appointment to a free start; see `Booking.move`."""
    look = look_at(session, request)
    if not isinstance(look, Look):
        return look
    wanted = attempt.wanted = _existing(look.wanted)
    if look.appointment.status not in {Status.PENDING, Status.CONFIRMED}:
        raise Refused(Policy.STATUS, "Only a pending or confirmed one can be moved.")
    look = replace(look, days=[*look.days, *wanted.days])
    now = locked(session, look, attempt)
    moved_to = written(session, request, look, moved(now, wanted))
    settle(session, request, moved_to)
    return moved_to


def moved(now: Locked, wanted: Wanted) -> Change:
    """Return an appointment as it is once it is moved, and what follows."""
    seen = now.appointment
    after = replace(
        seen,
        provider_id=wanted.provider.provider_id,
        service_id=wanted.service.service_id,
        start=wanted.visit.start,
        end=wanted.visit.end,
        room_id=now.room_id,
        # What was set aside for the old place does not count for the new one.
        overridden=wanted.overridden,
        override_reason=wanted.override.reason if wanted.override else "",
    )
    if (after.visit, after.provider_id) == (seen.visit, seen.provider_id):
        # Another room alone concerns the provider's calendar, and no client.
        return Change(after, [pushed(seen.provider_id, now.moment)])
    outlook = wanted.outlook(seen.status)
    tasks = after_moving(outlook_of(seen), outlook, now.moment)
    return Change(after, tasks, REMINDERS)


def settle(
    session: Session, request: BookingRequest | MoveRequest, given: Appointment
) -> None:
    """Close what the time was given for: a hold, a place in the waiting room or list.

    Raises Stale if somebody else has settled it.
    """
    number = given.appointment_id
    if request.hold_id is not None:
        ask(session, holds.drop_hold(request.hold_id))
    if request.waitlist_entry_id is not None:
        entry_id = request.waitlist_entry_id
        if not ask(session, waitlist.settle_entry(entry_id, number)):
            raise Stale("Somebody else has settled this place on the waiting list.")
    walk_in_id = request.walk_in_id if isinstance(request, BookingRequest) else None
    if walk_in_id is not None and not ask(
        session, walk_ins.settle_walk_in(walk_in_id, number)
    ):
        raise Stale("This client waits no more.")


def as_it_stands(session: Session, appointment_id: int) -> Appointment:
    """Answer a request that was done before: its appointment as it is by now."""
    return _existing(read_appointment(session, appointment_id))


def look_at(session: Session, request: ChangeRequest) -> Look | Appointment:
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
        wanted = wanted_of(offered.get(), _keeping_length(request, seen))
        wanted = replace(wanted, kept_room_id=seen.room_id)
    days = touched_days(providers.get()[0], seen.start, seen.busy_until)
    return Look(seen, days, show, wanted)


def _keeping_length(request: MoveRequest, seen: Appointment) -> MoveRequest:
    return replace(request, length_minutes=request.length_minutes or seen.own_minutes)


class _Target:
    """What decides whether an appointment may move to where it is wanted."""

    def __init__(self, together: Pipeline, wanted: Wanted, look: Look) -> None:
        self._wanted = wanted
        self._moved = look.appointment
        self._recheck = Recheck(together, wanted, (look.appointment,))
        self._client = together.ask(
            people.client(look.appointment.client_id, look.show)
        )

    def demand(self, now: datetime) -> None:
        """Raise SlotTaken or Refused if it may not."""
        self._recheck.demand(now)
        wanted, client = self._wanted, self._client.get()
        stays = self._moved.start.astimezone(wanted.zone).date() == wanted.day
        is_asked = Policy.LOCKED_OUT not in wanted.overridden
        if client and is_asked and not stays:
            check_client(client, wanted.start, wanted.zone, now)

    def room(self) -> int | None:
        """Return the room it gets there; raises SlotTaken."""
        return self._recheck.room()


class _Facts:
    """What is read under the lock of a change."""

    def __init__(self, together: Pipeline, look: Look) -> None:
        number = look.appointment.appointment_id
        self.appointment = together.ask(appointment(number, look.show))
        self.practice = together.ask(practice.practice())
        self.target = look.wanted and _Target(together, look.wanted, look)
        # Last, so that it is later than the lock.
        self.server_time = together.ask(practice.server_time())


def locked(session: Session, look: Look, attempt: Attempt) -> Locked:
    """Lock all days, read again; return what stands there now, and when that is."""
    facts = under_lock(
        session,
        look.days,
        lambda together: _Facts(together, look),
        look.wanted.room_days if look.wanted else (),
    )
    seen = _existing(facts.appointment.get())
    if seen.version != look.appointment.version:
        raise Stale
    now = attempt.now(facts.server_time)
    room_id = None
    if facts.target:
        facts.target.demand(now)
        room_id = facts.target.room()
    return Locked(seen, now, facts.practice.get(), room_id)


def written(
    session: Session, request: Request, look: Look, change: Change
) -> Appointment:
    """Write the change over the version that was seen."""
    following = Following(
        request.idempotency_key, sorted(set(look.days)), change.tasks, change.dropped
    )
    update = bookings.update_appointment(change.after, following, look.show)
    stored = ask(session, update)
    if stored is None:
        # Somebody wrote without locking the day, past this program.
        raise Stale
    return stored


def _existing(found: T | None) -> T:
    if found is None:
        raise NotFound
    return found


def moment(now: datetime, said: practice.Practice, timezone: str = "") -> Moment:
    """Return when a change is made, in a practice with these settings.

    `timezone` is the client's own, "" where they live by the practice's.
    """
    return Moment(now, Telling(said.rules, ZoneInfo(timezone or said.timezone)))


def outlook_of(seen: Appointment) -> Outlook:
    return Outlook(seen.provider_id, seen.start, seen.status, seen.is_virtual)
