"""A heat map: the darker a field, the higher its rate; each field says its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor

from desk_app.ui.reports.pictures.plan import (
    CENTRE,
    GAP,
    RIGHT,
    Place,
    labels_width,
    ring,
    write,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from desk_app.ui.reports.charts import Cell, Chart
    from desk_app.ui.reports.pictures.plan import Inks

_MOST_LABEL, _MOST_ROW, _GOOD_ROW, _LEAST_ROW = 0.2, 4.5, 3.0, 2.1
_FAINTEST, _DARKEST = 0.06, 0.94


class Heat:
    """Rows down, columns across, a field for each pair."""

    def __init__(self, chart: Chart, room: QRectF, inks: Inks) -> None:
        self._chart, self._inks = chart, inks
        rows, columns = max(len(chart.rows), 1), max(len(chart.columns), 1)
        self._labels = labels_width(chart, inks, room.width() * _MOST_LABEL)
        left, top = room.left() + self._labels + GAP, room.top() + inks.line + GAP / 2
        height = min((room.bottom() - top) / rows, inks.line * _MOST_ROW)
        self._size = (room.right() - left) / columns, height
        self._corner = QPointF(left, top)
        self._left, self._top = room.left(), room.top()
        self._is_short = any(
            inks.width(cell.text) > self._size[0] - 6
            for row in chart.rows
            for cell in row.cells
            if cell.value is not None
        )
        notes = [cell.note for row in chart.rows for cell in row.cells]
        widest = max(map(inks.width, notes), default=0.0)
        self._has_notes = height >= 2 * inks.line + 2 and widest < self._size[0] - 4

    @staticmethod
    def least_height(chart: Chart, inks: Inks) -> float:
        """Return the least height at which the fields can be read."""
        return (len(chart.rows) * _LEAST_ROW + 1) * inks.line + GAP

    @staticmethod
    def good_height(chart: Chart, inks: Inks) -> float:
        """Return the height at which they have some room."""
        return (len(chart.rows) * _GOOD_ROW + 1) * inks.line + GAP

    def paint(
        self, painter: QPainter, current: Place | None, *, has_focus: bool
    ) -> None:
        """Paint the headings and every field."""
        painter.setFont(self._inks.font)
        self._paint_columns(painter)
        for number, row in enumerate(self._chart.rows):
            first = self.rect(Place(number, 0))
            label = QRectF(self._left, first.top(), self._labels, first.height())
            text = self._inks.elided(row.label, self._labels)
            write(painter, label, text, self._inks.theme.text, RIGHT)
            for column, cell in enumerate(row.cells):
                self._paint_field(painter, self.rect(Place(number, column)), cell)
        if current is not None and has_focus:
            ring(painter, self.rect(current).adjusted(1, 1, -2, -2), self._inks)

    def rect(self, place: Place) -> QRectF:
        """Return a field."""
        width, height = self._size
        return QRectF(
            self._corner.x() + place.column * width,
            self._corner.y() + place.row * height,
            width,
            height,
        )

    def at(self, point: QPointF) -> Place | None:
        """Return the field at a point."""
        width, height = self._size
        row = int((point.y() - self._corner.y()) // height)
        column = int((point.x() - self._corner.x()) // width)
        is_inside = 0 <= row < len(self._chart.rows)
        is_inside = is_inside and 0 <= column < len(self._chart.columns)
        return Place(row, column) if is_inside else None

    def _paint_columns(self, painter: QPainter) -> None:
        """Write as many headings as have room, and the unit where figures lack it."""
        if self._is_short:
            corner = QRectF(self._left, self._top, self._labels, self._inks.line)
            write(painter, corner, "%", self._inks.theme.muted, RIGHT)
        width = self._size[0]
        widest = max(map(self._inks.width, self._chart.columns), default=0.0) + 6
        every = max(1, -int(-widest // width))
        for column in range(0, len(self._chart.columns), every):
            left = self._corner.x() + column * width
            room = QRectF(left - GAP, self._top, width + 2 * GAP, self._inks.line)
            if every > 1:
                room = QRectF(left, self._top, widest, self._inks.line)
            text = self._chart.columns[column]
            write(painter, room, text, self._inks.theme.muted, CENTRE)

    def _paint_field(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        field = rect.adjusted(0, 0, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if cell.value is None:
            self._paint_nothing(painter, field, cell)
            return
        share = cell.value / self._chart.top
        ground = self._inks.mixed(_FAINTEST + share * (_DARKEST - _FAINTEST))
        painter.setBrush(ground)
        painter.drawRoundedRect(field, 3, 3)
        words = self._inks.words_on(ground)
        self._write_two(painter, field, cell, words)

    def _paint_nothing(self, painter: QPainter, field: QRectF, cell: Cell) -> None:
        """Paint a field without a rate: hatched where there are too few."""
        theme = self._inks.theme
        painter.setBrush(QColor(theme.grid_closed))
        painter.drawRoundedRect(field, 3, 3)
        if not cell.is_too_few:
            return
        pattern = Qt.BrushStyle.BDiagPattern
        painter.setBrush(QBrush(QColor(theme.grid_hatch), pattern))
        painter.drawRoundedRect(field, 3, 3)
        self._write_two(painter, field, cell, QColor(theme.muted))

    def _write_two(
        self, painter: QPainter, field: QRectF, cell: Cell, ink: QColor
    ) -> None:
        """Write the figure, and what it is counted of below where that fits."""
        line, inks = self._inks.line, self._inks
        text = cell.text
        if self._is_short and cell.value is not None:
            text = f"{cell.value:.0f}"
        upper = QRectF(field)
        if self._has_notes:
            upper.setTop(field.center().y() - line)
            upper.setHeight(line)
        painter.setFont(inks.strong if cell.value is not None else inks.font)
        if inks.width(text, strong=True) < field.width():
            write(painter, upper, text, ink, CENTRE)
        painter.setFont(inks.font)
        if self._has_notes:
            write(painter, upper.translated(0, line), cell.note, ink, CENTRE)
