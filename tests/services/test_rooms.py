"""Rooms: a visit that needs one has one to itself, whoever it is with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain import history as told
from desk_app.domain.appointment import Override
from desk_app.domain.deeds import (
    Before,
    Move,
    MoveAllRequest,
    SeriesRequest,
    Undone,
    UndoRequest,
)
from desk_app.domain.policies import Policy
from desk_app.errors import Refused, SlotTaken
from desk_app.services.booking import Booking
from desk_app.services.history import History
from desk_app.services.series import Series
from tests import factories
from tests.factories import rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice


@pytest.fixture
def there(sessions: Sessions, practice: Practice) -> Practice:
    """Dr Ito, who does the same as Dr Weber."""
    number = factories.provider(sessions, name="Dr Ito")
    factories.hours(sessions, number)
    service = factories.service(sessions, number)
    return replace(practice, provider_id=number, service_id=service)


@pytest.fixture
def one(sessions: Sessions, practice: Practice, there: Practice) -> int:
    """The room that both need."""
    return factories.room(sessions, practice.service_id, there.service_id)


@pytest.fixture
def two(sessions: Sessions, practice: Practice, there: Practice, one: int) -> int:
    """Another one that will do for both."""
    services = practice.service_id, there.service_id
    return factories.room(sessions, *services, name="Room 2")


def undoing(now: Appointment, before: Appointment) -> UndoRequest:
    """Ask that one stands again as it stood."""
    undone = Undone(now.appointment_id, now.version, Before.of(before))
    return UndoRequest(uuid4(), (undone,))


def test_one_room_is_for_one_visit_at_a_time(
    booking: Booking, practice: Practice, there: Practice, one: int
) -> None:
    assert booking.book(practice.request(9)).room_id == one
    with pytest.raises(Refused) as refused:
        booking.book(there.request(9))
    assert refused.value.policy == Policy.NO_ROOM
    assert booking.book(there.request(9, 40)).room_name == "Room 1"


def test_the_first_free_room_is_taken_or_the_one_that_is_wished(
    booking: Booking, practice: Practice, there: Practice, one: int, two: int
) -> None:
    assert booking.book(practice.request(9, room_id=two)).room_id == two
    assert booking.book(there.request(9)).room_id == one
    with pytest.raises(Refused):
        booking.book(there.request(11, room_id=99))


def test_a_visit_without_a_room_can_be_booked_with_a_reason(
    booking: Booking, practice: Practice, there: Practice, one: int
) -> None:
    booking.book(practice.request(9))
    aside = Override((Policy.NO_ROOM,), "in the garden")
    assert booking.book(there.request(9, override=aside)).room_id is None


def test_a_moved_visit_keeps_its_room_where_it_is_free(
    booking: Booking, practice: Practice, there: Practice, one: int, two: int
) -> None:
    booked = booking.book(practice.request(9, room_id=two))
    booking.book(there.request(11, room_id=two))
    kept = booking.move(factories.move(booked, practice.at(13)))
    assert kept.room_id == two
    assert booking.move(factories.move(kept, practice.at(11))).room_id == one


def test_a_visit_changes_its_room_alone(
    sessions: Sessions, booking: Booking, practice: Practice, one: int, two: int
) -> None:
    booked = booking.book(practice.request(9))
    wish = replace(factories.move(booked, booked.start), room_id=two)
    messages = (
        "SELECT kind, count(*) FROM outbox WHERE kind <> 'calendar_push' GROUP BY 1"
    )
    before = sorted(rows(sessions, messages))
    moved = booking.move(wish)
    # The provider's calendar shows it anew, and no client hears of it.
    assert sorted(rows(sessions, messages)) == before
    assert (moved.start, moved.room_id) == (booked.start, two)
    story = History(sessions).of_appointment(booked.appointment_id)
    assert story.entries[-1].change == told.RoomSet("Room 2")
    assert booking.undo(undoing(moved, booked))[0].room_id == one


def test_two_at_one_time_change_rooms(
    booking: Booking, practice: Practice, there: Practice, one: int, two: int
) -> None:
    a, b = booking.book(practice.request(9)), booking.book(there.request(11))
    moves = tuple(
        Move(each.appointment_id, each.version, each.provider_id, start)
        for each, start in ((a, b.start), (b, a.start))
    )
    swapped = booking.move_all(MoveAllRequest(uuid4(), moves))
    assert [each.room_id for each in swapped] == [one, one]


def test_who_needs_the_one_room_gets_it_from_who_has_a_choice(
    sessions: Sessions, booking: Booking, practice: Practice, there: Practice
) -> None:
    only = factories.room(sessions, practice.service_id, there.service_id)
    other = factories.room(sessions, practice.service_id, name="Room 2")
    a, b = booking.book(practice.request(9)), booking.book(there.request(11))
    moves = tuple(
        Move(each.appointment_id, each.version, each.provider_id, practice.at(13))
        for each in (a, b)
    )
    moved = booking.move_all(MoveAllRequest(uuid4(), moves))
    assert [each.room_id for each in moved] == [other, only]


def test_what_stands_again_gets_another_room_if_its_own_was_given_away(
    live: Booking, ahead: Appointment, there: Practice, one: int, two: int
) -> None:
    inside = live.move(replace(factories.move(ahead, ahead.start), room_id=one))
    gone = live.cancel(factories.cancellation(inside))
    live.book(replace(there.request_at(ahead.start), room_id=one))
    assert live.undo(undoing(gone, inside))[0].room_id == two


def test_what_stands_again_where_no_room_is_left_does_not(
    live: Booking, ahead: Appointment, there: Practice, one: int
) -> None:
    inside = live.move(replace(factories.move(ahead, ahead.start), room_id=one))
    gone = live.cancel(factories.cancellation(inside))
    live.book(there.request_at(ahead.start))
    with pytest.raises(SlotTaken):
        live.undo(undoing(gone, inside))


def test_what_stood_in_no_room_stands_again_in_none(
    sessions: Sessions, live: Booking, ahead: Appointment, practice: Practice
) -> None:
    gone = live.cancel(factories.cancellation(ahead))
    factories.room(sessions, practice.service_id, is_active=False)
    assert live.undo(undoing(gone, ahead))[0].room_id is None


def test_each_date_of_a_series_has_a_room(
    sessions: Sessions, practice: Practice, there: Practice, one: int, two: int
) -> None:
    Booking(sessions, factories.clock).book(there.request(11))
    starts = tuple(practice.at(hour) for hour in (9, 11, 13))
    wish = SeriesRequest(
        uuid4(),
        practice.provider_id,
        practice.service_id,
        starts,
        client_id=practice.client_id,
    )
    booked = Series(sessions, factories.clock).book(wish)
    assert [each.room_id for each in booked] == [one, two, one]


def test_the_database_keeps_two_out_of_one_room(
    sessions: Sessions, booking: Booking, practice: Practice, there: Practice, one: int
) -> None:
    booking.book(practice.request(9))
    booked = booking.book(there.request(9, 40))
    with pytest.raises(SlotTaken):
        rows(
            sessions,
            "UPDATE appointment SET start_time = start_time - interval '5 minutes',"
            " end_time = end_time - interval '5 minutes', version = version + 1"
            " WHERE appointment_id = :number",
            number=booked.appointment_id,
        )
