"""Taking back a slip: appointments stand again as they stood before.

Nobody is told twice. What waits to be sent about the slip is dropped; only where it
has left already, the change back is told too. Rules are not asked again for what was
there before, but nobody else may have got the time meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.db.queries import bookings, practice, waitlist, walk_ins
from desk_app.db.queries.bookings import Task
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.policies import Policy, check_status
from desk_app.errors import Refused
from desk_app.services import changes, outbox
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
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Pipeline
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import Before, Undone, UndoRequest
    from desk_app.domain.people import Service
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
    places = _places(session, request, group)
    group.days.extend(day for place in places.values() for day in place.days)
    facts = under_lock(
        session,
        group.days,
        lambda together: _Facts(together, group, places),
        [day for place in places.values() for day in place.room_days],
    )
    now = facts.in_rooms(facts.require(group, attempt))
    told = [_tell_nobody(session, undone) for undone in request.undone]
    put_back = []
    for each, undone, kinds in zip(now, request.undone, told, strict=True):
        change = _put_back(each, undone.before, kinds)
        change = _with_reminders(session, each, change)
        note_at_client(session, each.appointment, change.after, each.rules.no_show)
        put_back.append(change)
    _wait_again(session, request)
    return write_all(session, request, group, put_back)


def _wait_again(session: Session, request: UndoRequest) -> None:
    """Reopen the places in the waiting room and list that the slip had settled."""
    if not ask(session, walk_ins.may_reopen()):
        return
    for undone in request.undone:
        number = undone.appointment_id
        ask(session, waitlist.reopen_entries(number, undone.since))
        if undone.before is None:
            ask(session, walk_ins.reopen_walk_in(number))


def _places(session: Session, request: UndoRequest, group: Group) -> dict[int, Wanted]:
    """Return by appointment the times that must be free, where it stood elsewhere."""
    wanted = [
        (undone.before, seen)
        for undone, seen in zip(request.undone, group.seen, strict=True)
        if undone.before is not None and _needs_time(undone.before, seen)
    ]
    with pipeline(session) as together:
        offered = [
            together.ask(practice.offered(before.service_id, before.provider_id))
            for before, _ in wanted
        ]
    return {
        seen.appointment_id: Wanted(
            _as_roomy(existing(answer.get()).service, before),
            existing(answer.get()).provider,
            before.start,
            before.end - before.start,
            kept_room_id=before.room_id,
        )
        for (before, seen), answer in zip(wanted, offered, strict=True)
    }


def _as_roomy(service: Service, before: Before) -> Service:
    """Return the service; what stood in no room asks for none now."""
    return service if before.room_id else replace(service, rooms=None)


def _needs_time(before: Before, seen: Appointment) -> bool:
    stood = (before.provider_id, before.start, before.end, before.room_id)
    stands = (seen.provider_id, seen.start, seen.end, seen.room_id)
    if before.status is Status.CANCELLED:
        return False
    return seen.status is Status.CANCELLED or stood != stands


class _Facts(Facts):
    """The same as for other changes, and whether they can stand where they stood."""

    def __init__(
        self, together: Pipeline, group: Group, places: Mapping[int, Wanted]
    ) -> None:
        self._places = places
        super().__init__(together, group)

    def _ask_more(self, together: Pipeline, group: Group) -> None:
        self.rechecks = {
            number: Recheck(together, place, group.seen)
            for number, place in self._places.items()
        }

    def _demand(self, found: Sequence[Locked]) -> None:
        for recheck in self.rechecks.values():
            recheck.demand_time(found[0].now)


def _tell_nobody(session: Session, undone: Undone) -> frozenset[str]:
    """Drop what waits to be sent about the slip; return what was sent already."""
    number, since = undone.appointment_id, undone.since
    ask(session, bookings.drop_told(number, since))
    return ask(session, bookings.told_of(number, since)) & MESSAGES


def _with_reminders(session: Session, now: Locked, change: Change) -> Change:
    """Return the change with the reminders that fell due while the slip stood."""
    after = change.after
    if after.status is not Status.CONFIRMED or not change.tasks:
        return change
    due = ask(session, bookings.fell_due(after.appointment_id, after.start))
    late = {*due} - {task.kind for task in change.tasks}
    tasks = [Task(kind, now.now, after.provider_id) for kind in sorted(late)]
    return replace(change, tasks=[*change.tasks, *tasks])


def _put_back(now: Locked, before: Before | None, told: frozenset[str]) -> Change:
    seen = now.appointment
    if before is None:
        return _not_booked(now, told)
    after = replace(
        seen,
        provider_id=before.provider_id,
        service_id=before.service_id,
        start=before.start,
        end=before.end,
        room_id=now.room_id,
        arrived_at=before.arrived_at,
        seen_at=before.seen_at,
        left_at=before.left_at,
        overridden=before.overridden,
        override_reason=before.override_reason,
        refund_due=before.refund_due,
        refund_given_at=before.refund_given_at,
        notes=seen.notes if before.notes is None else before.notes,
        lock_out_until=before.lock_out_until,
    )
    if before.status is not seen.status:
        after = _with_status(after, before.status, now)
    return _followed(now, after, told)


def _with_status(after: Appointment, status: Status, now: Locked) -> Appointment:
    check_status(after.status, status)
    at = after.cancelled_at
    if at is not None and now.now - at > LASTS:
        raise Refused(Policy.STATUS, "A cancellation can be taken back for a day.")
    return replace(
        after,
        status=status,
        cancelled_at=None,
        cancellation_reason="",
        cancelled_by=None,
    )


def _followed(now: Locked, after: Appointment, told: frozenset[str]) -> Change:
    """Return what follows; outside nothing does where only the desk saw it."""
    was, is_ = changes.outlook_of(now.appointment), changes.outlook_of(after)
    again = _again(now, told, is_, was)
    if was == is_ and now.appointment.visit == after.visit:
        return Change(after, again)
    tasks = [*after_putting_back(was, is_, now.moment), *again]
    return Change(after, tasks, REMINDERS)


def _not_booked(now: Locked, told: frozenset[str]) -> Change:
    change = changes.cancelled(now, "", CancelledBy.UNDO)
    outlook = changes.outlook_of(now.appointment)
    tasks = [
        task
        for task in after_cancelling(outlook, now.moment)
        if task.kind not in MESSAGES
    ]
    # Whatever they heard of it: it does not take place.
    told = frozenset({Kind.CONFIRMATION}) if told else told
    return replace(change, tasks=[*tasks, *_again(now, told, outlook)])


def _again(
    now: Locked, told: frozenset[str], is_: Outlook, was: Outlook | None = None
) -> list[Task]:
    """Return the messages to those who heard of the slip."""
    kinds = sorted({_TOLD_AGAIN[Kind(kind)] for kind in told})
    if len(kinds) > 1 and Kind.CHANGE_NOTICE in kinds:
        # Of several deeds: whether the visit takes place says it all.
        kinds.remove(Kind.CHANGE_NOTICE)
    return [outbox.told(kind, now.moment, is_, was) for kind in kinds]
