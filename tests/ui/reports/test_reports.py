"""Reports in place of the schedule: walked by keys, said in words, saved, left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk_app.domain.reports.asking import ReportKind
from desk_app.domain.reports.periods import PeriodChoice
from desk_app.domain.staff import Role
from desk_app.ui.reports.page import ReportsPage
from desk_app.ui.reports.saving import Saving
from tests.ui.conftest import press_in_focus, tomorrow
from tests.ui.reports.test_charts import missed

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.bootstrap import Desk
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SAID = Qt.ItemDataRole.AccessibleTextRole


def test_alt_6_shows_reports_and_esc_leaves_them(
    front: Front, database: Desk, practice: Practice
) -> None:
    database.booking.book(practice.request_at(practice.at(9, day=tomorrow())))
    front.press(Key.Key_6, ALT)
    flows = front.desk.features.reports
    page = flows.page
    page.filters.set_choice(PeriodChoice.OTHER)
    front.until(lambda: not page.is_counting)
    page.filters.last.setDate(page.filters.first.date().addDays(400))
    front.until(lambda: not page.is_counting and page.told is not None)
    assert page.told is not None
    assert page.told.detail.startswith("0,5 h booked of")
    assert page.kinds.list.hasFocus()
    press_in_focus(Key.Key_Return)
    assert page.body.picture.hasFocus()
    press_in_focus(Key.Key_End)
    press_in_focus(Key.Key_Return)
    front.settle()
    assert not flows.is_shown
    front.press(Key.Key_6, ALT)
    press_in_focus(Key.Key_Down)
    front.until(lambda: not page.is_counting)
    assert page.kinds.kind is ReportKind.NO_SHOWS
    assert page.instead.said.startswith("There is nothing to count from")
    press_in_focus(Key.Key_Escape)
    assert not flows.is_shown
    assert front.view.hasFocus()


def test_receptionists_are_told_why_not(front: Front) -> None:
    around, hints = front.desk.around, []
    around.hint.connect(hints.append)
    me = around.practice.catalogue.me
    object.__setattr__(me, "role", Role.RECEPTIONIST)
    front.press(Key.Key_6, ALT)
    assert hints == ["Reports are for managers, and for providers on their own."]
    assert not front.desk.features.reports.is_shown


def shown(qtbot: QtBot) -> ReportsPage:
    """Return a page with a report, as on a screen."""
    page = ReportsPage(tomorrow() - timedelta(days=1))
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.kinds.set_kind(ReportKind.NO_SHOWS)
    page.show_report(missed())
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.body.picture.setFocus()
    qtbot.waitUntil(page.body.picture.hasFocus)
    return page


def test_arrows_walk_the_picture_and_the_table_follows(qtbot: QtBot) -> None:
    page = shown(qtbot)
    picture, table = page.body.picture, page.body.table
    assert picture.currentIndex().data(SAID).startswith("Monday, 09:00: 12,5 %")
    press_in_focus(Key.Key_End)
    assert table.currentIndex() == picture.currentIndex()
    interface = QAccessible.queryAccessibleInterface(picture)
    assert interface is not None
    names = [
        interface.child(number).text(QAccessible.Text.Name)
        for number in range(interface.childCount())
    ]
    assert picture.currentIndex().data(SAID) in names
    rect = picture.visualRect(picture.currentIndex())
    assert picture.indexAt(rect.center()) == picture.currentIndex()
    assert picture.viewport().rect().contains(rect)


def test_enter_on_a_bar_asks_for_that_provider_alone(qtbot: QtBot) -> None:
    page = shown(qtbot)
    page.body.tabs.setCurrentIndex(1)
    press_in_focus(Key.Key_Down)
    with qtbot.waitSignal(page.wanted) as wanted:
        press_in_focus(Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0].provider_id == 2
    page.filters.set_choice(PeriodChoice.THIS_YEAR)
    assert page.query is not None
    assert (page.query.provider_id, page.query.period.first.day) == (2, 1)


def test_enter_on_a_field_of_the_heat_map_asks_which_these_were(qtbot: QtBot) -> None:
    page = shown(qtbot)
    press_in_focus(Key.Key_Right)
    press_in_focus(Key.Key_Right)
    with qtbot.waitSignal(page.visits_wanted) as wanted:
        press_in_focus(Key.Key_Return)
    assert wanted.args is not None
    asked, said = wanted.args
    assert asked.hours == (11,)
    assert said.startswith("Monday, 11:00: too few, 1 of 3 appointments missed")


def test_what_takes_long_can_be_cancelled(qtbot: QtBot) -> None:
    page = shown(qtbot)
    page.ask()
    assert page.is_counting
    qtbot.waitUntil(page._cancel.isVisible)
    with qtbot.waitSignal(page.given_up):
        QTest.keyClick(page, Key.Key_Escape)
    assert not page.is_counting
    assert not page._cancel.isVisible()


def test_dates_out_of_order_ask_for_nothing(qtbot: QtBot) -> None:
    page = shown(qtbot)
    page.filters.set_choice(PeriodChoice.OTHER)
    wishes: list[object] = []
    page.wanted.connect(wishes.append)
    page.filters.last.setDate(page.filters.first.date().addDays(-1))
    qtbot.waitUntil(lambda: not page.is_counting)
    assert wishes == []
    assert page._state.text() == "The last day is before the first."


def test_a_report_can_be_copied_and_saved(qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(qtbot)
    saving = Saving(page, str)
    press_in_focus(Key.Key_C, CTRL)
    assert QApplication.clipboard().text().startswith("Weekday\t09:00\t10:00")
    assert saving.file_name == "no-shows-2026-03-01-2026-03-31"
    assert saving.write_picture(str(tmp_path / "a.png"))
    assert QImage(str(tmp_path / "a.png")).width() == 2000
    assert saving.write_pdf(str(tmp_path / "a.pdf"))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert saving.write_table(str(tmp_path / "a.csv"))
    assert not saving.write_table(str(tmp_path / "none" / "a.csv"))
    assert not saving.write_picture(str(tmp_path / "none" / "a.png"))
