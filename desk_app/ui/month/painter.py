"""Draws one day of the month: its number, how many come, and how full it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_app.ui import appearance
from desk_app.ui.month import words
from desk_app.ui.month.model import CountRole, IsWeekendRole
from desk_app.ui.rail.month_model import IsOfMonthRole, IsShownRole, IsTodayRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFontMetrics

    from desk_app.domain.month import DayCount
    from desk_app.ui.theme import Theme

PADDING, BAR = 8, 6
Index = QModelIndex | QPersistentModelIndex


class DayPainter(QStyledItemDelegate):
    """Draws the field of a day; what does not fit into it is left out."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        theme = appearance.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index, theme)
        room = option.rect.adjusted(PADDING, PADDING - 2, -PADDING - 1, -PADDING)
        number = self._paint_number(painter, option, index, room)
        count = index.data(CountRole)
        if count is not None:
            below = room.adjusted(0, number + 2, 0, 0)
            text = theme.text if index.data(IsOfMonthRole) else theme.muted
            self._paint_count(painter, option, below, count, text)
        self._paint_frame(painter, option, theme)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        theme: Theme,
    ) -> None:
        rect = option.rect
        ground = theme.window if index.data(IsWeekendRole) else theme.surface
        if index.data(IsShownRole):
            ground = theme.grid_today
        if option.state & QStyle.StateFlag.State_MouseOver:
            ground = theme.hover
        painter.fillRect(rect, QColor(ground))
        line = QColor(theme.grid_column)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), line)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)

    def _paint_number(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        room: QRect,
    ) -> int:
        """Paint the number of the day, filled if it is today; return its height."""
        theme = appearance.current()
        font = QFont(option.font)
        font.setBold(bool(index.data(IsOfMonthRole)))
        painter.setFont(font)
        text = str(index.data())
        height = painter.fontMetrics().height() + 4
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + 10)
        colour = theme.text if index.data(IsOfMonthRole) else theme.muted
        field = QRectF(room.left(), room.top(), width, height)
        align = Qt.AlignmentFlag.AlignVCenter
        if index.data(IsTodayRole):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(field, height / 2, height / 2)
            colour, align = theme.accent_text, Qt.AlignmentFlag.AlignCenter
        painter.setPen(QColor(colour))
        painter.drawText(field, align, text)
        return height

    def _paint_count(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        room: QRect,
        count: DayCount,
        text: str,
    ) -> None:
        theme = appearance.current()
        painter.setFont(option.font)
        metrics = painter.fontMetrics()
        head = _fitting(words.in_short(count), metrics, room.width())
        lines = [(head, text if count.appointments else theme.muted)]
        if not count.is_closed:
            bar = QRect(room.left(), room.bottom() - BAR, room.width(), BAR)
            _paint_bar(painter, bar, count, theme)
            room = room.adjusted(0, 0, 0, -BAR - 4)
            lines.append((words.fullness(count), theme.muted))
        elif count.appointments:
            lines.append((words.fullness(count), theme.warning))
        top = room.top()
        for line, colour in lines:
            if line and top + metrics.height() <= room.bottom() + 2:
                painter.setPen(QColor(colour))
                elided = metrics.elidedText(
                    line, Qt.TextElideMode.ElideRight, room.width()
                )
                painter.drawText(room.left(), top + metrics.ascent(), elided)
                top += metrics.height()

    def _paint_frame(
        self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme
    ) -> None:
        if not option.state & QStyle.StateFlag.State_HasFocus:
            return
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(QColor(theme.focus_ring))
        pen.setWidthF(2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(option.rect).adjusted(1.5, 1.5, -2.5, -2.5))


def _fitting(texts: Sequence[str], metrics: QFontMetrics, width: int) -> str:
    """Return the first text that fits, else the last."""
    fits = (text for text in texts if metrics.horizontalAdvance(text) <= width)
    return next(fits, texts[-1] if texts else "")


def _paint_bar(painter: QPainter, bar: QRect, count: DayCount, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.border))
    painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
    if count.fullness:
        width = max(BAR, bar.width() * count.fullness // 100)
        painter.setBrush(QColor(theme.accent))
        filled = QRect(bar.left(), bar.top(), width, bar.height())
        painter.drawRoundedRect(filled, BAR / 2, BAR / 2)
