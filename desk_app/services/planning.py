"""What people are told, and when: decided when a task is due, and again as it leaves.

A task becomes deliveries, one message to one address each. What they say is read when
it is planned and once more right before it leaves, so that nobody is told what is not
true any more. Only the server's clock counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from desk_app.db.queries import days, outbox, practice, telling
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain import masking
from desk_app.domain.closing_time import LOOKAHEAD, closing_sweep
from desk_app.domain.desk_rules import Telling
from desk_app.domain.hours import open_windows
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.occasion import Occasion
from desk_app.domain.occasion import Told as ToldBefore
from desk_app.domain.plans import Facts, Task, leaving, planned
from desk_app.domain.queue import Outcome, Settled, State
from desk_app.domain.telling import Dropped, Later, Missed, Send
from desk_app.errors import LeaseLost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.queries.telling import House, NewDelivery, Subject
    from desk_app.db.session import Sessions
    from desk_app.domain.interval import Interval
    from desk_app.domain.plans import Delivery, Plan
    from desk_app.domain.queue import Job
    from desk_app.domain.telling import Told

_MASKED = {
    Channel.EMAIL: masking.masked_email,
    Channel.PUSH: masking.masked_push,
    Channel.SMS: masking.masked_phone,
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that may leave now: what it is about, and to which address."""

    occasion: Occasion
    address: str = field(repr=False)


