"""The table of staff: prepared values, what is looked for, how it is drawn."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_app.ui import appearance
from desk_app.ui.admin import staff_words
from desk_app.ui.plain import tool_tip

if TYPE_CHECKING:
    from desk_app.domain.staff import Staff
    from desk_app.ui.admin.ports import StaffBoard

PersonRole = Qt.ItemDataRole.UserRole
SoughtRole = Qt.ItemDataRole.UserRole + 1
OrderRole = Qt.ItemDataRole.UserRole + 2
NAME, LOGIN, ROLE, PROVIDER, STATE = range(5)
# A longer text may be cut.
SHORT = 24

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class StaffModel(QAbstractTableModel):
    """Everybody, those who left as well."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[dict[int, Any]]] = []
        self._titles = (
            self.tr("Name"),
            self.tr("Login"),
            self.tr("Role"),
            self.tr("Provider"),
            self.tr("State"),
        )

    def show_board(self, board: StaffBoard) -> None:
        """Show other people, or the same ones as they are now."""
        self.beginResetModel()
        self._rows = [_row(person, board) for person in board.people]
        self.endResetModel()

    def row_of(self, user_id: int) -> QModelIndex:
        """Return where somebody stands, an index that is not valid for nobody."""
        for row, cells in enumerate(self._rows):
            if cells[NAME][PersonRole].user_id == user_id:
                return self.index(row, NAME)
        return QModelIndex()

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


class SoughtStaff(QSortFilterProxyModel):
    """Those whose name or login holds what was typed, by name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._shows_left = False
        self.setSortRole(OrderRole)
        self.sort(NAME)

    def seek(self, typed: str, *, shows_left: bool) -> None:
        """Show who fits every word that was typed, and, if wished, those who left."""
        self.beginFilterChange()
        self._words, self._shows_left = typed.casefold().split(), shows_left
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        index = self.sourceModel().index(row, NAME, parent)
        sought: str = index.data(SoughtRole)
        is_shown = self._shows_left or index.data(PersonRole).is_active
        return is_shown and all(word in sought for word in self._words)


class StaffRows(QStyledItemDelegate):
    """Draws those who left in fainter letters."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        # The whole row is chosen; no cell is more so than the others.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if not index.data(PersonRole).is_active:
            faint = QColor(appearance.current().muted)
            option.palette.setColor(QPalette.ColorRole.Text, faint)


def _row(person: Staff, board: StaffBoard) -> list[dict[int, Any]]:
    is_me = board.is_me(person)
    provider = board.provider_name(person)
    texts = (
        staff_words.name(person, is_me=is_me),
        person.login,
        staff_words.role(person.role),
        provider,
        staff_words.state(person),
    )
    cells = [_cell(text, person) for text in texts]
    spoken = staff_words.spoken(person, provider, is_me=is_me)
    cells[NAME][Qt.ItemDataRole.AccessibleTextRole] = spoken
    cells[NAME][SoughtRole] = f"{person.name} {person.login} {provider}".casefold()
    return cells


def _cell(text: str, person: Staff) -> dict[int, Any]:
    shown = " ".join(text.split())
    cell: dict[int, Any] = {
        Qt.ItemDataRole.DisplayRole: shown,
        PersonRole: person,
        OrderRole: _order(shown),
    }
    if len(shown) > SHORT:
        cell[Qt.ItemDataRole.ToolTipRole] = tool_tip(shown)
    return cell


def _order(text: str) -> str:
    """Return what a text is sorted by: "Ärmel" stands before "Miriam".

    The same at every desk, while Qt asks the system, which may know no language.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
