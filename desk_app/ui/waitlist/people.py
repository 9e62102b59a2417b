"""A list of those who wait: arrows walk, letters act on the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from desk_app.ui.waitlist.model import ItemRole, WaitingModel, entry_of
from desk_app.ui.waitlist.rows import WaitingRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.waitlist import Entry, Ranked
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.rows import Index
    from desk_app.ui.waitlist.rows import Sizes

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PeopleList(QListView):
    """Signals: a key of `keys` was pressed (its code); another one is chosen."""

    key_pressed = Signal(int)
    chosen_changed = Signal()

    def __init__(
        self, sizes: Sizes, keys: Sequence[Qt.Key], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = frozenset(int(key) for key in keys)
        self.people = WaitingModel(self)
        self.setModel(self.people)
        self.setItemDelegate(WaitingRows(sizes, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)

    @property
    def chosen(self) -> Entry | Ranked | None:
        """Who is chosen."""
        item: Entry | Ranked | None = self.currentIndex().data(ItemRole)
        return item

    def show_people(self, items: Sequence[Entry | Ranked], screen: Screen) -> None:
        """Show other people; the chosen one stays chosen, else the next in line."""
        chosen, row = self.chosen, self.currentIndex().row()
        self.people.show_rows(items, screen)
        number = entry_of(chosen).entry_id if chosen is not None else 0
        at = self.people.row_of(number)
        if at < 0:
            at = min(max(row, 0), len(items) - 1)
        self.setCurrentIndex(self.people.index(at, 0))
        self.chosen_changed.emit()

    def choose(self, entry_id: int) -> None:
        """Choose somebody by number."""
        self.setCurrentIndex(self.people.index(self.people.row_of(entry_id), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = int(event.key())
        if key in self._keys and not event.modifiers() & _HELD:
            self.key_pressed.emit(key)
        elif event.key() in _ENTER and int(Qt.Key.Key_Return) in self._keys:
            self.key_pressed.emit(int(Qt.Key.Key_Return))
        elif event.text().strip() and not event.modifiers() & _HELD:
            # Letters are commands here; none of them jumps to a name.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen_changed.emit()
