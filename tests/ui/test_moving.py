"""Moving at the whole window: no needless question, few keys, and a way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desk_app.domain.appointment import Status
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.dialogs.move import MoveDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def anna(front: Front, database: Desk, practice: Practice) -> Appointment:
    """Anna tomorrow at nine, chosen in the grid."""
    start = practice.at(9, day=tomorrow())
    booked = database.booking.book(practice.request_at(start))
    front.show(tomorrow())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.view.focus_appointment(booked.appointment_id)
    return booked


def latest(database: Desk, of: Appointment) -> Appointment:
    """Return an appointment as it stands in the database."""
    found = database.diary.get(of.appointment_id)
    assert found is not None
    return found


def moved_to(front: Front, database: Desk, of: Appointment) -> Appointment:
    """Wait until the grid shows another version; return it from the database."""
    front.until(
        lambda: (
            all(a.version > of.version for a in front.appointments())
            and bool(front.appointments())
        )
    )
    return latest(database, of)


def spot(front: Front, minute: int, drop: int = 2) -> QPoint:
    """Return a point of the first column."""
    view = front.view
    rect = view.frame.span_rect(0, minute, minute + 1)
    point = QPoint(rect.center().x(), view.frame.y(minute) + drop)
    return point - QPoint(view.horizontalOffset(), view.verticalOffset())


def drag(front: Front, start: QPoint, end: QPoint) -> None:
    """Drag with the left button."""
    viewport = front.view.viewport()
    QTest.mousePress(viewport, LEFT, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, LEFT, pos=end)


def test_a_drag_moves_at_once_and_ctrl_z_takes_it_back(
    front: Front, database: Desk, practice: Practice, anna: Appointment
) -> None:
    drag(front, spot(front, 9 * 60 + 5), spot(front, 11 * 60 + 5))
    moved = moved_to(front, database, anna)
    assert moved.start == practice.at(11, day=tomorrow())
    assert "Moved" in front.desk.status.said
    front.press(Key.Key_Z, CTRL)
    front.until(lambda: "Undone" in front.desk.status.said)
    assert latest(database, anna).start == anna.start


def test_a_click_is_never_a_move(
    front: Front, database: Desk, anna: Appointment
) -> None:
    start = spot(front, 9 * 60 + 5)
    drag(front, start, start + QPoint(3, 4))
    front.settle()
    assert latest(database, anna).version == anna.version


def test_three_keys_move_within_the_view(
    front: Front, database: Desk, anna: Appointment
) -> None:
    for key, held in (
        (Key.Key_X, CTRL),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier),
        (Key.Key_V, CTRL),
    ):
        front.press(key, held)
    moved = moved_to(front, database, anna)
    assert moved.start > anna.start


def test_three_keys_move_to_another_day(
    front: Front, database: Desk, anna: Appointment
) -> None:
    front.press(Key.Key_X, CTRL)
    front.press(Key.Key_Right, CTRL)
    front.settle()
    front.press(Key.Key_V, CTRL)
    front.until(lambda: front.shown() == ["Anna Weiß"])
    assert latest(database, anna).start == anna.start + timedelta(days=1)


def test_shift_and_arrows_change_the_length(
    front: Front, database: Desk, anna: Appointment
) -> None:
    front.press(Key.Key_Down, SHIFT)
    front.press(Key.Key_Down, SHIFT)
    longer = moved_to(front, database, anna)
    assert longer.end == anna.end + timedelta(minutes=30)
    assert longer.version == 2
    front.press(Key.Key_Up, SHIFT)
    front.press(Key.Key_Return)
    shorter = moved_to(front, database, longer)
    assert shorter.end == anna.end + timedelta(minutes=15)


def test_the_lower_edge_is_dragged_for_the_length(
    front: Front, database: Desk, anna: Appointment
) -> None:
    edge = spot(front, 9 * 60 + 30, drop=-3)
    drag(front, edge, spot(front, 10 * 60, drop=0))
    longer = moved_to(front, database, anna)
    assert longer.end == anna.end + timedelta(minutes=30)


def test_escape_leaves_the_length(
    front: Front, database: Desk, anna: Appointment
) -> None:
    front.press(Key.Key_Down, SHIFT)
    front.press(Key.Key_Escape)
    assert front.view.stretching.ghost is None
    front.settle()
    assert latest(database, anna).version == anna.version


def test_ctrl_v_on_another_swaps_the_two_and_ctrl_z_swaps_them_back(
    front: Front, database: Desk, practice: Practice, anna: Appointment
) -> None:
    ben = factories.client(database.booking._sessions, name="Ben Ito")
    start = practice.at(11, day=tomorrow())
    other = database.booking.book(replace(practice.request_at(start), client_id=ben))
    front.until(lambda: front.shown() == ["Anna Weiß", "Ben Ito"])
    front.press(Key.Key_X, CTRL)
    front.view.focus_appointment(other.appointment_id)
    front.press(Key.Key_V, CTRL)
    front.until(lambda: front.shown() == ["Ben Ito", "Anna Weiß"])
    assert latest(database, anna).start == other.start
    front.press(Key.Key_Z, CTRL)
    front.until(lambda: front.shown() == ["Anna Weiß", "Ben Ito"])
    assert latest(database, other).start == other.start


class TestUndoing:
    """Ctrl+Z and the list behind Ctrl+Shift+Z."""

    def test_several_deeds_go_back_one_after_the_other(
        self, front: Front, database: Desk, anna: Appointment
    ) -> None:
        drag(front, spot(front, 9 * 60 + 5), spot(front, 11 * 60 + 5))
        moved = moved_to(front, database, anna)
        # Elsewhere on the card, or Qt takes the press for a double-click.
        drag(front, spot(front, 11 * 60 + 22), spot(front, 14 * 60 + 43))
        moved_to(front, database, moved)
        front.press(Key.Key_Z, CTRL)
        front.press(Key.Key_Z, CTRL)
        front.until(lambda: latest(database, anna).version == 5)
        assert latest(database, anna).start == anna.start

    def test_a_link_that_has_come_since_does_not_matter(
        self, front: Front, database: Desk, anna: Appointment
    ) -> None:
        drag(front, spot(front, 9 * 60 + 5), spot(front, 11 * 60 + 5))
        moved_to(front, database, anna)
        factories.rows(
            database.booking._sessions,
            "UPDATE appointment SET version = version + 1,"
            " meeting_link = 'https://video.example/1'",
        )
        latest_deed = front.desk.features.undo.deeds.latest
        front.until(lambda: latest_deed().undone[0].version == 3)
        front.press(Key.Key_Z, CTRL)
        front.until(lambda: latest(database, anna).start == anna.start)
        assert latest(database, anna).meeting_link

    def test_nothing_to_undo_is_said(self, front: Front) -> None:
        front.press(Key.Key_Z, CTRL)
        assert "nothing to undo" in front.desk.status.said

    def test_a_deed_is_undone_from_the_list(
        self, front: Front, database: Desk, anna: Appointment
    ) -> None:
        drag(front, spot(front, 9 * 60 + 5), spot(front, 11 * 60 + 5))
        moved_to(front, database, anna)
        front.press(Key.Key_Z, CTRL | SHIFT)
        assert front.desk.side.current == "undo"
        press_in_focus(Key.Key_Return)
        front.until(lambda: latest(database, anna).start == anna.start)
        front.until(lambda: "Undone" in front.desk.status.said)

    def test_what_another_desk_changed_since_stays(
        self, front: Front, database: Desk, anna: Appointment
    ) -> None:
        drag(front, spot(front, 9 * 60 + 5), spot(front, 11 * 60 + 5))
        moved = moved_to(front, database, anna)
        gone = database.booking.cancel(factories.cancellation(moved))
        front.press(Key.Key_Z, CTRL)
        front.until(lambda: "Not undone" in front.desk.status.said)
        assert latest(database, anna) == gone
        assert gone.status is Status.CANCELLED

    def test_what_clients_know_already_is_shown_before_it_is_undone(
        self, front: Front, database: Desk, anna: Appointment
    ) -> None:
        rows = factories.rows
        sessions = database.booking._sessions
        rows(sessions, "INSERT INTO practice_setting VALUES ('grace_seconds', '0')")
        front.until(lambda: not front.desk.practice.catalogue.rules.grace_seconds)
        front.settle()
        front.view.focus_appointment(anna.appointment_id)
        drag(front, spot(front, 9 * 60 + 5), spot(front, 11 * 60 + 5))
        moved = moved_to(front, database, anna)
        front.press(Key.Key_Z, CTRL)
        assert front.desk.side.current == "undo"
        assert latest(database, anna) == moved
        press_in_focus(Key.Key_Return)
        front.until(lambda: latest(database, anna).start == anna.start)
        front.until(lambda: "Undone" in front.desk.status.said)


def test_another_provider_with_another_price_is_asked_about(
    open_front: Callable[[], Front], database: Desk, practice: Practice
) -> None:
    sessions = database.booking._sessions
    there = factories.provider(sessions, name="Dr Adam")
    factories.hours(sessions, there)
    factories.service(sessions, there, price=90)
    start = practice.at(9, day=tomorrow())
    booked = database.booking.book(practice.request_at(start))
    front = open_front()
    front.show(tomorrow())
    front.view.focus_appointment(booked.appointment_id)
    front.press(Key.Key_M)
    front.press(Key.Key_Left)
    said: list[str] = []

    def read(dialog: MoveDialog) -> None:
        said.append(dialog.changes)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, read)
    assert "90" in said[0]
    moved = latest(database, booked)
    assert (moved.provider_id, moved.price) == (there, booked.price)


def test_a_length_past_the_hours_is_asked_about_and_may_be_had(
    front: Front, database: Desk, practice: Practice
) -> None:
    start = practice.at(16, 20, day=tomorrow())
    booked = database.booking.book(practice.request_at(start))
    front.show(tomorrow())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.view.focus_appointment(booked.appointment_id)
    for _ in range(3):
        front.press(Key.Key_Down, SHIFT)

    def insist(dialog: MoveDialog) -> None:
        QTest.keyClicks(dialog._fields.aside.reason, "the last one today")
        dialog.submit()
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, insist)
    longer = latest(database, booked)
    assert longer.end > practice.at(17, day=tomorrow())
    assert longer.override_reason == "the last one today"
