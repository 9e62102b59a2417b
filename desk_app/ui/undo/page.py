"""The list of what was done here, in the side pane: Enter takes one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget

from desk_app.ui import format as written
from desk_app.ui import privacy
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, tool_tip
from desk_app.ui.rows import RowsModel
from desk_app.ui.side.rows import DetailRole, IconRole, OverRole, make_list
from desk_app.ui.undo.deeds import State

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from PySide6.QtGui import QHideEvent, QShowEvent

    from desk_app.domain.desk_rules import Telling
    from desk_app.ui.notice_bar import Action
    from desk_app.ui.undo.deeds import Deed, Deeds

NumberRole = Qt.ItemDataRole.UserRole
_TICK_MS = 1000
# Longer waits are told by the clock.
_LONGEST_COUNTED = 3600
_ICONS = {
    State.DONE: "undo",
    State.BEING_UNDONE: "refresh-cw",
    State.UNDONE: "check",
    State.CHANGED: "ban",
    State.TAKEN: "ban",
}


class DeedsModel(RowsModel):
    """Deeds as rows, each with its time and whether its messages have left."""

    def __init__(self, deeds: Deeds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds

    def show(self, zone: ZoneInfo, telling: Telling, now: datetime) -> None:
        """Write the rows as they stand now."""
        deeds = self._deeds.latest_first
        rows = [self._row(deed, zone, telling, now) for deed in deeds]
        self.put_rows(rows, same=NumberRole)

    def row_of(self, number: int) -> QModelIndex:
        """Return where a deed stands."""
        return self.index(self.place_of(NumberRole, number))

    def _row(
        self, deed: Deed, zone: ZoneInfo, telling: Telling, now: datetime
    ) -> dict[int, Any]:
        role = Qt.ItemDataRole
        state = self._state(deed, zone, telling, now)
        detail = f"{written.time(deed.at, zone)} · {state}"
        words = privacy.line(deed.words, deed.names)
        said = f"{words}, {detail}"
        return {
            role.DisplayRole: words,
            role.AccessibleTextRole: said,
            role.ToolTipRole: tool_tip(said),
            NumberRole: deed.number,
            DetailRole: detail,
            IconRole: _ICONS[deed.state],
            OverRole: not deed.is_open,
        }

    def _state(
        self, deed: Deed, zone: ZoneInfo, telling: Telling, now: datetime
    ) -> str:
        if not deed.is_open:
            undone_at = written.time(deed.undone_at or deed.at, zone)
            return {
                State.BEING_UNDONE: self.tr("being undone…"),
                State.UNDONE: filled(self.tr("undone at %1"), undone_at),
                State.CHANGED: self.tr("changed since, cannot be undone"),
                State.TAKEN: self.tr("its time is given to somebody else"),
            }[deed.state]
        if not deed.is_told:
            return self.tr("tells nobody")
        leaves = deed.leaves_at(telling)
        if deed.has_left(telling, now):
            clock = written.time(leaves, zone)
            return filled(self.tr("messages left at %1"), clock)
        left = max(int((leaves - now).total_seconds()), 1)
        if left > _LONGEST_COUNTED:
            today = now.astimezone(zone).date()
            clock = written.moment(leaves, zone, today)
            return filled(self.tr("nobody told before %1"), clock)
        return filled(
            self.tr("nobody told yet, for another %1"), f"{left // 60}:{left % 60:02}"
        )


class UndoPage(QWidget):
    """One tab stop: arrows choose, Enter takes back; a button does it too.

    Signals:
        undo_wanted: a deed shall be taken back (its number).
        looked: the rows shall be written as they stand now.
    """

    undo_wanted = Signal(int)
    looked = Signal()

    def __init__(
        self, deeds: Deeds, way_back: Action, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = DeedsModel(deeds, self)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._build(way_back)
        self._connect()
        self.look_again()

    @property
    def list(self) -> QListView:
        """The deeds."""
        return self._list

    def choose(self, number: int | None) -> None:
        """Put the cursor on a deed, the first one for None."""
        index = self.model.index(0) if number is None else self.model.row_of(number)
        self._list.setCurrentIndex(index)

    def look_again(self) -> None:
        """Say how to use the list, or that there is nothing in it."""
        parts = (self._list, self._line, self._button)
        self.empty.stand_for(self, *parts, is_empty=not self.model.rowCount())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.looked.emit()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _build(self, way_back: Action) -> None:
        self.empty = EmptyState(self._nothing_done(way_back))
        self._list = make_list(self.model, self.tr("What was done here"))
        self._line = PlainLabel(
            self.tr("Enter undoes the chosen one. Ctrl+Z undoes the latest.")
        )
        self._line.setWordWrap(True)
        self._line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._button = QPushButton(self.tr("&Undo this"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 0, 16, 0)
        inside.setSpacing(8)
        column.addLayout(inside)
        inside.addWidget(self._line)
        column.addWidget(self._list, 1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 0, 16, 0)
        below.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(below)
        column.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self._list.activated.connect(self._on_activated)
        self._button.clicked.connect(self._on_clicked)
        self._tick.timeout.connect(self.looked)
        self.model.modelReset.connect(self.look_again)

    def _nothing_done(self, way_back: Action) -> EmptyWords:
        return EmptyWords(
            "undo-2",
            self.tr("Nothing to undo yet"),
            self.tr(
                "What you book, move, cancel or mark at this desk appears here, to be"
                " taken back."
            ),
            way_back,
        )

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        number = index.data(NumberRole)
        if number is not None:
            self.undo_wanted.emit(number)

    @Slot()
    def _on_clicked(self) -> None:
        self._on_activated(self._list.currentIndex())
