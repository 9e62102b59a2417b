"""The list of clients found: name and phone first, warnings in words."""

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
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.ui import appearance, privacy
from desk_app.ui.dialogs import client_words
from desk_app.ui.phrases import filled
from desk_app.ui.rows import row_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.people import Client
    from desk_app.ui.dialogs.ports import Screen

ClientRole = Qt.ItemDataRole.UserRole
PhoneRole = Qt.ItemDataRole.UserRole + 1
DetailRole = Qt.ItemDataRole.UserRole + 2
WarningRole = Qt.ItemDataRole.UserRole + 3

_PAD = 10
_Index = QModelIndex | QPersistentModelIndex


class FoundClients(QAbstractListModel):
    """The clients that fit what was typed, and a last row for a new one."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._rows: list[dict[int, object]] = []

    def show_found(self, clients: Sequence[Client], typed: str) -> None:
        """Show what was found for `typed`."""
        self.beginResetModel()
        self._rows = [self._row(client) for client in clients]
        if typed:
            title = filled(self.tr("New client “%1”"), typed)
            self._rows.append(
                {
                    Qt.ItemDataRole.DisplayRole: title,
                    Qt.ItemDataRole.AccessibleTextRole: title,
                }
            )
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Look a prepared value up."""
        if not index.isValid():
            return None
        return self._rows[index.row()].get(role)

    def _row(self, client: Client) -> dict[int, object]:
        warnings = client_words.warnings(client, self._screen)
        return {
            Qt.ItemDataRole.DisplayRole: client.name,
            Qt.ItemDataRole.AccessibleTextRole: client_words.spoken(
                client, self._screen
            ),
            ClientRole: client,
            PhoneRole: client_words.phone(client),
            DetailRole: privacy.phone(client.email),
            WarningRole: " · ".join(warnings),
        }


class ClientList(QListView):
    """Shows the found clients; the keys stay with the field above it."""

    row_chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(ClientRows(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Clients found"))
        self.clicked.connect(self.row_chosen)

    def step(self, rows: int) -> None:
        """Make the row that lies `rows` further the current one."""
        last = self.model().rowCount() - 1
        row = min(max(self.currentIndex().row() + rows, 0), last)
        self.setCurrentIndex(self.model().index(row, 0))


class ClientRows(QStyledItemDelegate):
    """Draws a client on two lines: name and phone, then address and warnings."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return room for two lines."""
        return QSize(200, 2 * option.fontMetrics.height() + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Draw one row."""
        painter.save()
        ground, ink, faint = row_colours(option)
        painter.fillRect(option.rect, ground)
        box = option.rect.adjusted(_PAD, 5, -_PAD, -5)
        painter.setPen(ink)
        if index.data(ClientRole) is None:
            self._paint_new(painter, option, box, str(index.data()))
        else:
            self._paint_client(painter, option, box, index, faint)
        painter.restore()

    def _paint_client(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        index: _Index,
        faint: QColor,
    ) -> None:
        line = option.fontMetrics.height()
        above = QRect(box.left(), box.top(), box.width(), line + 2)
        below = QRect(box.left(), box.bottom() - line, box.width(), line + 2)
        warning, detail = str(index.data(WarningRole)), str(index.data(DetailRole))
        above = above if warning or detail else box
        self._pair(painter, option, above, index.data(), index.data(PhoneRole))
        painter.setPen(faint)
        painter.setFont(option.font)
        if not warning:
            _put(painter, below, detail)
            return
        if not option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(appearance.current().danger))
        _put(painter, below, f"⚑ {warning}")

    def _pair(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        name: str,
        phone: str,
    ) -> None:
        painter.setFont(option.font)
        width = min(painter.fontMetrics().horizontalAdvance(phone), box.width() // 2)
        right = QRect(box.right() - width, box.top(), width + 1, box.height())
        _put(painter, right, phone, Qt.AlignmentFlag.AlignRight)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        _put(painter, box.adjusted(0, 0, -width - _PAD, 0), name)

    def _paint_new(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, text: str
    ) -> None:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        if not option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(appearance.current().link))
        _put(painter, box, f"+ {text}")


def _put(
    painter: QPainter,
    box: QRect,
    text: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    cut = painter.fontMetrics().elidedText(
        " ".join(text.split()), Qt.TextElideMode.ElideRight, box.width()
    )
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, cut)
