"""The figures of a picture as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desk_app.ui.reports.model import GoalRole

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from desk_app.ui.reports.model import FiguresModel

_MEASURED = 40
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FiguresTable(QTableView):
    """One tab stop; arrows walk the figures, Enter leads where a row leads.

    Signals:
        chosen: where the row leads that was chosen (`Goal`).
    """

    chosen = Signal(object)

    def __init__(self, model: FiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._build()
        model.modelReset.connect(self._on_reset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().data(GoalRole))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.chosen.emit(index.data(GoalRole))

    def _build(self) -> None:
        self.setObjectName("figures")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            # Three years of weeks need not all be measured.
            header.setResizeContentsPrecision(_MEASURED)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCornerButtonEnabled(False)

    def _on_reset(self) -> None:
        header = self.horizontalHeader()
        self.resizeColumnsToContents()
        least = self.fontMetrics().averageCharWidth() * 12
        for column in range(header.count()):
            header.resizeSection(column, max(header.sectionSize(column) + 20, least))
