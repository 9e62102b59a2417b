"""Times that get free, and what becomes of them, at a real desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTimeEdit

from desk_app.domain.waitlist import NewEntry, Wish
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow
from tests.ui.waitlist.test_waitlist import (
    book_at,
    cancel_at_desk,
    free_a_time,
    listed,
    names,
    part,
    wait,
)

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from desk_app.ui.waitlist.form import WaitDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_the_time_that_a_visit_has_left_is_free_too(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    carla = factories.client(database.booking._sessions, name="Carla", phone="")
    before = book_at(database, practice, 9, client_id=carla)
    front.show(tomorrow())
    later = practice.at(15, day=tomorrow())
    after = database.booking.move(factories.move(before, later))
    front.desk.around.changed("Moved: %1", (before,), (after,))
    front.until(lambda: front.desk.notice.has("freed"))
    front.press(Key.Key_L)
    front.until(lambda: names(part(front).freed.page) == ["Anna Weiß"])
    assert "09:00 Berlin" in part(front).freed.page.heading


def test_nobody_is_rung_about_a_cancellation_that_is_undone(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    carla = factories.client(database.booking._sessions, name="Carla", phone="")
    booked = book_at(database, practice, 9, client_id=carla)
    front.show(tomorrow())
    front.until(lambda: front.shown() == ["Carla"])
    front.view.focus_appointment(booked.appointment_id)
    cancel_at_desk(front)
    front.until(lambda: front.desk.notice.has("freed"))
    front.press(Key.Key_Z, CTRL)
    front.until(lambda: front.shown() == ["Carla"])
    front.until(lambda: not front.desk.notice.has("freed"))


def test_a_freed_time_between_two_starts_is_given_with_a_reason(
    front: Front, database: Desk, practice: Practice
) -> None:
    """A check-up starts at 13:00 and 13:40; what got free begins at 13:30."""
    wait(database, practice)
    start = practice.at(13, 30, day=tomorrow())
    front.show(tomorrow())
    front.program.window.activateWindow()
    part(front).freed.show(practice.provider_id, start)
    page = part(front).freed.page
    front.until(lambda: names(page) == ["Anna Weiß"] and page.people.hasFocus())
    press_in_focus(Key.Key_T)
    front.until(lambda: [a.start for a in front.appointments()] == [start])
    (given,) = front.appointments()
    assert given.overridden == ("not_aligned",)
    assert "waiting list" in given.override_reason


def test_the_time_is_held_while_somebody_is_rung_about_it(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    page = free_a_time(front, database, practice)
    front.until(lambda: names(page) == ["Anna Weiß"])
    press_in_focus(Key.Key_C)
    front.until(lambda: len(database.diary.holds()) == 1)
    assert database.diary.holds()[0].start == practice.at(9, day=tomorrow())
    press_in_focus(Key.Key_T)
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.until(lambda: database.diary.holds() == ())


def test_a_second_freed_time_changes_nothing_under_the_hands_of_who_rings(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    page = free_a_time(front, database, practice)
    front.until(lambda: names(page) == ["Anna Weiß"])
    heading = page.heading
    dora = factories.client(database.booking._sessions, name="Dora", phone="")
    booked = book_at(database, practice, 13, client_id=dora)
    gone = database.booking.cancel(factories.cancellation(booked))
    front.desk.around.changed("Cancelled: %1", (booked,), (gone,))
    front.until(lambda: front.desk.notice.has("freed"))
    assert page.heading == heading
    page.people.setFocus()
    press_in_focus(Key.Key_T)
    start = practice.at(9, day=tomorrow())
    front.until(lambda: [a.start for a in front.appointments()] == [start])


def test_ringing_ends_when_the_list_is_left(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    page = free_a_time(front, database, practice)
    front.until(lambda: names(page) == ["Anna Weiß"])
    press_in_focus(Key.Key_C)
    front.until(lambda: bool(part(front).entries[0].called_by))
    press_in_focus(Key.Key_Escape)
    front.until(front.view.hasFocus)
    front.until(lambda: not part(front).entries[0].called_by)
    front.until(lambda: database.diary.holds() == ())


def test_the_same_key_lets_go_again_in_the_list_of_all(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    front.until(lambda: listed(front) == ["Anna Weiß"])
    front.press(Key.Key_L)
    press_in_focus(Key.Key_C)
    front.until(lambda: bool(part(front).entries[0].called_by))
    press_in_focus(Key.Key_C)
    front.until(lambda: not part(front).entries[0].called_by)


def test_a_form_that_nothing_fulfils_says_so_at_the_field(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    front.until(lambda: listed(front) == ["Anna Weiß"])
    front.press(Key.Key_L)
    said: list[str] = []

    def change(dialog: WaitDialog) -> None:
        press_in_focus(Key.Key_T, Qt.KeyboardModifier.AltModifier)
        press_in_focus(Key.Key_End)
        start, end = (
            field for field in dialog.findChildren(QTimeEdit) if field.isVisible()
        )
        start.setTime(end.time())
        press_in_focus(Key.Key_Return)
        said.append(end.accessibleDescription())

    front.answer_dialog(change)
    press_in_focus(Key.Key_Return)
    assert said == ["The time ends before it begins."]
    assert part(front).entries[0].wish == Wish("Check-up")


def test_a_name_of_markup_is_shown_letter_by_letter(
    front: Front, database: Desk, practice: Practice
) -> None:
    name = "<img src=x> & <b>Eve</b>"
    client = factories.client(database.booking._sessions, name=name, phone="")
    database.waitlist.add(NewEntry(Wish("Check-up", notes="<a href=x>"), client))
    front.until(lambda: listed(front) == [name])
    index = part(front).page.people.people.index(0)
    assert index.data() == name
    assert "&lt;img" in str(index.data(Qt.ItemDataRole.ToolTipRole))
