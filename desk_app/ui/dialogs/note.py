"""A field of a few plain lines in which Enter belongs to the dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QKeyEvent

# No note may be longer. What is typed is told so when it is saved; what is pasted at
# once, because laying out a word of a megabyte takes minutes.
LONGEST = 10_000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReadText(QPlainTextEdit):
    """Plain text to read and copy; breaks words that are too long, scrolls if long."""

    def __init__(self, text: str, width: int, most_lines: int = 6) -> None:
        super().__init__(text)
        self.setObjectName("readText")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        metrics = self.fontMetrics()
        wrap = Qt.TextFlag.TextWrapAnywhere
        needed = metrics.boundingRect(0, 0, width, 1 << 20, wrap, text[:4000])
        lines = -(-needed.height() // metrics.lineSpacing())
        self.setFixedHeight(min(lines, most_lines) * metrics.lineSpacing() + 4)


class NoteEdit(QPlainTextEdit):
    """Plain text; Shift+Enter begins a new line, Tab goes on.

    `refused` says why something was not pasted.
    """

    refused = Signal(str)

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setObjectName("note")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the lines it was made for."""
        return QSize(200, self._lines * self.fontMetrics().lineSpacing() + 22)

    def minimumSizeHint(self) -> QSize:
        """Never be lower than that."""
        return self.sizeHint()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, or drop, what is not too long for a note."""
        kept = len(self.toPlainText()) - len(self.textCursor().selectedText())
        if kept + len(source.text()) > LONGEST:
            text = self.tr("A note has at most %1 characters. Nothing was pasted.")
            self.refused.emit(filled(text, self.locale().toString(LONGEST)))
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the dialog, unless Shift is held."""
        is_plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and not is_plain:
            event.ignore()
        else:
            super().keyPressEvent(event)