class Planning:
    """Decides what is told; for the worker's login. All raise Unavailable."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def plan(self, job: Job) -> None:
        """Turn a task that is due into what it leads to now, and settle it.

        All in one transaction. Raises LeaseLost if it is somebody else's by now.
        """
        self._sessions.run(lambda session: _plan(session, job))

    def occasion(self, job: Job) -> Ready | Settled:
        """Return what a delivery says, read at this moment; or how it ended instead.

        It ends where it is not true any more, of no use, or not wished; it waits where
        it would wake somebody. The caller settles it so.
        """
        return self._sessions.run(lambda session: _occasion(session, job))

    def bring_forward(self) -> int:
        """Let reminders leave before the practice closes; return how many.

        That is, if it wishes so: those that would be due until it opens again, in its
        last opening hours. Nobody is woken for it. To be called every few minutes.
        """
        return self._sessions.run(_bring_forward)


class _Facts:
    """What is read of an appointment and the practice, in one round trip."""

    def __init__(self, session: Session, job: Job, *, lock: bool) -> None:
        number = job.appointment_id or 0
        with pipeline(session) as together:
            if lock:
                together.ask(telling.locking(number))
            self._subject = together.ask(telling.subject(number))
            self._written = together.ask(telling.written(number))
            self._house = together.ask(telling.house())
            # Last, so that it is later than the lock.
            self._now = together.ask(practice.server_time())

    @property
    def subject(self) -> Subject | None:
        """The appointment, None if it is gone."""
        return self._subject.get()

    @property
    def house(self) -> House:
        """The practice."""
        return self._house.get()

    def about(self, subject: Subject) -> Facts:
        """Return what decides over a message."""
        house = self.house
        zone = ZoneInfo(subject.client.timezone or house.speaker.timezone)
        return Facts(
            self._now.get(),
            subject.standing,
            self._written.get(),
            subject.contacts,
            Telling(house.rules, zone),
            house.plan,
            house.set_up,
        )


def _plan(session: Session, job: Job) -> None:
    read = _Facts(session, job, lock=True)
    subject = read.subject
    if subject is None:
        _write(session, [outbox.settle([_ended(job, State.DROPPED, Outcome.NOT_DUE)])])
        return
    task = _task(job, subject)
    plan = planned(task, read.about(subject))
    if isinstance(plan.verdict, Later):
        at, due = plan.verdict.at, task.due
        _write(session, [telling.postpone(job.outbox_id, job.token, at, due)])
        return
    statements: list[Query[Any]] = [outbox.settle([_settled(job, plan)])]
    if plan.superseded:
        statements.append(telling.supersede(plan.superseded))
    if plan.deliveries:
        statements.append(_deliveries(task, plan, subject))
    _write(session, statements)


def _write(session: Session, statements: Sequence[Query[Any]]) -> None:
    """Write how a task ended, and what it leads to, in one round trip.

    The first one settles it. Raises LeaseLost where that does not count.
    """
    with pipeline(session) as together:
        answers = [together.ask(statement) for statement in statements]
    if not answers[0].get():
        raise LeaseLost


def _task(job: Job, subject: Subject) -> Task:
    """Return the task of a job; an old one does not know its start."""
    return Task(
        job.outbox_id,
        MessageKind(job.kind),
        telling.instant(job.payload, "due") or job.run_at,
        telling.instant(job.payload, "start") or subject.standing.place.start,
        by_hand=_number(job, "again") > 0,
    )


def _settled(job: Job, plan: Plan) -> Settled:
    """Return how a task ended."""
    verdict = plan.verdict
    if isinstance(verdict, Missed):
        return _ended(job, State.MISSED, verdict.reason)
    if isinstance(verdict, Dropped):
        # Whoever takes a change back must know that it had been decided about.
        is_decided = verdict.reason is Outcome.NOTHING_TO_DO
        state = State.DONE if is_decided else State.DROPPED
        return _ended(job, state, verdict.reason)
    return _ended(job, State.DONE, Outcome.PLANNED)


def _ended(job: Job, state: State, outcome: Outcome) -> Settled:
    return Settled(job.outbox_id, job.token, state, outcome)


def _deliveries(task: Task, plan: Plan, subject: Subject) -> Query[int]:
    """Return the statement that writes the messages of a task."""
    rows = [_row(delivery, subject) for delivery in plan.deliveries]
    number = subject.visit.appointment_id
    return telling.add_deliveries(number, _told(task, subject), rows)


def _told(task: Task, subject: Subject) -> dict[str, int]:
    """Return what a message tells, in numbers."""
    place = subject.standing.place
    told = {
        "appointment_id": subject.visit.appointment_id,
        "version": subject.standing.version,
        "provider_id": place.provider_id,
        "service_id": place.service_id,
        "start": telling.seconds(place.start),
        "end": telling.seconds(place.end),
        "has_link": int(place.has_link),
        "due": telling.seconds(task.due),
    }
    # Each time that a person wishes it anew it is another message.
    return told | ({"again": task.outbox_id} if task.by_hand else {})


def _row(delivery: Delivery, subject: Subject) -> NewDelivery:
    channel, recipient = delivery.channel, delivery.recipient
    address = subject.contacts[recipient].address(channel)
    state, outcome = State.WAITING, ""
    if delivery.left_out is not None:
        state, outcome = State.DROPPED, delivery.left_out.value
    elif channel is Channel.DESKTOP:
        state, outcome = State.DONE, Outcome.SENT.value
    sent_to = _MASKED[channel](address) if address else ""
    return telling.NewDelivery(
        delivery.kind, recipient, channel, sent_to, state, outcome
    )


def _occasion(session: Session, job: Job) -> Ready | Settled:
    read = _Facts(session, job, lock=False)
    subject = read.subject
    place = telling.place_told(job.payload)
    if subject is None or place is None:
        return _ended(job, State.DROPPED, Outcome.NOT_DUE)
    facts = read.about(subject)
    recipient, channel = Recipient(job.recipient), Channel(job.channel)
    task = replace(_task(job, subject), start=place.start)
    verdict = leaving(task, place, facts)
    left_out = facts.left_out(recipient, channel)
    if isinstance(verdict, Send) and left_out:
        verdict = Dropped(left_out)
    if not isinstance(verdict, Send):
        return _unsent(job, verdict, facts.now)
    if subject.standing.place.has_link and not place.has_link:
        ask(session, telling.note_link(job.outbox_id, job.token))
    occasion = Occasion(
        task.kind,
        recipient,
        read.house.speaker,
        subject.client,
        subject.visit,
        _told_before(session, facts.left_before(recipient, _number(job, "version"))),
        again=_number(job, "again"),
    )
    return Ready(occasion, subject.contacts[recipient].address(channel))


def _unsent(job: Job, verdict: Dropped | Later | Missed, now: datetime) -> Settled:
    """Return how a delivery ended, or until when it waits."""
    if isinstance(verdict, Later):
        after = (verdict.at - now).total_seconds()
        return Settled(
            job.outbox_id,
            job.token,
            State.WAITING,
            Outcome.QUIET_HOURS,
            again_after=after,
            counts=False,
        )
    state = State.MISSED if isinstance(verdict, Missed) else State.DROPPED
    return _ended(job, state, verdict.reason)


def _told_before(session: Session, told: Told | None) -> ToldBefore | None:
    if told is None:
        return None
    place = told.place
    names = ask(session, telling.names(place.provider_id, place.service_id))
    return ToldBefore(place.start, names.provider, names.service)


def _number(job: Job, name: str) -> int:
    """Return a number of the payload, 0 where it has none."""
    number = job.payload.get(name)
    return number if isinstance(number, int) else 0


def _bring_forward(session: Session) -> int:
    house = ask(session, telling.house())
    if not house.rules.messages.brought_forward:
        return 0
    now = ask(session, practice.server_time())
    until = closing_sweep(_openings(session, now), now)
    if until is None:
        return 0
    quiet = house.rules.messages.quiet
    awake = [
        number
        for number, timezone in ask(session, telling.reminders_due(now, until)).items()
        if not (
            quiet and quiet.around(now, ZoneInfo(timezone or house.speaker.timezone))
        )
    ]
    return ask(session, telling.bring_forward(awake)) if awake else 0


def _openings(session: Session, now: datetime) -> Iterator[Interval]:
    """Yield the hours of all who see clients, from yesterday on."""
    first, last = (now - _DAY).date(), (now + LOOKAHEAD).date()
    everybody = ask(session, practice.active_providers())
    numbers = [each.provider_id for each in everybody]
    with pipeline(session) as together:
        weekly = together.ask(days.weekly_hours(numbers))
        overrides = together.ask(days.overrides(numbers, first, last))
    for each in everybody:
        for count in range((last - first).days + 1):
            day = first + count * _DAY
            yield from open_windows(
                day,
                ZoneInfo(each.timezone),
                weekly.get()[each.provider_id].on(day),
                overrides.get().get((each.provider_id, day), []),
            )
