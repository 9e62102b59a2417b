"""A practice in memory and hands on a keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.dialogs.practice import Practice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot


class Hands:
    """Types into whatever has the focus, counts the keys, and opens dialogs."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._dialog: QDialog | None = None
        self.keys = 0

    def open(self, dialog: QDialog) -> None:
        """Show a dialog that will be typed into."""
        self._qtbot.addWidget(dialog)
        self._dialog = dialog
        dialog.show()
        dialog.activateWindow()
        self._qtbot.waitUntil(dialog.isActiveWindow)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press one key."""
        assert self._dialog is not None
        self.keys += 1
        QTest.keyClick(self._dialog.focusWidget() or self._dialog, key, modifier)

    def type(self, text: str) -> None:
        """Type letter by letter."""
        assert self._dialog is not None
        for letter in text:
            self.keys += 1
            QTest.keyClicks(self._dialog.focusWidget() or self._dialog, letter)

    def enter(self) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return)

    def until(self, wanted: Callable[[], bool]) -> None:
        """Wait as a person would, until something is seen."""
        self._qtbot.waitUntil(wanted, timeout=2000)


@pytest.fixture
def practice() -> Practice:
    """Return a practice of two providers with one appointment at 9:40."""
    result = Practice()
    result.put(1, 1, result.time(9, 40), result.clients[2])
    return result


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    """Return hands on a keyboard."""
    return Hands(qtbot)
