"""Making appointments longer and shorter in the grid, by mouse and by keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy

from desk_app.domain.appointment import Status
from desk_app.domain.policies import Policy
from desk_app.domain.staff import Me, Role
from tests.ui.grid.conftest import show, spot
from tests.ui.grid.days import provider_day, visit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.ui.grid.view import DiaryView

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def anna(booked: DiaryView) -> DiaryView:
    """Anna from 10:00 to 10:30 is chosen; Ben comes at 11:00."""
    booked.focus_appointment(booked.columns[0].cards[0].appointment.appointment_id)
    return booked


def edge(view: DiaryView) -> QPoint:
    """Return the lower edge of Anna's card."""
    return spot(view, 0, 10 * 60 + 30) - QPoint(0, 4)


def words(view: DiaryView) -> str:
    """Return what is said of the length that would be."""
    return view.stretching.ghost.words if view.stretching.ghost else ""


def longer(qtbot: QtBot, view: DiaryView, times: int = 1) -> str:
    """Press Shift+Down."""
    for _ in range(times):
        qtbot.keyClick(view, Key.Key_Down, SHIFT)
    return words(view)


def test_shift_and_arrows_go_by_steps_of_the_grid(
    qtbot: QtBot, anna: DiaryView
) -> None:
    assert longer(qtbot, anna) == "10:00–10:45"
    assert longer(qtbot, anna) == "10:00–11:00"
    qtbot.keyClick(anna, Key.Key_Up, SHIFT)
    with qtbot.waitSignal(anna.move_requested) as asked:
        qtbot.keyClick(anna, Key.Key_Return)
    wish = asked.args[0]
    assert (wish.length_minutes, wish.start) == (45, wish.appointment.start)


def test_a_pause_is_enough(qtbot: QtBot, anna: DiaryView) -> None:
    with qtbot.waitSignal(anna.move_requested) as asked:
        longer(qtbot, anna)
    assert asked.args[0].length_minutes == 45


def test_a_length_into_the_next_visit_is_refused(qtbot: QtBot, anna: DiaryView) -> None:
    wishes, hints = QSignalSpy(anna.move_requested), QSignalSpy(anna.hint)
    assert longer(qtbot, anna, 3) == "Taken"
    qtbot.keyClick(anna, Key.Key_Return)
    assert wishes.count() == 0
    assert "Taken" in hints.at(hints.count() - 1)[0]


def test_a_length_past_the_hours_is_wished_with_its_rule(
    qtbot: QtBot, view: DiaryView
) -> None:
    show(view, provider_day(visit("16:30")))
    view.set_me(Me("jonas", "Jonas", Role.RECEPTIONIST))
    view.focus_appointment(view.columns[0].cards[0].appointment.appointment_id)
    longer(qtbot, view)
    with qtbot.waitSignal(view.move_requested) as asked:
        qtbot.keyClick(view, Key.Key_Return)
    assert asked.args[0].against == Policy.RUNS_OVER


def test_nothing_gets_shorter_than_a_step(qtbot: QtBot, anna: DiaryView) -> None:
    for _ in range(9):
        qtbot.keyClick(anna, Key.Key_Up, SHIFT)
    assert words(anna) == "10:00–10:05"


def test_the_same_length_again_is_no_wish(qtbot: QtBot, anna: DiaryView) -> None:
    wishes = QSignalSpy(anna.move_requested)
    longer(qtbot, anna)
    qtbot.keyClick(anna, Key.Key_Up, SHIFT)
    qtbot.keyClick(anna, Key.Key_Return)
    assert wishes.count() == 0


def test_escape_leaves_it(qtbot: QtBot, anna: DiaryView) -> None:
    wishes = QSignalSpy(anna.move_requested)
    longer(qtbot, anna)
    qtbot.keyClick(anna, Key.Key_Escape)
    assert (words(anna), wishes.count()) == ("", 0)


def test_the_lower_edge_shows_and_takes_a_drag(qtbot: QtBot, anna: DiaryView) -> None:
    viewport = anna.viewport()
    qtbot.mouseMove(viewport, edge(anna))
    assert viewport.cursor().shape() == Qt.CursorShape.SizeVerCursor
    qtbot.mousePress(viewport, LEFT, pos=edge(anna))
    qtbot.mouseMove(viewport, spot(anna, 0, 10 * 60 + 50))
    assert words(anna) == "10:00–10:45"
    with qtbot.waitSignal(anna.move_requested) as asked:
        qtbot.mouseRelease(viewport, LEFT, pos=spot(anna, 0, 10 * 60 + 50))
    assert asked.args[0].length_minutes == 45


def test_a_click_on_the_edge_changes_nothing(qtbot: QtBot, anna: DiaryView) -> None:
    wishes = QSignalSpy(anna.move_requested)
    qtbot.mouseClick(anna.viewport(), LEFT, pos=edge(anna))
    assert (words(anna), wishes.count()) == ("", 0)


def test_the_middle_of_a_card_is_no_edge(qtbot: QtBot, anna: DiaryView) -> None:
    qtbot.mouseMove(anna.viewport(), spot(anna, 0, 10 * 60 + 10))
    assert anna.viewport().cursor().shape() != Qt.CursorShape.SizeVerCursor


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.NO_SHOW])
def test_what_is_over_keeps_its_length(
    qtbot: QtBot, view: DiaryView, status: Status
) -> None:
    show(view, provider_day(visit("10:00", status=status)))
    view.focus_appointment(view.columns[0].cards[0].appointment.appointment_id)
    assert longer(qtbot, view) == ""


def test_a_change_of_another_desk_lets_the_edge_go(
    qtbot: QtBot, anna: DiaryView
) -> None:
    longer(qtbot, anna)
    seen = anna.columns[0].cards[0].appointment
    anna.diary.put(replace(seen, version=seen.version + 1, notes="called"))
    assert words(anna) == ""
