"""The list of pages at the left of the office, in groups."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.ui import icons
from desk_app.ui.office.page import group_title
from desk_app.ui.rows import Index, RowsModel, Values, row_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desk_app.ui.office.page import Entry

NameRole = Qt.ItemDataRole.UserRole
IconRole = Qt.ItemDataRole.UserRole + 1
_PAD, _ICON = 14, 18


class Contents(QListView):
    """Pages by title; moving in the list shows them.

    Signals:
        chosen: another page is chosen (its name).
        enter_wanted: the keyboard shall go into the page.
    """

    chosen = Signal(str)
    enter_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages(self)
        self.setModel(self._pages)
        self.setItemDelegate(_PageRows(self))
        self.setObjectName("contents")
        self.setAccessibleName(self.tr("Pages"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def names(self) -> list[str]:
        """The names of the pages, from top to bottom."""
        return [
            name for row in range(self._pages.rowCount()) if (name := self._at(row))
        ]

    @property
    def current(self) -> str:
        """The name of the page that is chosen, "" for none."""
        return self._at(self.currentIndex().row())

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Offer these pages, which are sorted by their groups."""
        rows: list[Values] = []
        for group, pages in groupby(entries, key=lambda entry: entry.group):
            rows.append({Qt.ItemDataRole.DisplayRole: group_title(group)})
            rows += map(_row, pages)
        self._pages.put_rows(rows)

    def choose(self, name: str) -> None:
        """Choose a page by its name; nothing where it is not offered."""
        row = self._pages.place_of(NameRole, name)
        if name and row >= 0:
            self.setCurrentIndex(self._pages.index(row))

    def step(self, by: int) -> None:
        """Choose a page further down or up; after the last comes the first."""
        names = self.names
        if names:
            here = names.index(self.current) if self.current in names else 0
            self.choose(names[(here + by) % len(names)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the page by Enter and by the arrow that points there."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)
        if event.key() in keys and not event.isAutoRepeat():
            self.enter_wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        name = self._at(now.row())
        if name:
            self.chosen.emit(name)

    def _at(self, row: int) -> str:
        return str(self._pages.index(row).data(NameRole) or "") if row >= 0 else ""


class _Pages(RowsModel):
    """Headings, which cannot be chosen, and pages, which can."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let arrows pass over the headings."""
        return super().flags(index) if index.data(NameRole) else Qt.ItemFlag.NoItemFlags


class _PageRows(QStyledItemDelegate):
    """Draws a heading in small letters, a page with its icon."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give headings room above them, all but the first."""
        line = option.fontMetrics.height()
        if index.data(NameRole):
            return QSize(120, round(line * 1.9))
        return QSize(120, round(line * (1.5 if index.row() == 0 else 2.1)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Draw one row."""
        painter.save()
        if index.data(NameRole):
            self._paint_page(painter, option, index)
        else:
            self._paint_heading(painter, option, index)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        box = option.rect.adjusted(_PAD, 0, -_PAD, -3)
        low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(box, low, index.data())

    def _paint_page(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        colours = row_colours(option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ground)
        place = option.rect.adjusted(6, 1, -6, -1)
        painter.drawRoundedRect(place, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(option.palette.color(QPalette.ColorRole.Text))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), 5, 5)
        ratio = painter.device().devicePixelRatioF()
        picture = icons.pixmap(index.data(IconRole), colours.words, _ICON, ratio)
        top = place.top() + (place.height() - _ICON) // 2
        painter.drawPixmap(option.rect.left() + _PAD, top, picture)
        left = option.rect.left() + _PAD + _ICON + 10
        box = QRect(left, place.top(), place.right() - left - 4, place.height())
        painter.setPen(colours.words)
        text = option.fontMetrics.elidedText(
            index.data(), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


def _row(entry: Entry) -> Values:
    return {
        Qt.ItemDataRole.DisplayRole: entry.title,
        NameRole: entry.name,
        IconRole: entry.icon,
    }
