"""The table of the days of a month, one tab stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from desk_app.ui import appearance
from desk_app.ui.month.painter import PADDING, DayPainter
from desk_app.ui.rail.month_model import DayRole
from desk_app.ui.rail.steps import walked

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from desk_app.ui.month.model import CountsModel
    from desk_app.ui.rail.month_model import Index

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class DaysTable(QTableView):
    """The days; arrows and page keys walk on beyond the month, Enter chooses.

    Signals:
        day_chosen: the schedule of a day is wanted (date).
        day_wanted: the cursor is to go to a day, perhaps of another month (date).
        moved: the cursor stands on another day.
    """

    day_chosen = Signal(object)
    day_wanted = Signal(object)
    moved = Signal()

    def __init__(self, model: CountsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(DayPainter(self))
        self.setAccessibleName(self.tr("Month"))
        self._build()
        self.clicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day: date | None = self.currentIndex().data(DayRole)
        if day is None:
            super().keyPressEvent(event)
        elif event.key() in _ENTER:
            self.day_chosen.emit(day)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif (wanted := walked(day, event.key())) is not None:
            self.day_wanted.emit(wanted)
        else:
            event.ignore()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.day_chosen.emit(index.data(DayRole))

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        across, down = _Weekdays(self), self.verticalHeader()
        self.setHorizontalHeader(across)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setSectionsClickable(False)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setMinimumSectionSize(20)


class _Weekdays(QHeaderView):
    """The names of the weekdays, flat and muted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(  # noqa: N802 (called by Qt)
        self, painter: QPainter, rect: QRect, section: int
    ) -> None:
        """Draw the name above the numbers of the days."""
        theme = appearance.current()
        painter.fillRect(rect, QColor(theme.surface))
        line = QColor(theme.grid_column)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        painter.setPen(QColor(theme.muted))
        text = self.model().headerData(section, Qt.Orientation.Horizontal)
        align = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(PADDING, 0, 0, 0), align, str(text))
