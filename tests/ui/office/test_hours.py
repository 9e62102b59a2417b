"""Weekly hours at a real desk: drawn by keys and mouse, typed, taken back, saved."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from desk_app.domain.timetable import Stretch, timetable
from desk_app.domain.weekly import WeeklyWindow
from desk_app.ui.office.hours import words
from desk_app.ui.office.hours.hand import Hand
from desk_app.ui.office.hours.page import HoursPage
from tests.ui.conftest import press_in_focus

if TYPE_CHECKING:
    from desk_app.bootstrap import Desk
    from tests.factories import Practice
    from tests.ui.office.conftest import Desk as Pages

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 24)


def press(page: HoursPage, *keys: Key, held=Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(page.grid, key, held)


def test_a_week_is_drawn_by_keys_typed_copied_taken_back_and_saved(
    pages: Pages, database: Desk, practice: Practice
) -> None:
    page = pages.show(HoursPage)
    press(page, Key.Key_Delete)
    assert page.week[0] == ()
    press(page, Key.Key_Return, *[Key.Key_Down] * 4, Key.Key_Return)
    assert page.week[0] == (Stretch(540, 600),)
    press(page, Key.Key_Down, held=CTRL)
    assert page.week[0] == (Stretch(555, 615),)
    press(page, Key.Key_1)
    QTest.keyClicks(page.fields.fields[0], "0-12, 13-17")
    press_in_focus(Key.Key_Return)
    assert page.week[0] == (Stretch(600, 720), Stretch(780, 1020))
    page.grid.setFocus()
    press(page, Key.Key_D, held=CTRL)
    assert page.week[4] == page.week[0]
    press(page, Key.Key_Z, held=CTRL)
    assert page.week[4] == (Stretch(540, 1020),)
    press_in_focus(Key.Key_S, CTRL)
    pages.front.until(lambda: page.banner.topic == "saved")
    hours = database.weekly_hours.of(practice.provider_id)
    assert {w for w in hours if w.weekday == 0} == {
        WeeklyWindow(0, time(10), time(12)),
        WeeklyWindow(0, time(13), time(17)),
    }
    assert not page.is_touched()


def test_the_mouse_draws_stretches_and_moves(pages: Pages, practice: Practice) -> None:
    page = pages.show(HoursPage)
    grid = page.grid
    page.fields.day_changed.emit(6, ())
    x = sum(grid.edges(6)) // 2

    def drag(start: int, end: int) -> None:
        QTest.mousePress(grid, LEFT, pos=QPoint(x, grid.height_of(start)))
        QTest.mouseMove(grid, QPoint(x, grid.height_of((start + end) // 2)))
        QTest.mouseMove(grid, QPoint(x, grid.height_of(end)))
        QTest.mouseRelease(grid, LEFT, pos=QPoint(x, grid.height_of(end)))

    drag(9 * 60 + 2, 11 * 60)
    assert page.week[6] == (Stretch(540, 660),)
    drag(11 * 60, 12 * 60)
    assert page.week[6] == (Stretch(540, 720),)
    drag(10 * 60 + 30, 11 * 60 + 30)
    assert page.week[6] == (Stretch(600, 780),)


def test_what_is_not_understood_is_said_and_not_saved(
    pages: Pages, practice: Practice
) -> None:
    page = pages.show(HoursPage)
    field = page.fields.fields[0]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "mornings")
    press_in_focus(Key.Key_Return)
    assert "not understood" in field.accessibleDescription()
    page.fields.day_changed.emit(1, ())
    page.submit()
    assert field.text() == "mornings"
    assert page.is_touched()


def test_screen_readers_meet_every_day(pages: Pages, practice: Practice) -> None:
    page = pages.show(HoursPage)
    grid = QAccessible.queryAccessibleInterface(page.grid)
    assert grid is not None
    assert grid.childCount() == 8
    name = QAccessible.Text.Name
    assert grid.child(0).text(name) == "Monday 09:00, 09:00–17:00"
    assert grid.child(7).text(name) == "Sunday: 09:00–17:00"
    page.fields.day_changed.emit(6, ())
    assert grid.child(7).text(name) == "Sunday: closed"


def test_a_sentence_sums_the_hours_up() -> None:
    day = (Stretch(540, 720), Stretch(780, 1020))
    table = timetable(())
    for weekday in range(5):
        table = table.with_day(0, (0, 1), weekday, day)
    table = table.with_day(0, (1,), 5, (Stretch(540, 780),))
    table = table.begun_on(date(2027, 4, 1)).with_day(1, (0, 1), 0, ())
    said = words.sentence(table, TODAY)
    assert said.startswith("Mon–Fri 09:00–12:00 and 13:00–17:00; every other week")
    assert "Sat 09:00–13:00; from 1 April: Tue–Fri 09:00" in said


def test_the_nearer_edge_is_stretched() -> None:
    hand = Hand()
    hand.week = (((Stretch(540, 720)),), *hand.week[1:])
    hand.go_to(0, 700)
    assert hand.stretched(15) == (Stretch(540, 735),)
    hand.go_to(0, 545)
    assert hand.stretched(-15) == (Stretch(525, 720),)
    hand.go_to(0, 800)
    assert hand.stretched(15) is None
