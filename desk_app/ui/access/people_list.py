"""Who may come: names to choose from, and a way for a login that is not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from desk_app.ui.access import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.staff import Staff

MOST_ROWS = 7
ROW = 30


class PeopleList(QListWidget):
    """One row for each person; a letter leads to the next name that begins so.

    Signals:
        chosen: the row has changed.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("people")
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentRowChanged.connect(self.chosen)

    @property
    def login(self) -> str:
        """The login of the chosen person; "" for one that is typed."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def show_people(self, people: Sequence[Staff], *, are_all: bool) -> None:
        """Offer these people, the first one chosen; who else may come types a login."""
        self.blockSignals(True)
        self.clear()
        for person in people:
            self._add(words.person(person), person.login)
        if not are_all:
            self._add(self.tr("With a login name…"), "")
        self.setCurrentRow(0)
        self.blockSignals(False)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for as many rows as there are, up to a limit."""
        rows = min(max(self.count(), 1), MOST_ROWS)
        return QSize(200, rows * self._row_height() + 2 * self.frameWidth() + 4)

    def minimumSizeHint(self) -> QSize:
        """Never be lower than that."""
        return self.sizeHint()

    def _add(self, text: str, login: str) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, login)
        item.setSizeHint(QSize(100, self._row_height()))
        self.addItem(item)

    def _row_height(self) -> int:
        return self.fontMetrics().height() * ROW // 16
