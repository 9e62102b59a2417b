"""Buttons whose key works at once.

Qt lets a button look pressed for 100 ms before its key counts; Enter pressed in that
time would book without what the key had just chosen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShortcutEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QRadioButton


class PromptButton(QPushButton):
    """A push button that Enter presses only while it has the focus."""

    def event(self, event: QEvent) -> bool:
        """Click at once on the button's key."""
        return _clicked(self, event) or super().event(event)


class PromptRadio(QRadioButton):
    """A radio button."""

    def event(self, event: QEvent) -> bool:
        """Choose at once on the button's key."""
        return _clicked(self, event) or super().event(event)


class PromptCheck(QCheckBox):
    """A tick."""

    def event(self, event: QEvent) -> bool:
        """Set or take it at once on its key."""
        return _clicked(self, event) or super().event(event)


def _clicked(button: QAbstractButton, event: QEvent) -> bool:
    if not isinstance(event, QShortcutEvent) or event.isAmbiguous():
        return False
    if event.type() != QEvent.Type.Shortcut or not button.isEnabled():
        return False
    button.setFocus(Qt.FocusReason.ShortcutFocusReason)
    button.click()
    return True
