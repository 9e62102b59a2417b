"""The whole program on a real database: book, cancel, see each other, survive."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desk_app.domain.appointment import Status
from desk_app.domain.staff import Me, Role
from desk_app.settings import Settings
from desk_app.ui.front_desk import FrontDesk
from desk_app.ui.memory import Memory
from desk_app.ui.rail.openings import OpeningRole
from desk_app.ui.status_bar import Link
from tests import factories, postgres
from tests.ui import outages
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.ui.calls import Calls
    from desk_app.ui.dialogs.booking import BookingDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def book_at(database: Desk, practice: Practice, hour: int) -> None:
    start = practice.at(hour, day=tomorrow())
    database.booking.book(practice.request_at(start))


def test_a_known_client_is_booked_by_keyboard(front: Front, practice: Practice) -> None:
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))

    def book(dialog: BookingDialog) -> None:
        type_into("ann")
        front.until(lambda: dialog.fields.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, book)
    front.settle()
    assert front.shown() == ["Anna Weiß"]
    assert "Anna Weiß" in front.desk.status.said


def test_cancelling_takes_the_card_away(
    front: Front, database: Desk, practice: Practice
) -> None:
    book_at(database, practice, 9)
    front.show(tomorrow())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.view.focus_appointment(front.appointments()[0].appointment_id)

    def cancel(dialog: QDialog) -> None:
        type_into("2")
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Delete, cancel)
    front.until(lambda: front.shown() == [])


def test_two_windows_see_each_other(
    open_front: Callable[[], Front], database: Desk, practice: Practice
) -> None:
    one, other = open_front(), open_front()
    for window in (one, other):
        window.show(tomorrow())
    start = practice.at(9, day=tomorrow())
    booked = database.booking.book(practice.request_at(start))
    for window in (one, other):
        window.until(lambda window=window: window.shown() == ["Anna Weiß"])
    database.booking.cancel(factories.cancellation(booked))
    for window in (one, other):
        window.until(lambda window=window: window.shown() == [])


def test_a_change_of_a_day_read_ahead_is_not_missed(
    front: Front, database: Desk, practice: Practice
) -> None:
    """Tomorrow was read ahead while today is shown; then another desk books."""
    changed = front.desk.news.appointment_changed
    with front.qtbot.waitSignal(changed, timeout=5000):
        book_at(database, practice, 13)
    front.press(Key.Key_Right, CTRL)
    assert front.shown() == ["Anna Weiß"]


def test_days_turn_by_keys_and_today_comes_back(front: Front) -> None:
    today = front.desk.pager.day
    front.press(Key.Key_Right, CTRL)
    front.settle()
    assert front.view.columns[0].day == today + timedelta(days=1)
    front.press(Key.Key_T)
    front.settle()
    assert front.view.columns[0].day == today


def test_a_week_has_seven_days_of_one_provider(front: Front) -> None:
    front.press(Key.Key_W)
    front.settle()
    days = [column.day for column in front.view.columns]
    assert len(days) == 7
    assert days[0].isoweekday() == 1


def test_a_lost_connection_is_said_and_comes_back(
    front: Front, database: Desk, database_url: str, practice: Practice
) -> None:
    front.show(tomorrow())
    links: list[Link] = []
    front.desk.status.link_changed.connect(links.append)
    postgres.terminate(database_url, "desk-app listener")
    front.until(lambda: links == [Link.OFFLINE, Link.CONNECTED])
    book_at(database, practice, 15)
    front.until(lambda: front.shown() == ["Anna Weiß"])


def test_what_changed_while_offline_is_there_afterwards(
    front: Front, database: Desk, database_url: str, practice: Practice
) -> None:
    front.show(tomorrow())
    postgres.terminate(database_url, "desk-app listener")
    book_at(database, practice, 11)
    front.until(lambda: front.shown() == ["Anna Weiß"])


def test_while_the_database_is_away_the_shown_day_stays(
    front: Front, database_url: str
) -> None:
    day = front.desk.pager.day
    with postgres.away(database_url):
        front.until(lambda: front.desk.status.link is Link.OFFLINE)
        front.desk.pager.turn(9)
        front.until(lambda: not front.desk.notice.isHidden())
        assert front.desk.pager.day == day
        assert front.view.columns[0].day == day
    front.until(lambda: front.desk.status.link is Link.CONNECTED)
    assert front.desk.notice.isHidden()


def test_a_booking_that_cannot_be_saved_keeps_what_was_typed(
    front: Front, database_url: str, practice: Practice
) -> None:
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))

    def book(dialog: BookingDialog) -> None:
        type_into("ann")
        front.until(lambda: dialog.fields.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        with postgres.away(database_url):
            press_in_focus(Key.Key_Return)
            front.until(dialog.banner.isVisible)
        assert dialog.fields.client.client.name == "Anna Weiß"
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, book)
    front.until(lambda: front.shown() == ["Anna Weiß"])


def test_a_booking_whose_answer_was_lost_is_kept_and_told_later(
    front: Front, database_url: str, practice: Practice
) -> None:
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))

    def book(dialog: BookingDialog) -> None:
        type_into("ann")
        front.until(lambda: dialog.fields.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.banner.topic == "doubt")
        dialog.banner.buttons[1].click()
        assert not dialog.isVisible()

    with outages.answers_get_lost(database_url):
        front.press_into_dialog(Key.Key_Return, book)
        assert "Checking whether “Anna Weiß" in front.desk.status.said
        assert "Anna Weiß" in front.desk.notice.accessibleDescription()
    front.until(lambda: front.desk.status.said.startswith("Booked: Anna Weiß"))
    assert front.shown() == ["Anna Weiß"]
    assert front.desk.notice.isHidden()


def test_a_booking_that_was_refused_later_can_be_opened_again(
    front: Front, database: Desk, database_url: str, practice: Practice
) -> None:
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))

    def book(dialog: BookingDialog) -> None:
        type_into("ann")
        front.until(lambda: dialog.fields.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        dialog.fields.note.setPlainText("brings papers")
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.banner.topic == "doubt")
        dialog.banner.buttons[1].click()

    with outages.answers_get_lost(database_url):
        front.press_into_dialog(Key.Key_Return, book)
        outages.close_for_good(database_url)
    front.until(lambda: front.desk.status.said.startswith("Not booked: Anna Weiß"))

    def look(dialog: BookingDialog) -> None:
        assert dialog.fields.client.client.name == "Anna Weiß"
        assert dialog.fields.note.toPlainText() == "brings papers"

    front.answer_dialog(look)
    front.desk.notice.findChildren(QPushButton)[0].click()


def test_n_on_an_appointment_books_on_the_shown_day(
    front: Front, database: Desk, practice: Practice
) -> None:
    book_at(database, practice, 9)
    front.show(tomorrow())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.view.focus_appointment(front.appointments()[0].appointment_id)

    def look(dialog: BookingDialog) -> None:
        front.until(lambda: dialog.opening is not None)
        assert dialog.opening.start == practice.at(9, 40, day=tomorrow())

    front.press_into_dialog(Key.Key_N, look)


def test_n_without_a_place_books_on_the_shown_day(
    front: Front, practice: Practice
) -> None:
    front.show(tomorrow() + timedelta(days=2))
    front.view.choose(None)

    def look(dialog: BookingDialog) -> None:
        front.until(lambda: dialog.opening is not None)
        start = practice.at(9, day=tomorrow() + timedelta(days=2))
        assert dialog.opening.start == start

    front.answer_dialog(look)
    front.desk.top.booking_wanted.emit()


def test_an_opening_leads_to_its_time(front: Front, practice: Practice) -> None:
    front.show(tomorrow() + timedelta(days=3))
    front.desk.rail.choose_service("Check-up")
    front.settle()
    openings = front.desk.rail.openings.model
    chosen = openings.index(openings.rowCount() - 1).data(OpeningRole)
    front.desk.rail.opening_chosen.emit(chosen)
    front.settle()
    assert front.view.chosen_slot().start == chosen.start


def test_the_program_ends_within_a_second(front: Front) -> None:
    began = time.monotonic()
    front.program.window.close()
    front.program.end()
    assert time.monotonic() - began < 1.0


def test_the_window_is_left_and_found_again(open_front: Callable[[], Front]) -> None:
    front = open_front()
    front.press(Key.Key_W)
    front.press(Key.Key_B, CTRL)
    front.settle()
    front.program.window.close()
    again = open_front()
    assert len(again.view.columns) == 7
    assert again.desk.rail.isHidden()


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        (Settings(demo=True), "Demo practice"),
        (Settings(), "This computer"),
        (Settings(database="postgresql://desk@db/practice"), "practice at db"),
    ],
)
def test_the_window_says_who_works_where(
    database: Desk, calls: Calls, settings: Settings, place: str
) -> None:
    me = Me("jonas", "Jonas Krüger", Role.RECEPTIONIST)
    catalogue = replace(database.diary.catalogue(), me=me)
    desk = replace(database, settings=settings)
    front = FrontDesk(desk, catalogue, calls, Memory(None))
    assert front.status.place == place
    assert front.top.person.text() == "Jonas Krüger"
    assert "Receptionist" in front.top.person.accessibleName()


def test_names_that_look_like_markup_are_shown_as_they_are(
    front: Front, database: Desk, practice: Practice
) -> None:
    name = '<img src="/x.png"> & عائشة 🎉 ' + "x" * 150
    client = factories.client(database.booking._sessions, name=name, phone="")
    start = practice.at(15, day=tomorrow())
    request = practice.request_at(start)
    database.booking.book(factories.replace(request, client_id=client))
    front.show(tomorrow())
    assert front.shown() == [name]
    assert front.appointments()[0].status is Status.CONFIRMED
