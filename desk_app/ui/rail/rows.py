"""Rows of the rail's lists: a tick box where there is one, a dot, two texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desk_app.ui import appearance

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QWidget

ColourRole = Qt.ItemDataRole.UserRole + 1
DetailRole = Qt.ItemDataRole.UserRole + 2
_GAP = 8
_DOT = 10


def make_list(model: QAbstractItemModel, parent: QWidget) -> QListView:
    """Return a flat list over `model`: one tab stop, arrows inside."""
    view = QListView(parent)
    view.setModel(model)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.viewport().setAutoFillBackground(False)
    return view


class RowPainter(QStyledItemDelegate):
    """Draws one row; the detail stands at the right, muted, if it fits."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        room = option.rect.adjusted(_GAP // 2, 0, -_GAP // 2, 0)
        room = self._paint_tick(painter, option, index, room)
        room = _paint_dot(painter, index, room)
        _paint_texts(painter, index, room)
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        return QSize(80, max(26, option.fontMetrics.height() + 10))

    def _paint_tick(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        room: QRect,
    ) -> QRect:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return room
        box = QStyleOptionViewItem(option)
        style = option.widget.style()
        side = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
        box.rect = QRect(0, 0, side, side)
        box.rect.moveCenter(
            QRect(room.left(), room.top(), side, room.height()).center()
        )
        is_on = Qt.CheckState(state) is Qt.CheckState.Checked
        flags = QStyle.StateFlag
        box.state = flags.State_Enabled | (flags.State_On if is_on else flags.State_Off)
        element = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
        style.drawPrimitive(element, box, painter, option.widget)
        return room.adjusted(side + _GAP, 0, 0, 0)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    theme = appearance.current()
    field = option.rect.toRectF().adjusted(1, 1, -1, -1)
    if option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.hover))
        painter.drawRoundedRect(field, 5, 5)
    if option.state & QStyle.StateFlag.State_HasFocus:
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(QColor(theme.focus_ring))
        pen.setWidthF(2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(field, 5, 5)


def _paint_dot(
    painter: QPainter, index: QModelIndex | QPersistentModelIndex, room: QRect
) -> QRect:
    colour = index.data(ColourRole)
    if not colour:
        return room
    dot = QRect(0, 0, _DOT, _DOT)
    dot.moveCenter(QRect(room.left(), room.top(), _DOT, room.height()).center())
    painter.setPen(QColor(appearance.current().control_border))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(dot.toRectF())
    return room.adjusted(_DOT + _GAP, 0, 0, 0)


def _paint_texts(
    painter: QPainter, index: QModelIndex | QPersistentModelIndex, room: QRect
) -> None:
    theme = appearance.current()
    metrics = painter.fontMetrics()
    name = " ".join(str(index.data()).split())
    detail = str(index.data(DetailRole) or "")
    needed = metrics.horizontalAdvance(name) + _GAP + metrics.horizontalAdvance(detail)
    middle = Qt.AlignmentFlag.AlignVCenter
    if detail and needed <= room.width():
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, detail)
    painter.setPen(QColor(theme.text))
    shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
