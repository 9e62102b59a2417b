"""Lines over weeks: one stands out, the others are there to compare it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from desk_app.ui.reports.pictures.plan import (
    CENTRE,
    GAP,
    LEFT,
    RIGHT,
    Place,
    ring,
    write,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from desk_app.ui.reports.charts import Chart
    from desk_app.ui.reports.pictures.plan import Inks

_GOOD_LINES, _LEAST_LINES = 20, 11
_DOT, _MOST_DOTS = 3.5, 60


class Lines:
    """Rows from left to right, a line for each column."""

    def __init__(self, chart: Chart, room: QRectF, inks: Inks) -> None:
        self._chart, self._room, self._inks = chart, room, inks
        widest = max((inks.width(tick.text) for tick in chart.ticks), default=0.0)
        above = inks.line + GAP
        self._field = QRectF(
            room.left() + widest + GAP,
            room.top() + above,
            room.width() - widest - 3 * GAP,
            max(room.height() - above - inks.line - GAP, 10),
        )
        self._step = self._field.width() / max(len(chart.rows), 1)

    @staticmethod
    def least_height(_chart: Chart, inks: Inks) -> float:
        """Return the least height at which lines can be told apart."""
        return inks.line * _LEAST_LINES

    @staticmethod
    def good_height(_chart: Chart, inks: Inks) -> float:
        """Return the height at which they have some room."""
        return inks.line * _GOOD_LINES

    def paint(
        self, painter: QPainter, current: Place | None, *, has_focus: bool
    ) -> None:
        """Paint lines across, the faint lines, and then the one that stands out."""
        painter.setFont(self._inks.font)
        self._paint_ticks(painter)
        self._paint_weeks(painter)
        shown = current.column if current is not None else 0
        for column in range(len(self._chart.columns)):
            if column != shown:
                self._paint_line(painter, column, is_shown=False)
        self._paint_line(painter, shown, is_shown=True)
        self._paint_head(painter, shown, current)
        if current is not None:
            self._paint_current(painter, current, has_focus=has_focus)

    def rect(self, place: Place) -> QRectF:
        """Return the surroundings of a point."""
        x = self._x(place.row)
        value = self._chart.rows[place.row].cells[place.column].value
        y = self._field.bottom() if value is None else self._y(value)
        return QRectF(x - 7, y - 7, 14, 14)

    def at(self, point: QPointF) -> Place | None:
        """Return the nearest point of the week there."""
        row = int((point.x() - self._field.left()) // self._step)
        if not 0 <= row < len(self._chart.rows):
            return None
        near = [
            (abs(self._y(cell.value) - point.y()), column)
            for column, cell in enumerate(self._chart.rows[row].cells)
            if cell.value is not None
        ]
        return Place(row, min(near)[1]) if near else Place(row, 0)

    def _paint_ticks(self, painter: QPainter) -> None:
        theme = self._inks.theme
        for tick in self._chart.ticks:
            y = self._y(tick.value)
            painter.setPen(QPen(QColor(theme.grid_hour), 1))
            start, end = self._field.left(), self._field.right()
            painter.drawLine(QPointF(start, y), QPointF(end, y))
            room = QRectF(
                self._room.left(), y - self._inks.line / 2, 0, self._inks.line
            )
            room.setRight(self._field.left() - GAP / 2)
            write(painter, room, tick.text, theme.muted, RIGHT)

    def _paint_weeks(self, painter: QPainter) -> None:
        """Write as many weeks below as have room."""
        labels = [row.label for row in self._chart.rows]
        widest = max(map(self._inks.width, labels), default=0.0) + 2 * GAP
        every = max(1, -int(-widest // self._step))
        top = self._field.bottom() + GAP / 2
        for row in range(0, len(labels), every):
            middle = self._x(row)
            left = max(middle - widest / 2, self._room.left())
            left = min(left, self._room.right() - widest)
            room = QRectF(left, top, widest, self._inks.line)
            write(painter, room, labels[row], self._inks.theme.muted, CENTRE)

    def _paint_line(self, painter: QPainter, column: int, *, is_shown: bool) -> None:
        theme = self._inks.theme
        path, points = QPainterPath(), []
        is_begun = False
        for number, row in enumerate(self._chart.rows):
            value = row.cells[column].value
            if value is not None:
                point = QPointF(self._x(number), self._y(value))
                (path.lineTo if is_begun else path.moveTo)(point)
                points.append(point)
            is_begun = value is not None
        colour = QColor(theme.accent if is_shown else theme.disabled)
        painter.setPen(QPen(colour, 2.5 if is_shown else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if is_shown and len(points) <= _MOST_DOTS:
            painter.setBrush(colour)
            for point in points:
                painter.drawEllipse(point, _DOT, _DOT)

    def _paint_head(self, painter: QPainter, shown: int, current: Place | None) -> None:
        """Write whose line stands out, and the value the keyboard is at."""
        theme, inks = self._inks.theme, self._inks
        room = QRectF(self._field.left(), self._room.top(), 0, inks.line)
        room.setRight(self._room.right())
        y = room.center().y()
        painter.setPen(QPen(QColor(theme.accent), 2.5))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.left() + 22, y))
        room.setLeft(room.left() + 22 + GAP)
        name = self._chart.columns[shown] if self._chart.columns else ""
        painter.setFont(inks.strong)
        write(painter, room, name, theme.text, LEFT)
        room.setLeft(room.left() + inks.width(name, strong=True) + 2 * GAP)
        painter.setFont(inks.font)
        if current is not None:
            row = self._chart.rows[current.row]
            text = f"{row.label}: {row.cells[shown].in_full}"
            write(painter, room, inks.elided(text, room.width()), theme.muted, LEFT)

    def _paint_current(
        self, painter: QPainter, current: Place, *, has_focus: bool
    ) -> None:
        value = self._chart.rows[current.row].cells[current.column].value
        rect, theme = self.rect(current), self._inks.theme
        if value is not None:
            painter.setPen(QPen(QColor(theme.surface), 2))
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(rect.center(), _DOT + 2, _DOT + 2)
        if has_focus:
            ring(painter, rect.adjusted(-2, -2, 2, 2), self._inks)

    def _x(self, row: int) -> float:
        return self._field.left() + (row + 0.5) * self._step

    def _y(self, value: float) -> float:
        return self._field.bottom() - self._field.height() * value / self._chart.top
