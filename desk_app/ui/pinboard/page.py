"""The pinboard in the side pane: what is on it, and what comes off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import privacy
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, tool_tip
from desk_app.ui.rows import RowsModel
from desk_app.ui.side.rows import DetailRole, IconRole, make_list

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.notice_bar import Action

NumberRole = Qt.ItemDataRole.UserRole


class PinsModel(RowsModel):
    """Pinned appointments as rows; the first is put down next."""

    def show(
        self, pinned: Sequence[Appointment], when: Callable[[Appointment], str]
    ) -> None:
        """Write the rows; `when` says an appointment's time and provider."""
        self.put_rows(
            [
                self._row(each, when(each), is_next=number == 0)
                for number, each in enumerate(pinned)
            ]
        )

    def _row(self, of: Appointment, when: str, *, is_next: bool) -> dict[int, Any]:
        role = Qt.ItemDataRole
        what = f"{privacy.name(of.client_name)} · {of.service_name}"
        said = f"{what}, {when}"
        if is_next:
            said = filled(self.tr("%1, is put down next"), said)
        return {
            role.DisplayRole: what,
            role.AccessibleTextRole: said,
            role.ToolTipRole: tool_tip(said),
            NumberRole: of.appointment_id,
            DetailRole: when,
            IconRole: "pin" if is_next else "",
        }


class PinboardPage(QWidget):
    """One tab stop: Enter makes one the next, Del takes it off.

    Signals:
        chosen: one shall be put down next (its number).
        off_wanted: one shall come off (its number).
        shown_wanted: the schedule shall show where it stands (its number).
    """

    chosen = Signal(int)
    off_wanted = Signal(int)
    shown_wanted = Signal(int)

    def __init__(self, way_back: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PinsModel(self)
        self._build(way_back)
        self._connect()
        self._look_again()

    @property
    def list(self) -> QListView:
        """What is pinned."""
        return self._list

    def _build(self, way_back: Action) -> None:
        self.empty = EmptyState(self._nothing_pinned(way_back))
        self._list = make_list(self.model, self.tr("Pinboard"))
        self._line = PlainLabel(self._usage())
        self._line.setWordWrap(True)
        self._line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._line.setContentsMargins(16, 0, 16, 0)
        self._show = QPushButton(self.tr("&Show in the schedule"))
        self._off = QPushButton(self.tr("&Take off"))
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._show)
        row.addWidget(self._off)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        column.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self._list.activated.connect(self._on_activated)
        self._show.clicked.connect(self._on_show)
        self._off.clicked.connect(self._on_off)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self._list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_off)
        self.model.modelReset.connect(self._look_again)

    @Slot()
    def _look_again(self) -> None:
        is_empty = not self.model.rowCount()
        parts = (self._list, self._line, self._show, self._off)
        self.empty.stand_for(self, *parts, is_empty=is_empty)
        if not is_empty:
            self._list.setCurrentIndex(self.model.index(0))

    def _nothing_pinned(self, way_back: Action) -> EmptyWords:
        return EmptyWords(
            "pin",
            self.tr("Nothing is pinned"),
            self.tr(
                "Ctrl+X on an appointment puts it here; it keeps its time until Ctrl+V"
                " puts it down at another one."
            ),
            way_back,
        )

    def _usage(self) -> str:
        return self.tr(
            "Each keeps its time until it is put down. Ctrl+V in the schedule puts"
            " the marked one where the cursor is. Enter marks another, Del takes it"
            " off."
        )

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(NumberRole))

    @Slot()
    def _on_show(self) -> None:
        self._emit(self.shown_wanted)

    @Slot()
    def _on_off(self) -> None:
        self._emit(self.off_wanted)

    def _emit(self, signal: Any) -> None:
        number = self._list.currentIndex().data(NumberRole)
        if number is not None:
            signal.emit(number)
