"""The placeholders of a text, each with what it stands for; one is put in by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from desk_app.ui.office.texts import words
from desk_app.ui.plain import tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
NameRole = Qt.ItemDataRole.UserRole


class Placeholders(QListWidget):
    """Enter, Space or a click puts one in.

    Signals:
        chosen: one is to be put in (its name).
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Placeholders"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.itemClicked.connect(self._on_clicked)

    def offer(self, names: Sequence[str]) -> None:
        """Offer these; nothing changes where they are the same."""
        shown = [self.item(row).data(NameRole) for row in range(self.count())]
        if shown == [*names]:
            return
        self.clear()
        for name in names:
            meaning = words.placeholder(name)
            item = QListWidgetItem(f"{{{name}}}\n{meaning}")
            item.setData(NameRole, name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {meaning}")
            item.setToolTip(tool_tip(meaning))
            self.addItem(item)
        self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put in the one that is chosen."""
        item = self.currentItem()
        if event.key() in _ENTER and item is not None:
            self._on_clicked(item)
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(NameRole)))
