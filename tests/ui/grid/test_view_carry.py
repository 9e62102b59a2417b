"""Moving an appointment by keys alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from tests.ui.grid.conftest import show, spot
from tests.ui.grid.days import DAY, at, provider, provider_day, service

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.ui.grid.view import DiaryView

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def anna(booked: DiaryView) -> DiaryView:
    booked.focus_appointment(booked.columns[0].cards[0].appointment.appointment_id)
    return booked


def words(view: DiaryView) -> str:
    return view.carrying.ghost.words if view.carrying.ghost else ""


def press(qtbot: QtBot, view: DiaryView, *keys: Key) -> str:
    for key in keys:
        qtbot.keyClick(view, key)
    return words(view)


def test_arrows_go_over_the_free_starts(qtbot: QtBot, anna: DiaryView) -> None:
    assert press(qtbot, anna, Key.Key_M) == "10:00–10:30"
    assert press(qtbot, anna, Key.Key_Down) == "10:30–11:00"
    assert press(qtbot, anna, Key.Key_Down) == "11:30–12:00"
    assert press(qtbot, anna, Key.Key_Up, Key.Key_Up) == "10:00–10:30"


def test_enter_wishes_the_move(qtbot: QtBot, anna: DiaryView) -> None:
    press(qtbot, anna, Key.Key_M, Key.Key_Right, Key.Key_Down)
    with qtbot.waitSignal(anna.move_requested) as asked:
        qtbot.keyClick(anna, Key.Key_Return)
    assert (asked.args[0].provider_id, asked.args[0].start) == (2, at("10:30"))
    assert anna.carrying.ghost is None


def test_cut_and_paste_ask_for_the_pinboard(qtbot: QtBot, anna: DiaryView) -> None:
    with qtbot.waitSignal(anna.pins.pin_requested) as pinned:
        qtbot.keyClick(anna, Key.Key_X, CTRL)
    press(qtbot, anna, Key.Key_Down)
    with qtbot.waitSignal(anna.pins.paste_requested):
        qtbot.keyClick(anna, Key.Key_V, CTRL)
    wish = anna.pins.wish(pinned.args[0])
    assert wish is not None
    assert (wish.start, wish.against) == (at("10:30"), "")


def test_what_is_in_the_hand_is_put_down_by_the_same_key(
    qtbot: QtBot, anna: DiaryView
) -> None:
    press(qtbot, anna, Key.Key_M, Key.Key_Down)
    with qtbot.waitSignal(anna.move_requested) as asked:
        qtbot.keyClick(anna, Key.Key_V, CTRL)
    assert asked.args[0].start == at("10:30")


def test_escape_leaves_it_where_it_was(qtbot: QtBot, anna: DiaryView) -> None:
    wishes = QSignalSpy(anna.move_requested)
    press(qtbot, anna, Key.Key_M, Key.Key_Down, Key.Key_Escape, Key.Key_Escape)
    assert (wishes.count(), anna.carrying.ghost) == (0, None)


def test_a_hint_says_what_to_press(qtbot: QtBot, anna: DiaryView) -> None:
    hints = QSignalSpy(anna.hint)
    press(qtbot, anna, Key.Key_M)
    assert "Enter" in hints.at(hints.count() - 1)[0]
    press(qtbot, anna, Key.Key_Escape)
    assert hints.at(hints.count() - 1)[0] == ""


def test_it_stays_in_the_hand_while_the_day_is_turned(
    qtbot: QtBot, anna: DiaryView
) -> None:
    press(qtbot, anna, Key.Key_M)
    tomorrow = DAY + timedelta(days=1)
    show(anna, provider_day(day=tomorrow), provider_day(who=provider(2), day=tomorrow))
    assert words(anna) == "10:00–10:30"
    with qtbot.waitSignal(anna.move_requested) as asked:
        qtbot.keyClick(anna, Key.Key_Return)
    assert asked.args[0].start == at("10:00", tomorrow)


def test_a_click_puts_down_what_was_taken_up_by_keys(
    qtbot: QtBot, anna: DiaryView
) -> None:
    press(qtbot, anna, Key.Key_M)
    with qtbot.waitSignal(anna.move_requested) as asked:
        qtbot.mouseClick(
            anna.viewport(), Qt.MouseButton.LeftButton, pos=spot(anna, 2, 15 * 60 + 2)
        )
    assert (asked.args[0].provider_id, asked.args[0].start) == (3, at("15:00"))


def test_a_refused_place_keeps_it_in_the_hand(qtbot: QtBot, anna: DiaryView) -> None:
    anna.set_services([service(1)])
    wishes = QSignalSpy(anna.move_requested)
    assert press(qtbot, anna, Key.Key_M, Key.Key_Right) == "Not offered"
    press(qtbot, anna, Key.Key_Return)
    assert wishes.count() == 0
    assert words(anna) == "Not offered"


def test_free_times_cannot_be_taken_up(qtbot: QtBot, booked: DiaryView) -> None:
    booked.focus_time(1, at("09:30"))
    assert press(qtbot, booked, Key.Key_M) == ""


def test_without_known_services_the_hours_decide(qtbot: QtBot, anna: DiaryView) -> None:
    anna.set_services([])
    press(qtbot, anna, Key.Key_M)
    assert press(qtbot, anna, Key.Key_Down) == "10:15–10:45"
    assert press(qtbot, anna, *[Key.Key_Down] * 2) == "Taken"
