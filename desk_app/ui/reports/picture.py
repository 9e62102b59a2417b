"""The picture of a chart as a view: arrows walk its values, each is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from desk_app.ui import appearance
from desk_app.ui.plain import tool_tip
from desk_app.ui.reports.charts import ChartKind
from desk_app.ui.reports.pictures import good_height_of, height_of, plan_of
from desk_app.ui.reports.pictures.plan import Inks, Place
from desk_app.ui.reports.view import FiguresView

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import (
        QFocusEvent,
        QHelpEvent,
        QMouseEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QWidget

    from desk_app.ui.reports.charts import Chart
    from desk_app.ui.reports.model import FiguresModel, Index
    from desk_app.ui.reports.pictures.plan import Plan

MARGIN = 12.0


class Picture(FiguresView):
    """Paints its model's chart; a table to a screen reader."""

    def __init__(self, model: FiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._figures = model
        self._build()
        model.modelReset.connect(self._on_reset)

    @property
    def chart(self) -> Chart:
        """What is painted."""
        return self._figures.chart

    def least_height(self) -> int:
        """Return the least height at which the chart can be read."""
        return round(height_of(self.chart, self._inks()) + 2 * MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        inks = self._inks()
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), inks.theme.surface)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.chart.rows:
                place = self._place(self.currentIndex())
                self._plan().paint(painter, place, has_focus=self.hasFocus())

    def visualRect(self, index: Index) -> QRect:
        """Return where the value of a cell is painted."""
        place = self._place(index)
        if place is None or not self.chart.rows:
            return QRect()
        return self._plan().rect(place).toAlignedRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the cell whose value is painted there."""
        place = self._plan().at(QPointF(point)) if self.chart.rows else None
        return self._figures.index(*place) if place else QModelIndex()

    def scrollTo(
        self,
        _index: Index,
        _hint: QAbstractItemView.ScrollHint | None = None,
    ) -> None:
        """Stay; all of the picture is shown."""

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        _modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Return where a key leads; over lines, left and right walk the weeks."""
        here = self._place(self.currentIndex()) or Place(0, 0)
        row, column = _step(action, is_across=self.chart.kind is ChartKind.LINES)
        last_row, last_column = len(self.chart.rows) - 1, self.chart.painted - 1
        return self._figures.index(
            max(0, min(here.row + row, last_row)),
            max(0, min(here.column + column, last_column)),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.setCurrentIndex(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first value, so that the picture says something at once."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._figures.index(0, 0))
        super().focusInEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say the value below the pointer."""
        if event.type() != event.Type.ToolTip:
            return super().viewportEvent(event)
        hint: QHelpEvent = event  # type: ignore[assignment]
        index = self.indexAt(hint.pos())
        said = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
        QToolTip.showText(hint.globalPos(), tool_tip(said), self.viewport())
        return True

    def sizeHint(self) -> QSize:
        """Ask for the height at which a picture is well seen."""
        return QSize(480, round(good_height_of(self.chart, self._inks()) + 2 * MARGIN))

    def _build(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()

    def _inks(self) -> Inks:
        return Inks(appearance.current(), self.font())

    def _plan(self) -> Plan:
        room = QRectF(self.viewport().rect())
        inner = room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        return plan_of(self.chart, inner, self._inks())

    def _place(self, index: Index) -> Place | None:
        if not index.isValid():
            return None
        return Place(index.row(), min(index.column(), self.chart.painted - 1))

    def _on_reset(self) -> None:
        self.setMinimumHeight(self.least_height())
        self.viewport().update()


def _step(action: QAbstractItemView.CursorAction, *, is_across: bool) -> Place:
    """Return how far a key leads; `is_across` for rows from left to right."""
    far, keys = 10_000, QAbstractItemView.CursorAction
    steps = {
        keys.MoveLeft: Place(0, -1),
        keys.MoveRight: Place(0, 1),
        keys.MoveUp: Place(-1, 0),
        keys.MoveDown: Place(1, 0),
        keys.MoveHome: Place(0, -far),
        keys.MoveEnd: Place(0, far),
        keys.MovePageUp: Place(-far, 0),
        keys.MovePageDown: Place(far, 0),
    }
    row, column = steps.get(action, Place(0, 0))
    return Place(column, row) if is_across else Place(row, column)
