"""Ctrl+F: typing finds appointments, Enter goes to their day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from desk_app.ui.search.page import SearchPage
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(front: Front) -> SearchPage:
    front.press(Key.Key_F, CTRL)
    page = front.desk.features.search.page
    front.until(page.field.hasFocus)
    return page


def test_enter_goes_to_what_was_found(
    front: Front, database: Desk, practice: Practice
) -> None:
    booked = database.booking.book(practice.request_at(practice.at(9, day=tomorrow())))
    page = opened(front)
    type_into("wei")
    front.until(lambda: page.found == (booked,))
    press_in_focus(Key.Key_Return)
    front.until(lambda: front.view.chosen_appointment() == booked)
    assert front.desk.pager.day == tomorrow()


def test_only_the_latest_typing_is_answered(front: Front) -> None:
    page = opened(front)
    type_into("weiss zzz")
    front.until(lambda: page.said == "Nothing found.")
    page.field.clear()
    assert page.found == ()
    assert "status" in page.said
    QTest.keyClick(page.field, Key.Key_Return)
    front.settle()
