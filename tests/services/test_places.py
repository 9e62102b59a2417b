"""Rooms and locations as managers keep them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.places import LocationChange, RoomChange, RoomFile, RoomQuestion
from desk_app.domain.rooms import Location
from desk_app.domain.stranding import Decision, Fate, Settlement
from desk_app.errors import Invalid, NotAllowed, Stale, Strands
from desk_app.services.places import PlaceBook
from tests import factories
from tests.services.test_roles import practice as staffed

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice
    from tests.services.test_roles import Practice as Staffed

__all__ = ["staffed"]


@pytest.fixture
def book(sessions: Sessions) -> PlaceBook:
    """The rooms and locations, at a fixed time."""
    return PlaceBook(sessions, factories.clock)


def added(book: PlaceBook, name: str, *service_ids: int) -> RoomFile:
    """Add a room."""
    wanted = RoomFile(name, service_ids=frozenset(service_ids))
    return book.change_room(RoomChange(RoomFile(), wanted))


def test_a_room_is_added_changed_and_used_no_more(
    book: PlaceBook, practice: Practice
) -> None:
    room = added(book, " Room  1 ", practice.service_id)
    assert room.name == "Room 1"
    wanted = replace(room, name="Blue room", service_ids=frozenset())
    assert book.change_room(RoomChange(room, wanted)) == wanted
    assert book.change_room(RoomChange(room, wanted)) == wanted
    gone = replace(wanted, is_active=False)
    book.change_room(RoomChange(wanted, gone))
    assert book.all().rooms == (gone,)


def test_two_rooms_are_not_called_the_same(book: PlaceBook) -> None:
    one, two = added(book, "Room 1"), added(book, "Room 2")
    with pytest.raises(Invalid) as invalid:
        added(book, one.name)
    assert invalid.value.field == "name"
    with pytest.raises(Invalid):
        book.change_room(RoomChange(two, replace(two, name=one.name)))


def test_who_saw_an_older_room_does_not_write_over_it(book: PlaceBook) -> None:
    room = added(book, "Room 1")
    book.change_room(RoomChange(room, replace(room, name="Room 2")))
    with pytest.raises(Stale):
        book.change_room(RoomChange(room, replace(room, name="Room 3")))


def test_a_room_with_visits_to_come_asks_about_each(
    sessions: Sessions, book: PlaceBook, practice: Practice, booking: Booking
) -> None:
    room = added(book, "Room 1", practice.service_id)
    booked = booking.book(practice.request(9))
    change = RoomChange(room, replace(room, is_active=False))
    with pytest.raises(Strands) as strands:
        book.change_room(change)
    assert strands.value.appointments == (booked,)
    gone = Decision(booked.appointment_id, booked.version, Fate.CANCEL)
    book.change_room(replace(change, settlement=Settlement((gone,), "no room")))
    asked = "SELECT status FROM appointment"
    assert factories.rows(sessions, asked) == [("CANCELLED",)]


def test_visits_of_a_room_that_is_given_up_go_to_another_and_nobody_is_told(
    sessions: Sessions, book: PlaceBook, practice: Practice, booking: Booking
) -> None:
    room = added(book, "Room 1", practice.service_id)
    other = added(book, "Room 2", practice.service_id)
    for hour in (9, 11, 13):
        booking.book(practice.request(hour))
    told = factories.rows(sessions, "SELECT count(*) FROM outbox")
    book.change_room(RoomChange(room, replace(room, is_active=False)))
    asked = "SELECT DISTINCT room_id, version FROM appointment"
    assert factories.rows(sessions, asked) == [(other.room_id, 2)]
    assert factories.rows(sessions, "SELECT count(*) FROM outbox") == told


def test_all_says_when_rooms_are_busy(
    sessions: Sessions, practice: Practice, booking: Booking
) -> None:
    early = practice.at(8, 30)
    book = PlaceBook(sessions, lambda: early)
    room = added(book, "Room 1", practice.service_id)
    booking.book(practice.request(9))
    (start, end) = book.all().busy[room.room_id][0]
    assert end - start == timedelta(minutes=40) / timedelta(microseconds=1)


def test_who_is_in_a_room_is_said_and_who_makes_room_is_not(
    book: PlaceBook, practice: Practice, booking: Booking
) -> None:
    one = added(book, "Room 1", practice.service_id).room_id
    two = added(book, "Room 2", practice.service_id).room_id
    booked = booking.book(practice.request(9))
    asked = RoomQuestion((two, one), booked.start, booked.end)
    free, taken = book.states(asked)
    assert (free.room_id, free.busy, free.who) == (two, None, None)
    assert (taken.busy, taken.who) == (booked.busy, booked)
    without = replace(asked, but=(booked.appointment_id,))
    assert [state.busy for state in book.states(without)] == [None, None]


def test_a_location_is_added_and_changed(book: PlaceBook) -> None:
    wanted = Location(0, "Mitte", "Torstr. 1\nBerlin")
    made = book.change_location(LocationChange(Location(0, ""), wanted))
    moved = replace(made, address="Torstr. 2")
    assert book.change_location(LocationChange(made, moved)) == moved
    with pytest.raises(Invalid):
        book.change_location(LocationChange(Location(0, ""), wanted))
    with pytest.raises(Stale):
        book.change_location(LocationChange(made, replace(made, is_active=False)))
    assert book.all().locations == (moved,)


def test_only_managers_change_rooms_and_locations(staffed: Staffed) -> None:
    book = PlaceBook(staffed.of("ben"))
    with pytest.raises(NotAllowed):
        added(book, "Room 1")
    location = Location(0, "Mitte")
    with pytest.raises(NotAllowed):
        book.change_location(LocationChange(location, location))
    room = added(PlaceBook(staffed.of("mia")), "Room 1")
    assert book.all().rooms == (room,)
