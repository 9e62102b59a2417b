"""A short list of which some, or all, are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desk_app.ui.plain import PlainLabel, tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = 5


class TickList(QWidget):
    """A title and rows to tick: arrows walk, Space ticks.

    Signals:
        changed: other rows are ticked.
    """

    changed = Signal()

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[Any] = []
        label = PlainLabel(title)
        self.rows = QListWidget()
        self.rows.setObjectName("ticks")
        self.rows.setAccessibleName(name)
        self.rows.setUniformItemSizes(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        height = self.rows.fontMetrics().lineSpacing() + 7
        self.rows.setFixedHeight(ROWS * height + 8)
        label.setBuddy(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.rows)
        self.rows.itemChanged.connect(self._on_changed)

    @property
    def ticked(self) -> tuple[Any, ...]:
        """What is ticked, in order."""
        rows = zip(self._items, self._rows(), strict=True)
        return tuple(item for item, row in rows if _is_ticked(row))

    @property
    def are_all(self) -> bool:
        """Whether everything is ticked."""
        return all(map(_is_ticked, self._rows()))

    def fill(self, items: Sequence[tuple[Any, str]], ticked: Sequence[Any]) -> None:
        """Offer items by their words, some of them ticked."""
        self.rows.clear()
        # Kept here: Qt would give back another kind of value.
        self._items = [item for item, _ in items]
        for item, words in items:
            row = QListWidgetItem(" ".join(words.split()), self.rows)
            row.setToolTip(tool_tip(words))
            is_on = item in ticked
            state = Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
            row.setCheckState(state)
        self.rows.setCurrentRow(0)

    def _rows(self) -> list[QListWidgetItem]:
        return [self.rows.item(number) for number in range(self.rows.count())]

    @Slot(QListWidgetItem)
    def _on_changed(self, _row: QListWidgetItem) -> None:
        self.changed.emit()


def _is_ticked(row: QListWidgetItem) -> bool:
    return row.checkState() is Qt.CheckState.Checked
