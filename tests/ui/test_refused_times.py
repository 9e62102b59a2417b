"""Times that cannot be had, in the whole program: lost races, reasons, overrides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt

from desk_app.domain.appointment import Override
from desk_app.domain.holds import HoldRequest
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from desk_app.ui.dialogs.booking import BookingDialog
    from desk_app.ui.dialogs.why_not import WhyNotDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def choose_anna(front: Front, dialog: BookingDialog) -> None:
    type_into("ann")
    front.until(lambda: dialog.fields.client.found.rowCount() == 2)
    press_in_focus(Key.Key_Return)


def test_who_loses_the_race_books_the_next_time_by_one_key(
    database: Desk, front: Front, practice: Practice
) -> None:
    day = tomorrow()
    front.show(day)
    front.view.focus_time(practice.provider_id, practice.at(11, day=day))
    other = factories.client(database.booking._sessions, name="Bo Berg")

    def lose(dialog: BookingDialog) -> None:
        choose_anna(front, dialog)
        dialog.fields.note.setPlainText("brings papers")
        start = dialog.opening.start
        # The other desk has set aside that this one holds the time.
        aside = Override(("held",))
        theirs = replace(practice.request_at(start), client_id=other, override=aside)
        database.booking.book(theirs)
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.banner.topic == "time")
        front.until(lambda: len(dialog.banner.buttons) == 3)
        assert dialog.fields.client.client.name == "Anna Weiß"
        press_in_focus(Key.Key_2, ALT)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, lose)
    front.settle()
    front.until(lambda: sorted(front.shown()) == ["Anna Weiß", "Bo Berg"])
    (booked,) = (a for a in front.appointments() if a.client_name == "Anna Weiß")
    assert booked.notes == "brings papers"
    assert booked.start != practice.at(11, day=day)


def test_y_says_why_and_b_books_anyway_with_a_reason(
    front: Front, practice: Practice
) -> None:
    day = tomorrow()
    front.show(day)
    late = practice.at(17, 30, day=day)
    front.view.focus_time(practice.provider_id, late)

    def book(dialog: BookingDialog) -> None:
        choose_anna(front, dialog)
        press_in_focus(Key.Key_Return)
        type_into("Works late")
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    def ask(dialog: WhyNotDialog) -> None:
        assert "Dr Weber works 09:00–17:00." in dialog.said
        front.answer_dialog(book)
        press_in_focus(Key.Key_B)

    front.press_into_dialog(Key.Key_Y, ask)
    front.settle()
    (booked,) = front.appointments()
    assert (booked.overridden, booked.override_reason) == (("closed",), "Works late")


def test_y_then_enter_books_the_nearest_time(front: Front, practice: Practice) -> None:
    day = tomorrow()
    front.show(day)
    front.view.focus_time(practice.provider_id, practice.at(17, 30, day=day))

    def book(dialog: BookingDialog) -> None:
        choose_anna(front, dialog)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    def ask(_dialog: WhyNotDialog) -> None:
        front.answer_dialog(book)
        press_in_focus(Key.Key_Return)

    front.press_into_dialog(Key.Key_Y, ask)
    front.settle()
    (booked,) = front.appointments()
    assert booked.start < practice.at(17, day=day)
    assert booked.overridden == ()


def test_y_on_a_free_time_says_that_it_is(front: Front, practice: Practice) -> None:
    day = tomorrow()
    front.show(day)
    front.view.focus_time(practice.provider_id, practice.at(9, day=day))
    front.press(Key.Key_Y)
    assert "This time is free" in front.desk.status.said


def test_a_time_in_use_at_another_desk_is_booked_anyway_by_one_key(
    database: Desk, front: Front, practice: Practice
) -> None:
    day = tomorrow()
    front.show(day)
    start = practice.at(9, day=day)
    end = start + timedelta(minutes=40)
    database.holding.hold(
        HoldRequest(uuid4(), practice.provider_id, start, end, "Desk 2")
    )
    front.until(lambda: len(front.desk.around.holds) == 1)
    front.view.focus_time(practice.provider_id, start)

    def book(dialog: BookingDialog) -> None:
        choose_anna(front, dialog)
        assert "in use at another desk" in dialog.fields.aside.said
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, book)
    front.settle()
    (booked,) = front.appointments()
    assert (booked.start, booked.overridden) == (start, ("held",))
