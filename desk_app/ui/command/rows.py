"""What can be booked, one below the other: the first is what Enter books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.ui import appearance
from desk_app.ui.command import words
from desk_app.ui.rows import row_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.proposals import Proposal
    from desk_app.ui.dialogs.ports import Screen

WordsRole = Qt.ItemDataRole.UserRole
NumberRole = Qt.ItemDataRole.UserRole + 1

MOST_ROWS = 7
_PAD = 14
_Index = QModelIndex | QPersistentModelIndex


class ProposedRows(QAbstractListModel):
    """The proposals in words; numbered where a number chooses one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[dict[int, object]] = []
        self._proposals: list[Proposal] = []

    def show_proposals(
        self, rows: Sequence[Proposal], screen: Screen, *, numbered: bool = False
    ) -> None:
        """Show these, the first MOST_ROWS of them."""
        self.beginResetModel()
        self._rows, self._proposals = [], list(rows[:MOST_ROWS])
        for number, proposal in enumerate(self._proposals, 1):
            said = words.row(proposal, screen)
            self._rows.append(
                {
                    Qt.ItemDataRole.DisplayRole: f"{said.name} · {said.visit}",
                    Qt.ItemDataRole.AccessibleTextRole: said.spoken,
                    WordsRole: said,
                    NumberRole: number if numbered and number <= 3 else 0,
                }
            )
        self.endResetModel()

    def clear(self) -> None:
        """Show none."""
        self.beginResetModel()
        self._rows, self._proposals = [], []
        self.endResetModel()

    def proposal(self, row: int) -> Proposal | None:
        """Return the proposal of a row."""
        return self._proposals[row] if 0 <= row < len(self._proposals) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Look a prepared value up."""
        return self._rows[index.row()].get(role) if index.isValid() else None


class ProposalList(QListView):
    """Shows the proposals; the keys stay with the field above it."""

    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commandRows")
        self.setItemDelegate(_Painter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("What can be booked"))
        self.doubleClicked.connect(self._on_double_clicked)

    @property
    def row(self) -> int:
        """The row that is marked, -1 for none."""
        return self.currentIndex().row()

    def mark(self, row: int) -> None:
        """Mark a row; -1 marks none."""
        index = self.model().index(row, 0) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row < 0:
            self.clearSelection()

    def step(self, rows: int) -> None:
        """Mark the row that lies `rows` further."""
        last = self.model().rowCount() - 1
        if last >= 0:
            self.mark(min(max(self.row + rows, 0), last))

    def needed_height(self) -> int:
        """Return the height of all rows."""
        count = self.model().rowCount()
        return count * self.sizeHintForRow(0) + 1 if count else 0

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_chosen.emit(index.row())


class _Painter(QStyledItemDelegate):
    """Draws a proposal on two lines: what is booked, and what to know about it."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return room for two lines."""
        return QSize(200, 2 * option.fontMetrics.height() + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Draw one row."""
        said = index.data(WordsRole)
        if not isinstance(said, words.RowWords):
            return
        painter.save()
        ground, ink, faint = row_colours(option)
        painter.fillRect(option.rect, ground)
        box = option.rect.adjusted(_PAD, 6, -_PAD, -6)
        painter.setFont(option.font)
        number = index.data(NumberRole)
        if number:
            painter.setPen(faint)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, str(number))
            box.setLeft(box.left() + 2 * option.fontMetrics.averageCharWidth() + 8)
        line = option.fontMetrics.height()
        above = QRect(box.left(), box.top(), box.width(), line + 2)
        below = QRect(box.left(), box.bottom() - line, box.width(), line + 2)
        painter.setPen(ink)
        _paint_visit(painter, option, above, said)
        painter.setPen(faint)
        _paint_notes(painter, option, below, said)
        painter.restore()


def _paint_visit(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, said: words.RowWords
) -> None:
    bold = QFont(option.font)
    bold.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(bold)
    # What is booked must be readable whatever somebody is called.
    room = max(box.width() // 4, box.width() - _width(option, said.visit) - 24)
    name = metrics.elidedText(said.name, Qt.TextElideMode.ElideRight, room)
    painter.setFont(bold)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
    painter.setFont(option.font)
    box = box.adjusted(metrics.horizontalAdvance(name), 0, 0, 0)
    _put(painter, box, f"  ·  {said.visit}")


def _paint_notes(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, said: words.RowWords
) -> None:
    _put(painter, box, said.detail)
    if not said.warning:
        return
    if not option.state & QStyle.StateFlag.State_Selected:
        painter.setPen(QColor(appearance.current().danger))
    gap = "   " if said.detail else ""
    box = box.adjusted(_width(option, said.detail + gap), 0, 0, 0)
    _put(painter, box, f"⚑ {said.warning}")


def _width(option: QStyleOptionViewItem, text: str) -> int:
    return option.fontMetrics.horizontalAdvance(text)


def _put(painter: QPainter, box: QRect, text: str) -> None:
    cut = painter.fontMetrics().elidedText(
        text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width()
    )
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, cut)
