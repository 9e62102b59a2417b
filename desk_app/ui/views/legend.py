"""One line below the grid that says what the colours of the cards mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui import appearance, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from desk_app.ui.views.colouring import Swatch

_SIDE, _GAP, _BETWEEN, _RADIUS = 12, 6, 18, 3


class Legend(QWidget):
    """Swatches from left to right, as many as fit; a screen reader hears all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._swatches: tuple[Swatch, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def swatches(self) -> tuple[Swatch, ...]:
        """What is explained."""
        return self._swatches

    def show_swatches(self, title: str, swatches: Sequence[Swatch]) -> None:
        """Explain these colours; without any there is nothing to explain."""
        self._title, self._swatches = title, tuple(swatches)
        self.setAccessibleName(", ".join([title, *(s.words for s in swatches)]))
        self.setToolTip("")
        self.setVisible(bool(swatches))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = appearance.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(shown.muted))
            x = float(_SIDE)
            x = self._write(painter, x, self._title) + _BETWEEN
            painter.setPen(QColor(shown.text))
            for swatch in self._swatches:
                x = self._paint_swatch(painter, x, swatch) + _BETWEEN
                if x > self.width():
                    return

    def _paint_swatch(self, painter: QPainter, x: float, swatch: Swatch) -> float:
        side = self.fontMetrics().ascent()
        colours = theme.tinted(swatch.colour, appearance.current())
        box = QRectF(x, (self.height() - side) / 2, side, side)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.bar))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.restore()
        return self._write(painter, x + side + _GAP, swatch.words)

    def _write(self, painter: QPainter, x: float, text: str) -> float:
        text = " ".join(text.split())
        width = self.fontMetrics().horizontalAdvance(text)
        room = QRectF(x, 0, width + 2, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        return x + width
