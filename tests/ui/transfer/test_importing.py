"""A manager brings a file in by keys, mends another one, and takes the first back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from desk_app.domain.importing.columns import Field, Subject
from desk_app.ui.transfer.importing.page import ImportPage
from desk_app.ui.transfer.importing.ports import ImportPorts
from tests.ui.conftest import BERLIN, PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desk_app.bootstrap import Desk
    from desk_app.ui.calls import Calls
    from tests.factories import Practice

GOOD = "Nachname;Vorname;Tel;Was\r\nGroß;Jo;0151 23456789;y\r\nWeiß;Eva;;z\r\n"
BAD = "Name,Phone\nJo Groß,4.93E+11\nEva,0151 2345678\nEva,0151 2345678\n"
VISITS = "Date,Time,Client\n03/04/2026,09:00,Jo Groß\n"


@pytest.fixture
def page(database: Desk, practice: Practice, calls: Calls, qtbot: QtBot) -> ImportPage:
    """The page, over a practice that can book."""
    del practice

    def port(function: Callable[[Any], Any]) -> Any:
        return lambda wish, then, failed: calls.run(
            function, wish, then=then, failed=failed
        )

    service = database.importing
    ports = ImportPorts(
        database.diary.catalogue,
        BERLIN,
        port(service.open),
        port(lambda wish: service.read(wish.file, wish.subject, wish.options)),
        port(
            lambda run: service.check(
                run.wish.file, run.wish.subject, run.wish.options, run.work
            )
        ),
        port(lambda run: service.write(run.checked, run.subject, run.work)),
        port(lambda _nothing: service.imports()),
        port(lambda run: service.undo(run.transfer_id, run.work)),
        port(lambda wish: service.save_faults(wish.path, wish.faults)),
    )
    page = ImportPage(ports)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.begin()
    return page


def test_a_file_comes_in_and_goes_again_by_keys(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    def at(step: QWidget) -> None:
        qtbot.waitUntil(
            lambda: page.steps.currentWidget() is step and page.steps.isEnabled(),
            timeout=PATIENCE_MS,
        )

    path = tmp_path / "Kunden.csv"
    path.write_bytes(GOOD.encode("cp1252"))
    page.take(path)
    at(page.look)
    assert page.look.preview.fields == (
        *(Field.LAST_NAME, Field.FIRST_NAME, Field.PHONE, Field.IGNORED),
    )
    assert page.is_touched()
    combo = page.look.preview.combos[3]
    _press(page.look, Qt.Key.Key_H)
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert combo.hasFocus()
    QTest.keyClick(combo, Qt.Key.Key_N)
    QTest.keyClick(combo, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: page.look.preview.fields[3] is Field.NOTES)
    _press(page.look, Qt.Key.Key_K)
    at(page.check)
    assert page.check.headline == "2 new clients"
    assert page.check.new.rows.rows[0][2] == "+4915123456789 · y"
    _press(page.check, Qt.Key.Key_I)
    at(page.done)
    assert page.done.said == "2 clients were entered."
    QTimer.singleShot(0, _say_yes)
    _press(page.done, Qt.Key.Key_B)
    at(page.choose)
    qtbot.waitUntil(lambda: page.banner.words is not None, timeout=PATIENCE_MS)
    assert page.banner.words.text == "2 rows were taken out again."
    qtbot.waitUntil(lambda: not page.choose.undo.isEnabled(), timeout=PATIENCE_MS)


def test_faults_are_listed_until_somebody_decides(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(BAD, encoding="utf-8")
    page.take(path)
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.look)
    page.look.go.click()
    check = page.check
    qtbot.waitUntil(lambda: page.steps.currentWidget() is check, timeout=PATIENCE_MS)
    lines = [row[:2] for row in check.faults.rows.rows]
    assert lines == [("2", "Phone"), ("4", "Phone")]
    assert check.headline == "2 lines have to be mended first"
    QTest.keyClick(check.twins, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(check.faults.rows.rows) == 1, timeout=PATIENCE_MS)
    check.copy.click()
    assert "4.93E+11" in QApplication.clipboard().text()
    page.choose.subjects.choose(Subject.APPOINTMENTS)
    path.write_text(VISITS, encoding="utf-8")
    page.take(path)
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.look)
    page.look.go.click()
    assert page.look.order.currentText() == "Please choose"
    assert page.look.order.hasFocus()
    QTest.keyClick(page.look.order, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.look.banner.words is None, timeout=PATIENCE_MS)
    page.look.go.click()
    qtbot.waitUntil(lambda: page.check.headline == "One appointment")


def _press(step: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(step, key, Qt.KeyboardModifier.AltModifier)


def _say_yes() -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    box.buttons()[0].click()
