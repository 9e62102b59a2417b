"""What was noted while the server was away, in the side pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from desk_app.ui import format as written
from desk_app.ui import privacy
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.plain import PlainLabel, tool_tip
from desk_app.ui.rows import RowsModel
from desk_app.ui.side.rows import DetailRole, IconRole, make_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.kept import Noted
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.notice_bar import Action

NotedRole = Qt.ItemDataRole.UserRole


class NotedModel(RowsModel):
    """Notes as rows, the oldest first."""

    def show(self, noted: Sequence[Noted], screen: Screen) -> None:
        """Write the rows."""
        self.put_rows([_row(each, screen) for each in noted])


class NotedPage(QWidget):
    """One tab stop: Enter books what was noted, Del ticks it off.

    Signals:
        chosen: it shall be booked (`Noted`).
        done: it is settled (`Noted`).
    """

    chosen = Signal(object)
    done = Signal(object)

    def __init__(self, way_back: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = NotedModel(self)
        self._build(way_back)
        self._connect()
        self._look_again()

    @property
    def list(self) -> QListView:
        """What was noted."""
        return self._list

    @property
    def said(self) -> str:
        """What stands above the list, or in place of it."""
        return self.empty.said or self._line.text()

    def show_noted(self, noted: Sequence[Noted], screen: Screen) -> None:
        """List what was noted; the place in the list is kept."""
        row = max(self._list.currentIndex().row(), 0)
        self.model.show(noted, screen)
        self._list.setCurrentIndex(self.model.index(min(row, len(noted) - 1)))
        self._look_again()

    def _build(self, way_back: Action) -> None:
        why = self.tr(
            "What is noted while the server is away waits here until it is booked."
        )
        title = self.tr("Nothing is noted for later")
        self.empty = EmptyState(EmptyWords("sticky-note", title, why, way_back))
        self._list = make_list(self.model, self.tr("Noted for later"))
        self._line = PlainLabel(
            self.tr("Enter books it, with the rules as always; Del ticks it off.")
        )
        self._line.setWordWrap(True)
        self._line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._line.setContentsMargins(16, 0, 16, 0)
        self._book = QPushButton(self.tr("&Book…"))
        self._done = QPushButton(self.tr("&Done (Del)"))
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._book)
        row.addWidget(self._done)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        column.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self._list.activated.connect(self._on_book)
        self._book.clicked.connect(self._on_book)
        self._done.clicked.connect(self._on_done)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self._list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_done)

    def _look_again(self) -> None:
        parts = (self._list, self._line, self._book, self._done)
        self.empty.stand_for(self, *parts, is_empty=not self.model.rowCount())

    @Slot()
    def _on_book(self) -> None:
        self._tell(self.chosen)

    @Slot()
    def _on_done(self) -> None:
        self._tell(self.done)

    def _tell(self, signal: Any) -> None:
        noted = self._list.currentIndex().data(NotedRole)
        if noted is not None:
            signal.emit(noted)


def wishes(noted: Noted) -> str:
    """Return what is wanted and when, in the words it was noted in."""
    return " · ".join(part for part in (noted.what, noted.when, noted.text) if part)


def _row(noted: Noted, screen: Screen) -> dict[int, Any]:
    role = Qt.ItemDataRole
    today = screen.now.astimezone(screen.zone).date()
    at = written.moment(noted.noted_at, screen.zone, today)
    name, phone = privacy.name(noted.client), privacy.phone(noted.phone)
    who = " · ".join(part for part in (name, phone) if part)
    detail = " · ".join(part for part in (privacy.phone(wishes(noted)), at) if part)
    return {
        role.DisplayRole: who or detail,
        role.AccessibleTextRole: f"{who}, {detail}",
        role.ToolTipRole: tool_tip(f"{who}\n{detail}"),
        NotedRole: noted,
        DetailRole: detail,
        IconRole: "sticky-note",
    }
