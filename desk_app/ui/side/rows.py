"""Rows of two lines for the lists in the side pane: what it is, and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desk_app.ui import appearance, icons

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from desk_app.ui.theme import Theme

DetailRole = Qt.ItemDataRole.UserRole + 2
IconRole = Qt.ItemDataRole.UserRole + 3
OverRole = Qt.ItemDataRole.UserRole + 4
UrgentRole = Qt.ItemDataRole.UserRole + 5
Index = QModelIndex | QPersistentModelIndex
_SIDE, _ABOVE, _ICON, _GAP, _BETWEEN = 16, 8, 16, 12, 3


def make_list(model: QAbstractItemModel, name: str) -> QListView:
    """Return a flat list over `model`: one tab stop, arrows inside."""
    view = QListView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setItemDelegate(TwoLines(view))
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.viewport().setAutoFillBackground(False)
    return view


class TwoLines(QStyledItemDelegate):
    """Draws an icon, a line, and a muted line below it.

    What is over (`OverRole`) is drawn muted altogether, of what is urgent
    (`UrgentRole`) icon and lower line stand out.
    """

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = appearance.current()
        _paint_ground(painter, option, theme)
        room = option.rect.adjusted(_SIDE, _ABOVE, -_SIDE, -_ABOVE)
        room = _paint_icon(painter, index, room, theme)
        _paint_lines(painter, option.font, index, room)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        small = QFontMetrics(_small(option.font))
        height = option.fontMetrics.height() + _BETWEEN + small.height()
        return QSize(120, height + 2 * _ABOVE)


def _paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, theme: Theme
) -> None:
    states, field = QStyle.StateFlag, option.rect.toRectF().adjusted(6, 1, -6, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    is_chosen = bool(option.state & states.State_Selected)
    if is_chosen or option.state & states.State_MouseOver:
        painter.setBrush(QColor(theme.hover))
        painter.drawRoundedRect(field, 6, 6)
    if is_chosen and option.state & states.State_Active:
        has_focus = bool(option.state & states.State_HasFocus)
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(QColor(theme.focus_ring if has_focus else theme.border))
        pen.setWidthF(2 if has_focus else 1)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(field.adjusted(1, 1, -1, -1), 6, 6)


def _paint_icon(painter: QPainter, index: Index, room: QRect, theme: Theme) -> QRect:
    name = index.data(IconRole)
    if name:
        ratio = painter.device().devicePixelRatioF()
        colour = QColor(_below(index, theme))
        picture = icons.pixmap(str(name), colour, _ICON, ratio)
        top = room.top() + (painter.fontMetrics().height() - _ICON) // 2
        painter.drawPixmap(room.left(), top, picture)
    return room.adjusted(_ICON + _GAP, 0, 0, 0)


def _paint_lines(painter: QPainter, font: QFont, index: Index, room: QRect) -> None:
    theme, small = appearance.current(), _small(font)
    metrics, below = QFontMetrics(font), QFontMetrics(small)
    cut = Qt.TextElideMode.ElideRight
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    said = " ".join(str(index.data() or "").split())
    painter.setFont(font)
    painter.setPen(QColor(theme.muted if index.data(OverRole) else theme.text))
    painter.drawText(room, flags, metrics.elidedText(said, cut, room.width()))
    detail = " ".join(str(index.data(DetailRole) or "").split())
    painter.setFont(small)
    painter.setPen(QColor(_below(index, theme)))
    room = room.adjusted(0, metrics.height() + _BETWEEN, 0, 0)
    painter.drawText(room, flags, below.elidedText(detail, cut, room.width()))


def _below(index: Index, theme: Theme) -> str:
    return theme.danger if index.data(UrgentRole) else theme.muted


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.92)
    return small
