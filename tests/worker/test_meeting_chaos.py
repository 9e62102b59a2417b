"""Whoever dies or sleeps wherever, in the end each visit has its one meeting."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.deeds import Before
from desk_app.errors import Transient
from desk_app.services.diary import Diary
from desk_app.worker.meeting_tasks import MeetingTasks
from tests.factories import rows
from tests.loopback import Fault, Said
from tests.worker.meeting_house import House, a_house

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.meetings import MeetingPlace
    from desk_app.meetings.base import Meeting, Meetings, Wanted

T = TypeVar("T")
VISITS = 6
DEEDS = 60
HOURS = (9, 11, 13)
TROUBLES = (Fault.LOST, Fault.GARBLED, Said(503), Said(500))


class Died(Exception):
    """The worker was killed."""


class Risky:
    """A service before and after which a worker may die, or sleep while others work."""

    def __init__(self, chaos: Chaos, service: Meetings) -> None:
        self._chaos = chaos
        self._service = service

    def create(self, wanted: Wanted) -> Meeting:
        """Make a meeting."""
        return self._chaos.risk(lambda: self._service.create(wanted))

    def change(self, external_id: str, wanted: Wanted) -> Meeting:
        """Move a meeting."""
        return self._chaos.risk(lambda: self._service.change(external_id, wanted))

    def end(self, external_id: str, host: str) -> None:
        """End a meeting."""
        self._chaos.risk(lambda: self._service.end(external_id, host))

    def end_lost(self, wanted: Wanted) -> None:
        """End a meeting that nobody knows of."""
        self._chaos.risk(lambda: self._service.end_lost(wanted))


class Chaos:
    """Does one thing after the other to a few visits, by chance."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.chance = house, Random(seed)
        self.diary = Diary(house.sessions)
        self.deaths = self.naps = 0
        self._is_napping = False
        self._before: dict[int, Before] = {}
        risky = MeetingTasks(house.links, self._service_of)
        self.sure, house.tasks = house.tasks, risky
        self.visits = [self._book(day) for day in range(VISITS)]

    def risk(self, call: Callable[[], T]) -> T:
        """Make a call to a service, with what can happen around it."""
        self._hazard()
        answer = call()
        self._hazard()
        return answer

    def deed(self) -> None:
        """Do something to a visit, or let a worker work."""
        if self.chance.random() < 0.2:
            trouble = self.chance.choice(TROUBLES)
            self.house.server.trouble(trouble, part="meetings")
        self.chance.choice((self._change, self._carry, self._carry))()

    def settle(self) -> None:
        """Let all be done that still waits, without any more trouble."""
        self.house.server.troubles.clear()
        self.house.tasks = self.sure
        self._carry()

    def now(self, visit: Appointment) -> Appointment:
        """Return a visit as it stands."""
        found = self.diary.get(visit.appointment_id)
        assert found
        return found

    def _service_of(self, place: MeetingPlace) -> Meetings:
        return Risky(self, self.house.services.of(place))

    def _book(self, day: int) -> Appointment:
        practice, today = self.house.practice, datetime.now(UTC).date()
        start = practice.at(9, day=today + timedelta(days=5 + day))
        return self.house.booking.book(practice.request_at(start))

    def _hazard(self) -> None:
        drawn = self.chance.random()
        if drawn < 0.12:
            self.deaths += 1
            raise Died
        if drawn < 0.3 and not self._is_napping:
            self._is_napping = True
            self.naps += 1
            self._change()
            with suppress(Died, Transient):
                self.house.again(self.chance.choice(self.visits))
            self._is_napping = False

    def _change(self) -> None:
        visit = self.now(self.chance.choice(self.visits))
        if visit.status is Status.CANCELLED:
            self.house.put_back(visit, self._before[visit.appointment_id])
        elif self.chance.random() < 0.4:
            self._before[visit.appointment_id] = Before.of(visit)
            self.house.cancel(visit)
        else:
            local = visit.start.astimezone(ZoneInfo(self.house.practice.timezone))
            others = [hour for hour in HOURS if hour != local.hour]
            self.house.move(visit, self.chance.choice(others) - local.hour)

    def _carry(self) -> None:
        """Let a worker do what is due; what it leaves undone is due again."""
        queue = self.house.queue
        while jobs := queue.claim(1, ["meeting_link"]):
            try:
                queue.settle([self.house.tasks.carry(jobs[0])])
            except (Died, Transient):
                break
        rows(
            self.house.sessions,
            "UPDATE outbox SET state = 'WAITING', run_at = now()"
            " WHERE kind = 'meeting_link' AND state = 'SENDING'",
        )


@pytest.mark.parametrize("seed", range(6))
def test_in_the_end_each_visit_has_its_one_meeting(
    sessions: Sessions, seed: int
) -> None:
    with a_house(sessions) as house:
        chaos = Chaos(house, seed)
        for _ in range(DEEDS):
            chaos.deed()
        chaos.settle()
        assert chaos.deaths
        assert chaos.naps
        stand = [chaos.now(visit) for visit in chaos.visits]
        wanted = [v for v in stand if v.status is Status.CONFIRMED]
        assert at_zoom(house) == sorted((v.meeting_link, v.start) for v in wanted)
        assert {v.meeting_link for v in stand if v not in wanted} <= {""}


def at_zoom(house: House) -> list[tuple[Any, ...]]:
    """Return link and start of all meetings that Zoom has."""
    return sorted(
        (meeting["join_url"], datetime.fromisoformat(meeting["start_time"]))
        for meeting in house.fake.meetings.values()
    )
