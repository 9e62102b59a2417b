"""The table of the queue: one row for each message, of which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desk_app.ui.outgoing.queue_model import (
    CLIENT,
    PHONE,
    PROVIDER,
    STATE,
    VISIT,
    WHAT,
    DeliveryRole,
    QueueCells,
    QueueModel,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QItemSelection
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desk_app.domain.deliveries import Delivery
    from desk_app.ui.dialogs.ports import Screen

# How the width is shared; where it is scarce, what the detail tells too goes first.
_SHARES = {STATE: 30, WHAT: 30, CLIENT: 20, PHONE: 16, VISIT: 20, PROVIDER: 18}
_GIVEN_UP = ((PROVIDER, 190), (PHONE, 150))


class QueueTable(QTableView):
    """Arrows walk; what other keys do is told by `key_pressed`.

    Signals:
        row_chosen: another row is chosen, or it is otherwise now.
        key_pressed: a key that is no walking (int).
    """

    row_chosen = Signal()
    key_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.queue = QueueModel(self)
        self._build()

    @property
    def row(self) -> Delivery | None:
        """What is chosen."""
        found: Delivery | None = self.currentIndex().data(DeliveryRole)
        return found

    def show_rows(self, rows: Sequence[Delivery], screen: Screen) -> None:
        """Show other rows; the cursor stays on its message.

        Where that was settled, or is tried again, the next one comes to the cursor.
        """
        known, place = self.row, max(self.currentIndex().row(), 0)
        self.queue.show(rows, screen)
        row = self.queue.place_of(known.outbox_id if known else None)
        if row < 0 or (known and known.is_trouble and not rows[row].is_trouble):
            row = min(place, len(rows) - 1)
        self.setCurrentIndex(self.queue.index(row, STATE))
        self.row_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of letters and Enter; arrows and the rest are Qt's."""
        key = event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_told = Qt.Key.Key_A <= key <= Qt.Key.Key_Z or key in enter
        if plain or not is_told:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.key_pressed.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def selectionChanged(self, selected: QItemSelection, gone: QItemSelection) -> None:
        super().selectionChanged(selected, gone)
        self.row_chosen.emit()

    def _share_width(self) -> None:
        room = self.viewport().width()
        letters = room // max(self.fontMetrics().averageCharWidth(), 1)
        for column, least in _GIVEN_UP:
            self.setColumnHidden(column, letters < least)
        shown = {c: s for c, s in _SHARES.items() if not self.isColumnHidden(c)}
        for column, share in shown.items():
            self.setColumnWidth(column, room * share // sum(shown.values()))

    def _build(self) -> None:
        self.setObjectName("people")
        self.setModel(self.queue)
        self.setItemDelegate(QueueCells(self))
        self.setAccessibleName(self.tr("Messages that wait"))
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
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(20)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
