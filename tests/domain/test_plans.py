"""What tasks lead to, whatever follows: in the end people know what is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.appointment import Status
from desk_app.domain.desk_rules import DeskRules, Telling
from desk_app.domain.message_plan import Contact, MessagePlan, Ways
from desk_app.domain.message_times import MessageTimes, QuietHours
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.plans import Delivery, Facts, Plan, Task, Written, leaving, planned
from desk_app.domain.queue import Outcome, State
from desk_app.domain.telling import Dropped, Later, Missed, Place, Send, Standing

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOW = datetime(2030, 3, 4, 9, 0, tzinfo=UTC)
START = NOW + 100 * HOUR
HERE = Place(START, START + HOUR, 1, 1)
LATER = replace(HERE, start=START + HOUR, end=START + 2 * HOUR)
CONFIRMATION, CHANGE = MessageKind.CONFIRMATION, MessageKind.CHANGE_NOTICE
CANCELLATION = MessageKind.CANCELLATION_NOTICE
LONG, SHORT = MessageKind.REMINDER_48H, MessageKind.REMINDER_1H
CLIENT, PROVIDER = Recipient
EMAIL, PUSH = Channel.EMAIL, Channel.PUSH
QUIET = MessageTimes(quiet=QuietHours(time(20), time(7)))
EVERYWHERE = Contact(dict.fromkeys(Channel, "somewhere"))
BY_MAIL = Contact({EMAIL: "somewhere"})


def facts(
    *written: Written,
    now: datetime = NOW,
    standing: Standing | None = None,
    contact: Contact = EVERYWHERE,
    plan: MessagePlan | None = None,
) -> Facts:
    """Return what decides, in a practice that is quiet at night."""
    return Facts(
        now,
        standing or Standing(Status.CONFIRMED, 1, HERE),
        written,
        {CLIENT: contact, PROVIDER: EVERYWHERE},
        Telling(DeskRules(messages=QUIET), ZoneInfo("Europe/Berlin")),
        plan or MessagePlan(),
        frozenset(Channel),
    )


def row(
    number: int, kind: MessageKind, due: datetime = NOW, **values: object
) -> Written:
    """Return a row of the outbox that waits, or what `values` say."""
    given = Written(number, kind, State.WAITING, due, start=START)
    return replace(given, **values)  # type: ignore[arg-type]


def said(number: int, kind: MessageKind, place: Place, **values: object) -> Written:
    """Return a delivery that left, or what `values` say."""
    given = row(number, kind, state=State.DONE, recipient=CLIENT, place=place)
    return replace(replace(given, told_at=NOW - HOUR), **values)  # type: ignore[arg-type]


def task(number: int, kind: MessageKind, due: datetime = NOW) -> Task:
    """Return a task that is due."""
    return Task(number, kind, due, START)


def mail(kind: MessageKind) -> tuple[Delivery, ...]:
    """Return the one message that is usual."""
    return (Delivery(kind, CLIENT, EMAIL),)


SOON = NOW + 2 * MINUTE
TONIGHT = NOW + 20 * HOUR


@pytest.mark.parametrize(
    ("written", "plan"),
    [
        ((row(1, CONFIRMATION),), Plan(Send(), mail(CONFIRMATION))),
        # One that leaves soon after says it all; one that does not is not waited for.
        ((row(1, CONFIRMATION), row(2, CHANGE, SOON)), Plan(Later(SOON))),
        (
            (row(1, CONFIRMATION), row(2, CHANGE, TONIGHT)),
            Plan(Send(), mail(CONFIRMATION), (2,)),
        ),
        # What was put off for it is not waited for either.
        (
            (row(0, CHANGE, SOON), row(1, CONFIRMATION)),
            Plan(Send(), mail(CONFIRMATION), (0,)),
        ),
        # What is to be sent, and still true, counts as told.
        (
            (
                row(1, CONFIRMATION),
                said(2, CONFIRMATION, HERE, state=State.WAITING, told_at=None),
            ),
            Plan(Dropped(Outcome.NOTHING_TO_DO)),
        ),
        (
            (
                row(1, CONFIRMATION),
                said(2, CONFIRMATION, LATER, state=State.WAITING, told_at=None),
            ),
            Plan(Send(), mail(CONFIRMATION), (2,)),
        ),
        # While one is being sent nobody knows what they know.
        (
            (
                row(1, CONFIRMATION),
                said(2, CONFIRMATION, LATER, state=State.SENDING, told_at=None),
            ),
            Plan(Later(NOW + timedelta(seconds=5))),
        ),
        (
            (row(1, CONFIRMATION), said(2, CONFIRMATION, LATER, state=State.SENDING)),
            Plan(Send(), mail(CHANGE)),
        ),
        # What failed told nobody; what may have arrived did.
        (
            (row(1, CONFIRMATION), said(2, CHANGE, LATER, state=State.UNSURE)),
            Plan(Send(), mail(CHANGE)),
        ),
        (
            (
                row(1, CONFIRMATION),
                said(2, CONFIRMATION, LATER, state=State.DEAD, told_at=None),
            ),
            Plan(Send(), mail(CONFIRMATION)),
        ),
        # The last that left is what they know, whatever was written last.
        (
            (
                row(1, CONFIRMATION),
                said(2, CHANGE, HERE),
                replace(said(3, CONFIRMATION, LATER), told_at=NOW - 2 * HOUR),
            ),
            Plan(Dropped(Outcome.NOTHING_TO_DO)),
        ),
    ],
)
def test_what_a_notice_leads_to(written: tuple[Written, ...], plan: Plan) -> None:
    assert planned(task(1, CONFIRMATION), facts(*written)) == plan


def test_what_is_due_at_night_waits_for_the_morning() -> None:
    night, morning = NOW + 12 * HOUR, datetime(2030, 3, 5, 6, tzinfo=UTC)
    found = facts(row(1, CONFIRMATION), now=night)
    assert planned(task(1, CONFIRMATION), found) == Plan(Later(morning))


def test_a_provider_knows_what_concerns_them_alone() -> None:
    ways = Ways(provider=(EMAIL,))
    plan = MessagePlan(confirmation=ways, change_notice=ways)
    of_another = said(2, CONFIRMATION, replace(HERE, provider_id=9), recipient=PROVIDER)
    found = facts(row(1, CONFIRMATION), of_another, plan=plan)
    wanted = (Delivery(CONFIRMATION, PROVIDER, EMAIL),)
    assert planned(task(1, CONFIRMATION), found).deliveries == wanted


@pytest.mark.parametrize(
    ("contact", "client"),
    [
        # By push they get the short one; who has no push is not left without any.
        (EVERYWHERE, set()),
        (BY_MAIL, {(EMAIL, None), (PUSH, Outcome.NO_ADDRESS)}),
    ],
)
def test_of_two_reminders_at_once_each_gets_one(
    contact: Contact, client: set[tuple[Channel, Outcome | None]]
) -> None:
    now = START - 2 * HOUR
    long = row(1, LONG, START - 48 * HOUR)
    short = row(2, SHORT, now)
    times = replace(QUIET, useful_hours=1)
    found = replace(
        facts(long, short, now=now, contact=contact),
        telling=Telling(DeskRules(messages=times), ZoneInfo("Europe/Berlin")),
    )
    plan = planned(task(1, LONG, START - 48 * HOUR), found)
    to_client = (each for each in plan.deliveries if each.recipient is CLIENT)
    assert {(each.channel, each.left_out) for each in to_client} == client
    of_another_time = replace(short, start=LATER.start)
    alone = planned(
        task(1, LONG, START - 48 * HOUR), replace(found, written=(of_another_time,))
    )
    assert len(alone.deliveries) == 4


def test_what_a_person_wishes_leaves_at_night_and_again() -> None:
    night = NOW + 12 * HOUR
    known = (said(2, CONFIRMATION, HERE), row(1, CONFIRMATION, by_hand=True))
    found = facts(*known, now=night)
    wish = replace(task(1, CONFIRMATION), by_hand=True)
    assert planned(wish, found) == Plan(Send(), mail(CONFIRMATION))
    over = replace(found, now=START)
    assert planned(wish, over) == Plan(Missed(Outcome.TOO_LATE))


class Desk:
    """An appointment that people change while a courier works; by the program's rules.

    The outbox is written as `services/outbox.py` and `services/undoing.py` do.
    """

    def __init__(self) -> None:
        self.now, self.standing = NOW, Standing(Status.CONFIRMED, 1, HERE)
        self.rows: list[Written] = []
        # How it stood before each change that stands, and the version that it made.
        self.past: list[tuple[Standing, int]] = []
        self._ask(CONFIRMATION)

    def move(self, hours: int) -> None:
        """Move it, and remember how it stood."""
        if self.standing.status is Status.CONFIRMED:
            start = START + hours * HOUR
            self._become(Status.CONFIRMED, Place(start, start + HOUR, 1, 1))
            self._ask(CHANGE)

    def cancel(self) -> None:
        """Cancel it."""
        if self.standing.status is Status.CONFIRMED:
            self._become(Status.CANCELLED, self.standing.place)
            self._ask(CANCELLATION)

    def undo(self) -> None:
        """Take the last change back."""
        if not self.past:
            return
        before, since = self.past.pop()
        heard: set[str] = set()
        for number, each in enumerate(self.rows):
            if each.version < since:
                continue
            if each.state is State.WAITING:
                self.rows[number] = replace(each, state=State.DROPPED)
            elif each.state is not State.DROPPED:
                heard.add(each.kind)
        self.standing = replace(before, version=self.standing.version + 1)
        if CANCELLATION in heard:
            self._ask(CONFIRMATION)
        elif heard:
            self._ask(CHANGE)

    def wait(self, minutes: int, outcome: State) -> None:
        """Let time pass; what leaves then ends so."""
        for _ in range(minutes):
            self.now += MINUTE
            while due := [each for each in self.rows if self._is_due(each)]:
                self._carry(due[0], outcome)

    def knows(self) -> Written | None:
        """Return what the client was told last."""
        told = [each for each in self.rows if each.told_at]
        return max(told, key=lambda each: (each.told_at, each.outbox_id), default=None)

    def _become(self, status: Status, place: Place) -> None:
        version = self.standing.version + 1
        self.past.append((self.standing, version))
        self.standing = Standing(status, version, place)

    def _ask(self, kind: MessageKind) -> None:
        self._add(row(0, kind, self.now + 3 * MINUTE))

    def _add(self, new: Written) -> None:
        number, version = len(self.rows), self.standing.version
        self.rows.append(replace(new, outbox_id=number, version=version))

    def _is_due(self, each: Written) -> bool:
        return each.state is State.WAITING and each.run_at <= self.now

    def _facts(self) -> Facts:
        return facts(*self.rows, now=self.now, standing=self.standing)

    def _carry(self, each: Written, outcome: State) -> None:
        number, kind = each.outbox_id, MessageKind(each.kind)
        of = Task(number, kind, each.run_at, START)
        if each.place is not None:
            is_true = isinstance(leaving(of, each.place, self._facts()), Send)
            told_at = self.now if is_true and outcome is not State.DEAD else None
            state = outcome if is_true else State.DROPPED
            self.rows[number] = replace(each, state=state, told_at=told_at)
            return
        plan = planned(of, self._facts())
        if isinstance(plan.verdict, Later):
            self.rows[number] = replace(each, run_at=plan.verdict.at)
            return
        self.rows[number] = replace(each, state=State.DONE)
        for old in plan.superseded:
            state = State.DROPPED if self.rows[old].recipient else State.DONE
            self.rows[old] = replace(self.rows[old], state=state)
        for new in plan.deliveries:
            place = self.standing.place
            self._add(row(0, new.kind, self.now, recipient=new.recipient, place=place))


_deeds = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 3)),
        st.tuples(st.just("cancel"), st.just(0)),
        st.tuples(st.just("undo"), st.just(0)),
        st.tuples(st.just("wait"), st.integers(1, 8)),
    ),
    max_size=12,
)


def done(deeds: list[tuple[str, int]], outcome: State) -> Desk:
    """Return what became of an appointment after all of this, and a quiet while."""
    desk = Desk()
    for name, number in deeds:
        if name == "wait":
            desk.wait(number, outcome)
        elif name == "move":
            desk.move(number)
        else:
            getattr(desk, name)()
    desk.wait(10, outcome)
    return desk


@given(_deeds, st.sampled_from([State.DONE, State.UNSURE]))
def test_in_the_end_they_know_what_is_so(
    deeds: list[tuple[str, int]], outcome: State
) -> None:
    desk = done(deeds, outcome)
    knows = desk.knows()
    if desk.standing.status is Status.CANCELLED:
        assert knows is None or knows.kind == CANCELLATION
        return
    assert knows is not None
    assert knows.kind != CANCELLATION
    assert knows.place == desk.standing.place


@given(_deeds)
def test_nobody_is_told_the_same_twice_in_a_row(deeds: list[tuple[str, int]]) -> None:
    rows = (each for each in done(deeds, State.DONE).rows if each.told_at)
    told = [None if each.kind == CANCELLATION else each.place for each in rows]
    assert all(one != other for one, other in pairwise(told))
