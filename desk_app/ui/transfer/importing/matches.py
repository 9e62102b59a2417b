"""Names in a file beside who or what is meant here, chosen where nobody is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidgetItem, QWidget

from desk_app.domain.importing.plan import Match
from desk_app.ui import plain
from desk_app.ui.transfer.importing.field_cells import FieldCells
from desk_app.ui.transfer.importing.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

# What stands for "nobody has said", and for "these lines are left out".
OPEN, LEFT_OUT = -1, 0
MARGIN = 16


class Matches(FieldCells):
    """One row for each name; `changed` tells that another choice is made."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._texts: list[str] = []
        self._decided: dict[str, int] = {}
        self.setHorizontalHeaderLabels([tr("In the file"), title])
        self.setAccessibleName(title)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    @property
    def decided(self) -> tuple[Match, ...]:
        """What was chosen by hand."""
        return tuple(
            Match(text, None if number == LEFT_OUT else number)
            for text, number in self._decided.items()
        )

    @property
    def first_open(self) -> QComboBox | None:
        """The first name of which nobody has said yet what it means."""
        open_ones = (combo for combo in self.combos if combo.currentData() == OPEN)
        return next(open_ones, None)

    def show_matches(
        self, matches: Sequence[Match], ours: Sequence[tuple[int, str]]
    ) -> None:
        """Show the names of a file, and who of `ours` each one is."""
        self._texts = [match.text for match in matches]
        self.combos = []
        self.setRowCount(len(matches))
        height = self.fontMetrics().height() + MARGIN
        for row, match in enumerate(matches):
            text = plain.shortened(match.text, 100) or tr("(nothing)")
            self.setItem(row, 0, QTableWidgetItem(text))
            self.put_combo(row, 1, self._combo(match, ours))
            self.setRowHeight(row, height)
        self.join()

    def forget(self) -> None:
        """Forget what was chosen, for another file."""
        self._decided = {}

    def _combo(self, match: Match, ours: Sequence[tuple[int, str]]) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(tr("“%1” is", plain.shortened(match.text, 60)))
        combo.addItem(tr("Please choose"), OPEN)
        for number, name in ours:
            combo.addItem(plain.shortened(name, 100), number)
        combo.addItem(tr("Leave these lines out"), LEFT_OUT)
        found = self._decided.get(match.text, match.number or OPEN)
        combo.setCurrentIndex(max(0, combo.findData(found)))
        combo.activated.connect(self._on_activated)
        return combo

    @Slot()
    def _on_activated(self) -> None:
        for text, combo in zip(self._texts, self.combos, strict=True):
            if combo is self.sender():
                self._decided[text] = combo.currentData()
        self._decided = {t: n for t, n in self._decided.items() if n != OPEN}
        self.changed.emit()
