"""The month in place of the schedule: walked by keys, live, said in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk_app.domain.month import DayCount
from desk_app.ui.month import words
from desk_app.ui.month.model import CountRole
from desk_app.ui.rail.month_model import DayRole, IsShownRole, IsTodayRole
from desk_app.ui.rail.steps import same_day_of_month
from desk_app.ui.top_bar import View
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from desk_app.ui.month.page import MonthPage
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
DAY = date(2026, 3, 3)


def opened(front: Front) -> MonthPage:
    """Show the month by its letter and wait for the counts."""
    front.press(Key.Key_U)
    page = front.desk.month.page
    front.until(lambda: page.model.count_of(page.day) is not None)
    return page


def spoken(page: MonthPage, day: date) -> str:
    """Return what a screen reader says of a day."""
    return str(page.model.index_of(day).data(Qt.ItemDataRole.AccessibleTextRole))


def test_u_shows_each_day_with_its_count(
    front: Front, database: Desk, practice: Practice
) -> None:
    database.booking.book(practice.request_at(practice.at(9, day=tomorrow())))
    front.show(tomorrow())
    page = opened(front)
    assert page.day == tomorrow()
    said = "1 appointment, 8 % full, 7 h 20 min free"
    assert page.line.endswith(said)
    assert spoken(page, tomorrow()).endswith(f", shown: {said}")
    index = page.model.index_of(tomorrow())
    assert index.data(CountRole) == DayCount(tomorrow(), 1, 480, 40)
    assert index.data(IsShownRole)
    assert page.table.hasFocus()


def test_arrows_walk_and_enter_goes_to_the_day(front: Front) -> None:
    front.show(tomorrow())
    page = opened(front)
    press_in_focus(Key.Key_Down)
    press_in_focus(Key.Key_Right)
    assert page.day == tomorrow() + timedelta(days=8)
    press_in_focus(Key.Key_Return)
    front.settle()
    assert front.desk.pager.day == tomorrow() + timedelta(days=8)
    assert not front.desk.month.is_shown
    assert front.view.hasFocus()


def test_page_keys_turn_months_and_count_them(front: Front) -> None:
    front.show(tomorrow())
    page = opened(front)
    press_in_focus(Key.Key_PageDown)
    assert page.day == same_day_of_month(tomorrow(), 1)
    front.until(lambda: page.model.count_of(page.day) is not None)
    press_in_focus(Key.Key_PageUp)
    press_in_focus(Key.Key_PageUp)
    assert page.model.month == same_day_of_month(tomorrow(), -1).replace(day=1)
    assert front.desk.pager.day == tomorrow()


def test_the_keys_of_days_turn_months_and_t_goes_to_today(front: Front) -> None:
    front.show(tomorrow())
    page = opened(front)
    press_in_focus(Key.Key_Right, CTRL)
    assert page.day == same_day_of_month(tomorrow(), 1)
    press_in_focus(Key.Key_T, CTRL)
    assert page.day == front.desk.practice.today()
    assert page.table.currentIndex().data(IsTodayRole)
    assert front.desk.month.is_shown


@pytest.mark.parametrize(
    ("key", "modifier"), [(Key.Key_Escape, Key(0)), (Key.Key_4, ALT)]
)
def test_the_way_back_leaves_the_schedule_as_it_was(
    front: Front, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    front.show(tomorrow())
    opened(front)
    press_in_focus(Key.Key_Down)
    press_in_focus(key, modifier or Qt.KeyboardModifier.NoModifier)
    assert not front.desk.month.is_shown
    assert front.view.hasFocus()
    assert front.desk.pager.day == tomorrow()


def test_day_and_week_show_the_day_chosen_in_the_month(front: Front) -> None:
    front.show(tomorrow())
    opened(front)
    press_in_focus(Key.Key_Down)
    press_in_focus(Key.Key_2, ALT)
    front.settle()
    assert front.desk.pager.view is View.WEEK
    assert front.desk.pager.day == tomorrow() + timedelta(days=7)
    assert front.view.isVisible()


def test_what_another_desk_books_is_counted_at_once(
    front: Front, database: Desk, practice: Practice
) -> None:
    front.show(tomorrow())
    page = opened(front)
    later = tomorrow() + timedelta(days=1)
    database.booking.book(practice.request_at(practice.at(9, day=later)))
    front.until(lambda: "1 appointment" in spoken(page, later))


def test_only_ticked_providers_count(front: Front, database: Desk) -> None:
    sessions = database.booking._sessions
    factories.hours(sessions, factories.provider(sessions, name="Dr Lang"))
    front.until(lambda: front.desk.rail.providers.model.rowCount() == 2)
    front.show(tomorrow())
    page = opened(front)
    front.until(lambda: page.line.endswith("16 h free"))
    front.desk.rail.providers.model.check_only(2)
    front.until(lambda: page.line.endswith("8 h free"))


def test_a_blocked_day_says_that_it_is_closed(
    front: Front, database: Desk, practice: Practice
) -> None:
    sessions = database.booking._sessions
    factories.override(sessions, practice.provider_id, date=tomorrow())
    front.show(tomorrow())
    page = opened(front)
    assert page.line.endswith(": Closed")


def test_a_click_goes_to_the_day_and_f6_finds_the_month(front: Front) -> None:
    front.show(tomorrow())
    page = opened(front)
    press_in_focus(Key.Key_F6)
    front.until(lambda: not page.table.hasFocus())
    for _ in range(5):
        if not page.table.hasFocus():
            press_in_focus(Key.Key_F6)
    assert page.table.hasFocus()
    place = page.model.index_of(tomorrow())
    at = page.table.visualRect(place).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    front.settle()
    assert front.view.isVisible()


def test_while_the_database_is_away_the_line_says_so(front: Front) -> None:
    front.show(tomorrow())
    page = opened(front)
    front.program.window.desk._desk.diary._sessions.close()
    front.desk.month.look()
    front.until(lambda: "1 appointment" not in page.line and "free" not in page.line)
    assert page.model.count_of(tomorrow()) is not None


def test_who_comes_next_sees_nothing_of_it(front: Front) -> None:
    page = opened(front)
    front.desk.around.person_changed.emit()
    assert not front.desk.month.is_shown
    assert page.model.count_of(tomorrow()) is None


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (DayCount(DAY), "Closed"),
        (DayCount(DAY, 2), "2 appointments, Closed"),
        (DayCount(DAY, 0, 60, 0), "Nothing booked, 0 % full, 1 h free"),
        (DayCount(DAY, 1, 60, 60), "1 appointment, Full"),
        (DayCount(DAY, 9, 600, 598), "9 appointments, 99 % full, 2 min free"),
    ],
)
def test_a_day_in_words(count: DayCount, said: str) -> None:
    assert words.in_full(count) == said


@pytest.mark.parametrize(
    ("day", "step", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(2024, 3, 30), -1, date(2024, 2, 29)),
    ],
)
def test_the_same_day_of_another_month(day: date, step: int, expected: date) -> None:
    assert same_day_of_month(day, step) == expected


def test_the_first_day_follows_the_country(front: Front) -> None:
    page = opened(front)
    first = page.model.index(0, 0).data(DayRole)
    assert first.isoweekday() == QLocale().firstDayOfWeek().value
    assert QApplication.focusWidget() is page.table
