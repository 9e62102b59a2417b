"""Shift+F5 tells what others did, and never what one did oneself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desk_app.ui.practice import Practice
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from tests.factories import Practice as Rows
    from tests.ui.conftest import Front

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_own_deeds_are_not_listed_but_those_of_others_are(
    front: Front, database: Desk, practice: Rows
) -> None:
    booked = database.booking.book(practice.request_at(practice.at(9, day=tomorrow())))
    page = front.desk.features.changes.page
    front.press(Key.Key_F5, SHIFT)
    front.until(lambda: page.said.startswith("Nobody else"))
    catalogue = front.desk.practice.catalogue
    other = replace(catalogue, me=replace(catalogue.me, login="somebody else"))
    front.desk.around.set_practice(Practice(other))
    front.press(Key.Key_F5, SHIFT)
    front.until(lambda: page.model.rowCount() == 1)
    assert page.said.startswith("What others did since")
    press_in_focus(Key.Key_Return)
    front.until(lambda: front.view.chosen_appointment() == booked)
