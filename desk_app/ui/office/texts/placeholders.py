"""The placeholders of a text, each with what it stands for; one is put in by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot

from desk_app.ui.office.lists.rows import BelowRole, KeyRole, Rows
from desk_app.ui.office.texts import words
from desk_app.ui.plain import tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desk_app.ui.rows import Values

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Placeholders(Rows):
    """Enter, Space or a click puts one in.

    Signals:
        chosen: one is to be put in (its name).
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Placeholders"), parent)
        self.clicked.connect(self._on_clicked)

    def offer(self, names: Sequence[str]) -> None:
        """Offer these; nothing changes where they are the same."""
        if self.keys != [*names]:
            self.show_rows([_row(name) for name in names], None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put in the one that is chosen."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() and self.key is not None:
            self.chosen.emit(str(self.key))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(str(index.data(KeyRole)))


def _row(name: str) -> Values:
    meaning = words.placeholder(name)
    return {
        KeyRole: name,
        Qt.ItemDataRole.DisplayRole: f"{{{name}}}",
        BelowRole: meaning,
        Qt.ItemDataRole.AccessibleTextRole: f"{name}: {meaning}",
        Qt.ItemDataRole.ToolTipRole: tool_tip(meaning),
    }
