"""A page of people beside the schedule: arrows choose, letters act, buttons too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.empty import EmptyState
from desk_app.ui.rows import RowsModel
from desk_app.ui.side.rows import make_list
from desk_app.ui.waiting.rows import ThingRole, WhoRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.ui.empty import EmptyWords

_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done with the chosen one: a word for it, its key, its button."""

    name: str
    key: Qt.Key
    text: str


class PeoplePage(QWidget):
    """One tab stop for the list, then a button for each deed.

    Signals:
        wanted: a deed is wished for the chosen one (its name, the person).
    """

    wanted = Signal(str, object)

    def __init__(
        self,
        name: str,
        empty: EmptyWords,
        deeds: Sequence[Deed],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = RowsModel(self)
        self._deeds = {deed.key: deed for deed in deeds}
        self._build(name, empty)

    @property
    def chosen(self) -> Any:
        """Whom the cursor is on, None for nobody."""
        return self.list.currentIndex().data(ThingRole)

    @property
    def said(self) -> str:
        """What stands in place of a list, "" while there is one."""
        return self.empty.said

    def show_rows(self, rows: Sequence[dict[int, Any]]) -> None:
        """Show these people; the cursor stays with whom it was on, if they are here."""
        current = self.list.currentIndex()
        before, place = current.data(WhoRole), max(current.row(), 0)
        self.model.put_rows(rows, same=WhoRole)
        row = self.model.place_of(WhoRole, before)
        if rows:
            row = min(place if row < 0 else row, len(rows) - 1)
            self.list.setCurrentIndex(self.model.index(row))
        self.empty.stand_for(self, self.list, *self._buttons, is_empty=not rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the deeds from the list, which would search by them."""
        if watched is self.list and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            if is_press and self._take(event):
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Enter:
            key = Qt.Key.Key_Return
        deed = self._deeds.get(key)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if deed is None or held or event.isAutoRepeat():
            return False
        self._want(deed)
        return True

    def _want(self, deed: Deed) -> None:
        if self.chosen is not None:
            self.wanted.emit(deed.name, self.chosen)

    def _build(self, name: str, empty: EmptyWords) -> None:
        self.list = make_list(self.model, name)
        self.list.installEventFilter(self)
        self.empty = EmptyState(empty)
        self._buttons = [self._button(deed) for deed in self._deeds.values()]
        below = QGridLayout()
        below.setContentsMargins(16, 8, 16, 14)
        below.setSpacing(8)
        for place, button in enumerate(self._buttons):
            below.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(below)
        self.show_rows(())

    def _button(self, deed: Deed) -> PromptButton:
        button = PromptButton(deed.text)
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._want, deed))
        return button
