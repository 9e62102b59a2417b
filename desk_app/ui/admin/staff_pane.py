"""The staff as a list: what is looked for, the table, or words in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui.admin.staff_table import StaffTable
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.staff import Staff
    from desk_app.ui.admin.ports import StaffBoard


class StaffPane(QWidget):
    """Shows a board; `chosen` tells that somebody else is chosen, or nobody."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: StaffBoard | None = None
        self._build()
        self._connect()
        self.say(self.tr("Reading who works here…"))

    @property
    def person(self) -> Staff | None:
        """Who is chosen; nobody while words stand in place of the table."""
        is_shown = self._pages.currentWidget() is self.table
        return self.table.person if is_shown else None

    @property
    def said(self) -> str:
        """What stands in place of the table, "" while the table is shown."""
        is_said = self._pages.currentWidget() is not self.table
        return self._instead.text() if is_said else ""

    def show_board(self, board: StaffBoard, user_id: int | None) -> None:
        """Show people and choose one of them, or whoever was chosen."""
        self._board = board
        has_left = any(not person.is_active for person in board.people)
        self.shows_left.setEnabled(has_left)
        self.table.show_board(board, user_id)
        self._show_people()

    def show_left(self) -> None:
        """Show those who left as well."""
        self.shows_left.setChecked(True)

    def say(self, text: str) -> None:
        """Say something where the table stands otherwise."""
        self._instead.setText(text)
        self._pages.setCurrentIndex(1)
        self.chosen.emit()

    @Slot()
    def enter(self) -> None:
        """Put the keyboard into the table, or where it can be filled again."""
        target = self.search if self.said else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def seek(self) -> None:
        """Put the keyboard where one looks for somebody."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find by name, login or provider"))
        self.search.setAccessibleName(self.tr("Find"))
        self.search.setClearButtonEnabled(True)
        self.shows_left = QCheckBox(self.tr("&Show those who left"))
        self.shows_left.setEnabled(False)
        self.table = StaffTable()
        self._instead = PlainLabel()
        self._instead.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._instead.setWordWrap(True)
        set_ink(self._instead, Ink.MUTED)
        place = QFrame()
        place.setObjectName("card")
        QVBoxLayout(place).addWidget(self._instead)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(place)
        above = QHBoxLayout()
        above.setSpacing(14)
        above.addWidget(self.search, 1)
        above.addWidget(self.shows_left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(above)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.table.person_chosen.connect(self.chosen)
        self.search.textChanged.connect(self._on_sought)
        self.search.returnPressed.connect(self.enter)
        self.shows_left.toggled.connect(self._on_sought)

    @Slot()
    def _on_sought(self) -> None:
        shows_left = self.shows_left.isChecked()
        self.table.seek(self.search.text(), shows_left=shows_left)
        self._show_people()

    def _show_people(self) -> None:
        if self._board is None:
            return
        if self.table.count:
            self._pages.setCurrentWidget(self.table)
            self.chosen.emit()
        elif self._board.people:
            self.say(self.tr("Nobody fits what you are looking for."))
        else:
            self.say(self.tr("Nobody works here yet. Add a manager first."))
