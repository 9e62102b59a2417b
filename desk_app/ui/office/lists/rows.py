"""Rows of two lines with a picture before them, and headings between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.ui.rows import Index, RowsModel, Values, row_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

KeyRole = Qt.ItemDataRole.UserRole
"""What the row is about; a heading has none."""
BelowRole = Qt.ItemDataRole.UserRole + 1
RightRole = Qt.ItemDataRole.UserRole + 2
FadedRole = Qt.ItemDataRole.UserRole + 3
_PAD, _GAP = 12, 10
_CUT = Qt.TextElideMode.ElideRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_PLAIN_KEYS = {
    Qt.Key.Key_Insert: "add_wished",
    Qt.Key.Key_N: "add_wished",
    Qt.Key.Key_Return: "change_wished",
    Qt.Key.Key_Enter: "change_wished",
    Qt.Key.Key_F2: "change_wished",
    Qt.Key.Key_Delete: "end_wished",
}


class Rows(QListView):
    """Shows prepared rows and states what is wished for the chosen one.

    Signals:
        row_chosen: another row is chosen, or none.
        add_wished, change_wished, end_wished, twin_wished: by a key or double click.
    """

    row_chosen = Signal()
    add_wished = Signal()
    change_wished = Signal()
    end_wished = Signal()
    twin_wished = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Model(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setObjectName("cards")
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def key(self) -> object:
        """What the chosen row is about, None for none."""
        return self.currentIndex().data(KeyRole)

    @property
    def keys(self) -> list[object]:
        """What the rows are about, from top to bottom; headings are left out."""
        indexes = map(self._rows.index, range(self._rows.rowCount()))
        keys = (index.data(KeyRole) for index in indexes)
        return [key for key in keys if key is not None]

    def show_rows(self, rows: Sequence[Values], key: object) -> None:
        """Show these rows and choose the one about `key`, or the first."""
        self._rows.put_rows(rows, same=KeyRole)
        keys = self.keys
        if key in keys:
            self.choose(key)
        elif keys and self.key is None:
            self.choose(keys[0])
        self.row_chosen.emit()

    def choose(self, key: object) -> None:
        """Choose a row by what it is about."""
        place = self._rows.place_of(KeyRole, key)
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """State a wish, or walk."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wish = _PLAIN_KEYS.get(Qt.Key(event.key())) if not held else None
        if held == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_D:
            wish = "twin_wished"
        if wish is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            getattr(self, wish).emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change what is clicked twice."""
        if self.indexAt(event.position().toPoint()).data(KeyRole) is not None:
            self.change_wished.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.row_chosen.emit()


class _Model(RowsModel):
    """Headings, which cannot be chosen, and rows, which can."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let arrows pass over the headings."""
        is_heading = index.data(KeyRole) is None
        return Qt.ItemFlag.NoItemFlags if is_heading else super().flags(index)


class _Painter(QStyledItemDelegate):
    """Draws a picture, two lines beside it, and words at the right end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for two lines, or for a heading."""
        line = option.fontMetrics.height()
        is_heading = index.data(KeyRole) is None
        return QSize(160, round(line * (1.9 if is_heading else 2.9)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Draw one row."""
        painter.save()
        if index.data(KeyRole) is None:
            _paint_heading(painter, option, index)
        else:
            colours = row_colours(option)
            painter.fillRect(option.rect, colours.ground)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(option.palette.color(QPalette.ColorRole.Text))
                painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
            box = option.rect.adjusted(_PAD, 4, -_PAD, -4)
            self._paint_words(painter, option, index, box)
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        box: QRect,
    ) -> None:
        colours, is_faded = row_colours(option), bool(index.data(FadedRole))
        left = _paint_picture(painter, index, box)
        right = index.data(RightRole) or ""
        metrics = option.fontMetrics
        painter.setPen(colours.faint if is_faded else colours.words)
        painter.drawText(box, _MIDDLE | Qt.AlignmentFlag.AlignRight, right)
        taken = metrics.horizontalAdvance(right) + _GAP if right else 0
        line = metrics.height()
        top = box.top() + (box.height() - 2 * line) // 2
        place = QRect(left, top, box.right() - left - taken, line)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        title = painter.fontMetrics().elidedText(index.data(), _CUT, place.width())
        painter.drawText(place, _MIDDLE, title)
        painter.setFont(option.font)
        painter.setPen(colours.faint)
        place.translate(0, line)
        below = metrics.elidedText(index.data(BelowRole) or "", _CUT, place.width())
        painter.drawText(place, _MIDDLE, below)


def _paint_picture(painter: QPainter, index: Index, box: QRect) -> int:
    """Draw the picture of a row, if it has one; return where its words begin."""
    picture: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
    if picture is None:
        return box.left()
    size = picture.deviceIndependentSize().toSize()
    painter.drawPixmap(
        box.left(), box.top() + (box.height() - size.height()) // 2, picture
    )
    return box.left() + size.width() + _GAP


def _paint_heading(
    painter: QPainter, option: QStyleOptionViewItem, index: Index
) -> None:
    font = QFont(option.font)
    font.setPointSizeF(font.pointSizeF() * 0.9)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
    box = option.rect.adjusted(_PAD, 0, -_PAD, -4)
    text = painter.fontMetrics().elidedText(index.data(), _CUT, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignBottom, text)
