"""The figures of a chart, for its picture and for the table below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desk_app.ui.reports.charts import Chart, ChartKind

if TYPE_CHECKING:
    from desk_app.ui.reports.charts import Cell

Index = QModelIndex | QPersistentModelIndex
GoalRole = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOTHING = Chart(ChartKind.BARS, "", "", (), ())


class FiguresModel(QAbstractTableModel):
    """One row for each row of the chart, with its label as the header."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chart = _NOTHING

    @property
    def chart(self) -> Chart:
        """What is shown."""
        return self._chart

    def show_chart(self, chart: Chart | None) -> None:
        """Show another chart, or none."""
        self.beginResetModel()
        self._chart = chart or _NOTHING
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._chart.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._chart.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._chart.rows[index.row()]
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index, cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        return (cell.goal or row.goal) if role == GoalRole else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        is_across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if is_across else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if is_across:
            return self._chart.columns[section]
        return self._chart.rows[section].label

    def _text(self, cell: Cell) -> str:
        is_alone = self._chart.kind is ChartKind.BARS
        return cell.text if is_alone else cell.in_full

    def _spoken(self, index: Index, cell: Cell) -> str:
        """Say where a figure stands, and what it is."""
        label = self._chart.rows[index.row()].label
        column = self._chart.columns[index.column()]
        is_first = self._chart.kind is ChartKind.BARS and index.column() == 0
        where = f"{label}, {column}"
        return f"{where if is_first or self._is_matrix else label}: {cell.spoken}"

    @property
    def _is_matrix(self) -> bool:
        return self._chart.kind is not ChartKind.BARS
