"""Days and nights of a practice whose desks are not always on, in a few seconds.

Its calendar is not that of the server, whose clock cannot be set: what is simulated
lies so far ahead, and everything in the database moves back as time passes.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.appointment import Status
from desk_app.domain.messages import MessageKind
from desk_app.errors import Refused, SlotTaken
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desk_app.domain.appointment import Appointment
    from tests.carrying import Carrying, Sent

# Where clocks are never changed: not those of the simulation, nor the server's.
ZONE = "Africa/Algiers"
HERE = ZoneInfo(ZONE)
PROVIDERS, SLOTS, WORKING_DAYS = 5, 16, 5
HALF_AN_HOUR = timedelta(minutes=30)
STEP, GRID = timedelta(minutes=40), timedelta(minutes=5)
DAY = timedelta(days=1)
# A Monday; visits begin on the Thursday after.
MONDAY = date(2030, 3, 4)
FIRST_VISITS = 3
ON_FROM, ON_UNTIL = time(8, 5), time(18)
OPEN_FROM, OPEN_UNTIL = time(9), time(17)
LEADS = {MessageKind.REMINDER_48H: 48, MessageKind.REMINDER_1H: 1}
# So much earlier than its time a reminder may be due that would wake somebody.
A_NIGHT = timedelta(hours=13)
QUIET = (time(20), time(8))
ALL_DAY = time(23, 55)
_ENDED = """SELECT appointment_id, kind, outcome, (payload ->> 'start')::bigint
    FROM outbox WHERE kind LIKE 'reminder%' AND (state IN ('MISSED', 'DROPPED')
        OR channel = '' AND state = 'DONE' AND outcome <> 'planned')"""


@dataclass(frozen=True, slots=True)
class Desks:
    """When desks are on, and until which day visits take place."""

    weekdays: frozenset[int]
    days_off: frozenset[date] = frozenset()
    last: date = MONDAY + 11 * DAY

    def moments(self) -> Iterator[datetime]:
        """Yield the moments at which somebody is there to carry."""
        day = MONDAY
        while day <= self.last + 3 * DAY:
            at = _at(day, ON_FROM)
            is_on = day.weekday() in self.weekdays and day not in self.days_off
            while is_on and at < _at(day, ON_UNTIL):
                yield at
                at += STEP
            day += DAY


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that left: of which visit, when, and how it stood at that moment."""

    sent: Sent
    at: datetime
    start: datetime
    stands: bool

    @property
    def key(self) -> tuple[object, ...]:
        """What may be there once only."""
        sent, number = self.sent, self.sent.occasion.visit.appointment_id
        return number, sent.kind, sent.recipient, sent.channel, self.start


