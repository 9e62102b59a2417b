"""A person at the keyboard, who types short texts and pastes the others."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk_app.ui.dialogs.complaint import Complaint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

# More than this nobody types letter by letter.
LONGEST_TYPED = 30
_ON_THE_KEYS = set(string.printable) - set(string.whitespace) | {" "}


def enter(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Put `text` in the place of what stands in a field."""
    field.setFocus()
    field.selectAll()
    if len(text) > LONGEST_TYPED or not text.isprintable():
        paste(field, text)
        return
    QTest.keyClick(field, Qt.Key.Key_Delete)
    for letter in text:
        if letter in _ON_THE_KEYS:
            QTest.keyClicks(field, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(field, event)


def paste(field: QWidget, text: str) -> None:
    """Paste `text` from the clipboard."""
    QGuiApplication.clipboard().setText(text)
    paste_keys = QKeySequence(QKeySequence.StandardKey.Paste)
    QTest.keySequence(field, paste_keys)


def complaints(dialog: QWidget) -> dict[QWidget, str]:
    """Return what is said to be wrong, by the field it stands under."""
    return {
        complaint._field: complaint.text()
        for complaint in dialog.findChildren(Complaint)
        if complaint.isVisible()
    }
