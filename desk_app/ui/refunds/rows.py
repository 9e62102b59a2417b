"""The refunds as a list: the model that prepares them, and how a row is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desk_app.ui import privacy
from desk_app.ui.refunds import words
from desk_app.ui.rows import RowsModel, row_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.dialogs.ports import Screen

RefundRole = Qt.ItemDataRole.UserRole
AmountRole = Qt.ItemDataRole.UserRole + 1
PhoneRole = Qt.ItemDataRole.UserRole + 2
WaitingRole = Qt.ItemDataRole.UserRole + 3
WhyRole = Qt.ItemDataRole.UserRole + 4
_PAD, _LINES = 16, 3
_Index = QModelIndex | QPersistentModelIndex


class RefundsModel(RowsModel):
    """Appointments whose refund waits, the oldest first."""

    def show_refunds(self, refunds: Sequence[Appointment], screen: Screen) -> None:
        """Show other refunds."""
        self.put_rows([_row(refund, screen) for refund in refunds])


class RefundRows(QStyledItemDelegate):
    """Draws name and amount, phone and how long it waits, and why it is due."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return room for three lines."""
        return QSize(200, _LINES * (option.fontMetrics.height() + 3) + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Draw one row."""
        painter.save()
        ground, ink, faint = row_colours(option)
        painter.fillRect(option.rect, ground)
        height = option.fontMetrics.height() + 3
        box = option.rect.adjusted(_PAD, 8, -_PAD, -8)
        lines = [
            QRect(box.left(), box.top() + n * height, box.width(), height)
            for n in range(_LINES)
        ]
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(ink)
        _pair(painter, lines[0], index.data(), index.data(AmountRole))
        painter.setFont(option.font)
        _pair(painter, lines[1], index.data(PhoneRole), "")
        painter.setPen(faint)
        _pair(painter, lines[1], "", index.data(WaitingRole))
        _pair(painter, lines[2], index.data(WhyRole), "")
        painter.restore()


def _row(refund: Appointment, screen: Screen) -> dict[int, Any]:
    return {
        Qt.ItemDataRole.DisplayRole: privacy.name(refund.client_name),
        Qt.ItemDataRole.AccessibleTextRole: words.spoken(refund, screen),
        RefundRole: refund,
        AmountRole: words.amount(refund),
        PhoneRole: words.phone(refund),
        WaitingRole: words.waiting(refund, screen),
        WhyRole: words.why(refund, screen),
    }


def _pair(painter: QPainter, box: QRect, left: str, right: str) -> None:
    """Draw words at both ends of a line; the left ones are cut where they meet."""
    metrics = painter.fontMetrics()
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, right)
    room = box.width() - (metrics.horizontalAdvance(right) + _PAD if right else 0)
    line = " ".join(left.split())
    cut = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, cut)
