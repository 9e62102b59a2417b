"""A bar of how long somebody is seen, and how long is kept free after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from desk_app.ui import appearance
from desk_app.ui import format as written
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

LONG = 60


class SpanBar(QWidget):
    """Drawn to scale: an hour fills the bar, what is longer fills it too."""

    def __init__(self) -> None:
        super().__init__()
        self._visit = self._buffer = 0

    def show_minutes(self, visit: int, buffer: int) -> None:
        """Show other lengths."""
        self._visit, self._buffer = visit, buffer
        text = filled(self.tr("%1 with the client"), written.duration(visit))
        if buffer:
            text += ", " + filled(self.tr("%1 free after"), written.duration(buffer))
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """One line of text with room around it."""
        return QSize(200, round(self.fontMetrics().height() * 1.7))

    def minimumSizeHint(self) -> QSize:
        """As high as that."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the visit, and what is kept free in stripes."""
        theme = appearance.current()
        whole = max(LONG, self._visit + self._buffer)
        seen = self.width() * self._visit / whole
        free = self.width() * self._buffer / whole
        height = self.height() - 1
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.confirmed.line))
            painter.setBrush(QColor(theme.confirmed.fill))
            visit = QRectF(0.5, 0.5, max(seen - 1, 1), height)
            painter.drawRoundedRect(visit, 4, 4)
            painter.setPen(QColor(theme.confirmed.text))
            self._write(painter, visit, self._visit)
            if free > 0:
                after = QRectF(seen + 0.5, 0.5, max(free - 1, 1), height)
                painter.setPen(QColor(theme.control_border))
                painter.setBrush(QColor(theme.grid_blocked))
                painter.drawRoundedRect(after, 4, 4)
                painter.setBrush(QColor(theme.grid_hatch))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QColor(theme.muted))
                self._write(painter, after, self._buffer)

    def _write(self, painter: QPainter, place: QRectF, minutes: int) -> None:
        text = written.duration(minutes)
        if painter.fontMetrics().horizontalAdvance(text) + 8 <= place.width():
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
