"""The pinboard: what is on it keeps its time, and survives a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible

from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visits(database: Desk, practice: Practice) -> list[Appointment]:
    """Anna tomorrow at nine, and Ben at eleven."""
    ben = factories.client(database.booking._sessions, name="Ben Ito")
    starts = [practice.at(hour, day=tomorrow()) for hour in (9, 11)]
    requests = [practice.request_at(start) for start in starts]
    requests[1] = replace(requests[1], client_id=ben)
    return [database.booking.book(request) for request in requests]


def pin(front: Front, *appointments: Appointment) -> None:
    """Cut appointments, one after the other."""
    front.show(tomorrow())
    front.until(lambda: len(front.shown()) == 2)
    for appointment in appointments:
        front.view.focus_appointment(appointment.appointment_id)
        front.press(Key.Key_X, CTRL)


def pinned(front: Front) -> list[str]:
    """Return who is on the board, the next first."""
    board = front.desk.features.pinboard.board
    return [each.client_name for each in board.pinned]


def test_what_is_pinned_keeps_its_time_and_its_card_says_so(
    front: Front, database: Desk, visits: list[Appointment]
) -> None:
    pin(front, visits[0])
    assert database.diary.get(visits[0].appointment_id) == visits[0]
    assert front.shown() == ["Anna Weiß", "Ben Ito"]
    node = front.view.nodes.node(visits[0].appointment_id)
    assert "on the pinboard" in node.text(QAccessible.Text.Description)
    assert "Anna Weiß" in front.desk.features.pinboard.strip.text


def test_the_pinboard_survives_a_restart(
    open_front: Callable[[], Front], visits: list[Appointment]
) -> None:
    first = open_front()
    pin(first, *visits)
    first.close()
    second = open_front()
    second.until(lambda: pinned(second) == ["Ben Ito", "Anna Weiß"])


def test_no_name_is_written_to_disk(
    front: Front, visits: list[Appointment], tmp_path: Path
) -> None:
    pin(front, visits[0])
    file = tmp_path / "window.ini"
    written = file.read_text(encoding="utf-8")
    assert "Anna" not in written
    kept = QSettings(str(file), QSettings.Format.IniFormat).value("practice/pinned")
    assert kept in (str(visits[0].appointment_id), [str(visits[0].appointment_id)])


def test_what_was_cancelled_meanwhile_drops_out_with_a_word(
    open_front: Callable[[], Front], database: Desk, visits: list[Appointment]
) -> None:
    first = open_front()
    pin(first, *visits)
    first.close()
    database.booking.cancel(factories.cancellation(visits[0]))
    second = open_front()
    second.until(lambda: pinned(second) == ["Ben Ito"])
    assert "pinned" in second.desk.status.said


def test_what_another_desk_cancels_drops_out_with_a_word(
    front: Front, database: Desk, visits: list[Appointment]
) -> None:
    pin(front, *visits)
    database.booking.cancel(factories.cancellation(visits[1]))
    front.until(lambda: pinned(front) == ["Anna Weiß"])
    assert "Ben Ito" in front.desk.status.said


def test_several_are_carried_to_another_week(
    front: Front, database: Desk, practice: Practice, visits: list[Appointment]
) -> None:
    pin(front, *visits)
    front.desk.pager.turn_days(7)
    front.settle()
    there = tomorrow() + timedelta(days=7)
    for hour in (13, 15):
        front.view.focus_time(practice.provider_id, practice.at(hour, day=there))
        before = len(front.shown())
        front.press(Key.Key_V, CTRL)
        front.until(lambda before=before: len(front.shown()) > before)
    assert front.shown() == ["Ben Ito", "Anna Weiß"]
    assert pinned(front) == []
    moved = [database.diary.get(each.appointment_id) for each in visits]
    assert all(each and each.start.date() == there for each in moved)


def test_the_page_marks_another_and_takes_one_off(
    front: Front, visits: list[Appointment]
) -> None:
    pin(front, *visits)
    front.press(Key.Key_B)
    assert front.desk.side.current == "pinboard"
    press_in_focus(Key.Key_Down)
    press_in_focus(Key.Key_Return)
    assert pinned(front) == ["Anna Weiß", "Ben Ito"]
    front.press(Key.Key_B)
    press_in_focus(Key.Key_Delete)
    assert pinned(front) == ["Ben Ito"]


def test_nothing_pinned_is_said(front: Front) -> None:
    front.press(Key.Key_V, CTRL)
    assert "Ctrl+X" in front.desk.status.said


def test_on_its_own_card_a_time_is_asked_for(
    front: Front, database: Desk, visits: list[Appointment]
) -> None:
    pin(front, visits[0])
    front.press(Key.Key_V, CTRL)
    assert "Choose a time" in front.desk.status.said
    assert database.diary.get(visits[0].appointment_id) == visits[0]
    assert pinned(front) == ["Anna Weiß"]


def test_on_another_day_nobody_is_swapped_by_the_way(
    front: Front, database: Desk, practice: Practice, visits: list[Appointment]
) -> None:
    """The cursor stands on Clara because the day was turned."""
    start = visits[0].start + timedelta(days=1)
    clara = factories.client(database.booking._sessions, name="Clara Maß")
    request = replace(practice.request_at(start), client_id=clara)
    booked = database.booking.book(request)
    pin(front, visits[0])
    front.press(Key.Key_Right, CTRL)
    front.settle()
    front.press(Key.Key_V, CTRL)
    assert "Clara Maß has this time" in front.desk.status.said
    front.settle()
    assert database.diary.get(booked.appointment_id) == booked
    front.press(Key.Key_V, CTRL)
    front.until(lambda: front.shown() == ["Anna Weiß"])
    swapped = database.diary.get(booked.appointment_id)
    assert swapped is not None
    assert swapped.start == visits[0].start
