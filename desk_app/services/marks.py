"""How far a client has come, and what follows when they did not.

The consequences of a no-show are the practice's policy (`NoShowPolicy`): the price is
kept, the client flagged and locked out of same-day bookings. Each of them is repaired
when the no-show is taken back.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desk_app.db.queries import people
from desk_app.db.queries.pipeline import ask
from desk_app.domain.appointment import Status
from desk_app.domain.deeds import Mark
from desk_app.domain.people import Money
from desk_app.domain.policies import Policy, check_status
from desk_app.domain.waiting_room import EARLY
from desk_app.errors import Refused
from desk_app.services.changes import (
    Change,
    Look,
    locked,
    look_at,
    outlook_of,
    written,
)
from desk_app.services.outbox import MESSAGES, REMINDERS, after_no_show

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import MarkRequest, NoteRequest, RefundRequest
    from desk_app.domain.desk_rules import NoShowPolicy
    from desk_app.services.changes import Locked
    from desk_app.services.recheck import Attempt


def mark(session: Session, request: MarkRequest, attempt: Attempt) -> Appointment:
    """Mark how far a client has come; see `Booking.mark`."""
    look = look_at(session, request)
    if not isinstance(look, Look):
        return look
    now = locked(session, look, attempt)
    change = _marked(now, request.mark)
    note_at_client(session, now.appointment, change.after, now.rules.no_show)
    return written(session, request, look, change)


def settle_refund(
    session: Session, request: RefundRequest, attempt: Attempt
) -> Appointment:
    """Say that a refund was given; see `Booking.settle_refund`."""
    look = look_at(session, request)
    if not isinstance(look, Look):
        return look
    now = locked(session, look, attempt)
    seen = now.appointment
    due = seen.refund_due
    if due is None or not due.amount or seen.refund_given_at is not None:
        raise Refused(Policy.STATUS, "There is no refund to give.")
    after = replace(seen, refund_given_at=now.now)
    if not request.was_paid:
        after = replace(seen, refund_due=Money(Decimal(0), due.currency))
    return written(session, request, look, Change(after))


def note(session: Session, request: NoteRequest, attempt: Attempt) -> Appointment:
    """Write other notes; see `Booking.note`."""
    look = look_at(session, request)
    if not isinstance(look, Look):
        return look
    now = locked(session, look, attempt)
    after = replace(now.appointment, notes=request.notes)
    return written(session, request, look, Change(after))


def note_at_client(
    session: Session, before: Appointment, after: Appointment, policy: NoShowPolicy
) -> None:
    """Count a no-show at the client, or repair what one that is taken back did."""
    missed = Status.NO_SHOW
    if after.status is missed and before.status is not missed:
        until = after.lock_out_until
        ask(session, people.note_no_show(before.client_id, policy, until))
    elif before.status is missed and after.status is not missed:
        ask(session, people.forget_no_show(before.client_id, policy, before))


def _marked(now: Locked, wanted: Mark) -> Change:
    seen = now.appointment
    if wanted is Mark.NO_SHOW:
        return _missed(now)
    base = seen
    if seen.status is Status.NO_SHOW or wanted is not Mark.COMPLETED:
        base = _expected_again(seen)
    after = _on_the_way(_confirmed(base, wanted), wanted, now.now)
    if after.status is not seen.status:
        check_status(seen.status, after.status)
    dropped = tuple(MESSAGES) if seen.status is Status.NO_SHOW else ()
    return Change(after, (), dropped)


def _expected_again(seen: Appointment) -> Appointment:
    """Return an appointment whose visit is still to come, or going on."""
    if seen.status is Status.CANCELLED:
        raise Refused(Policy.STATUS, "This appointment was cancelled.")
    if seen.status in {Status.NO_SHOW, Status.COMPLETED}:
        return replace(
            seen, status=Status.CONFIRMED, refund_due=None, lock_out_until=None
        )
    return seen


def _confirmed(base: Appointment, wanted: Mark) -> Appointment:
    """Return a pending appointment as confirmed once its client is here."""
    is_here = wanted in {Mark.ARRIVED, Mark.WITH_PROVIDER}
    if base.status is Status.PENDING and is_here:
        return replace(base, status=Status.CONFIRMED)
    return base


def _on_the_way(base: Appointment, wanted: Mark, now: datetime) -> Appointment:
    arrived, seen = base.arrived_at or now, base.seen_at
    if wanted is Mark.EXPECTED:
        return replace(base, arrived_at=None, seen_at=None, left_at=None)
    if wanted is Mark.ARRIVED:
        return replace(base, arrived_at=arrived, seen_at=None, left_at=None)
    if wanted is Mark.WITH_PROVIDER:
        return replace(base, arrived_at=arrived, seen_at=seen or now, left_at=None)
    is_completed = wanted is Mark.COMPLETED or seen is not None
    status = Status.COMPLETED if is_completed else base.status
    return replace(base, status=status, left_at=base.left_at or now)


def _missed(now: Locked) -> Change:
    """Return an appointment whose client did not come, and what follows."""
    seen, policy = now.appointment, now.rules.no_show
    check_status(seen.status, Status.NO_SHOW)
    if now.now < seen.start - EARLY:
        raise Refused(Policy.STATUS, "This visit is still to come.")
    back = Decimal(0) if policy.keeps_price else seen.price.amount
    after = replace(
        seen,
        status=Status.NO_SHOW,
        refund_due=Money(back, seen.price.currency),
        lock_out_until=policy.lock_out_until(now.now),
        arrived_at=None,
        seen_at=None,
        left_at=None,
    )
    tasks = after_no_show(outlook_of(seen), now.moment)
    return Change(after, tasks, REMINDERS)
