"""Arrivals, walk-ins and no-shows, by keys alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.appointment import BookedVia, Status
from desk_app.domain.desk_rules import DeskRules
from desk_app.domain.waiting_room import NewWalkIn
from desk_app.ui.side.rows import DetailRole
from tests import factories
from tests.ui.conftest import BERLIN, press_in_focus, type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.waiting.no_show import NoShowDialog
    from desk_app.ui.waiting.walk_in import WalkInDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
BEGUN = timedelta(minutes=20)


def begun(database: Desk, practice: Practice, minutes: int = 20) -> int:
    """Make an appointment that began some minutes ago; return its number."""
    rows = factories.rows(
        database.booking._sessions,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) VALUES (:provider, :client, :service, :start, :end,"
        " 'CONFIRMED') RETURNING appointment_id",
        provider=practice.provider_id,
        client=practice.client_id,
        service=practice.service_id,
        start=datetime.now(UTC) - timedelta(minutes=minutes),
        end=datetime.now(UTC) + timedelta(minutes=30 - minutes),
    )
    return int(rows[0][0])


def chosen(front: Front, number: int) -> Callable[[], Appointment | None]:
    """Put the cursor on an appointment of today; return how it stands."""
    front.show((datetime.now(UTC) - BEGUN).astimezone(BERLIN).date())
    front.until(lambda: front.view.diary.appointment(number) is not None)
    front.view.focus_appointment(number)
    return lambda: front.view.diary.appointment(number)


def say_yes(front: Front, dialog: QDialog) -> None:
    press_in_focus(Key.Key_Return)
    front.until(lambda: not dialog.isVisible())


def status_of(visit: Callable[[], Appointment | None]) -> Status | None:
    stands = visit()
    return stands.status if stands else None


def rows_of(page: object) -> list[str]:
    model = page.model  # type: ignore[attr-defined]
    return [model.index(row).data() for row in range(model.rowCount())]


def all_day(database: Desk) -> None:
    """Open the practice around the clock, so that something is always free."""
    for statement in (
        "UPDATE availability SET start_time = '00:00', end_time = '00:00'",
        "UPDATE service SET duration_minutes = 2, buffer_time_minutes = 0",
    ):
        factories.rows(database.booking._sessions, statement)


def test_one_key_says_that_a_client_has_arrived(
    front: Front, database: Desk, practice: Practice
) -> None:
    visit = chosen(front, begun(database, practice))
    front.press(Key.Key_A)
    front.until(lambda: (v := visit()) is not None and v.arrived_at is not None)
    room = front.desk.features.waiting.room
    front.until(lambda: rows_of(room) == ["Anna Weiß"])
    assert "Arrived" in front.desk.status.said


def test_the_steps_follow_each_other_by_one_key_each(
    front: Front, database: Desk, practice: Practice
) -> None:
    visit = chosen(front, begun(database, practice))
    for key in (Key.Key_A, Key.Key_S, Key.Key_O):
        before = visit()
        front.press(key)
        front.until(lambda before=before: visit() != before)
    assert status_of(visit) is Status.COMPLETED
    front.press(Key.Key_E)
    front.until(lambda: status_of(visit) is Status.CONFIRMED)


def test_a_no_show_takes_two_keys_and_says_before_what_follows(
    front: Front, database: Desk, practice: Practice
) -> None:
    visit = chosen(front, begun(database, practice))
    said = []

    def miss(dialog: NoShowDialog) -> None:
        said.append(dialog.said)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    timer = front.answer_dialog(miss)
    front.press(Key.Key_X)
    front.until(lambda: not timer.isActive() and bool(said))
    front.until(lambda: status_of(visit) is Status.NO_SHOW)
    assert "60" in said[0]
    assert "same day" in said[0]


def test_a_no_show_is_never_set_without_a_yes(
    front: Front, database: Desk, practice: Practice
) -> None:
    visit = chosen(front, begun(database, practice))
    asked = []

    def leave(dialog: NoShowDialog) -> None:
        asked.append(dialog)
        press_in_focus(Key.Key_Escape)

    front.answer_dialog(leave)
    front.press(Key.Key_X)
    front.until(lambda: bool(asked))
    front.settle()
    assert status_of(visit) is Status.CONFIRMED


def test_ctrl_z_takes_a_no_show_back(
    front: Front, database: Desk, practice: Practice
) -> None:
    visit = chosen(front, begun(database, practice))
    front.answer_dialog(partial(say_yes, front))
    front.press(Key.Key_X)
    front.until(lambda: status_of(visit) is Status.NO_SHOW)
    front.settle()
    front.press(Key.Key_Z, CTRL)
    front.until(lambda: status_of(visit) is Status.CONFIRMED)
    assert database.clients.get(practice.client_id).no_show_count == 0


def test_who_is_missing_is_asked_about_quietly(
    front: Front, database: Desk, practice: Practice
) -> None:
    number = begun(database, practice)
    waiting = front.desk.features.waiting
    waiting.read()
    front.until(lambda: rows_of(waiting.missing) == ["Anna Weiß"])
    assert front.desk.side.current == ""
    front.press(Key.Key_Q)
    press_in_focus(Key.Key_L)
    front.until(lambda: rows_of(waiting.missing) == [])
    assert status_of(lambda: database.diary.get(number)) is Status.CONFIRMED


def test_a_missing_client_who_comes_is_marked_from_the_list(
    front: Front, database: Desk, practice: Practice
) -> None:
    number = begun(database, practice)
    waiting = front.desk.features.waiting
    waiting.read()
    front.until(lambda: rows_of(waiting.missing) == ["Anna Weiß"])
    front.press(Key.Key_Q)
    press_in_focus(Key.Key_A)
    front.until(lambda: rows_of(waiting.missing) == [])
    stands = database.diary.get(number)
    assert stands is not None
    assert stands.arrived_at is not None


def test_a_walk_in_gets_the_first_free_time_in_four_actions(
    front: Front, database: Desk, practice: Practice
) -> None:
    all_day(database)
    front.show(front.desk.practice.today())

    def book(dialog: WalkInDialog) -> None:
        front.until(lambda: bool(dialog.fits))
        type_into("ann")
        front.until(lambda: dialog.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_I, book)
    front.until(lambda: front.shown() == ["Anna Weiß"])
    (booked,) = front.appointments()
    assert booked.booked_via is BookedVia.WALK_IN


def test_a_walk_in_may_wait_without_a_time_and_get_one_later(
    front: Front, database: Desk, practice: Practice
) -> None:
    # Before anything is looked up: other hours have other starts.
    all_day(database)

    def wait(dialog: WalkInDialog) -> None:
        type_into("ann")
        front.until(lambda: dialog.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        QTest.keyClick(dialog, Key.Key_R, ALT)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_I, wait)
    waiting = front.desk.features.waiting
    front.until(lambda: rows_of(waiting.room) == ["Anna Weiß"])
    front.until(lambda: bool(waiting._fits.by_walk_in))
    front.press(Key.Key_R)
    press_in_focus(Key.Key_T)
    front.show(front.desk.practice.today())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    (booked,) = front.appointments()
    assert booked.arrived_at is not None


def test_the_other_desk_sees_who_walked_in(
    open_front: Callable[[], Front], database: Desk, practice: Practice
) -> None:
    other = open_front()
    database.waiting_room.walk_in(NewWalkIn(practice.client_id))
    other.until(lambda: rows_of(other.desk.features.waiting.room) == ["Anna Weiß"])


def test_the_head_of_a_provider_says_who_waits_for_them_and_how_long(
    front: Front, database: Desk, practice: Practice
) -> None:
    visit = chosen(front, begun(database, practice))
    assert "waiting" not in front.view.header.notes[0]
    front.press(Key.Key_A)
    front.until(lambda: (v := visit()) is not None and v.arrived_at is not None)
    assert "1 waiting, 0 min" in front.view.header.notes[0]
    front.press(Key.Key_S)
    front.until(lambda: "waiting" not in front.view.header.notes[0])


def test_the_head_warns_once_somebody_waits_too_long(
    front: Front, database: Desk, practice: Practice
) -> None:
    visit = chosen(front, begun(database, practice))
    front.press(Key.Key_A)
    front.until(lambda: (v := visit()) is not None and v.arrived_at is not None)
    header, limit = front.view.header, DeskRules().waiting_minutes
    assert [head.is_late for head in header._heads()] == [False]
    front.view.set_now(datetime.now(UTC) + timedelta(minutes=limit + 1))
    assert [head.is_late for head in header._heads()] == [True]


def test_for_who_is_locked_out_the_form_with_a_reason_is_one_key_away(
    front: Front, database: Desk, practice: Practice
) -> None:
    all_day(database)
    factories.rows(
        database.booking._sessions,
        "UPDATE client SET same_day_locked_until = now() + interval '9 days'",
    )
    front.show(front.desk.practice.today())
    opened: list[str] = []

    def reason(dialog: QDialog) -> None:
        opened.append(type(dialog).__name__)
        dialog.done(0)

    def walk_in(dialog: WalkInDialog) -> None:
        front.until(lambda: bool(dialog.fits))
        type_into("ann")
        front.until(lambda: dialog.client.found.rowCount() == 2)
        press_in_focus(Key.Key_Return)
        press_in_focus(Key.Key_Return)
        front.until(lambda: bool(dialog.banner.buttons))
        front.answer_dialog(reason)
        dialog.banner.buttons[0].click()

    front.press_into_dialog(Key.Key_I, walk_in)
    front.until(lambda: opened == ["BookingDialog"])
    assert front.appointments() == []


def test_the_time_that_is_free_for_a_walk_in_stands_in_front(
    front: Front, database: Desk, practice: Practice
) -> None:
    all_day(database)
    database.waiting_room.walk_in(NewWalkIn(practice.client_id))
    waiting = front.desk.features.waiting
    front.until(lambda: bool(waiting._fits.by_walk_in))
    front.until(lambda: "is free" in str(waiting.room.model.index(0).data(DetailRole)))
    detail = str(waiting.room.model.index(0).data(DetailRole))
    assert "with Dr Weber is free: T" in detail.split(" · ")[1]
