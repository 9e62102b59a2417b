"""Somebody chooses what leaves the practice, and finds it where it was said to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.exports import FileFormat, Subject
from desk_app.domain.staff import Me, Role
from desk_app.ui.transfer.exporting.page import ExportPage, exporters
from desk_app.ui.transfer.exporting.ports import ExportPorts
from tests import factories
from tests.ui.conftest import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk
    from desk_app.ui.calls import Calls
    from tests.factories import Practice


@pytest.fixture
def shown() -> list[Path]:
    return []


@pytest.fixture
def ports(
    database: Desk, practice: Practice, calls: Calls, shown: list[Path]
) -> ExportPorts:
    def port(function: Callable[[Any], Any]) -> Any:
        return lambda wish, then, failed: calls.run(
            function, wish, then=then, failed=failed
        )

    exports = database.exports
    return ExportPorts(
        database.diary.catalogue(),
        factories.TODAY,
        port(exports.count),
        port(lambda run: exports.export(run.wish, run.work)),
        shown.append,
    )


def test_a_manager_takes_lists_out_by_keys(
    ports: ExportPorts, shown: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    page = ExportPage(ports)
    qtbot.addWidget(page)
    page.show()
    page.begin()

    def settle(said: str) -> None:
        qtbot.waitUntil(lambda: page.said.text() == said, timeout=PATIENCE_MS)

    settle("Nothing fits this choice: the file would have titles only.")
    page.enter()
    QTest.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert page.subject is Subject.CLIENTS
    assert page.selection.isHidden()
    assert page.formats.buttons[FileFormat.ICALENDAR].isHidden()
    settle("The file will have one client.")
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert not page.delimiter.isHidden()
    page.place.field.setText(str(tmp_path / "gone"))
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(page.place.complaint), timeout=PATIENCE_MS)
    assert page.place.complaint == "This folder is no longer there."
    page.place.field.setText(str(tmp_path))
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.banner.words is not None, timeout=PATIENCE_MS)
    (path,) = tmp_path.iterdir()
    assert page.banner.words.title == "Exported"
    assert f"{path.name}: 1 row" in page.banner.words.text
    QTest.keyClick(page.banner.buttons[0], Qt.Key.Key_Space)
    assert shown == [tmp_path]
    assert not page.progress.is_running


def test_what_is_not_ticked_is_not_exported(ports: ExportPorts, qtbot: QtBot) -> None:
    page = ExportPage(ports)
    qtbot.addWidget(page)
    chosen = page.selection
    assert chosen.selection.provider_ids == ()
    row = chosen.services.rows.item(0)
    row.setCheckState(Qt.CheckState.Unchecked)
    page.show()
    page.go.click()
    assert not page.progress.is_running
    row.setCheckState(Qt.CheckState.Checked)
    chosen.period.setCurrentIndex(chosen.period.count() - 1)
    chosen.first.setDate(chosen.last.date().addDays(1))
    page.go.click()
    assert not page.progress.is_running


def test_a_provider_has_their_own_calendar_only(
    ports: ExportPorts, qtbot: QtBot
) -> None:
    me = Me("weber", "Dr Weber", Role.PROVIDER, 1)
    page = ExportPage(replace(ports, catalogue=replace(ports.catalogue, me=me)))
    qtbot.addWidget(page)
    assert (page.subject, page.format) == (Subject.APPOINTMENTS, FileFormat.ICALENDAR)
    assert page.selection.providers.isHidden()
    assert exporters(me)
    assert not exporters(Me("kr", "Jonas", Role.RECEPTIONIST))
