"""A manager brings a calendar along, sees what it makes, and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.calendar_file.becoming import Becoming
from desk_app.ui.transfer.calendar.page import CalendarPage
from desk_app.ui.transfer.calendar.ports import CalendarPorts, calendar_ports
from tests import factories
from tests.services.calendar_import.calendars import calendar, event
from tests.ui.conftest import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.bootstrap import Desk
    from desk_app.ui.calls import Calls
    from tests.factories import Practice

ALT = Qt.KeyboardModifier.AltModifier
COURSE = event("DTSTART:20260309T090000Z", "DURATION:PT1H", "SUMMARY:Course")
OFF = event("DTSTART;VALUE=DATE:20260310", "SUMMARY:Off", uid="2")
BAD = event("DTSTART:tomorrow", uid="3")


@pytest.fixture
def ports(database: Desk, practice: Practice, calls: Calls) -> CalendarPorts:
    class Window:
        """As much of `Around` as ports are made of."""

        desk = database

        class practice:  # noqa: N801 (named as in Around)
            catalogue = database.diary.catalogue()
            zone = ZoneInfo(factories.BERLIN)
            today = staticmethod(lambda: factories.TODAY)

        @staticmethod
        def port(function: Callable[[Any], Any]) -> Any:
            return lambda wish, then, failed: calls.run(
                function, wish, then=then, failed=failed
            )

    return calendar_ports(Window())  # type: ignore[arg-type]


def test_a_calendar_is_looked_at_imported_and_taken_back(
    ports: CalendarPorts, qtbot: QtBot, tmp_path: Path
) -> None:
    page = CalendarPage(ports)
    qtbot.addWidget(page)
    page.show()
    page.begin()
    file = tmp_path / "x.ics"

    def settle(wanted: Callable[[], bool]) -> None:
        qtbot.waitUntil(wanted, timeout=PATIENCE_MS)

    assert not page.go.isEnabled()
    assert page.empty.isVisible()
    page.enter()
    QTest.keyClicks(page.file.field, str(file))
    settle(lambda: page.file.complaint.startswith("This file cannot be read"))

    file.write_bytes(calendar(COURSE, OFF, BAD))
    page.begin()
    settle(lambda: bool(page.checked))
    assert page.faults.rows.rows == [
        ("17", "This is no date as calendars write it.", "tomorrow")
    ]
    assert page.said.text().startswith("Nothing can be imported: one fault.")
    assert not page.go.isEnabled()

    file.write_bytes(calendar(COURSE, OFF))
    QTest.keyClick(page, Qt.Key.Key_W, ALT)
    settle(lambda: page.go.text() == "&Import 1")
    assert [what for _, what in page.events.rows.rows] == ["Course"]
    assert "1 that are free or of whole days" in page.said.text()
    QTest.keyClick(page, Qt.Key.Key_W, ALT)
    settle(lambda: page.go.text() == "&Import 2")
    QTest.keyClick(page, Qt.Key.Key_I, ALT)
    settle(lambda: page.banner.words is not None)
    assert page.banner.words is not None
    assert page.banner.words.text == "2 times are blocked now."
    assert page.file.field.text() == ""
    assert page.may_leave()
    QTest.keyClick(page.banner.buttons[0], Qt.Key.Key_Space)
    settle(lambda: page.banner.words is not None and not page.progress.is_running)
    settle(lambda: page.banner.words.title == "Taken back")  # type: ignore[union-attr]

    page.wishes.becoming.choose(Becoming.APPOINTMENTS)
    page.file.field.setText(str(file))
    settle(lambda: page.go.text() == "&Import 1")
    assert page.wishes.ticks.isHidden()
    assert page.wishes.service.currentText() == "Check-up"
    assert "One client is new." in page.said.text()
    page.go.click()
    settle(lambda: page.banner.words is not None)
    assert page.banner.words.text == (  # type: ignore[union-attr]
        "One appointment is there now. One client is new."
    )
