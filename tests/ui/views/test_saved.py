"""Views on function keys: kept with a name, brought back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.ui.top_bar import View
from desk_app.ui.views.colouring import ColourBy
from desk_app.ui.views.saved import SavedView, from_text, to_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from tests.ui.conftest import Front

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
SAVED = SavedView("Mornings", View.WEEK, 3, (1, 2), 2, ColourBy.SERVICE)


def test_what_is_kept_is_read_again() -> None:
    assert from_text(to_text(SAVED)) == SAVED


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"name": 1}', to_text(SAVED).replace("week", "x")]
)
def test_what_is_no_view_is_none(text: str) -> None:
    assert from_text(text) is None


def test_a_key_brings_back_what_was_kept(open_front: Callable[[], Front]) -> None:
    front = open_front()
    front.press(Key.Key_W)
    front.settle()
    front.press(Key.Key_F12, SHIFT)

    def name_it(dialog: QDialog) -> None:
        QTest.keyClicks(dialog.focusWidget(), "Mornings")
        QTest.keyClick(dialog, Key.Key_Return)

    timer = front.answer_dialog(name_it)
    front.press(Key.Key_F7, SHIFT)
    assert not timer.isActive()
    assert front.desk.status.said == "Kept on F7: Mornings"
    front.press(Key.Key_D)
    front.press(Key.Key_F12, SHIFT)
    front.press(Key.Key_F7)
    front.settle()
    assert front.desk.pager.view is View.WEEK
    assert front.desk.features.looks.by is ColourBy.SERVICE
    assert front.desk.status.said == "View: Mornings"


def test_an_empty_key_says_how_to_keep_a_view(front: Front) -> None:
    front.press(Key.Key_F9)
    assert "F9" in front.desk.status.said
