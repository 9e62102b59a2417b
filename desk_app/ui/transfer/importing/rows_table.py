"""A table of plain rows: prepared texts, one line each, read by arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desk_app.ui import plain
from desk_app.ui.transfer.importing.words import number, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from desk_app.ui.rows import Index

T = TypeVar("T")

ITEM_MARGIN = 10
# Nobody reads more; making more of them would keep the window from answering.
MOST_ROWS = 2_000


class TextRows(QAbstractTableModel):
    """Rows of texts below their titles."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._rows: list[tuple[str, ...]] = []

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows."""
        return self._rows

    def put_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = [*rows]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        is_title = orientation is Qt.Orientation.Horizontal
        if is_title and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain.shortened(text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tool_tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._titles[index.column()]}: {plain.shortened(text)}"
        return None


class TextTable(QTableView):
    """Shows TextRows; Ctrl+C copies the rows that are chosen.

    Signals:
        row_changed: another row is the current one.
    """

    row_changed = Signal()

    def __init__(
        self, titles: Sequence[str], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = TextRows(titles, self)
        self.setModel(self.rows)
        self.setObjectName("people")
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(
            self.fontMetrics().height() + ITEM_MARGIN
        )
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        header.setStretchLastSection(True)
        self.selectionModel().currentRowChanged.connect(self.row_changed)

    def put_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these rows, the first one chosen."""
        self.rows.put_rows(rows)
        if rows:
            self.selectRow(0)

    def share(self, *widths: int) -> None:
        """Give columns so many letters; the last one takes the rest."""
        letter = self.fontMetrics().averageCharWidth()
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width * letter + 20)

    def chosen_as_text(self) -> str:
        """Return the chosen rows as lines, their cells parted by tabs."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = [self.rows.rows[row] for row in chosen]
        return "\n".join("\t".join(" ".join(c.split()) for c in row) for row in rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is chosen; arrows and the rest are Qt's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy(self.chosen_as_text())
        else:
            super().keyPressEvent(event)


def listed(
    items: Sequence[T], row: Callable[[T], tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """Return a row for each of the first items, and a last one if there are more."""
    rows = [row(item) for item in items[:MOST_ROWS]]
    more = len(items) - MOST_ROWS
    if more > 0:
        blank = ("",) * (len(rows[0]) - 2)
        rows.append(("…", *blank, tr("%1 more", number(more))))
    return rows


def copy(text: str) -> None:
    """Put a text onto the clipboard."""
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText(text)
