"""A field that finds one of many: typing any part of its name offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent

MOST_OFFERED = 12


class SearchBox(QComboBox):
    """One choice among entries of a value and its words.

    Signals:
        chosen: another value stands in the field.
    """

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: Any = None
        self._edit = QLineEdit()
        self._edit.setAccessibleName(name)
        self.setEditable(True)
        self.setLineEdit(self._edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.setMaxVisibleItems(MOST_OFFERED)
        # The longest of hundreds of names says nothing about the width of a form.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        offered = QCompleter(self.model(), self)
        offered.setFilterMode(Qt.MatchFlag.MatchContains)
        offered.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        offered.setMaxVisibleItems(MOST_OFFERED)
        self.setCompleter(offered)
        offered.activated.connect(self._tell)
        self.activated.connect(self._tell)
        self._edit.editingFinished.connect(self._tell)

    @property
    def value(self) -> Any:
        """What is chosen; None while the field holds no entry's words."""
        text = self.currentText().strip().casefold()
        row = self._row_of(text)
        return None if row < 0 else self.itemData(row)

    def set_entries(self, entries: Iterable[tuple[Any, str]]) -> None:
        """Offer these values by their words, in this order."""
        self.clear()
        for value, words in entries:
            self.addItem(words, value)

    def choose(self, value: object) -> None:
        """Show a value; one that is not offered is added as it is."""
        row = self.findData(value)
        if row < 0:
            self.addItem(str(value), value)
            row = self.count() - 1
        self.setCurrentIndex(row)
        self.setEditText(self.itemText(row))
        self._said = value

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let typing replace what stands there."""
        super().focusInEvent(event)
        self._edit.selectAll()

    @Slot()
    def _tell(self) -> None:
        value = self.value
        if value is not None and value != self._said:
            self.choose(value)
            self.chosen.emit()

    def _row_of(self, text: str) -> int:
        """Return the entry of these words, or the only one that holds them, else -1."""
        rows = range(self.count())
        same = [row for row in rows if self.itemText(row).casefold() == text]
        if same or not text:
            return same[0] if same else -1
        near = [row for row in rows if text in self.itemText(row).casefold()]
        return near[0] if len(near) == 1 else -1
