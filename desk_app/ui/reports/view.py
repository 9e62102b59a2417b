"""What a picture and the table below it have in common: keys, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from desk_app.ui.reports.model import GoalRole

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from desk_app.ui.reports.model import FiguresModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FiguresView(QTableView):
    """One tab stop; arrows walk the figures, Enter goes where one leads.

    Signals:
        chosen: where the figure leads that was chosen (`Goal`).
    """

    chosen = Signal(object)

    def __init__(self, model: FiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys with Ctrl to the page: it copies all figures, not one."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().data(GoalRole))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go where the figure below the pointer leads."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.chosen.emit(index.data(GoalRole))
