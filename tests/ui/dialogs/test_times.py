"""Days and times are walked through by arrows, as they lie on the screen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desk_app.ui.dialogs.booking import BookingDialog
from tests.ui.dialogs.practice import THURSDAY, Practice, at

if TYPE_CHECKING:
    from tests.ui.dialogs.conftest import Hands

FRIDAY = THURSDAY + timedelta(days=1)


@pytest.fixture
def dialog(practice: Practice, hands: Hands) -> BookingDialog:
    """Return a booking dialog at 9:00 with the focus on the times."""
    form = practice.form(provider_id=1, start=at(9), service_id=1)
    result = BookingDialog(form, practice.ports())
    hands.open(result)
    result.fields.times.chips.setFocus()
    return result


def test_right_walks_to_the_next_time(dialog: BookingDialog, hands: Hands) -> None:
    hands.press(Qt.Key.Key_Right)
    assert dialog.opening.start == at(10, 20)


def test_down_goes_to_the_time_below(dialog: BookingDialog, hands: Hands) -> None:
    hands.press(Qt.Key.Key_Down)
    assert dialog.opening.start == at(12, 20)


def test_up_from_the_first_row_goes_to_the_days(
    dialog: BookingDialog, hands: Hands
) -> None:
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Right)
    assert dialog.opening.start == at(9, 0, FRIDAY)


def test_past_the_last_time_comes_the_next_day(
    dialog: BookingDialog, hands: Hands
) -> None:
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    assert dialog.opening.start == at(9, 0, FRIDAY)


def test_page_keys_turn_the_week_from_the_days(
    dialog: BookingDialog, hands: Hands, practice: Practice
) -> None:
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_PageDown)
    assert practice.wanted[-1].first == THURSDAY + timedelta(days=7)
    hands.press(Qt.Key.Key_PageUp)
    hands.press(Qt.Key.Key_PageUp)
    assert practice.wanted[-1].first == THURSDAY


def test_other_letters_do_nothing_to_the_times(
    dialog: BookingDialog, hands: Hands
) -> None:
    hands.type("z")
    assert dialog.opening.start == at(9)


def test_turning_the_week_keeps_the_chosen_time(
    dialog: BookingDialog, hands: Hands
) -> None:
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_PageDown)
    assert dialog.opening.start == at(9)
    assert dialog.banner.isHidden()
