"""Real front desks on the test database, driven as a person would."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desk_app.db.session import open_sessions
from desk_app.desk import Desk, Means, joined
from desk_app.doors import ServerDoor
from desk_app.sealing import new_ring
from desk_app.settings import Settings
from desk_app.ui.calls import Calls
from desk_app.ui.memory import Memory
from desk_app.ui.run import Program
from desk_app.ui.status_bar import Link
from tests import factories
from tests.rings import DeskRings
from tests.ui.look import as_in_the_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.front_desk import FrontDesk
    from desk_app.ui.grid.view import DiaryView

BERLIN = ZoneInfo("Europe/Berlin")
PATIENCE_MS = 10_000
DEADLINE = 3.0
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Let everything look as in the program."""
    with as_in_the_program(qapp):
        yield


@pytest.fixture
def calls(qapp: QApplication) -> Iterator[Calls]:
    """Return calls that end with the test."""
    calls = Calls()
    yield calls
    assert calls.close()


@pytest.fixture
def database(database_url: str) -> Iterator[Desk]:
    """Return the services on a database of the test's own."""
    desk = open_desk(database_url)
    yield desk
    desk.close()


@pytest.fixture
def practice(database: Desk) -> factories.Practice:
    """Return a practice that can book: Dr Weber, 9 to 17, and Anna."""
    return factories.open_practice(database.booking._sessions)


@pytest.fixture
def open_front(
    database_url: str, practice: factories.Practice, tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[[], Front]]:
    """Return a function that opens one more program on the test's database."""
    with ExitStack() as closing:

        def open_one() -> Front:
            memory = Memory(tmp_path)
            program = Program(lambda: open_desk(database_url), Settings(), memory)
            front = Front(program, qtbot)
            closing.callback(front.close)
            program.begin()
            front.until(lambda: program.window.desk is not None)
            front.until(lambda: front.desk.status.link is Link.CONNECTED)
            front.settle()
            return front

        yield open_one


@pytest.fixture
def front(open_front: Callable[[], Front]) -> Front:
    """Return one open program."""
    return open_front()


def open_desk(url: str) -> Desk:
    """Return the services on the database at `url`."""
    sessions = open_sessions(url, deadline=DEADLINE)
    closing = ExitStack()
    closing.callback(sessions.close)
    means = Means(sessions, ServerDoor(url), DeskRings(new_ring()))
    return joined(Settings(), means, closing)


def tomorrow() -> date:
    """Return a day on which everything is still free."""
    return datetime.now(UTC).astimezone(BERLIN).date() + timedelta(days=1)


@dataclass
class Front:
    """An open program and a person in front of it."""

    program: Program
    qtbot: QtBot

    def __post_init__(self) -> None:
        self.crashes, self.is_closed = 0, False
        self.program.crashed.connect(self._on_crashed)

    @property
    def desk(self) -> FrontDesk:
        """The front desk in the window."""
        desk = self.program.window.desk
        assert desk is not None
        return desk

    @property
    def view(self) -> DiaryView:
        """The grid."""
        return self.desk.pane.view

    def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(wanted, timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Wait until the schedule shows and no answer is on its way."""
        self.until(lambda: self.desk.is_settled and not self.program.calls.is_busy)

    def show(self, day: date) -> None:
        """Turn to a day."""
        self.desk.pager.show_day_alone(day)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key in the grid."""
        self.program.window.activateWindow()
        self.desk.focus_schedule()
        self.until(self.view.hasFocus)
        QTest.keyClick(self.view, key, modifier)

    def press_into_dialog(self, key: Qt.Key, act: Callable[[QDialog], None]) -> None:
        """Press a key that opens a dialog, and do something in there."""
        timer = self.answer_dialog(act)
        self.press(key)
        assert not timer.isActive(), "no dialog opened"

    def answer_dialog(self, act: Callable[[QDialog], None]) -> QTimer:
        """Do something in the dialog that opens next."""
        timer = QTimer(self.program, interval=20)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and dialog.isActiveWindow():
                timer.stop()
                with ExitStack() as closing:
                    closing.callback(_close, dialog)
                    act(dialog)

        timer.timeout.connect(look)
        timer.start()
        return timer

    def shown(self) -> list[str]:
        """Return the names on the cards, column by column."""
        columns = self.view.columns
        return [c.appointment.client_name for column in columns for c in column.cards]

    def appointments(self) -> list[Appointment]:
        """Return what stands on the cards."""
        return [c.appointment for column in self.view.columns for c in column.cards]

    def close(self) -> None:
        """Close the window and end the program, unless that was done before."""
        if self.is_closed:
            return
        self.is_closed = True
        self.program.window.close()
        self.program.end()
        self.program.window.deleteLater()
        assert not self.crashes, "the last resort was needed"

    def _on_crashed(self) -> None:
        self.crashes += 1


def _close(dialog: QDialog) -> None:
    if dialog is QApplication.activeModalWidget():
        dialog.done(0)


def type_into(text: str) -> None:
    """Type into whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    QTest.keyClicks(widget, text)


def press_in_focus(key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press a key in whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    QTest.keyClick(widget, key, modifier)
