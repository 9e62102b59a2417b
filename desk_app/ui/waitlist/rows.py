"""Draws who waits: name and number first, then what for, why here, and who rings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from desk_app.ui import appearance
from desk_app.ui.waitlist.model import (
    KeepsRole,
    NoteRole,
    PhoneRole,
    RingingRole,
    StateRole,
    UrgentRole,
    WhyRole,
    WishRole,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from desk_app.ui.theme import Theme

SIDE, EDGE, GAP = 14, 9, 3
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a phone number is, against running text."""

    phone: float


IN_LIST = Sizes(1.0)
TO_DIAL = Sizes(1.5)


class WaitingRows(QStyledItemDelegate):
    """Draws one person."""

    def __init__(self, sizes: Sizes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sizes = sizes

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = option.fontMetrics.height() + GAP
        first = QFontMetrics(self._phone_font(option.font)).height() + GAP
        return QSize(200, first + line * len(_below(index)) + 2 * EDGE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        theme = appearance.current()
        painter.save()
        _paint_ground(painter, option, theme)
        box = option.rect.adjusted(SIDE, EDGE, -SIDE, -EDGE)
        height = QFontMetrics(self._phone_font(option.font)).height() + GAP
        self._paint_first(
            painter, option, index, QRect(box.topLeft(), QSize(box.width(), height))
        )
        painter.setFont(option.font)
        line = option.fontMetrics.height() + GAP
        top = box.top() + height
        for text, colour in _below(index):
            painter.setPen(QColor(getattr(theme, colour)))
            _put(painter, QRect(box.left(), top, box.width(), line), text, LEFT)
            top += line
        painter.restore()

    def _paint_first(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: _Index,
        room: QRect,
    ) -> None:
        """Draw the name and, in full, the number."""
        theme, phone = appearance.current(), str(index.data(PhoneRole) or "")
        painter.setFont(self._phone_font(option.font))
        width = painter.fontMetrics().horizontalAdvance(phone)
        painter.setPen(QColor(theme.text))
        painter.drawText(room, RIGHT, phone)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        rest = room.adjusted(0, 0, -width - SIDE, 0)
        _put(painter, rest, str(index.data()), LEFT)

    def _phone_font(self, base: QFont) -> QFont:
        font = QFont(base)
        font.setPointSizeF(base.pointSizeF() * self._sizes.phone)
        if self._sizes.phone > 1:
            font.setWeight(QFont.Weight.DemiBold)
        return font


def _below(index: _Index) -> list[tuple[str, str]]:
    """Return the lines below the name, each with the name of its colour."""
    is_urgent = bool(index.data(UrgentRole))
    state, note = str(index.data(StateRole) or ""), str(index.data(NoteRole) or "")
    lines = [
        (state, "accent" if index.data(RingingRole) else "warning"),
        (str(index.data(WhyRole)), "danger" if is_urgent else "text"),
        (str(index.data(KeepsRole) or ""), "text"),
        (str(index.data(WishRole)), "muted"),
        (f"“{note}”" if note else "", "muted"),
    ]
    return [(text, colour) for text, colour in lines if text]


def _paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, theme: Theme
) -> None:
    """Lay the ground: the chosen row has a bar, and a ring while the keys are here."""
    state, flag = option.state, QStyle.StateFlag
    is_chosen = bool(state & flag.State_Selected)
    is_hovered = bool(state & flag.State_MouseOver)
    ground = theme.hover if is_chosen or is_hovered else theme.surface
    painter.fillRect(option.rect, QColor(ground))
    painter.fillRect(
        QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
        QColor(theme.border),
    )
    if is_chosen:
        bar = QRect(option.rect.topLeft(), QSize(4, option.rect.height()))
        painter.fillRect(bar, QColor(theme.accent))
    if state & flag.State_HasFocus:
        pen = painter.pen()
        pen.setColor(QColor(theme.focus_ring))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(option.rect.adjusted(1, 1, -1, -1))


def _put(painter: QPainter, box: QRect, text: str, side: Qt.AlignmentFlag) -> None:
    cut = painter.fontMetrics().elidedText(
        " ".join(text.split()), Qt.TextElideMode.ElideRight, box.width()
    )
    painter.drawText(box, side, cut)
