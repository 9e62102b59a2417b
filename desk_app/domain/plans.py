"""What a task that is due leads to: messages, another time, or nothing, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status
from desk_app.domain.desk_rules import LONGEST_GRACE
from desk_app.domain.message_plan import channels_for
from desk_app.domain.messages import MessageKind, Recipient
from desk_app.domain.queue import Outcome, State
from desk_app.domain.telling import (
    NOTICES,
    REMINDERS,
    Dropped,
    Later,
    Missed,
    Place,
    Reminder,
    Send,
    Told,
    gives_way,
    has_changed,
    notice_due,
    notice_time,
    reminder_due,
    waits_for_link,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from desk_app.domain.desk_rules import Telling
    from desk_app.domain.message_plan import Contact, MessagePlan, Way
    from desk_app.domain.messages import Channel
    from desk_app.domain.telling import Standing, Verdict

MEETING_LINK = "meeting_link"
# After so long it is looked again at what is just being sent, or made.
IN_FLIGHT = timedelta(seconds=5)
LINK_GLANCE = timedelta(seconds=20)
# A newer notice that leaves within this is waited for.
SOON = timedelta(seconds=LONGEST_GRACE)


@dataclass(frozen=True, slots=True)
class Task:
    """A task that is due: which message, since when, and of a visit at which start.

    One `by_hand` tells the client once more, since a person wishes it.
    """

    outbox_id: int
    kind: MessageKind
    due: datetime
    start: datetime
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A row of the outbox about the same appointment.

    A task knows the start of its visit. A delivery has a recipient and says where the
    visit stands in it; `told_at` is when it left, or may have left.
    """

    outbox_id: int
    kind: str
    state: State
    run_at: datetime
    start: datetime | None = None
    recipient: str = ""
    version: int = 0
    place: Place | None = None
    told_at: datetime | None = None
    by_hand: bool = False

    @property
    def is_notice(self) -> bool:
        """Say whether it is about a change, task or delivery."""
        return self.kind in NOTICES

    @property
    def is_under_way(self) -> bool:
        """Say whether it is being sent, and nobody knows yet whether it leaves."""
        return self.state is State.SENDING and self.told_at is None

    @property
    def told(self) -> Told | None:
        """What it tells, None for a task."""
        if self.place is None:
            return None
        return Told(MessageKind(self.kind), self.version, self.place)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides: the appointment, what was written of it, and the practice.

    `telling` has the client's zone; `set_up` are the channels that the practice has.
    """

    now: datetime
    standing: Standing
    written: tuple[Written, ...]
    contacts: Mapping[Recipient, Contact]
    telling: Telling
    plan: MessagePlan
    set_up: frozenset[Channel]

    def ways(self, kind: MessageKind, recipient: Recipient) -> tuple[Way, ...]:
        """Return the channels of a message to somebody, and why some cannot be used."""
        wished = self.plan.channels(kind, recipient)
        return channels_for(wished, self.contacts[recipient], self.set_up)

    @property
    def waiting(self) -> tuple[Written, ...]:
        """The notices that were asked for and are not decided about."""
        waiting = (row for row in self._tasks if row.state is State.WAITING)
        return tuple(row for row in waiting if not row.by_hand)

    @property
    def asked(self) -> frozenset[MessageKind]:
        """The kinds of notice that were asked for and not taken back."""
        left = (row for row in self._tasks if row.state is not State.DROPPED)
        return frozenset(MessageKind(row.kind) for row in left)

    @property
    def deliveries(self) -> tuple[Written, ...]:
        """The messages about changes that were planned, in that order."""
        return tuple(row for row in self.written if row.is_notice and row.recipient)

    def left_out(self, recipient: Recipient, channel: Channel) -> Outcome | None:
        """Say why somebody cannot be reached by a channel now, None if they can."""
        (way,) = channels_for((channel,), self.contacts[recipient], self.set_up)
        return way.left_out

    def told(self, recipient: Recipient) -> Told | None:
        """Return what somebody was told last, or will be by what waits and is true."""
        theirs = [
            row
            for row in self.deliveries
            if row.recipient == recipient and self._concerns(row)
        ]
        for row in reversed(theirs):
            if row.state is State.WAITING and not self.is_stale(row):
                return row.told
        return _last(theirs)

    def left_before(self, recipient: Recipient, version: int) -> Told | None:
        """Return what somebody was told last of an earlier version."""
        return _last(
            row
            for row in self.deliveries
            if row.recipient == recipient and row.version < version
        )

    def is_stale(self, row: Written) -> bool:
        """Say whether a delivery does not say how the visit stands."""
        told = row.told
        return told is None or bool(has_changed(told.kind, told.place, self.standing))

    @property
    def _tasks(self) -> Iterator[Written]:
        return (row for row in self.written if row.is_notice and not row.recipient)

    def _concerns(self, row: Written) -> bool:
        """Say whether a delivery counts for those whom the visit concerns now."""
        is_client = row.recipient == Recipient.CLIENT
        provider_id = self.standing.place.provider_id
        return is_client or bool(row.place and row.place.provider_id == provider_id)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to somebody by one channel; why it is left out, if it is."""

    kind: MessageKind
    recipient: Recipient
    channel: Channel
    left_out: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a task leads to; `superseded` are rows that wait and say nothing more."""

    verdict: Verdict
    deliveries: tuple[Delivery, ...] = ()
    superseded: tuple[int, ...] = ()


def planned(task: Task, facts: Facts) -> Plan:
    """Return what a task about an appointment leads to now."""
    if task.by_hand:
        return _by_hand(task, facts)
    return _reminder(task, facts) if task.kind in REMINDERS else _notice(task, facts)


def leaving(task: Task, place: Place, facts: Facts) -> Verdict:
    """Return whether a message that was planned about `place` leaves at this moment."""
    standing, now = facts.standing, facts.now
    untrue = has_changed(task.kind, place, standing)
    if untrue:
        return Dropped(untrue)
    if standing.status is Status.CONFIRMED and standing.has_begun(now):
        return Missed(Outcome.TOO_LATE)
    if task.by_hand:
        return Send()
    if task.kind in REMINDERS:
        reminder = Reminder(task.kind, task.due, place.start)
        return reminder_due(reminder, standing, now, facts.telling)
    told = facts.told(Recipient.CLIENT)
    at = notice_time(now, standing, told, facts.telling)
    return Later(at) if at > now else Send()


def _by_hand(task: Task, facts: Facts) -> Plan:
    """Return what a person has wished: it leaves now if it is true."""
    verdict = leaving(task, facts.standing.place, facts)
    if not isinstance(verdict, Send):
        return Plan(verdict)
    deliveries = tuple(_deliveries(task.kind, Recipient.CLIENT, facts))
    return Plan(verdict if deliveries else Dropped(Outcome.NOT_SET_UP), deliveries)


def _last(rows: Iterable[Written]) -> Told | None:
    left = [(row.told_at, row.outbox_id, row) for row in rows if row.told_at]
    return max(left)[2].told if left else None


def _reminder(task: Task, facts: Facts) -> Plan:
    reminder = Reminder(task.kind, task.due, task.start)
    verdict = reminder_due(reminder, facts.standing, facts.now, facts.telling)
    if not isinstance(verdict, Send):
        return Plan(verdict)
    if _was_reminded(task, facts):
        return Plan(Dropped(Outcome.NOTHING_TO_DO))
    deliveries = [
        delivery
        for recipient in Recipient
        if not _hears_the_short_one(task, recipient, facts)
        for delivery in _deliveries(task.kind, recipient, facts)
    ]
    if deliveries:
        return Plan(Send(), tuple(deliveries))
    is_one_of_two = _gives_way(task, facts)
    outcome = Outcome.OTHER_REMINDER if is_one_of_two else Outcome.NOTHING_TO_DO
    return Plan(Dropped(outcome))


def _was_reminded(task: Task, facts: Facts) -> bool:
    """Say whether they had this reminder of this time, before it was moved and back."""
    return any(
        row.kind == task.kind and row.place and row.place.start == task.start
        for row in facts.written
        if row.told_at or row.state in {State.WAITING, State.SENDING}
    )


def _hears_the_short_one(task: Task, recipient: Recipient, facts: Facts) -> bool:
    """Say whether the short reminder reaches somebody at the same time."""
    if not _gives_way(task, facts):
        return False
    ways = facts.ways(MessageKind.REMINDER_1H, recipient)
    return any(way.left_out is None for way in ways)


def _gives_way(task: Task, facts: Facts) -> bool:
    due = [
        row.run_at
        for row in facts.written
        if row.kind == MessageKind.REMINDER_1H
        and row.start == task.start
        and row.state in {State.WAITING, State.SENDING, State.DONE}
    ]
    return gives_way(task.kind, facts.now, max(due, default=None))


def _notice(task: Task, facts: Facts) -> Plan:
    said = {recipient: _kind(recipient, facts) for recipient in Recipient}
    kinds = [kind for kind in said.values() if kind is not None]
    at = _later(task, kinds, facts)
    if at is not None:
        return Plan(Later(at))
    if _is_too_late(task, facts):
        return Plan(Missed(Outcome.TOO_LATE))
    deliveries = tuple(
        delivery
        for recipient, kind in said.items()
        if kind is not None
        for delivery in _deliveries(kind, recipient, facts)
    )
    others = [row for row in facts.waiting if row.outbox_id != task.outbox_id]
    for row in facts.deliveries:
        if row.state is State.WAITING and facts.is_stale(row):
            others.append(row)
    verdict = Send() if deliveries else Dropped(Outcome.NOTHING_TO_DO)
    return Plan(verdict, deliveries, tuple(row.outbox_id for row in others))


def _kind(recipient: Recipient, facts: Facts) -> MessageKind | None:
    """Return what somebody is told, None for nothing and for who is told nothing."""
    told = facts.told(recipient)
    kind = notice_due(told, facts.standing, facts.asked, facts.now)
    return kind if kind and facts.plan.channels(kind, recipient) else None


def _is_too_late(task: Task, facts: Facts) -> bool:
    """Say whether the client should have heard of a visit that has begun by now."""
    standing = facts.standing
    if not task.due < standing.place.start <= facts.now:
        return False
    told = facts.told(Recipient.CLIENT)
    kind = notice_due(told, standing, facts.asked, task.due)
    return bool(kind and facts.plan.channels(kind, Recipient.CLIENT))


def _later(task: Task, kinds: Sequence[MessageKind], facts: Facts) -> datetime | None:
    """Return when it is looked at again, None if it is decided now."""
    now = facts.now
    # A newer one says it all. This one stays, should that be undone.
    newer = [
        row.run_at
        for row in facts.waiting
        if row.outbox_id > task.outbox_id and now < row.run_at <= now + SOON
    ]
    if newer:
        return max(newer)
    if any(row.is_under_way for row in facts.deliveries):
        return now + IN_FLIGHT
    if not kinds:
        return None
    told = facts.told(Recipient.CLIENT)
    at = notice_time(now, facts.standing, told, facts.telling)
    if at > now:
        return at
    is_being_made = any(
        row.kind == MEETING_LINK and row.state in {State.WAITING, State.SENDING}
        for row in facts.written
    )
    if is_being_made and waits_for_link(kinds[0], facts.standing, task.due, now):
        return now + LINK_GLANCE
    return None


def _deliveries(
    kind: MessageKind, recipient: Recipient, facts: Facts
) -> Iterator[Delivery]:
    for way in facts.ways(kind, recipient):
        yield Delivery(kind, recipient, way.channel, way.left_out)
