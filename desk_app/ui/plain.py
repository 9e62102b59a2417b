"""Labels, boxes and tool tips that show what people typed as it is, never as markup.

Qt guesses whether a text is HTML; a client called `<img src=x>` would be drawn as a
picture and read a file. Everything a person typed is shown through this module.

Nothing here shows more than a person reads at a glance: laying out a megabyte, or ten
thousand lines, would freeze the window for seconds.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QMessageBox, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

LONGEST = 1000
LONGEST_ON_A_BUTTON = 200
MOST_LINES = 40


class PlainLabel(QLabel):
    """A label that shows its text letter by letter."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`, or its beginning where it is too long for a label."""
        super().setText(shortened(text))


class ElidedLabel(PlainLabel):
    """A plain label of one line that ends in "…" where the room ends.

    The whole text stays in the tool tip and for screen readers.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show `text` on one line."""
        super().setText(" ".join(shortened(text).split()))
        self._show_tool_tip_if_cut()

    def minimumSizeHint(self) -> QSize:
        """Ask for three letters at least; the height of a line."""
        width = self.fontMetrics().horizontalAdvance("MMM")
        return QSize(width, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for the whole text."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            shown = self.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, self.width()
            )
            painter.drawText(self.rect(), self.alignment(), shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tool tip to texts that are cut."""
        super().resizeEvent(event)
        self._show_tool_tip_if_cut()

    def _show_tool_tip_if_cut(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        set_tool_tip(self, self.text() if cut else "")


@dataclass(frozen=True, slots=True)
class Question:
    """What a message box asks; `yes` and `no` say what their buttons do."""

    title: str
    text: str
    yes: str
    no: str
    detail: str = ""


def shortened(text: str, longest: int = LONGEST, most_lines: int = MOST_LINES) -> str:
    """Return `text`, its end replaced by "…" where it is too long to be shown."""
    start = text[: longest + 1]
    lines = start.split("\n", most_lines)
    if len(start) <= longest and len(lines) <= most_lines:
        return text
    return "\n".join(lines[:most_lines])[: longest - 1].rstrip() + "…"


def tool_tip(text: str) -> str:
    """Return markup that a tool tip draws as exactly `text`."""
    if not text:
        return ""
    text = shortened(text)
    # Always marked as HTML: escaped text alone is guessed to be plain when it
    # holds no "<", and then shows "&amp;".
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'


def set_tool_tip(widget: QWidget, text: str) -> None:
    """Give `widget` a tool tip that shows exactly `text`."""
    widget.setToolTip(tool_tip(text))


def without_mnemonic(text: str) -> str:
    """Return `text` for a button or menu so that its "&" is shown as "&"."""
    return shortened(text, LONGEST_ON_A_BUTTON).replace("&", "&&")


def message_box(
    parent: QWidget | None, title: str, text: str, detail: str = ""
) -> QMessageBox:
    """Return a message box, not yet shown, whose texts are plain."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(shortened(title, LONGEST_ON_A_BUTTON))
    box.setText(shortened(text))
    box.setInformativeText(shortened(detail))
    return box


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Show a message and wait until it was read."""
    message_box(parent, title, text).exec()


def ask(parent: QWidget | None, question: Question) -> bool:
    """Ask and say whether the answer was yes; Esc and Enter mean no."""
    box = message_box(parent, question.title, question.text, question.detail)
    yes = box.addButton(question.yes, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(question.no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes
