"""Taking back a slip: appointments stand again as they stood before.

Nobody is told twice. What waits to be sent about the slip is dropped; only where it
has left already, the change back is told too. Rules are not asked again for what was
there before, but nobody else may have got the time meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.db.queries import bookings, practice, waitlist
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.policies import Policy, check_status
from desk_app.errors import Refused
from desk_app.services import changes
from desk_app.services.changes import Change
from desk_app.services.marks import note_at_client
from desk_app.services.outbox import (
    MESSAGES,
    REMINDERS,
    Kind,
    Outlook,
    after_cancelling,
    after_putting_back,
)
from desk_app.services.recheck import Recheck, Wanted, under_lock
from desk_app.services.together import (
    Facts,
    Group,
    existing,
    look_at_all,
    write_all,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from desk_app.db.queries.bookings import Task
    from desk_app.db.queries.pipeline import Pipeline
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import Before, Undone, UndoRequest
    from desk_app.services.changes import Locked
    from desk_app.services.recheck import Attempt

# How long after it was made a cancellation can be taken back; a trigger says so too.
LASTS = timedelta(days=1)
# What tells people that the change back was made, if they were told of the slip.
_TOLD_AGAIN = {
    Kind.CONFIRMATION: Kind.CANCELLATION_NOTICE,
    Kind.CANCELLATION_NOTICE: Kind.CONFIRMATION,
    Kind.CHANGE_NOTICE: Kind.CHANGE_NOTICE,
    Kind.NO_SHOW_NOTICE: Kind.CHANGE_NOTICE,
}


def undo(
    session: Session, request: UndoRequest, attempt: Attempt
) -> tuple[Appointment, ...]:
    """Put appointments back; see `Booking.undo`."""
    group = look_at_all(session, request, request.undone)
    if not isinstance(group, Group):
        return group
    rooms = _rooms(session, request, group)
    group.days.extend(day for room in rooms for day in room.days)
    facts = under_lock(
        session, group.days, lambda together: _Facts(together, group, rooms)
    )
    now = facts.require(group, attempt)
    told = [_tell_nobody(session, undone) for undone in request.undone]
    put_back = []
    for each, undone, kinds in zip(now, request.undone, told, strict=True):
        change = _put_back(each, undone.before, kinds)
        note_at_client(session, each.appointment, change.after, each.rules.no_show)
        _let_wait_again(session, each.appointment, undone)
        put_back.append(change)
    return write_all(session, request, group, put_back)


def _rooms(session: Session, request: UndoRequest, group: Group) -> tuple[Wanted, ...]:
    """Return the times that must be free, for those that stood elsewhere."""
    wanted = [
        (undone.before, seen)
        for undone, seen in zip(request.undone, group.seen, strict=True)
        if undone.before is not None and _needs_room(undone.before, seen)
    ]
    with pipeline(session) as together:
        offered = [
            together.ask(practice.offered(before.service_id, before.provider_id))
            for before, _ in wanted
        ]
    return tuple(
        Wanted(
            existing(answer.get()).service,
            existing(answer.get()).provider,
            before.start,
            before.end - before.start,
        )
        for (before, _), answer in zip(wanted, offered, strict=True)
    )


def _needs_room(before: Before, seen: Appointment) -> bool:
    stood = (before.provider_id, before.start, before.end)
    stands = (seen.provider_id, seen.start, seen.end)
    return seen.status is Status.CANCELLED or stood != stands


class _Facts(Facts):
    """The same as for other changes, and whether there is room where they stood."""

    def __init__(
        self, together: Pipeline, group: Group, rooms: Sequence[Wanted]
    ) -> None:
        self._wanted = rooms
        super().__init__(together, group)

    def _ask_more(self, together: Pipeline, group: Group) -> None:
        self._rooms = [Recheck(together, room, group.seen) for room in self._wanted]

    def _demand(self, found: Sequence[Locked]) -> None:
        for room in self._rooms:
            room.demand_room(found[0].now)


def _let_wait_again(session: Session, seen: Appointment, undone: Undone) -> None:
    """Put back on the waiting list who had got the time that is taken back."""
    before = undone.before
    if before is not None and before.start == seen.start:
        return
    number = ask(session, waitlist.settled_by(seen.appointment_id, seen.start))
    if number is not None:
        ask(session, waitlist.wait_again(number, keeps=before is not None))


def _tell_nobody(session: Session, undone: Undone) -> frozenset[str]:
    """Drop what waits to be sent about the slip; return what was sent already."""
    number, version = undone.appointment_id, undone.version
    ask(session, bookings.drop_told(number, version))
    return ask(session, bookings.told_of(number, version)) & MESSAGES


def _put_back(now: Locked, before: Before | None, told: frozenset[str]) -> Change:
    seen = now.appointment
    if before is None:
        return _not_booked(now, told)
    if seen.status is not before.status:
        check_status(seen.status, before.status)
    at = seen.cancelled_at
    if at is not None and now.now - at > LASTS:
        raise Refused(Policy.STATUS, "A cancellation can be taken back for a day.")
    after = replace(
        seen,
        provider_id=before.provider_id,
        service_id=before.service_id,
        start=before.start,
        end=before.end,
        status=before.status,
        arrived_at=before.arrived_at,
        seen_at=before.seen_at,
        left_at=before.left_at,
        overridden=before.overridden,
        override_reason=before.override_reason,
        cancelled_at=None,
        cancellation_reason="",
        cancelled_by=None,
        refund_due=before.refund_due,
        lock_out_until=before.lock_out_until,
    )
    was, is_ = changes.outlook_of(seen), changes.outlook_of(after)
    tasks = [*after_putting_back(was, is_, now.moment), *_again(is_, now, told)]
    return Change(after, tasks, tuple(REMINDERS))


def _not_booked(now: Locked, told: frozenset[str]) -> Change:
    change = changes.cancelled(now, "", CancelledBy.UNDO)
    outlook = changes.outlook_of(now.appointment)
    tasks = [
        task
        for task in after_cancelling(outlook, now.moment)
        if task.kind not in MESSAGES
    ]
    return replace(change, tasks=[*tasks, *_again(outlook, now, told)])


def _again(outlook: Outlook, now: Locked, told: frozenset[str]) -> list[Task]:
    """Return the messages to those who heard of the slip."""
    kinds = sorted({_TOLD_AGAIN[Kind(kind)] for kind in told})
    return [
        bookings.Task(kind, now.moment.told_at, outlook.provider_id) for kind in kinds
    ]
