"""Series at a real desk: V repeats, and one key changes one or all that follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.appointment import Status
from desk_app.domain.deeds import SeriesRequest
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.grid.wishes import MoveWish
from desk_app.ui.series.dialog import SeriesDialog
from desk_app.ui.series.scope import ScopeDialog
from desk_app.ui.series.shift import ShiftDialog
from tests.factories import rows
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
WEEK = timedelta(weeks=1)


def series_of(database: Desk, practice: Practice, times: int = 4) -> Appointment:
    """Book a series from tomorrow on; return the first of it."""
    days = [tomorrow() + number * WEEK for number in range(times)]
    starts = tuple(practice.at(9, 40, day) for day in days)
    request = SeriesRequest(
        uuid4(),
        practice.provider_id,
        practice.service_id,
        starts,
        client_id=practice.client_id,
    )
    return database.series.book(request)[0]


def go_to(front: Front, appointment: Appointment) -> None:
    """Put the cursor on an appointment, as soon as it is shown."""

    def is_there() -> bool:
        front.view.focus_appointment(appointment.appointment_id)
        chosen = front.view.chosen_appointment()
        return chosen is not None and chosen.version == appointment.version

    front.until(is_there)


def is_at(front: Front, start: datetime) -> bool:
    """Say whether the one appointment that is shown begins then."""
    return [each.start for each in front.appointments()] == [start]


def standing(database: Desk) -> int:
    """Return how many appointments are not cancelled."""
    sessions = database.booking._sessions
    count = "SELECT count(*) FROM appointment WHERE status <> 'CANCELLED'"
    return int(rows(sessions, count)[0][0])


def test_v_on_a_free_time_books_a_series(
    front: Front, database: Desk, practice: Practice
) -> None:
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(9, 0, tomorrow()))

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, SeriesDialog)
        assert dialog.client is not None
        type_into("anna")
        front.until(lambda: dialog.client.found.rowCount() > 1)
        press_in_focus(Key.Key_Return)
        press_in_focus(Key.Key_T, ALT)
        type_into("3")
        press_in_focus(Key.Key_Return)
        front.until(lambda: bool(dialog.answer))

    front.press_into_dialog(Key.Key_V, act)
    assert standing(database) == 3
    front.until(lambda: front.shown() == ["Anna Weiß"])


def test_v_on_an_appointment_books_what_comes_after_it(
    front: Front, database: Desk, practice: Practice
) -> None:
    booked = database.booking.book(practice.request_at(practice.at(9, day=tomorrow())))
    front.show(tomorrow())
    go_to(front, booked)

    def act(dialog: QDialog) -> None:
        type_into("2")
        press_in_focus(Key.Key_Return)
        front.until(lambda: bool(dialog.answer))

    front.press_into_dialog(Key.Key_V, act)
    assert standing(database) == 3


def test_a_booking_becomes_a_series_by_one_key(
    front: Front, database: Desk, practice: Practice
) -> None:
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(9, 0, tomorrow()))

    def book_all(dialog: QDialog) -> None:
        assert isinstance(dialog, SeriesDialog)
        type_into("5")
        press_in_focus(Key.Key_Return)
        front.until(lambda: bool(dialog.answer))

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BookingDialog)
        type_into("anna")
        front.until(lambda: dialog.fields.client.found.rowCount() > 1)
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.opening is not None)
        timer = front.answer_dialog(book_all)
        press_in_focus(Key.Key_R, ALT)
        assert not timer.isActive()
        assert dialog.isHidden()

    front.press_into_dialog(Key.Key_Return, act)
    assert standing(database) == 5


def test_del_and_2_cancel_all_that_follow(
    front: Front, database: Desk, practice: Practice
) -> None:
    first = series_of(database, practice)
    second = database.series.following(first)[1]
    front.show(tomorrow() + WEEK)
    go_to(front, second)

    def give_reason(dialog: QDialog) -> None:
        assert isinstance(dialog, CancelDialog)
        assert dialog.banner.words is not None
        assert dialog.banner.words.title == "3 appointments will be cancelled"
        dialog.choose_reason(0)
        dialog.buttons[0].click()
        front.until(lambda: bool(dialog.answer))

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ScopeDialog)
        front.answer_dialog(give_reason)
        press_in_focus(Key.Key_2)

    timer = front.answer_dialog(choose)
    front.press(Key.Key_Delete)
    front.until(lambda: not timer.isActive() and standing(database) == 1)
    front.until(lambda: front.shown() == [])


def test_del_and_1_cancel_only_this_one(
    front: Front, database: Desk, practice: Practice
) -> None:
    first = series_of(database, practice)
    front.show(tomorrow())
    go_to(front, first)

    def give_reason(dialog: QDialog) -> None:
        assert isinstance(dialog, CancelDialog)
        dialog.choose_reason(0)
        dialog.buttons[0].click()
        front.until(lambda: dialog.answer is not None)

    def choose(_dialog: QDialog) -> None:
        front.answer_dialog(give_reason)
        press_in_focus(Key.Key_1)

    front.answer_dialog(choose)
    front.press(Key.Key_Delete)
    front.until(lambda: standing(database) == 3)


def test_a_move_of_all_shows_where_each_goes(
    front: Front, database: Desk, practice: Practice
) -> None:
    first = series_of(database, practice)
    target = practice.at(11, 0, tomorrow())
    front.show(tomorrow())
    go_to(front, first)

    def move_all(dialog: QDialog) -> None:
        assert isinstance(dialog, ShiftDialog)
        front.until(lambda: len(dialog.dates.rows) == 4)
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.answer is not None)

    def choose(_dialog: QDialog) -> None:
        front.answer_dialog(move_all)
        press_in_focus(Key.Key_2)

    front.answer_dialog(choose)
    wish = MoveWish(first, practice.provider_id, target)
    front.view.move_requested.emit(wish)
    front.until(lambda: is_at(front, target))
    moved = database.series.following(front.appointments()[0])
    assert [each.start for each in moved] == [
        practice.at(11, 0, tomorrow() + number * WEEK) for number in range(4)
    ]
    assert {each.status for each in moved} == {Status.CONFIRMED}


def test_a_move_of_one_happens_at_once(
    front: Front, database: Desk, practice: Practice
) -> None:
    first = series_of(database, practice)
    target = practice.at(11, 0, tomorrow())
    front.show(tomorrow())

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ScopeDialog)
        press_in_focus(Key.Key_1)

    front.answer_dialog(choose)
    wish = MoveWish(first, practice.provider_id, target)
    front.view.move_requested.emit(wish)
    front.until(lambda: is_at(front, target))
    others = [each.start for each in database.series.following(first)[1:]]
    assert others == [
        practice.at(9, 40, tomorrow() + number * WEEK) for number in range(1, 4)
    ]


def test_from_its_dialog_one_of_a_series_is_asked_about_too(
    front: Front, database: Desk, practice: Practice
) -> None:
    first = series_of(database, practice)
    front.show(tomorrow())
    go_to(front, first)
    asked = []

    def choose(dialog: QDialog) -> None:
        asked.append(dialog)
        dialog.reject()

    def press_cancel(dialog: QDialog) -> None:
        assert isinstance(dialog, AppointmentDialog)
        front.answer_dialog(choose)
        QTest.keyClick(dialog, Key.Key_A, ALT)

    front.press_into_dialog(Key.Key_Return, press_cancel)
    front.until(lambda: bool(asked))
    assert isinstance(asked[0], ScopeDialog)
    assert standing(database) == 4
