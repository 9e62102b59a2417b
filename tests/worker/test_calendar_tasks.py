"""Calendars outside show what appointments are now, whatever tasks were written for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.calendars.memory import MemoryCalendar
from desk_app.db.queries.practice import PRACTICE_ID
from desk_app.domain.event_ids import event_id
from desk_app.domain.queue import Job, Outcome, State
from desk_app.errors import NeedsSignIn, Transient
from desk_app.services.booking import Booking
from desk_app.services.calendar_copies import CalendarCopies
from desk_app.worker.calendar_tasks import CalendarTasks
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk_app.calendars.base import Event
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.queue import Settled
    from tests.factories import Practice


@dataclass
class House:
    """Two providers, the first of whom has connected a calendar."""

    owner: Sessions
    worker: Sessions
    practice: Practice
    other_id: int
    calendars: dict[int, list[MemoryCalendar]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.booking = Booking(self.owner)
        self.calendar = MemoryCalendar()
        self.calendars = {self.practice.provider_id: [self.calendar]}
        self.tasks = CalendarTasks(
            CalendarCopies(self.worker), lambda number: self.calendars.get(number, [])
        )

    def book(self) -> Appointment:
        day = datetime.now(UTC).date() + timedelta(days=5)
        return self.booking.book(self.practice.request_at(self.practice.at(9, day=day)))

    def carry(self, of: Appointment | None, provider_id: object = 0) -> Settled:
        payload = {"provider_id": provider_id or self.practice.provider_id}
        number = of.appointment_id if of else None
        now = datetime.now(UTC)
        return self.tasks.carry(
            Job(1, "calendar_push", number, payload, now, 1, uuid4())
        )


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        other_id = factories.provider(desks.owner, name="Dr Berg")
        factories.service(desks.owner, other_id)
        factories.hours(desks.owner, other_id)
        yield House(desks.owner, desks.worker(), practice, other_id)


def test_an_appointment_is_shown_by_a_name_of_its_own(house: House) -> None:
    booked = house.book()
    assert house.carry(booked).state is State.DONE
    ((number, event),) = house.calendar.shown.items()
    asked = "SELECT value #>> '{}' FROM practice_setting WHERE name = :name"
    ((practice_id,),) = factories.rows(house.owner, asked, name=PRACTICE_ID)
    assert number == event.event_id == event_id(practice_id, booked.appointment_id)
    assert (event.start, event.end) == (booked.start, booked.end)
    assert (event.title, event.version) == (booked.client_name, booked.version)


def test_a_cancelled_one_vanishes_whatever_the_task_was_for(house: House) -> None:
    booked = house.book()
    house.carry(booked)
    house.booking.cancel(factories.cancellation(booked))
    house.carry(booked)
    assert house.calendar.shown == {}


def test_one_that_moved_to_somebody_else_goes_along(house: House) -> None:
    theirs = MemoryCalendar()
    house.calendars[house.other_id] = [theirs]
    booked = house.book()
    house.carry(booked)
    house.booking.move(factories.move(booked, booked.start, house.other_id))
    house.carry(booked)
    house.carry(booked, house.other_id)
    assert house.calendar.shown == {}
    assert len(theirs.shown) == 1


def test_without_a_calendar_there_is_nothing_to_do(house: House) -> None:
    settled = house.carry(house.book(), house.other_id)
    assert (settled.state, settled.outcome) == (State.DONE, Outcome.NOTHING_TO_DO)


def test_a_calendar_that_fails_keeps_no_other_from_it(house: House) -> None:
    second = MemoryCalendar()
    house.calendars[house.practice.provider_id].append(second)
    house.calendar.fail_once(NeedsSignIn())
    with pytest.raises(NeedsSignIn):
        house.carry(house.book())
    assert len(second.shown) == 1


def test_a_lost_answer_is_made_good(house: House) -> None:
    booked = house.book()
    house.calendar.fail_once(Transient(), when_done=True)
    with pytest.raises(Transient):
        house.carry(booked)
    house.carry(booked)
    assert len(house.calendar.shown) == 1


def test_a_task_that_names_nobody_is_dropped(house: House) -> None:
    assert house.carry(house.book(), "nobody").state is State.DROPPED
    assert house.carry(None).state is State.DROPPED


class Meanwhile(MemoryCalendar):
    """A calendar while whose answer is awaited something happens at a desk, once."""

    happens: Callable[[], object] | None = None

    def put(self, event: Event) -> None:
        """Let it happen, and only then show the event."""
        happens, self.happens = self.happens, None
        if happens is not None:
            happens()
        super().put(event)


def test_what_happens_while_an_event_is_shown_is_seen_to(house: House) -> None:
    calendar = Meanwhile()
    house.calendars[house.practice.provider_id] = [calendar]
    booked = house.book()
    calendar.happens = lambda: (
        house.booking.cancel(factories.cancellation(booked)),
        house.carry(booked),
    )
    assert house.carry(booked).state is State.DONE
    assert calendar.shown == {}
