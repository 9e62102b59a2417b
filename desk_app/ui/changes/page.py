"""The page of Shift+F5: one row for each appointment that others changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.history import NoteChanged
from desk_app.ui import privacy
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.history_words import HistoryWords
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.notice_bar import announce
from desk_app.ui.plain import PlainLabel, tool_tip
from desk_app.ui.rows import RowsModel
from desk_app.ui.side.rows import DetailRole, make_list

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.history import ChangedVisit, Changes, Entry
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.notice_bar import Action

AppointmentRole = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChangesModel(RowsModel):
    """Whose visit it is, and the latest deed; the tool tip tells all of them."""

    def show(self, changes: Changes, screen: Screen) -> None:
        """Write the rows."""
        self.put_rows([self._row(one, screen) for one in changes.visits if one.entries])

    def _row(self, changed: ChangedVisit, screen: Screen) -> dict[int, Any]:
        role = Qt.ItemDataRole
        words = HistoryWords(screen.zone, names_visits=False)
        who = self.tr("An appointment")
        if changed.now is not None:
            who = visit_words.visit(changed.now, screen)
        lines = [_line(words, entry) for entry in reversed(changed.entries)]
        return {
            role.DisplayRole: who,
            role.AccessibleTextRole: ", ".join([who, *lines]),
            role.ToolTipRole: tool_tip("\n".join([who, *lines])),
            AppointmentRole: changed.now,
            DetailRole: lines[0],
        }


class ChangesPage(QWidget):
    """A list; Enter shows the appointment in the schedule.

    Signals:
        chosen: an appointment shall be shown.
    """

    chosen = Signal(object)

    def __init__(self, way_back: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ChangesModel(self)
        self._build(way_back)
        self.list.activated.connect(self._on_chosen)
        self.list.clicked.connect(self._on_chosen)

    @property
    def said(self) -> str:
        """What stands above the list."""
        return self._state.text()

    def show_changes(self, changes: Changes, screen: Screen, since: str) -> None:
        """List what others did."""
        self.model.show(changes, screen)
        self.list.setCurrentIndex(self.model.index(0))
        self.say(since)
        self.empty.stand_for(self, self.list, is_empty=not changes.visits)

    def say(self, text: str) -> None:
        """Say since when this is, or why there is nothing."""
        self._state.setText(text)
        announce(self._state, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._on_chosen(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def _build(self, way_back: Action) -> None:
        why = self.tr("What other desks book, move, cancel or mark stands here.")
        title = self.tr("Nothing new")
        self.empty = EmptyState(EmptyWords("history", title, why, way_back))
        self._state = PlainLabel()
        self._state.setWordWrap(True)
        self._state.setContentsMargins(16, 0, 16, 0)
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.list = make_list(self.model, self.tr("What others changed"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self._state)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        self.setFocusProxy(self.list)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        found: Appointment | None = index.data(AppointmentRole)
        if found is not None:
            self.chosen.emit(found)


def _line(words: HistoryWords, entry: Entry) -> str:
    """Return when, what and by whom; notes stay hidden where names are."""
    if privacy.current().is_on and isinstance(entry.change, NoteChanged):
        return f"{words.time(entry)}  {privacy.HIDDEN_PHONE} {words.person(entry)}"
    return words.line(entry)
