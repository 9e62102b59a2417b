"""Eight weeks of a practice whose reminders leave only while a desk is on.

No database: the outbox is a list, and the rules are those of the program. Desks may be
hours wrong about the time; they are told it by the server, which here is the loop.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.appointment import Status
from desk_app.domain.closing_time import closing_sweep
from desk_app.domain.desk_rules import DeskRules, Telling
from desk_app.domain.interval import Interval
from desk_app.domain.message_plan import Contact, MessagePlan
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.plans import Facts, Task, Written, leaving, planned
from desk_app.domain.queue import Outcome, State
from desk_app.domain.telling import (
    REMINDERS,
    Dropped,
    Later,
    Missed,
    Place,
    Send,
    Standing,
)

if TYPE_CHECKING:
    from desk_app.domain.message_times import MessageTimes
    from desk_app.domain.telling import Verdict

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (BERLIN, BERLIN, BERLIN, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York"))
# A Monday; on 31 March clocks go forward.
FIRST = date(2030, 3, 4)
WEEKS = 8
TICK = timedelta(minutes=5)
LOOK = timedelta(minutes=15)
VISIT = timedelta(minutes=30)
A_MOMENT = timedelta(seconds=20)
NEVER = datetime.max.replace(tzinfo=UTC)
ALL = frozenset(Channel)
CONTACTS = {who: Contact(dict.fromkeys(Channel, "somewhere")) for who in Recipient}


@dataclass
class Visit:
    """An appointment, what will become of it, and its rows of the outbox."""

    number: int
    standing: Standing
    zone: ZoneInfo
    # When it is changed, and where to: nowhere where it is cancelled.
    changes: list[tuple[datetime, datetime | None]]
    rows: dict[int, Written] = field(default_factory=dict)

    def next_at(self) -> datetime:
        """Return when there is something to do next."""
        waiting = (row for row in self.rows.values() if row.state is State.WAITING)
        times = [*(row.run_at for row in waiting), *(at for at, _ in self.changes)]
        return min(times, default=NEVER)


@dataclass(frozen=True)
class Left:
    """A message that left."""

    visit: int
    kind: str
    recipient: str
    at: datetime
    place: Place


class Practice:
    """One practice with its hours, and the times at which a desk is on.

    `left` is what was sent, `untrue` what should not have been, `reasons` why each row
    ended, and `due` when it was to leave at first.
    """

    def __init__(
        self, messages: MessageTimes, openings: list[Interval], desks: list[Interval]
    ) -> None:
        self.messages = messages
        self.openings = openings
        self._desks = desks
        self._random = random.Random(1)
        self._numbers = count(1)
        self.visits: list[Visit] = []
        self._next: dict[int, datetime] = {}
        self.left: list[Left] = []
        self.untrue: list[Left] = []
        self.due: dict[int, datetime] = {}
        self.reasons: dict[int, Outcome] = {}

    def run(self, number: int) -> None:
        """Book so many visits, and let the weeks pass."""
        wishes = sorted(self._wish() for _ in range(number))
        for on in self._desks:
            since = on.start
            while since < on.end:
                now = min(since + LOOK, on.end)
                while wishes and wishes[0].start <= now:
                    self._book(now, wishes.pop(0).end)
                self._sweep(since)
                for of in [n for n, at in self._next.items() if at < now]:
                    self._work(self.visits[of], Interval(since, now))
                since = now

    def tasks(self) -> list[Written]:
        """Return the tasks of all reminders."""
        rows = (row for visit in self.visits for row in visit.rows.values())
        return [row for row in rows if not row.recipient]

    def telling(self, zone: ZoneInfo) -> Telling:
        """Return how somebody there is told."""
        return Telling(DeskRules(messages=self.messages), zone)

    def _work(self, visit: Visit, span: Interval) -> None:
        """Do what is to be done for a visit in a span, each at its time."""
        while self._next[visit.number] < span.end:
            now = max(span.start, self._next[visit.number])
            self._change(visit, now)
            self._carry(visit, now)
            self._next[visit.number] = visit.next_at()

    def _wish(self) -> Interval:
        """Return when somebody books, and for when."""
        one, other = sorted((self._some_time(), self._some_time()))
        return Interval(one, other + VISIT)

    def _some_time(self) -> datetime:
        hours = self._random.choice(self.openings)
        return hours.start + TICK * self._random.randrange(hours.length // TICK)

    def _book(self, now: datetime, start: datetime) -> None:
        changes: list[tuple[datetime, datetime | None]] = []
        for _ in range(self._random.choice((0, 0, 1, 2))):
            at = now + (start - now) * self._random.random()
            off = self._random.random() < 0.4
            changes.append((at, None if off else self._some_time()))
        place = Place(start, start + VISIT, 1, 1)
        standing = Standing(Status.CONFIRMED, 1, place)
        zone = self._random.choice(ZONES)
        changes.sort(key=lambda change: change[0])
        visit = Visit(len(self.visits), standing, zone, changes)
        self.visits.append(visit)
        self._remind(visit, now)
        self._next[visit.number] = visit.next_at()

    def _change(self, visit: Visit, now: datetime) -> None:
        """Move or cancel a visit, as the desk does: its reminders are written anew."""
        while visit.changes and visit.changes[0][0] <= now:
            _, start = visit.changes.pop(0)
            standing = visit.standing
            if standing.status is not Status.CONFIRMED or standing.has_begun(now):
                continue
            version = standing.version + 1
            visit.standing = replace(standing, status=Status.CANCELLED, version=version)
            for number, row in visit.rows.items():
                if row.state is State.WAITING:
                    visit.rows[number] = replace(row, state=State.DROPPED)
                    self.reasons[number] = Outcome.NOT_DUE
            if start is not None and start > now:
                place = replace(standing.place, start=start, end=start + VISIT)
                visit.standing = Standing(Status.CONFIRMED, version, place)
                self._remind(visit, now)

    def _remind(self, visit: Visit, now: datetime) -> None:
        start, telling = visit.standing.place.start, self.telling(visit.zone)
        hours = (self.messages.long_hours, self.messages.short_hours)
        for kind, lead in zip(REMINDERS, hours, strict=True):
            run_at = telling.reminded_at(start, lead)
            if run_at > now:
                number = next(self._numbers)
                self.due[number] = run_at
                row = Written(number, kind, State.WAITING, run_at, start=start)
                visit.rows[number] = row

    def _sweep(self, now: datetime) -> None:
        if not self.messages.brought_forward:
            return
        until = closing_sweep(self.openings, now)
        for visit in self.visits if until else []:
            for number, row in visit.rows.items():
                waits = row.state is State.WAITING and not row.recipient
                is_due = waits and until and now < row.run_at < until
                if is_due and not self.is_quiet(visit.zone, now):
                    visit.rows[number] = replace(row, run_at=now)
                    self._next[visit.number] = now

    def is_quiet(self, zone: ZoneInfo, at: datetime) -> bool:
        """Say whether nobody is written to there at that time."""
        quiet = self.messages.quiet
        return bool(quiet and quiet.around(at, zone))

    def _carry(self, visit: Visit, now: datetime) -> None:
        """Send what was planned a moment ago, and plan what is due."""
        due = [
            row
            for row in visit.rows.values()
            if row.state is State.WAITING and row.run_at <= now
        ]
        for row in sorted(due, key=lambda row: (not row.recipient, row.outbox_id)):
            if row.recipient:
                self._send(visit, row, now)
            else:
                self._plan(visit, row, now)

    def _facts(self, visit: Visit, now: datetime) -> Facts:
        return Facts(
            now,
            visit.standing,
            tuple(visit.rows[number] for number in sorted(visit.rows)),
            CONTACTS,
            self.telling(visit.zone),
            MessagePlan(),
            ALL,
        )

    def _plan(self, visit: Visit, row: Written, now: datetime) -> None:
        assert row.start is not None
        due = self.due[row.outbox_id]
        task = Task(row.outbox_id, MessageKind(row.kind), due, row.start)
        plan = planned(task, self._facts(visit, now))
        self._settle(visit, row, plan.verdict)
        for delivery in plan.deliveries:
            number = next(self._numbers)
            self.due[number] = due
            visit.rows[number] = Written(
                number,
                delivery.kind,
                State.WAITING,
                # Somebody may change it before it leaves.
                now + A_MOMENT,
                start=row.start,
                recipient=delivery.recipient,
                version=visit.standing.version,
                place=visit.standing.place,
            )

    def _send(self, visit: Visit, row: Written, now: datetime) -> None:
        assert row.place is not None
        due = self.due[row.outbox_id]
        task = Task(row.outbox_id, MessageKind(row.kind), due, row.place.start)
        verdict = leaving(task, row.place, self._facts(visit, now))
        self._settle(visit, row, verdict)
        if not isinstance(verdict, Send):
            return
        visit.rows[row.outbox_id] = replace(row, state=State.DONE, told_at=now)
        left = Left(visit.number, row.kind, row.recipient, now, row.place)
        self.left.append(left)
        stands = visit.standing
        is_true = stands.status is Status.CONFIRMED and stands.place == row.place
        if not is_true or stands.has_begun(now) or self.is_quiet(visit.zone, now):
            self.untrue.append(left)

    def _settle(self, visit: Visit, row: Written, verdict: Verdict) -> None:
        states = {Send: State.DONE, Missed: State.MISSED, Dropped: State.DROPPED}
        if isinstance(verdict, Later):
            visit.rows[row.outbox_id] = replace(row, run_at=verdict.at)
            return
        visit.rows[row.outbox_id] = replace(row, state=states[type(verdict)])
        self.reasons[row.outbox_id] = getattr(verdict, "reason", Outcome.PLANNED)


def hours(first: time, last: time, weekdays: range = range(5)) -> list[Interval]:
    """Return the hours of eight weeks by the clock in Berlin."""
    days = (FIRST + timedelta(days=number) for number in range(7 * WEEKS))
    return [
        Interval(_instant(day, first), _instant(day, last))
        for day in days
        if day.weekday() in weekdays
    ]


def without(times: list[Interval], first: date, last: date) -> list[Interval]:
    """Return times without those of some days."""
    kept = (_instant(first, time()), _instant(last, time(23, 59)))
    return [each for each in times if each.end < kept[0] or each.start > kept[1]]


def shifted(times: list[Interval], by: timedelta) -> list[Interval]:
    """Return times as a clock says them that is so wrong."""
    return [Interval(each.start + by, each.end + by) for each in times]


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BERLIN).astimezone(UTC)
