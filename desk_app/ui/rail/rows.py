"""Rows of the rail's lists: a tick box where there is one, a dot, two texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
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
    from PySide6.QtWidgets import QWidget

ColourRole = Qt.ItemDataRole.UserRole + 1
DetailRole = Qt.ItemDataRole.UserRole + 2
_GAP = 8
_DOT = 10
_TICK = 16
_SHORTEST_DETAIL = 48


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


def fit_to_rows(view: QListView, longest: int) -> None:
    """Let the list be as high as its rows, at most `longest` of them."""
    rows = view.model().rowCount()
    height = view.sizeHintForRow(0) if rows else 0
    view.setMaximumHeight(height * min(rows, longest) + 2)
    view.setMinimumHeight(height * min(rows, 2) + 2)


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
        room = _paint_tick(painter, index, room)
        room = _paint_dot(painter, index, room)
        _paint_texts(painter, index, room)
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        return QSize(80, max(24, option.fontMetrics.height() + 8))


def _paint_tick(
    painter: QPainter, index: QModelIndex | QPersistentModelIndex, room: QRect
) -> QRect:
    state = index.data(Qt.ItemDataRole.CheckStateRole)
    if state is None:
        return room
    theme = appearance.current()
    is_on = Qt.CheckState(state) is Qt.CheckState.Checked
    box = QRect(0, 0, _TICK, _TICK)
    box.moveCenter(QRect(room.left(), room.top(), _TICK, room.height()).center())
    painter.setPen(QColor(theme.accent if is_on else theme.control_border))
    painter.setBrush(QColor(theme.accent if is_on else theme.surface))
    painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if Qt.CheckState(state) is Qt.CheckState.PartiallyChecked:
        bar = QRect(box.left() + 4, box.center().y() - 1, _TICK - 8, 3)
        painter.fillRect(bar, QColor(theme.accent))
    if is_on:
        ratio = painter.device().devicePixelRatioF()
        tick = icons.pixmap("check", QColor(theme.accent_text), _TICK - 4, ratio)
        painter.drawPixmap(box.topLeft() + QPoint(2, 2), tick)
    return room.adjusted(_TICK + _GAP, 0, 0, 0)


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
    middle = Qt.AlignmentFlag.AlignVCenter
    left = room.width() - metrics.horizontalAdvance(name) - _GAP
    if detail and left >= _SHORTEST_DETAIL:
        detail = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, left)
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, detail)
    painter.setPen(QColor(theme.text))
    shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
