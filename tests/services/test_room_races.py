"""Many desks want the same rooms at the same moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.appointment import Appointment
from desk_app.domain.deeds import (
    Move,
    MoveAllRequest,
    SeriesRequest,
)
from desk_app.services.booking import Booking
from desk_app.services.series import Series
from tests import factories
from tests.factories import rows
from tests.services.test_races import DEADLOCKS, all_at_once, own

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from tests.factories import Practice

__all__ = ["own"]

SHARED = """SELECT count(*) FROM appointment a JOIN appointment b
    ON a.appointment_id < b.appointment_id AND a.room_id = b.room_id
    AND a.start_time < b.busy_until AND b.start_time < a.busy_until
    WHERE a.status <> 'CANCELLED' AND b.status <> 'CANCELLED'"""


def providers(sessions: Sessions, count: int) -> list[Practice]:
    """Make some who all do the same."""
    first = factories.open_practice(sessions)
    made = [first]
    for number in range(1, count):
        provider = factories.provider(sessions, name=f"Dr {number}")
        factories.hours(sessions, provider)
        service = factories.service(sessions, provider)
        made.append(replace(first, provider_id=provider, service_id=service))
    return made


def room_for(sessions: Sessions, everybody: list[Practice], name: str) -> int:
    """Make a room that all of them need."""
    services = [each.service_id for each in everybody]
    return factories.room(sessions, *services, name=name)


def test_of_many_providers_one_gets_the_one_room(own: Sessions) -> None:
    everybody = providers(own, 8)
    room_for(own, everybody, "Room 1")
    booking = Booking(own, factories.clock)
    works = [lambda who=who: booking.book(who.request(9)) for who in everybody]
    results = all_at_once(works)
    assert sum(isinstance(result, Appointment) for result in results) == 1
    assert rows(own, "SELECT count(*) FROM appointment") == [(1,)]
    assert rows(own, DEADLOCKS) == [(0,)]


def test_as_many_are_booked_as_there_are_rooms(own: Sessions) -> None:
    everybody = providers(own, 8)
    for name in ("Room 1", "Room 2", "Room 3"):
        room_for(own, everybody, name)
    booking = Booking(own, factories.clock)
    starts = [everybody[0].at(9), everybody[0].at(9, 40)]
    works = [
        lambda who=who, start=start: booking.book(who.request_at(start))
        for who in everybody
        for start in starts
    ]
    results = all_at_once(works)
    booked = [result for result in results if isinstance(result, Appointment)]
    assert Counter(each.start for each in booked) == dict.fromkeys(starts, 3)
    assert rows(own, SHARED) == [(0,)]
    assert rows(own, DEADLOCKS) == [(0,)]


@pytest.mark.slow
def test_desks_that_wander_through_rooms_do_not_deadlock(own: Sessions) -> None:
    everybody = providers(own, 4)
    for name in ("Room 1", "Room 2", "Room 3", "Room 4"):
        room_for(own, everybody, name)
    booking = Booking(own, factories.clock)
    booked = [booking.book(who.request(9 + 2 * n)) for n, who in enumerate(everybody)]

    def wander(appointment: Appointment) -> Appointment:
        for turn in range(8):
            # Days that nobody has booked before, with rooms that others move to.
            start = appointment.start + factories.minutes(24 * 60 * (1 + turn % 2))
            appointment = booking.move(factories.move(appointment, start))
        return appointment

    results = all_at_once([lambda each=each: wander(each) for each in booked])
    assert {getattr(result, "version", result) for result in results} == {9}
    assert rows(own, SHARED) == [(0,)]
    assert rows(own, DEADLOCKS) == [(0,)]


def test_two_series_share_what_rooms_there_are(own: Sessions) -> None:
    everybody = providers(own, 4)
    for name in ("Room 1", "Room 2"):
        room_for(own, everybody, name)
    series = Series(own, factories.clock)

    def book(who: Practice) -> Appointment:
        starts = tuple(who.at(hour) for hour in (9, 11, 13, 15))
        wish = SeriesRequest(
            uuid4(), who.provider_id, who.service_id, starts, client_id=who.client_id
        )
        return series.book(wish)[0]

    results = all_at_once([lambda who=who: book(who) for who in everybody])
    assert sum(isinstance(result, Appointment) for result in results) == 2
    assert rows(own, "SELECT count(*) FROM appointment") == [(8,)]
    assert rows(own, SHARED) == [(0,)]
    assert rows(own, DEADLOCKS) == [(0,)]


def test_rooms_are_swapped_while_others_want_them(own: Sessions) -> None:
    everybody = providers(own, 4)
    room_for(own, everybody, "Room 1")
    booking = Booking(own, factories.clock)
    a, b = (booking.book(who.request(9 + 2 * n)) for n, who in enumerate(everybody[:2]))
    moves = tuple(
        Move(each.appointment_id, each.version, each.provider_id, start)
        for each, start in ((a, b.start), (b, a.start))
    )
    works = [lambda: booking.move_all(MoveAllRequest(uuid4(), moves))[0]]
    works += [
        lambda who=who, start=start: booking.book(who.request_at(start))
        for who in everybody[2:]
        for start in (a.start, b.start)
    ]
    results = all_at_once(works)
    assert sum(isinstance(result, Appointment) for result in results) == 1
    assert rows(own, "SELECT max(version) FROM appointment") == [(2,)]
    assert rows(own, DEADLOCKS) == [(0,)]
