"""The waiting list at real desks, driven by keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desk_app.domain.waitlist import NewEntry, Wish
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.ui.waitlist.call_page import CallPage
    from desk_app.ui.waitlist.flows import WaitlistFlows
    from desk_app.ui.waitlist.form import WaitDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def part(front: Front) -> WaitlistFlows:
    return front.desk.features.waitlist


def listed(front: Front) -> list[str]:
    return [entry.client.name for entry in part(front).entries]


def wait(desk: Desk, practice: Practice, name: str = "", **wished: object) -> int:
    """Put somebody on the list: Anna, or somebody new."""
    client_id = practice.client_id
    if name:
        sessions = desk.booking._sessions
        client_id = factories.client(sessions, name=name, phone="+493012345")
    wish = replace(Wish("Check-up"), **wished)
    return desk.waitlist.add(NewEntry(wish, client_id)).entry_id


def book_at(desk: Desk, practice: Practice, hour: int, **changes: object):
    start = practice.at(hour, day=tomorrow())
    return desk.booking.book(replace(practice.request_at(start), **changes))


def cancel_at_desk(front: Front) -> None:
    """Cancel the appointment at the cursor as a person would."""

    def cancel(dialog: QDialog) -> None:
        type_into("2")
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Delete, cancel)


def free_a_time(front: Front, desk: Desk, practice: Practice) -> CallPage:
    """Let Carla cancel her 9:00 and open the list of whom to ring."""
    carla = factories.client(desk.booking._sessions, name="Carla", phone="")
    booked = book_at(desk, practice, 9, client_id=carla)
    front.show(tomorrow())
    front.until(lambda: "Carla" in front.shown())
    front.view.focus_appointment(booked.appointment_id)
    cancel_at_desk(front)
    front.until(lambda: front.desk.notice.has("freed"))
    front.press(Key.Key_L)
    page = part(front).freed.page
    front.until(page.people.hasFocus)
    return page


def names(page: CallPage) -> list[str]:
    model = page.people.people
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_the_list_says_how_one_gets_on_it_while_nobody_waits(front: Front) -> None:
    front.press(Key.Key_L)
    assert front.desk.side.current == "waitlist"
    front.until(lambda: "Nobody waits" in part(front).page.hint)
    press_in_focus(Key.Key_Escape)
    front.until(front.view.hasFocus)


def test_who_is_put_on_the_list_elsewhere_appears_with_a_count(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice, is_urgent=True)
    front.until(lambda: listed(front) == ["Anna Weiß"])
    index = part(front).page.people.people.index(0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "urgent" in spoken
    assert "0170 1234567" in spoken.replace("\N{NO-BREAK SPACE}", " ")


def test_somebody_is_added_from_the_list_by_keys(front: Front) -> None:
    front.press(Key.Key_L)
    front.settle()

    def add(dialog: WaitDialog) -> None:
        type_into("ann")
        front.until(lambda: dialog.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.answer_dialog(add)
    press_in_focus(Key.Key_A)
    front.until(lambda: listed(front) == ["Anna Weiß"])


def test_a_phone_client_waits_without_a_time_by_two_keys_more(
    front: Front, practice: Practice
) -> None:
    """N, "ann", Enter, Alt+L; Space leaves out the booking; Enter."""

    def wish(dialog: WaitDialog) -> None:
        assert not dialog.keep.isHidden()
        dialog.keep.setFocus()
        press_in_focus(Key.Key_Space)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    def book(dialog: QDialog) -> None:
        type_into("ann")
        front.until(lambda: dialog.fields.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.opening is not None)
        front.answer_dialog(wish)
        press_in_focus(Key.Key_L, ALT)
        front.until(lambda: not dialog.isVisible())

    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))
    front.press_into_dialog(Key.Key_Return, book)
    front.until(lambda: listed(front) == ["Anna Weiß"])
    assert part(front).entries[0].kept is None
    assert front.shown() == []


def test_a_booking_is_kept_while_its_client_waits_for_something_sooner(
    front: Front, practice: Practice
) -> None:
    """N, "ann", Enter, Alt+L, Enter: booked and waiting."""

    def wish(dialog: WaitDialog) -> None:
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    def book(dialog: QDialog) -> None:
        type_into("ann")
        front.until(lambda: dialog.fields.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.opening is not None)
        front.answer_dialog(wish)
        press_in_focus(Key.Key_L, ALT)
        front.until(lambda: not dialog.isVisible())

    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(13, day=tomorrow()))
    front.press_into_dialog(Key.Key_Return, book)
    front.until(lambda: listed(front) == ["Anna Weiß"])
    kept = part(front).entries[0].kept
    assert kept is not None
    assert kept.start == front.appointments()[0].start


def test_the_client_of_an_appointment_would_come_sooner_by_two_keys(
    front: Front, database: Desk, practice: Practice
) -> None:
    booked = book_at(database, practice, 15)
    front.show(tomorrow())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.view.focus_appointment(booked.appointment_id)

    def wish(dialog: WaitDialog) -> None:
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.answer_dialog(wish)
    front.press(Key.Key_L, SHIFT)
    front.until(lambda: listed(front) == ["Anna Weiß"])
    kept = part(front).entries[0].kept
    assert kept is not None
    assert kept.appointment_id == booked.appointment_id


def test_a_freed_time_names_who_waits_and_l_shows_whom_to_ring(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    wait(database, practice, "Berta", is_urgent=True)
    wait(database, practice, "Dora", service_name="Massage")
    page = free_a_time(front, database, practice)
    front.until(lambda: names(page) == ["Berta", "Anna Weiß"])
    assert "Dr Weber" in page.heading
    assert not front.desk.notice.has("freed")


def test_nothing_is_said_about_a_freed_time_that_nobody_wants(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice, service_name="Massage")
    booked = book_at(database, practice, 9)
    front.show(tomorrow())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.view.focus_appointment(booked.appointment_id)
    cancel_at_desk(front)
    front.until(lambda: front.shown() == [])
    front.settle()
    assert not front.desk.notice.has("freed")


def test_who_takes_a_freed_time_is_booked_by_one_key(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    free_a_time(front, database, practice)
    press_in_focus(Key.Key_T)
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.until(lambda: listed(front) == [])
    front.until(front.view.hasFocus)
    assert "Booked: Anna Weiß" in front.desk.status.said


def test_who_takes_it_and_had_a_later_booking_is_moved(
    front: Front, database: Desk, practice: Practice
) -> None:
    booked = book_at(database, practice, 15)
    new = NewEntry(Wish("Check-up"), practice.client_id, None, booked.appointment_id)
    database.waitlist.add(new)
    free_a_time(front, database, practice)
    press_in_focus(Key.Key_T)
    start = practice.at(9, day=tomorrow())
    front.until(lambda: [a.start for a in front.appointments()] == [start])
    assert "Moved: Anna Weiß" in front.desk.status.said
    front.until(lambda: listed(front) == [])


def test_who_declines_is_off_the_list_for_this_time_alone(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    wait(database, practice, "Berta")
    page = free_a_time(front, database, practice)
    front.until(lambda: names(page) == ["Anna Weiß", "Berta"])
    press_in_focus(Key.Key_C)
    front.until(lambda: bool(part(front).entries[0].called_by))
    press_in_focus(Key.Key_D)
    front.until(lambda: names(page) == ["Berta"])
    assert len(listed(front)) == 2


def test_who_does_not_answer_comes_last(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    wait(database, practice, "Berta")
    page = free_a_time(front, database, practice)
    front.until(lambda: names(page) == ["Anna Weiß", "Berta"])
    press_in_focus(Key.Key_N)
    front.until(lambda: names(page) == ["Berta", "Anna Weiß"])


def test_a_free_time_is_asked_about_by_shift_l(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))
    front.press(Key.Key_L, SHIFT)
    page = part(front).freed.page
    front.until(lambda: names(page) == ["Anna Weiß"])
    assert front.desk.side.current == "calls"


def test_somebody_is_taken_off_the_list_by_delete(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    front.until(lambda: listed(front) == ["Anna Weiß"])
    front.press(Key.Key_L)
    press_in_focus(Key.Key_Delete)
    front.until(lambda: listed(front) == [])
    assert "Off the waiting list: Anna Weiß" in front.desk.status.said


def test_a_wish_is_changed_by_enter(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    front.until(lambda: listed(front) == ["Anna Weiß"])
    front.press(Key.Key_L)

    def change(dialog: WaitDialog) -> None:
        press_in_focus(Key.Key_1)
        press_in_focus(Key.Key_3)
        press_in_focus(Key.Key_U, ALT)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.answer_dialog(change)
    press_in_focus(Key.Key_Return)
    front.until(lambda: part(front).entries[0].wish.weekdays == (0, 2))
    assert part(front).entries[0].wish.is_urgent


def test_a_call_shows_at_the_other_desk_and_stops_it_from_ringing(
    open_front: Callable[[], Front], database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    one, other = open_front(), open_front()
    for front in (one, other):
        front.until(lambda front=front: listed(front) == ["Anna Weiß"])
    one.press(Key.Key_L)
    press_in_focus(Key.Key_C)
    other.until(lambda: bool(part(other).entries[0].called_by))
    other.press(Key.Key_L)
    press_in_focus(Key.Key_C)
    other.until(lambda: "ringing" in part(other).page.said)
    one.desk.side.close_page()
    other.until(lambda: part(other).entries[0].called_by == "")


def test_a_time_that_somebody_else_takes_meanwhile_offers_nobody_any_more(
    front: Front, database: Desk, practice: Practice
) -> None:
    wait(database, practice)
    page = free_a_time(front, database, practice)
    front.until(lambda: names(page) == ["Anna Weiß"])
    berta = factories.client(database.booking._sessions, name="Berta", phone="")
    book_at(database, practice, 9, client_id=berta)
    front.until(lambda: names(page) == [])
