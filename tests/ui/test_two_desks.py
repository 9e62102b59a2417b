"""Two programs on one database: what one does is seen at the other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from desk_app.domain.holds import HoldRequest
from desk_app.domain.policies import Policy
from desk_app.ui.holding import Holder, desk_name
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.ui.dialogs.booking import BookingDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
VISIT = timedelta(minutes=40)


@pytest.fixture
def one(open_front: Callable[[], Front]) -> Front:
    """The desk where somebody works."""
    front = open_front()
    front.show(tomorrow())
    return front


@pytest.fixture
def other(open_front: Callable[[], Front]) -> Front:
    """The desk beside it."""
    front = open_front()
    front.show(tomorrow())
    return front


@pytest.fixture
def holder(one: Front, practice: Practice) -> Holder:
    """A form at the first desk, with nine o'clock chosen."""
    holder = one.desk._flows.holding.holder()
    start = practice.at(9, day=tomorrow())
    holder.hold(practice.provider_id, start, start + VISIT)
    return holder


def shaded(front: Front) -> list[str]:
    """Return the hours that a desk shades."""
    marks = front.view.held.marks()
    return [front.view.labels.span(mark.top, mark.bottom) for mark in marks]


def test_a_chosen_time_is_shaded_at_the_other_desk_until_the_form_closes(
    one: Front, other: Front, practice: Practice
) -> None:
    one.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))

    def look(dialog: QDialog) -> None:
        other.until(lambda: shaded(other) == ["11:00–11:40"])
        dialog.done(0)

    one.press_into_dialog(Key.Key_Return, look)
    other.until(lambda: shaded(other) == [])


def test_the_own_hold_is_not_shaded(one: Front, other: Front, holder: Holder) -> None:
    other.until(lambda: shaded(other) == ["09:00–09:40"])
    one.settle()
    assert shaded(one) == []
    assert holder.hold_id is not None


def test_another_time_is_held_instead(
    other: Front, practice: Practice, holder: Holder
) -> None:
    for hour in (11, 13, 15):
        start = practice.at(hour, day=tomorrow())
        holder.hold(practice.provider_id, start, start + VISIT)
    other.until(lambda: shaded(other) == ["15:00–15:40"])


def test_who_holds_is_said_to_a_screen_reader(
    other: Front, practice: Practice, holder: Holder
) -> None:
    other.until(lambda: shaded(other) != [])
    other.view.focus_time(practice.provider_id, practice.at(9, day=tomorrow()))
    other.view.setFocus()
    name = other.view.nodes.node(0).text(QAccessible.Text.Name)
    assert "is booking it" in name
    assert desk_name(other.desk._desk.settings) in name
    assert holder.hold_id is not None


def test_a_desk_that_dies_holds_nothing_after_its_time(
    database: Desk, other: Front, practice: Practice
) -> None:
    """Nobody renews it: it goes by this desk's own count, unasked."""
    start = practice.at(9, day=tomorrow())
    request = HoldRequest(uuid4(), practice.provider_id, start, start + VISIT, "gone")
    database.holding.hold(request)
    other.until(lambda: shaded(other) != [])
    factories.rows(
        database.booking._sessions,
        "ALTER TABLE slot_hold DISABLE TRIGGER slot_hold_tells_desks",
    )
    factories.rows(
        database.booking._sessions,
        "UPDATE slot_hold SET expires_at = clock_timestamp() + interval '1 s'",
    )
    other.desk.news.holds_changed.emit(database.diary.holds())
    assert shaded(other) != []
    other.until(lambda: shaded(other) == [])
    assert database.diary.holds() == ()


def test_a_time_that_is_held_can_be_booked_by_its_own_desk(
    one: Front, other: Front, database: Desk, practice: Practice, holder: Holder
) -> None:
    other.until(lambda: shaded(other) != [])
    start = practice.at(9, day=tomorrow())
    answers: list[object] = []
    book = holder.used_by(one.desk.around.port(database.booking.book))
    book(practice.request_at(start), answers.append, answers.append)
    one.until(lambda: bool(answers))
    other.until(lambda: other.shown() == ["Anna Weiß"])
    other.until(lambda: shaded(other) == [])


def test_a_held_time_can_be_booked_anyway_and_is_said_to_be_held(
    other: Front, database: Desk, practice: Practice, holder: Holder
) -> None:
    other.until(lambda: shaded(other) != [])
    start = practice.at(9, day=tomorrow())
    other.view.focus_time(practice.provider_id, start)
    said: list[str] = []

    def book(dialog: BookingDialog) -> None:
        type_into("ann")
        other.until(lambda: dialog.fields.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        other.until(lambda: dialog.fields.aside.is_on)
        said.append(dialog.fields.aside.said)
        press_in_focus(Key.Key_Return)
        other.until(lambda: not dialog.isVisible())

    other.press_into_dialog(Key.Key_Return, book)
    other.until(lambda: other.shown() == ["Anna Weiß"])
    assert "booking" in said[0]
    assert other.appointments()[0].overridden == (Policy.HELD,)
    assert holder.hold_id is not None


def test_a_move_at_one_desk_is_seen_at_the_other(
    one: Front, other: Front, database: Desk, practice: Practice
) -> None:
    start = practice.at(9, day=tomorrow())
    booked = database.booking.book(practice.request_at(start))
    for desk in (one, other):
        desk.until(lambda desk=desk: desk.shown() == ["Anna Weiß"])
    one.view.focus_appointment(booked.appointment_id)
    one.press(Key.Key_X, CTRL)
    one.press(Key.Key_Down)
    one.press(Key.Key_V, CTRL)
    other.until(lambda: other.appointments()[0].start > start)
    one.press(Key.Key_Z, CTRL)
    other.until(lambda: other.appointments()[0].start == start)
