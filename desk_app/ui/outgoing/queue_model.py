"""The queue as a table: values prepared when it is read, and how a cell is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_app.ui import appearance, icons, privacy
from desk_app.ui.dialogs import offers
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.outgoing import words
from desk_app.ui.plain import tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.deliveries import Delivery
    from desk_app.ui.dialogs.ports import Screen

DeliveryRole = Qt.ItemDataRole.UserRole
InkRole = Qt.ItemDataRole.UserRole + 1
PictureRole = Qt.ItemDataRole.UserRole + 2
STATE, WHAT, CLIENT, PHONE, VISIT, PROVIDER = range(6)
_PICTURE = 16

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class QueueModel(QAbstractTableModel):
    """What needs a person, what is late, what waits: in the order it was read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[dict[int, Any]]] = []
        self._numbers: list[int] = []
        self._titles = (
            self.tr("How it stands"),
            self.tr("Message"),
            self.tr("Client"),
            self.tr("Phone"),
            self.tr("Visit"),
            self.tr("With"),
        )

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything that is listed."""
        return [cells[STATE][DeliveryRole] for cells in self._rows]

    def show(self, rows: Sequence[Delivery], screen: Screen) -> None:
        """Show other rows; the same ones change in place, so that no cursor moves."""
        made = [_row(one, screen) for one in rows]
        numbers = [one.outbox_id for one in rows]
        if made and numbers == self._numbers:
            self._rows = made
            last = self.index(len(made) - 1, len(self._titles) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows, self._numbers = made, numbers
        self.endResetModel()

    def place_of(self, outbox_id: int | None) -> int:
        """Return the row of one message, -1 where it is not listed."""
        known = outbox_id in self._numbers
        return self._numbers.index(outbox_id) if known and outbox_id is not None else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return self._rows[index.row()][index.column()].get(role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        is_title = orientation is Qt.Orientation.Horizontal
        if is_title and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if is_title and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class QueueCells(QStyledItemDelegate):
    """Draws how a row stands in its colour, behind a picture that says the same."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        # The whole row is chosen; no cell is more so than the others.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        ink: Ink = index.data(InkRole) or Ink.NORMAL
        colour = _colour(ink)
        if colour is not None:
            option.palette.setColor(QPalette.ColorRole.Text, colour)
        picture = index.data(PictureRole)
        if picture:
            role = QPalette.ColorRole
            flags = QStyle.StateFlag
            chosen = flags.State_Selected | flags.State_Active
            is_chosen = option.state & chosen == chosen
            shade = option.palette.color(
                role.HighlightedText if is_chosen else role.Text
            )
            ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
            option.icon = QIcon(icons.pixmap(picture, shade, _PICTURE, ratio))
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration


def _colour(ink: Ink) -> QColor | None:
    theme = appearance.current()
    named = {
        Ink.DANGER: theme.danger,
        Ink.WARNING: theme.warning,
        Ink.SUCCESS: theme.success,
        Ink.MUTED: theme.muted,
    }
    return QColor(named[ink]) if ink in named else None


def _row(of: Delivery, screen: Screen) -> list[dict[int, Any]]:
    provider = None
    if of.provider_id is not None:
        provider = offers.provider_of(screen.catalogue, of.provider_id)
    texts = (
        words.state(of, screen),
        words.what(of),
        privacy.name(of.client_name) if of.client_name else "",
        privacy.phone(of.client_phone),
        words.when(of, screen),
        provider.name if provider else "",
    )
    cells = [_cell(text, of) for text in texts]
    spoken = words.row_spoken(of, screen, with_visit=True)
    phone = privacy.phone(of.client_phone)
    cells[STATE] |= {
        Qt.ItemDataRole.AccessibleTextRole: f"{spoken}, {phone}" if phone else spoken,
        InkRole: words.ink(of, screen.now),
        PictureRole: words.icon(of, screen.now),
    }
    if words.is_quiet(of, screen.now):
        for cell in cells:
            cell[InkRole] = Ink.MUTED
    return cells


def _cell(text: str, of: Delivery) -> dict[int, Any]:
    shown = " ".join(text.split())
    return {
        Qt.ItemDataRole.DisplayRole: shown,
        Qt.ItemDataRole.ToolTipRole: tool_tip(shown),
        DeliveryRole: of,
    }
