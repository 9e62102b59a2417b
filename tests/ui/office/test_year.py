"""A provider's year at a real desk: vacation by a few keys, extra hours by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from desk_app.domain.overrides import DayLook
from desk_app.ui.office.year.days_dialog import DaysDialog
from desk_app.ui.office.year.page import YearPage
from desk_app.ui.office.year.words import Look, look_of, said
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desk_app.bootstrap import Desk
    from tests.factories import Practice
    from tests.ui.conftest import Front
    from tests.ui.office.conftest import Desk as Pages

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
DAY = date(2026, 12, 25)


def test_vacation_is_chosen_by_arrows_and_entered_in_one_step(
    pages: Pages, database: Desk, practice: Practice
) -> None:
    page = pages.show(YearPage)
    first = date(page.grid.year, 6, 10)
    page.grid.choose(first)
    QTest.keyClick(page.grid, Key.Key_Down, SHIFT)

    def away(dialog: QDialog) -> None:
        assert isinstance(dialog, DaysDialog)
        QTest.keyClicks(dialog.reason, "Vacation")
        press_in_focus(Key.Key_Return)
        pages.front.until(lambda: dialog.answer is not None)

    pages.front.answer_dialog(away)
    QTest.keyClick(page.grid, Key.Key_Return)
    pages.settle()
    days = [first + timedelta(days=n) for n in range(8)]
    columns = database.diary.days(first, 8, [practice.provider_id])
    assert [c.day for c in columns if not c.open_windows] == days
    pages.front.until(lambda: look_of(page.grid.look(first)) is Look.AWAY)
    grid = QAccessible.queryAccessibleInterface(page.grid)
    assert grid is not None
    child = grid.child(page.grid.keys().index(first))
    assert child is not None
    assert "away · Vacation" in child.text(QAccessible.Text.Name)


def test_a_closed_time_of_the_schedule_is_opened_by_a_key(
    front: Front, database: Desk, practice: Practice
) -> None:
    front.show(tomorrow())
    evening = practice.at(20, day=tomorrow())
    front.view.focus_time(practice.provider_id, evening)

    def extra(dialog: QDialog) -> None:
        assert isinstance(dialog, DaysDialog)
        assert dialog.hours.text() == "20:00-21:00"
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.answer is not None)

    timer = front.answer_dialog(extra)
    front.press(Key.Key_J, SHIFT)
    assert not timer.isActive()
    column = database.diary.days(tomorrow(), 1, [practice.provider_id])[0]
    assert column.open_windows[-1].end == practice.at(21, day=tomorrow())


@pytest.mark.parametrize(
    ("day", "look", "text"),
    [
        (DayLook(DAY, 480, 480), Look.USUAL, "open as usual, 8 h"),
        (DayLook(DAY, 0, 0), Look.NO_HOURS, "no hours"),
        (DayLook(DAY, 0, 480, "Christmas"), Look.CLOSED, "closed (Christmas)"),
        (
            DayLook(DAY, 120, 480, "Xmas", has_extra=True),
            Look.EXTRA,
            "extra hours, 2 h",
        ),
        (
            DayLook(DAY, 0, 480, has_block=True, reasons=("Ill",)),
            Look.AWAY,
            "away · Ill",
        ),
        (DayLook(DAY, 60, 480, has_block=True), Look.PARTLY, "other hours, 1 h"),
        (DayLook(DAY, 480, 480, is_outside=True), Look.OUTSIDE, "outside calendar"),
    ],
)
def test_each_kind_of_day_looks_and_sounds_different(
    day: DayLook, look: Look, text: str
) -> None:
    assert look_of(day) is look
    assert text in said(day)
