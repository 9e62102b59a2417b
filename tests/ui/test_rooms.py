"""Rooms at the desk: the day by rooms, the choice of one, and what others take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.places import RoomChange, RoomFile
from desk_app.ui import format as written
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.grid.room_column import RoomColumn
from desk_app.ui.grid.wishes import SlotChoice
from desk_app.ui.top_bar import View
from tests import factories
from tests.ui.conftest import Front, tomorrow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def there(database: Desk, practice: factories.Practice) -> factories.Practice:
    """Dr Ito, who does the same as Dr Weber, in the same two rooms."""
    sessions = database.booking._sessions
    number = factories.provider(sessions, name="Dr Ito")
    factories.hours(sessions, number)
    service = factories.service(sessions, number)
    both = frozenset({practice.service_id, service})
    for name in ("Room 1", "Room 2"):
        wanted = RoomFile(name, service_ids=both)
        database.places.change_room(RoomChange(RoomFile(), wanted))
    return replace(practice, provider_id=number, service_id=service)


@pytest.fixture
def at_nine(database: Desk, there: factories.Practice) -> int:
    """Dr Ito in room 1 tomorrow at nine."""
    return book(database, there).appointment_id


def book(database: Desk, practice: factories.Practice, hour: int = 9):
    """Book tomorrow."""
    return database.booking.book(practice.request_at(practice.at(hour, day=tomorrow())))


def offered(front: Front, number: int) -> list[int]:
    """Return the minutes at which a column offers something."""
    return [offer.top for offer in front.view.offers.of(front.view.columns[number])]


def test_the_day_by_rooms_is_walked_booked_and_moved_in_by_keys(
    front: Front, database: Desk, at_nine: int, practice: factories.Practice
) -> None:
    front.show(tomorrow())
    front.press(Qt.Key.Key_5, ALT)
    front.settle()
    assert [column.name for column in front.view.columns] == ["Room 1", "Room 2"]
    nine = practice.at(9, day=tomorrow())
    ends = written.time(nine + factories.minutes(40), front.desk.practice.zone)
    taken = SlotChoice(None, nine, tomorrow(), front.view.columns[0].room_id)
    why = front.desk.features._why._form(taken)
    assert why is not None
    assert [reason.text for reason in why.reasons] == [
        f"Room 1: Anna Weiß with Dr Ito until {ends}"
    ]
    front.view.focus_time(
        -front.view.columns[1].room_id, practice.at(9, day=tomorrow())
    )

    def enter(dialog: QDialog) -> None:
        assert isinstance(dialog, BookingDialog)
        front.until(lambda: dialog.fields.room.room_id is not None)
        assert dialog.fields.room.proposed == "Room 2"
        dialog.fields.client.choose(database.clients.find("Anna")[0])
        dialog.submit()
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Qt.Key.Key_Return, enter)
    front.until(lambda: len(front.view.columns[1].cards) == 1)
    booked = front.view.columns[1].cards[0].appointment
    front.view.focus_appointment(booked.appointment_id)
    front.press(Qt.Key.Key_M)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        front.press(key)
    front.until(lambda: len(front.view.columns[0].cards) == 2)
    moved = front.view.diary.appointment(booked.appointment_id)
    assert moved is not None
    assert (moved.room_name, moved.provider_id) == ("Room 1", booked.provider_id)


def test_a_room_that_another_desk_takes_is_offered_no_more(
    front: Front, database: Desk, there: factories.Practice, at_nine: int
) -> None:
    front.show(tomorrow())
    front.desk.rail.choose_service("Check-up")
    front.settle()
    assert 9 * 60 in offered(front, 1)
    taken = factories.provider(database.booking._sessions, name="Dr Third")
    factories.hours(database.booking._sessions, taken)
    service = factories.service(database.booking._sessions, taken)
    factories.use_room(database.booking._sessions, service, 2)
    third = replace(there, provider_id=taken, service_id=service)
    booked = book(database, third)
    front.until(lambda: 9 * 60 not in offered(front, 1))
    database.booking.cancel(factories.cancellation(booked))
    front.until(lambda: 9 * 60 in offered(front, 1))


def test_only_the_room_of_a_visit_is_changed(front: Front, at_nine: int) -> None:
    front.show(tomorrow())
    visit = front.appointments()[0]

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, MoveDialog)
        room = dialog._fields.room
        front.until(lambda: room.rooms.count() == 3)
        assert room.proposed == "Room 1, as before"
        room.rooms.setFocus()
        room.rooms.setCurrentIndex(2)
        room._on_activated()
        assert "Room 1 → Room 2" in dialog.changes
        dialog.submit()
        front.until(lambda: not dialog.isVisible())

    timer = front.answer_dialog(change)
    front.desk._flows.find_time(visit)
    assert not timer.isActive()
    front.until(lambda: front.appointments()[0].room_name == "Room 2")
    assert front.appointments()[0].start == visit.start


def test_a_desk_shows_who_works_where_it_is(
    front: Front,
    database: Desk,
    practice: factories.Practice,
    there: factories.Practice,
) -> None:
    sessions = database.booking._sessions
    here = factories.location(sessions, there.provider_id, name="Mitte")
    factories.location(sessions, 1, name="Wedding")
    front.desk._source.look()
    front.desk.around.place_chosen.emit(frozenset({here}))
    front.until(lambda: [c.name for c in front.view.columns] == ["Dr Ito"])
    elsewhere = book(database, practice)
    front.desk.around.appointment_wanted.emit(elsewhere)
    front.until(lambda: front.view.chosen_appointment() == elsewhere)
    assert len(front.view.columns) == 2


def test_a_practice_without_rooms_has_no_day_by_rooms(front: Front) -> None:
    front.press(Qt.Key.Key_5, ALT)
    assert front.desk.pager.view is View.DAY
    assert not any(isinstance(c, RoomColumn) for c in front.view.columns)
