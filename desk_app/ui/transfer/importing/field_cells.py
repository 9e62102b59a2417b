"""Fields within a table: Tab leads to one after the other, and each is seen then."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


class FieldCells(QTableWidget):
    """A table some of whose cells are combo boxes."""

    def __init__(self, rows: int, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(rows, columns, parent)
        self.combos: list[QComboBox] = []
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()

    def put_combo(self, row: int, column: int, combo: QComboBox) -> None:
        """Put a field into a cell, as the next one."""
        combo.setProperty("cell", [row, column])
        combo.installEventFilter(self)
        self.combos.append(combo)
        self.setCellWidget(row, column, combo)

    def join(self) -> None:
        """Let Tab lead from the table through its fields."""
        chain: Sequence[QWidget] = [self, *self.combos]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the field that the keyboard is in."""
        if event.type() == QEvent.Type.FocusIn:
            row, column = watched.property("cell")
            self.scrollTo(self.model().index(row, column))
        return super().eventFilter(watched, event)