@dataclass
class Simulation:
    """Visits, what is changed about them, and who is reminded of them."""

    house: Carrying
    is_brought_forward: bool = False
    passed: timedelta = timedelta()
    swept: int = 0
    places: list[factories.Practice] = field(default_factory=list)
    reminded: list[Reminded] = field(default_factory=list)
    visits: dict[int, Appointment] = field(default_factory=dict)
    changed: dict[int, datetime] = field(default_factory=dict)
    _slots: list[tuple[factories.Practice, datetime]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The time of the simulation."""
        return datetime.now(UTC) + self.passed

    def standing(self, number: int) -> Appointment:
        """Return how a visit stands; its times are those of the server."""
        return self.house.now(self.visits[number])

    def begin(self, count: int, desks: Desks) -> None:
        """Book so many visits on the Monday before."""
        house = self.house
        house.rows("UPDATE service SET buffer_time_minutes = 0")
        house.rows("DELETE FROM availability")
        house.rows("DELETE FROM practice_setting WHERE name = 'slot_alignment'")
        every = {"kind": "EVERY", "minutes": GRID // timedelta(minutes=1)}
        factories.setting(house.admin, "slot_alignment", every)
        house.rows(
            "UPDATE practice_setting SET value = :zone WHERE name = 'timezone'",
            zone=json.dumps(ZONE),
        )
        factories.setting(house.admin, "grace_seconds", 0)
        name = "reminders_brought_forward"
        factories.setting(house.admin, name, self.is_brought_forward)
        self.passed = self._ahead(_at(MONDAY, ON_FROM))
        self._set_quiet()
        self.places = [self._place() for _ in range(PROVIDERS)]
        first, last = FIRST_VISITS, (desks.last - MONDAY).days
        days = [MONDAY + number * DAY for number in range(first, last + 1)]
        self._slots = [
            (place, _at(day, OPEN_FROM) + slot * HALF_AN_HOUR)
            for day in days
            if day.weekday() < WORKING_DAYS
            for slot in range(SLOTS)
            for place in self.places
        ]
        random.shuffle(self._slots)
        while len(self.visits) < count:
            self._book()

    def live(self, desks: Desks) -> None:
        """Let all days pass; while desks are on, carry, move and cancel."""
        moments = list(desks.moments())
        deeds = [self._move] * (len(self.visits) // 5)
        deeds += [self._cancel] * (len(self.visits) // 8)
        due = defaultdict(list)
        for deed in deeds:
            due[random.choice(moments[: 2 * len(moments) // 3])].append(deed)
        for moment in moments:
            self._go_to(moment)
            for deed in due[moment]:
                deed()
            self._carry()

    def _carry(self) -> None:
        if self.is_brought_forward:
            self._bring_forward()
        at = self.now
        for sent in self.house.carry():
            if sent.kind in LEADS:
                visit = sent.occasion.visit
                now = self.standing(visit.appointment_id)
                stands = now.status is Status.CONFIRMED and now.start == visit.start
                start = visit.start + self.passed
                self.reminded.append(Reminded(sent, at, start, stands))

    def _bring_forward(self) -> None:
        """Sweep as the courier does, at the hours that the practice really has."""
        house = self.house
        house.rows("DELETE FROM availability")
        for weekday in range(WORKING_DAYS):
            day = MONDAY + weekday * DAY
            self._open(_at(day, OPEN_FROM), _at(day, OPEN_UNTIL))
        self.swept += house.planning.bring_forward()
        house.rows("DELETE FROM availability")
        for place in self.places:
            factories.hours(house.admin, place.provider_id, time(), ALL_DAY)

    def _open(self, start: datetime, end: datetime) -> None:
        """Open everybody at these times of a week, wherever the server's week is."""
        start, end = ((each - self.passed).astimezone(HERE) for each in (start, end))
        midnight = datetime.combine(end.date(), time(), HERE)
        parts = [(start, end)]
        if start.date() != end.date():
            parts = [(start, midnight - timedelta(minutes=1)), (midnight, end)]
        for first, last in parts:
            if first < last:
                self.house.rows(
                    "INSERT INTO availability (provider_id, day_of_week, start_time,"
                    " end_time) SELECT provider_id, :weekday, :start, :end"
                    " FROM provider",
                    weekday=first.weekday(),
                    start=first.time(),
                    end=last.time(),
                )

    def _book(self) -> None:
        place, start = self._slots.pop()
        client_id = factories.client(
            self.house.admin,
            name=f"Client {len(self._slots)}",
            phone="",
            email=f"client{len(self._slots)}@example.org",
        )
        request = factories.Practice(place.provider_id, place.service_id, client_id)
        try:
            wanted = request.request_at(start - self.passed)
            self._note(self.house.booking.book(wanted))
        except (Refused, SlotTaken):
            # It would reach over midnight where the server is.
            return

    def _move(self) -> None:
        place, start = self._slots.pop()
        now = self._any_to_come()
        at = start - self.passed
        if now is None or at < datetime.now(UTC) + DAY:
            return
        try:
            wanted = factories.move(now, at, place.provider_id)
            self._note(self.house.booking.move(wanted))
        except (Refused, SlotTaken):
            return

    def _cancel(self) -> None:
        now = self._any_to_come()
        if now is not None:
            self.house.booking.cancel(factories.cancellation(now))

    def _any_to_come(self) -> Appointment | None:
        now = self.standing(random.choice(list(self.visits)))
        to_come = now.start > datetime.now(UTC) + timedelta(hours=1)
        return now if to_come and now.status is Status.CONFIRMED else None

    def _note(self, visit: Appointment) -> None:
        self.visits[visit.appointment_id] = visit
        self.changed[visit.appointment_id] = self.now

    def _go_to(self, moment: datetime) -> None:
        by = self._ahead(moment) - self.passed
        if by > timedelta():
            self.house.pass_time(by)
            self.passed += by
            self._set_quiet()

    def _ahead(self, moment: datetime) -> timedelta:
        """Return how far ahead of the server a moment is; visits keep to a grid."""
        ahead = moment - datetime.now(UTC)
        return ahead // GRID * GRID

    def _set_quiet(self) -> None:
        start, end = (
            (_at(MONDAY, each) - self.passed).astimezone(HERE).strftime("%H:%M")
            for each in QUIET
        )
        self.house.rows("DELETE FROM practice_setting WHERE name = 'quiet_hours'")
        value = {"start": start, "end": end}
        factories.setting(self.house.admin, "quiet_hours", value)

    def _place(self) -> factories.Practice:
        """Make a provider who can be booked at any time of the server's day."""
        admin = self.house.admin
        provider_id = factories.provider(
            admin, email="weber@example.org", timezone=ZONE
        )
        factories.hours(admin, provider_id, time(), ALL_DAY)
        service_id = factories.service(admin, provider_id, buffer_time_minutes=0)
        return factories.Practice(provider_id, service_id, 0)


def missed(simulation: Simulation) -> dict[str, int]:
    """Return why reminders did not leave, and how many of each."""
    return dict(Counter(why for _, _, why, _ in simulation.house.rows(_ENDED)))


def faults(simulation: Simulation) -> list[str]:
    """Return every reminder that is missing, wrong, or one too many."""
    return [*_wrong(simulation.reminded), *_lost(simulation)]


def _wrong(reminded: Sequence[Reminded]) -> Iterator[str]:
    seen: set[tuple[object, ...]] = set()
    for each in reminded:
        if each.key in seen:
            yield f"twice: {each.key}"
        seen.add(each.key)
        if not each.stands:
            yield f"stale: {each.key}"
        if each.at >= each.start:
            yield f"late: {each.key} left at {each.at}"
        local = each.at.astimezone(HERE).time()
        if local >= QUIET[0] or local < QUIET[1]:
            yield f"woken: {each.key} left at {each.at}"


def _lost(simulation: Simulation) -> Iterator[str]:
    """Each visit that took place was reminded of twice, or it is listed why not."""
    known: set[tuple[object, ...]] = {
        (each.key[0], each.sent.kind, each.start)
        for each in simulation.reminded
        if each.sent.recipient == "CLIENT"
    }
    for number, kind, _, seconds in simulation.house.rows(_ENDED):
        start = datetime.fromtimestamp(seconds, UTC) + simulation.passed
        known.add((number, kind, start))
    for number in simulation.visits:
        now = simulation.standing(number)
        start = now.start + simulation.passed
        for kind, hours in LEADS.items():
            due = start - timedelta(hours=hours) - A_NIGHT
            is_due = now.status is Status.CONFIRMED and due > simulation.changed[number]
            if is_due and (number, kind, start) not in known:
                yield f"lost: {kind} of {number} at {start}"


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, HERE).astimezone(UTC)
