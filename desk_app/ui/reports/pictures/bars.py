"""Bars across: a label, a bar, and its figure with what it is counted of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from desk_app.ui.reports.pictures.plan import (
    GAP,
    LEFT,
    RIGHT,
    Place,
    labels_width,
    legend,
    ring,
    write,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from desk_app.ui.reports.charts import Cell, Chart
    from desk_app.ui.reports.pictures.plan import Inks

_MOST_LABEL, _MOST_ROW, _GOOD_ROW, _LEAST_ROW = 0.28, 2.6, 2.2, 1.5
_LIGHT = 0.38


class Bars:
    """The rows of a chart below each other."""

    def __init__(self, chart: Chart, room: QRectF, inks: Inks) -> None:
        self._chart, self._room, self._inks = chart, room, inks
        count = max(len(chart.rows), 1)
        foot = inks.line + GAP / 2 + (inks.line if chart.legend else 0)
        self._row = min((room.height() - foot) / count, inks.line * _MOST_ROW)
        labels = labels_width(chart, inks, room.width() * _MOST_LABEL)
        cells = [row.cells[0] for row in chart.rows]
        figures = [inks.width(cell.text, strong=True) for cell in cells]
        notes = max((inks.width(cell.note) for cell in cells), default=0.0)
        self._figures = max(figures, default=0.0) + 2
        left = room.left() + labels + GAP
        right = room.right() - self._figures - notes - 4 * GAP
        right = max(right, left + 20)
        self._field = QRectF(left, room.top(), right - left, self._row * count)
        self._labels = labels

    @staticmethod
    def least_height(chart: Chart, inks: Inks) -> float:
        """Return the least height at which the rows can be read."""
        foot = inks.line * (2 if chart.legend else 1) + GAP
        return len(chart.rows) * inks.line * _LEAST_ROW + foot

    @staticmethod
    def good_height(chart: Chart, inks: Inks) -> float:
        """Return the height at which they have some room."""
        foot = inks.line * (2 if chart.legend else 1) + GAP
        return len(chart.rows) * inks.line * _GOOD_ROW + foot

    def paint(
        self, painter: QPainter, current: Place | None, *, has_focus: bool
    ) -> None:
        """Paint lines across, then each row."""
        painter.setFont(self._inks.font)
        self._paint_ticks(painter)
        for number, row in enumerate(self._chart.rows):
            place = Place(number, 0)
            is_current = current is not None and current.row == number
            self._paint_row(painter, self.rect(place), row.label, row.cells[0])
            if is_current and has_focus:
                ring(painter, self.rect(place).adjusted(1, 1, -1, -1), self._inks)
        legend(painter, self._room, self._chart.legend, self._inks)

    def rect(self, place: Place) -> QRectF:
        """Return the whole row."""
        top = self._field.top() + place.row * self._row
        return QRectF(self._room.left(), top, self._room.width(), self._row)

    def at(self, point: QPointF) -> Place | None:
        """Return the row at a point."""
        row = int((point.y() - self._field.top()) // self._row)
        return Place(row, 0) if 0 <= row < len(self._chart.rows) else None

    def _paint_ticks(self, painter: QPainter) -> None:
        theme, bottom = self._inks.theme, self._field.bottom()
        for tick in self._chart.ticks:
            x = self._x(tick.value)
            painter.setPen(QPen(QColor(theme.grid_hour), 1))
            painter.drawLine(QPointF(x, self._field.top()), QPointF(x, bottom + 3))
            width = self._inks.width(tick.text)
            place = QRectF(x - width / 2 - 2, bottom + 3, width + 4, self._inks.line)
            write(painter, place, tick.text, theme.muted, Qt.AlignmentFlag.AlignCenter)

    def _paint_row(
        self, painter: QPainter, rect: QRectF, label: str, cell: Cell
    ) -> None:
        theme, inks = self._inks.theme, self._inks
        room = QRectF(rect.left(), rect.top(), self._labels, rect.height())
        write(painter, room, inks.elided(label, self._labels), theme.text, RIGHT)
        thick = min(rect.height() * 0.62, inks.line * 1.25)
        bar = QRectF(self._field.left(), rect.center().y() - thick / 2, 0, thick)
        self._paint_bar(painter, bar, cell)
        self._paint_text(painter, rect, cell)

    def _paint_bar(self, painter: QPainter, bar: QRectF, cell: Cell) -> None:
        """Paint the bar, what it was before, and where a line from it leads."""
        if cell.before is not None:
            self._paint_before(painter, bar, cell.before)
        if cell.value is None:
            return
        accent = QColor(self._inks.theme.accent)
        full = accent if cell.part is None else self._inks.mixed(_LIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        for value, colour in ((cell.value, full), (cell.part, accent)):
            if value:
                bar.setRight(max(self._x(value), bar.left() + 2))
                painter.setBrush(colour)
                painter.drawRect(bar)
        if cell.before is not None:
            self._paint_before(painter, bar, cell.before)
        if cell.mark is not None:
            self._paint_mark(painter, bar, cell.mark)

    def _paint_before(self, painter: QPainter, bar: QRectF, before: float) -> None:
        """Paint a thin line, seen on the bar and beside it."""
        x, theme = self._x(before), self._inks.theme
        top, bottom = bar.top() - 3, bar.bottom() + 3
        for colour, width in ((theme.surface, 4), (theme.text, 2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _paint_mark(self, painter: QPainter, bar: QRectF, mark: float) -> None:
        x, middle = self._x(mark), bar.center().y()
        painter.setPen(QPen(QColor(self._inks.theme.text), 2))
        painter.drawLine(QPointF(bar.right(), middle), QPointF(x, middle))
        painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()))

    def _paint_text(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        """Write the figure, below those of the other rows, and what it is of."""
        theme, inks = self._inks.theme, self._inks
        left = self._field.right() + 2 * GAP
        room = QRectF(left, rect.top(), self._figures, rect.height())
        painter.setFont(inks.strong)
        is_figure = cell.value is not None
        write(painter, room, cell.text, theme.text if is_figure else theme.muted, RIGHT)
        room = QRectF(room.right() + GAP, rect.top(), 0, rect.height())
        room.setRight(rect.right())
        painter.setFont(inks.font)
        write(painter, room, cell.note, theme.muted, LEFT)

    def _x(self, value: float) -> float:
        return self._field.left() + self._field.width() * value / self._chart.top
