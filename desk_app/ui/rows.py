"""Lists of prepared rows: the model that keeps them, and the colours of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
Values = dict[int, Any]
"""What a row says, by role."""
_ROOT = QModelIndex()


class RowsModel(QAbstractListModel):
    """Rows whose values were worked out when the data came."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Values] = []

    def put_rows(self, rows: Sequence[Values], same: int | None = None) -> None:
        """Show these rows.

        `same` is the role that tells what a row is about: where that stays in every
        row they change in place, and the cursor stays where it is.
        """
        rows = [*rows]
        if rows == self._rows:
            return
        if same is not None and _about(rows, same) == _about(self._rows, same):
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def place_of(self, role: int, value: object) -> int:
        """Return the row in which a role has this value, -1 for none."""
        values = _about(self._rows, role)
        return values.index(value) if value in values else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._rows[index.row()].get(role) if index.isValid() else None


class RowColours(NamedTuple):
    """What a row is painted with: its ground, its words, and those of less weight."""

    ground: QColor
    words: QColor
    faint: QColor


def row_colours(option: QStyleOptionViewItem, *, hovers: bool = True) -> RowColours:
    """Return the colours of a row as it is: chosen, under the pointer, or at rest."""
    palette, role = option.palette, QPalette.ColorRole
    if option.state & QStyle.StateFlag.State_Selected:
        words = palette.color(role.HighlightedText)
        return RowColours(palette.color(role.Highlight), words, words)
    is_hovered = hovers and bool(option.state & QStyle.StateFlag.State_MouseOver)
    ground = palette.color(role.Midlight if is_hovered else role.Base)
    faint = palette.color(role.PlaceholderText)
    return RowColours(ground, palette.color(role.Text), faint)


def _about(rows: Sequence[Values], role: int) -> list[Any]:
    return [row.get(role) for row in rows]
