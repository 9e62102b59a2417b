"""Rooms and locations in the office, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.ui.admin.step import StepDialog
from desk_app.ui.office.locations.form import LocationDialog
from desk_app.ui.office.locations.page import LocationsPage
from desk_app.ui.office.rooms.form import RoomDialog
from desk_app.ui.office.rooms.page import RoomsPage
from tests.ui.conftest import Front, press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.ui.office.lists.kept import KeptPage
    from tests import factories

RETURN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


def opened(front: Front, make: Callable[[], KeptPage]) -> Any:
    """Show a page on its own, read."""
    page = make()
    front.qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.begin()
    front.until(lambda: page.found is not None)
    return page


def press(front: Front, page: KeptPage, key: Qt.Key, act: Callable[..., None]) -> None:
    """Press a key in the list that opens a dialog, and act in it."""
    timer = front.answer_dialog(act)
    QTest.keyClick(page.rows, key)
    assert not timer.isActive(), "no dialog opened"
    front.settle()


def test_a_room_is_added_and_ended_though_somebody_has_it(
    front: Front, database: Desk, practice: factories.Practice
) -> None:
    page = opened(front, lambda: RoomsPage(front.desk.around))

    def enter(dialog: QDialog) -> None:
        assert isinstance(dialog, RoomDialog)
        type_into("Room 1")
        press_in_focus(TAB)
        press_in_focus(Qt.Key.Key_Space)
        press_in_focus(RETURN)
        front.until(lambda: not dialog.isVisible())

    press(front, page, Qt.Key.Key_Insert, enter)
    (room,) = page.things
    assert (room.name, room.service_ids) == ("Room 1", {practice.service_id})
    assert page.texts(room) == ("Check-up", "free")
    start = practice.at(9, day=tomorrow())
    database.booking.book(practice.request_at(start))

    def end(dialog: QDialog) -> None:
        assert isinstance(dialog, StepDialog)
        asked = front.answer_dialog(lambda _stranded: None)
        dialog.submit()
        front.until(lambda: not asked.isActive())

    press(front, page, Qt.Key.Key_Delete, end)
    assert database.places.all().rooms[0].is_active


def test_a_desk_is_put_at_one_of_the_locations(
    front: Front, practice: factories.Practice
) -> None:
    desk = front.desk
    file = desk.features.desk_file(desk._looks)
    page = opened(front, lambda: LocationsPage(desk.around, file))

    def enter(dialog: QDialog) -> None:
        assert isinstance(dialog, LocationDialog)
        type_into("Mitte")
        press_in_focus(RETURN)
        front.until(lambda: not dialog.isVisible())

    press(front, page, Qt.Key.Key_N, enter)
    (place,) = page.things
    assert page.texts(place) == ("one provider", "")
    page._desk.setFocus()
    page._desk.setCurrentIndex(1)
    page._on_desk()
    front.until(lambda: desk.practice.here == {place.location_id})
    kept = file.memory.read_settings(file.opened)
    assert kept.locations == (place.location_id,)
