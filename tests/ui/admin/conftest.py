"""A manager at a desk of a real practice, and hands on keyboard and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desk_app.ui.admin.flows import AdminFlows
from desk_app.ui.admin.staff import StaffDialog
from desk_app.ui.practice import Practice
from tests.staff import Crew
from tests.ui.conftest import NO_KEY, PATIENCE_MS, open_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import Qt
    from pytestqt.qtbot import QtBot

    from desk_app.ui.calls import Calls

    Act = Callable[[QDialog], object]


class Office:
    """The dialogs of whoever is signed in at `url`, and a person in front of them."""

    def __init__(self, url: str, calls: Calls, qtbot: QtBot) -> None:
        self.desk = open_desk(url)
        self.qtbot, self._calls = qtbot, calls
        self.window = QWidget()
        qtbot.addWidget(self.window)
        practice = Practice(self.desk.diary.catalogue())
        self.flows = AdminFlows(self.desk, calls, practice, self.window)

    def open_staff(self) -> StaffDialog:
        """Open the staff and wait until they are shown."""
        dialog = StaffDialog(self.flows.staff_ports(), self.window)
        self.show(dialog)
        self.settle()
        return dialog

    def show(self, dialog: QDialog) -> None:
        """Show a dialog that will be typed into."""
        self.qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        self.qtbot.waitUntil(dialog.isActiveWindow)

    def settle(self) -> None:
        """Wait until no answer is on its way."""
        self.until(lambda: not self._calls.is_busy)

    def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(wanted, timeout=PATIENCE_MS)

    def answer(self, *acts: Act) -> Answering:
        """Do these in the dialogs that open from now on, one in each."""
        self._answering = Answering(self.window, list(acts))
        return self._answering

    def close(self) -> None:
        """Leave the desk."""
        self.desk.close()


class Answering:
    """Waits for dialogs, one after the other, and does something in each."""

    def __init__(self, parent: QWidget, acts: list[Act]) -> None:
        self._acts, self._known = acts, QApplication.activeModalWidget()
        self._looking = QTimer(parent, interval=5)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        # A dialog that nobody answers would be open for ever.
        self._patience = QTimer(parent, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        self._patience.start()

    @property
    def is_done(self) -> bool:
        """Whether every dialog has come."""
        return not self._acts

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or dialog is self._known:
            return
        if dialog.isActiveWindow():
            self._known = dialog
            act = self._acts.pop(0)
            if not self._acts:
                self._looking.stop()
            act(dialog)

    def _give_up(self) -> None:
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.done(0)


def press(within: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press a key in whatever has the keyboard within a dialog."""
    QTest.keyClick(within.focusWidget() or within, key, modifier)


def write(within: QWidget, text: str) -> None:
    """Type into whatever has the keyboard within a dialog."""
    QTest.keyClicks(within.focusWidget() or within, text)


@pytest.fixture
def crew(database_url: str) -> Iterator[Crew]:
    """A practice with one manager, closed to strangers."""
    crew = Crew(database_url)
    yield crew
    crew.close()


@pytest.fixture
def office(crew: Crew, calls: Calls, qtbot: QtBot) -> Iterator[Office]:
    """The manager's dialogs."""
    office = Office(crew.address(crew.manager), calls, qtbot)
    yield office
    office.settle()
    office.close()
