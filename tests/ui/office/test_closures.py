"""Closed days at a real desk: holidays ticked, own days added, the rest reminded of."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest

from desk_app.domain.closures import Closure, ClosureChange, over_days
from desk_app.ui.office.closures.dialog import ClosureDialog
from desk_app.ui.office.closures.page import ClosuresPage
from desk_app.ui.office.closures.rows import card, entries
from tests.domain.test_closures import CHRISTMAS, FIRST, WEEK
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desk_app.bootstrap import Desk
    from tests.factories import Practice
    from tests.ui.office.conftest import Desk as Pages

Key = Qt.Key


def test_holidays_are_ticked_own_days_added_and_all_is_saved(
    pages: Pages, database: Desk, practice: Practice
) -> None:
    page = pages.show(ClosuresPage)
    assert "not taken over" in page.reminder
    page.next_year.click()
    pages.settle()
    year = page.known.year
    QTest.keyClick(page.list, Key.Key_Space)

    def add(dialog: QDialog) -> None:
        assert isinstance(dialog, ClosureDialog)
        press_in_focus(Key.Key_Return)
        assert dialog.answer is None, "closed without a reason"
        QTest.keyClicks(dialog.name, "Inventory")
        dialog.times.whole.click()
        dialog.times.start.setTime(QTime(14, 0))
        press_in_focus(Key.Key_Return)

    pages.front.answer_dialog(add)
    QTest.keyClick(page.list, Key.Key_N)
    assert page.said == f"Closed in {year} · holidays: 1 · days of your own: 1"
    page.save.click()
    pages.front.until(lambda: page.banner.topic == "saved")
    saved = database.closures.year(year).closures
    assert {each.start for each in saved} == {time(), time(14)}
    assert not page.is_touched()


def test_a_closed_day_stands_in_the_schedule_by_its_name(
    pages: Pages, database: Desk, practice: Practice
) -> None:
    front, day = pages.front, tomorrow()
    front.show(day)
    closed = frozenset({Closure(day, "Inventory")})
    database.closures.change(ClosureChange(day.year, frozenset(), closed))
    front.until(
        lambda: (
            [b.reason for c in front.view.columns for b in c.blocks] == ["Inventory"]
        )
    )


def test_a_row_says_what_is_closed_and_until_when() -> None:
    half = Closure(CHRISTMAS.day, CHRISTMAS.name, time(12), is_holiday=True)
    shown = [card(entry) for entry in entries([*WEEK, half], [CHRISTMAS])]
    assert [each.state.text for each in shown] == [
        "closed all day",
        "closed from 12:00",
    ]
    assert shown[0].title == "Mon 3 Aug – Fri 7 Aug · Summer"
    is_open = card(entries((), [CHRISTMAS])[0])
    assert (is_open.clock, is_open.state.text) == ("☐", "open as usual")
    assert len(entries(over_days(FIRST, FIRST.day), ())) == 1
