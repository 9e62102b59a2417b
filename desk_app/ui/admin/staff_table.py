"""The table of staff and the keys it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desk_app.domain.staff import Role
from desk_app.ui.admin import staff_words
from desk_app.ui.admin.staff_model import (
    LOGIN,
    NAME,
    PROVIDER,
    ROLE,
    STATE,
    PersonRole,
    SoughtStaff,
    StaffModel,
    StaffRows,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desk_app.domain.staff import Staff
    from desk_app.ui.admin.ports import StaffBoard

# What other columns leave is shared by these.
_SHARES = {NAME: 0.38, LOGIN: 0.3, PROVIDER: 0.32}
PADDING = 28
_ADD = (Qt.Key.Key_Insert, Qt.Key.Key_N)
_CHANGE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_LET_GO = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class StaffTable(QTableView):
    """One row for each person, of which one is chosen."""

    person_chosen = Signal()
    add_wished = Signal()
    change_wished = Signal()
    let_go_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = StaffModel(self)
        self._sought = SoughtStaff(self)
        self._sought.setSourceModel(self._people)
        self._build()
        self.doubleClicked.connect(self.change_wished)

    @property
    def person(self) -> Staff | None:
        """Who is chosen."""
        index = self.currentIndex()
        person: Staff | None = index.data(PersonRole) if index.isValid() else None
        return person

    @property
    def count(self) -> int:
        """How many are shown."""
        return self._sought.rowCount()

    def show_board(self, board: StaffBoard, user_id: int | None) -> None:
        """Show people, and choose one of them where possible."""
        known = self.person
        if user_id is None and known is not None:
            user_id = known.user_id
        self._people.show_board(board)
        self._choose(user_id)

    def seek(self, typed: str, *, shows_left: bool) -> None:
        """Show who fits what was typed."""
        known = self.person
        self._sought.seek(typed, shows_left=shows_left)
        # Otherwise there would be one word in all rows.
        self.setColumnHidden(STATE, not shows_left)
        self._share_width()
        self._choose(known.user_id if known else None)

    def enter(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the table say; arrows and the rest are Qt's."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain:
            super().keyPressEvent(event)
        elif event.key() in _ADD:
            self.add_wished.emit()
        elif event.key() in _CHANGE:
            self.change_wished.emit()
        elif event.key() in _LET_GO:
            self.let_go_wished.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let names have the most room."""
        super().resizeEvent(event)
        self._share_width()

    def selectionChanged(self, selected: QItemSelection, gone: QItemSelection) -> None:
        super().selectionChanged(selected, gone)
        self.person_chosen.emit()

    def _choose(self, user_id: int | None) -> None:
        """Choose a person, or the first one."""
        index = QModelIndex()
        if user_id is not None:
            index = self._sought.mapFromSource(self._people.row_of(user_id))
        if not index.isValid():
            index = self._sought.index(0, NAME)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.person_chosen.emit()

    def _share_width(self) -> None:
        room = self.viewport().width()
        for column in (ROLE, STATE):
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, self._widest(column))
                room -= self._widest(column)
        for column, share in _SHARES.items():
            self.setColumnWidth(column, round(room * share))

    def _widest(self, column: int) -> int:
        """Return the width of a column whose words are always the same."""
        words = [staff_words.role(role) for role in Role]
        if column == STATE:
            words = list(staff_words.states())
        return max(map(self.fontMetrics().horizontalAdvance, words)) + PADDING

    def _build(self) -> None:
        self.setObjectName("people")
        self.setModel(self._sought)
        self.setItemDelegate(StaffRows(self))
        self.setAccessibleName(self.tr("Staff"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(self.fontMetrics().height() * 1.9))
        columns.setHighlightSections(False)
        columns.setSectionsClickable(True)
        columns.setMinimumSectionSize(20)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSortingEnabled(True)
        self.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        self.setColumnHidden(STATE, True)
