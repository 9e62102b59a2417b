"""From nothing to the first booking, by keys alone and with every one counted.

An action is a key that is pressed, or one field that is filled in.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from desk_app.domain.people import ProviderType
from desk_app.errors import NeedsChoice
from desk_app.ui.access.ways import Ways
from desk_app.ui.memory import Memory
from desk_app.ui.run import Program
from tests.test_bootstrap import on_this_computer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk
    from desk_app.ui.first_run.flows import FirstRunFlows

Key = Qt.Key
PATIENCE_MS = 20_000
MOST_ACTIONS = 60
PEOPLE = ("Dr. Anna Weber", "Ben Okafor", "Mia Sommer")


@dataclass
class Manager:
    """Somebody who sits before the program for the first time."""

    program: Program
    qtbot: QtBot
    actions: int = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard is."""
        self.actions += 1
        QTest.keyClick(self.place(), key, modifier or Qt.KeyboardModifier.NoModifier)

    def fill(self, text: str) -> None:
        """Type into the field where the keyboard is."""
        self.actions += 1
        self.until(is_to_be_filled)
        QTest.keyClicks(self.place(), text)

    def place(self) -> QWidget:
        """Return where the keyboard is; a new step takes it in a moment."""
        self.until(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(wanted, timeout=PATIENCE_MS)

    def sees(self, words: str) -> bool:
        """Say whether words stand in the window."""
        labels = self.program.window.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())

    @property
    def first_run(self) -> FirstRunFlows:
        """What the practice is asked."""
        assert self.program.window.desk is not None
        return self.program.window.desk.features.first_run


def is_to_be_filled() -> bool:
    """Say whether the keyboard is in a field that waits for something."""
    field = QApplication.focusWidget()
    is_field = isinstance(field, QLineEdit)
    return is_field and (not field.text() or field.hasSelectedText())


@pytest.fixture
def manager(tmp_path: Path, qtbot: QtBot) -> Iterator[Manager]:
    """Return somebody at a computer that has no practice yet."""
    with ExitStack() as closing:
        settings = closing.enter_context(on_this_computer(demo=False))

        def build() -> Desk:
            raise NeedsChoice

        ways = replace(Ways(), can_keep=lambda: False)
        program = Program(build, settings, Memory(tmp_path), ways)
        closing.callback(program.window.deleteLater)
        closing.callback(program.end)
        closing.callback(program.window.close)
        program.begin()
        yield Manager(program, qtbot)


def start_practice(manager: Manager) -> None:
    """Choose a practice on this computer and name it."""
    manager.until(lambda: manager.sees("Welcome"))
    manager.press(Key.Key_Down)
    manager.press(Key.Key_Return)
    manager.fill("Praxis am Park")
    manager.press(Key.Key_Tab)
    manager.fill("Miriam Hoffmann")
    manager.press(Key.Key_Return)
    manager.until(lambda: manager.program.window.desk is not None)
    manager.until(lambda: manager.first_run.is_shown)
    manager.until(lambda: manager.program.window.focusWidget() is not None)


def set_up(manager: Manager) -> None:
    """Answer what a practice is asked, with three people."""
    manager.until(lambda: manager.sees("Your practice"))
    manager.press(Key.Key_Return)
    for name in PEOPLE:
        manager.fill(name)
        manager.press(Key.Key_Return)
    manager.press(Key.Key_Return)
    manager.until(lambda: manager.sees("What do they offer?"))
    manager.fill("60")
    manager.press(Key.Key_Return)
    manager.until(lambda: manager.sees("When are they there?"))
    manager.fill("0-24")
    # Whatever weekday it is today.
    manager.press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    for key in (Key.Key_6, Key.Key_7):
        manager.press(key)
    manager.press(Key.Key_Return)
    # This country keeps none that are known.
    manager.until(lambda: manager.sees("No holidays are known"))
    manager.press(Key.Key_Return)
    manager.until(lambda: manager.sees("Ready to begin"))
    manager.press(Key.Key_Return)
    manager.until(lambda: not manager.first_run.is_shown)


def test_nothing_to_the_first_booking_of_three_people_in_sixty_actions(
    manager: Manager,
) -> None:
    start_practice(manager)
    set_up(manager)
    desk = manager.program.window.desk
    assert desk is not None
    manager.until(lambda: len(desk.pane.view.columns) == len(PEOPLE))
    catalogue = desk.practice.catalogue
    assert [p.name for p in catalogue.providers] == sorted(PEOPLE)
    assert {p.type for p in catalogue.providers} == {ProviderType.DOCTOR}
    assert len(catalogue.services) == 2 * len(PEOPLE)
    book(manager)
    manager.until(lambda: manager.sees("Your appointment:"))
    assert manager.sees("Check-up with Dr. Anna Weber")
    assert manager.actions <= MOST_ACTIONS, manager.actions


def book(manager: Manager) -> None:
    """Book the first visit of somebody new in one line."""
    desk = manager.program.window.desk
    assert desk is not None
    command = desk.features.command
    desk.focus_schedule()
    manager.press(Key.Key_Slash)
    manager.until(command.bar.field.hasFocus)
    manager.fill("+Berta Maß +491707654321 check-up weber tomorrow 10")
    manager.until(lambda: not command.is_waiting)
    manager.press(Key.Key_Return)
