"""The grid by keyboard: where each key goes and what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk_app.ui.grid import geometry
from tests.ui.grid.conftest import show, where
from tests.ui.grid.days import at, provider, provider_day, service, visit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.ui.grid.view import DiaryView

Key = Qt.Key


def press(qtbot: QtBot, view: DiaryView, *keys: Key) -> str:
    for key in keys:
        qtbot.keyClick(view, key)
    return where(view)


def test_the_first_focus_goes_to_the_first_time(view: DiaryView) -> None:
    assert where(view) == "Dr. A 09:00"


def test_down_goes_over_times_and_appointments(qtbot: QtBot, booked: DiaryView) -> None:
    booked.focus_time(1, at("09:30"))
    steps = [press(qtbot, booked, Key.Key_Down) for _ in range(6)]
    assert steps == [
        "Dr. A 09:45",
        "Anna Berg",
        "Dr. A 10:30",
        "Dr. A 10:45",
        "Ben Ito",
        "Dr. A 11:30",
    ]


def test_up_comes_back_the_same_way(qtbot: QtBot, booked: DiaryView) -> None:
    booked.focus_time(1, at("11:30"))
    steps = [press(qtbot, booked, Key.Key_Up) for _ in range(3)]
    assert steps == ["Ben Ito", "Dr. A 10:45", "Dr. A 10:30"]


def test_the_cursor_stays_at_the_edges(qtbot: QtBot, view: DiaryView) -> None:
    assert press(qtbot, view, Key.Key_Home, Key.Key_Up) == "Dr. A 09:00"
    assert press(qtbot, view, Key.Key_Left) == "Dr. A 09:00"
    assert press(qtbot, view, Key.Key_End, Key.Key_Down) == "Dr. A 17:45"


def test_right_and_left_keep_the_row(qtbot: QtBot, booked: DiaryView) -> None:
    booked.focus_time(2, at("10:15"))
    assert press(qtbot, booked, Key.Key_Left) == "Anna Berg"
    assert press(qtbot, booked, Key.Key_Right) == "Dr. B 10:15"


def test_only_offered_times_are_visited_once_a_service_is_chosen(
    qtbot: QtBot, booked: DiaryView
) -> None:
    booked.set_service({1: service(1, minutes=60)})
    press(qtbot, booked, Key.Key_Home)
    steps = [press(qtbot, booked, Key.Key_Down) for _ in range(4)]
    assert steps == ["Anna Berg", "Ben Ito", "Dr. A 12:00", "Dr. A 13:00"]


def test_a_buffer_is_no_free_time(qtbot: QtBot, view: DiaryView) -> None:
    show(view, provider_day(visit("10:00", busy_until=at("10:40"))))
    view.focus_time(1, at("09:45"))
    steps = [press(qtbot, view, Key.Key_Down) for _ in range(3)]
    assert steps == ["Anna Berg", "Dr. A 10:40", "Dr. A 10:45"]


def test_page_keys_go_far_and_stay_inside(qtbot: QtBot, view: DiaryView) -> None:
    minute = view.place.minute if view.place else 0
    press(qtbot, view, Key.Key_PageDown)
    assert view.place is not None
    assert view.place.minute - minute >= 60
    assert press(qtbot, view, Key.Key_PageUp, Key.Key_PageUp) == "Dr. A 09:00"


def test_moving_by_keys_tells_what_is_chosen(qtbot: QtBot, booked: DiaryView) -> None:
    slots, cards = QSignalSpy(booked.slot_chosen), QSignalSpy(booked.appointment_chosen)
    booked.focus_time(1, at("09:30"))
    press(qtbot, booked, Key.Key_Down, Key.Key_Down)
    assert slots.at(0)[0].start == at("09:45")
    assert cards.at(0)[0].client_name == "Anna Berg"


def test_enter_on_a_free_time_asks_to_book(qtbot: QtBot, view: DiaryView) -> None:
    view.focus_time(2, at("10:30"))
    with qtbot.waitSignal(view.booking_requested) as asked:
        qtbot.keyClick(view, Key.Key_Return)
    choice = asked.args[0]
    assert (choice.provider_id, choice.start) == (2, at("10:30"))


def test_enter_on_an_appointment_opens_it(qtbot: QtBot, booked: DiaryView) -> None:
    booked.focus_appointment(booked.columns[0].cards[1].appointment.appointment_id)
    with qtbot.waitSignal(booked.appointment_activated) as asked:
        qtbot.keyClick(booked, Key.Key_Enter)
    assert asked.args[0].client_name == "Ben Ito"


def test_h_asks_for_the_history_of_appointments_only(
    qtbot: QtBot, booked: DiaryView
) -> None:
    asked = QSignalSpy(booked.history_requested)
    booked.focus_time(1, at("09:30"))
    press(qtbot, booked, Key.Key_H)
    assert asked.count() == 0
    booked.focus_time(1, at("09:45"))
    press(qtbot, booked, Key.Key_Down, Key.Key_H)
    assert asked.at(0)[0].client_name == "Anna Berg"


def test_delete_asks_to_cancel_appointments_only(
    qtbot: QtBot, booked: DiaryView
) -> None:
    asked = QSignalSpy(booked.cancel_requested)
    booked.focus_time(1, at("09:30"))
    press(qtbot, booked, Key.Key_Delete)
    assert asked.count() == 0
    booked.focus_time(1, at("09:45"))
    press(qtbot, booked, Key.Key_Down, Key.Key_Delete)
    assert asked.at(0)[0].client_name == "Anna Berg"


def test_zoom_keys_change_the_scale_and_stop_at_the_ends(
    qtbot: QtBot, view: DiaryView
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for _ in geometry.ZOOM_LEVELS:
        qtbot.keyClick(view, Key.Key_Plus, control)
    assert view.zoom == len(geometry.ZOOM_LEVELS) - 1
    qtbot.keyClick(view, Key.Key_0, control)
    assert view.zoom == geometry.DEFAULT_ZOOM


@pytest.mark.parametrize("key", [Key.Key_Q, Key.Key_F5, Key.Key_Escape])
def test_other_keys_are_left_to_the_window(view: DiaryView, key: Key) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    view.keyPressEvent(event)
    assert not event.isAccepted()


def test_the_grid_is_one_tab_stop(qtbot: QtBot, booked: DiaryView) -> None:
    window, button = QWidget(), QPushButton("Next")
    layout = QVBoxLayout(window)
    layout.addWidget(booked)
    layout.addWidget(button)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    booked.setFocus()
    qtbot.waitUntil(booked.hasFocus)
    qtbot.keyClick(booked, Key.Key_Tab)
    assert button.hasFocus()
    booked.setParent(None)


def test_the_cursor_survives_turning_to_another_day(booked: DiaryView) -> None:
    booked.focus_time(2, at("10:30"))
    show(booked, provider_day(), provider_day(who=provider(2)))
    assert where(booked) == "Dr. B 10:30"


def test_the_cursor_follows_its_appointment(booked: DiaryView) -> None:
    anna = booked.columns[0].cards[0].appointment
    booked.focus_appointment(anna.appointment_id)
    moved = visit("14:00", appointment_id=anna.appointment_id, version=2, provider_id=3)
    booked.diary.put(moved)
    assert booked.chosen_appointment() == moved
    assert booked.place is not None
    assert booked.place.column == 2


def test_the_cursor_stays_at_the_time_of_what_vanished(booked: DiaryView) -> None:
    anna = booked.columns[0].cards[0].appointment
    booked.focus_appointment(anna.appointment_id)
    booked.diary.remove(anna.appointment_id)
    assert where(booked) == "Dr. A 10:00"


def test_nothing_happens_without_columns(qtbot: QtBot, view: DiaryView) -> None:
    show(view)
    assert press(qtbot, view, Key.Key_Down, Key.Key_Return) == "nowhere"


def test_a_time_that_does_not_exist_is_never_given(view: DiaryView) -> None:
    spring = at("12:00").date().replace(month=3, day=29)
    show(view, provider_day(day=spring, hours=["00:00-12:00"]))
    view.focus_time(1, at("01:45", spring))
    assert where(view) == "Dr. A 01:45"
    assert view.place is not None
    view.choose(view.free_place(0, 150))
    assert view.chosen_slot() is None
