"""The first rows of a file, with a field above each column that says what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidgetItem, QWidget

from desk_app.domain.importing.columns import FIELDS, MANY, Field
from desk_app.ui import plain, privacy
from desk_app.ui.transfer.importing import words
from desk_app.ui.transfer.importing.field_cells import FieldCells
from desk_app.ui.transfer.importing.words import tr

if TYPE_CHECKING:
    from desk_app.domain.importing.columns import Subject
    from desk_app.domain.importing.plan import Reading

SHOWN = 20
NARROWEST, WIDEST = 150, 260
MARGIN = 12


class Preview(FieldCells):
    """Shows twenty rows below their columns' fields.

    Signals:
        mapped: a column holds something else now.
    """

    mapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 0, parent)
        self._reading: Reading | None = None
        self._build()
        privacy.current().changed.connect(self._rewrite)

    @property
    def fields(self) -> tuple[Field, ...]:
        """What each column holds."""
        return tuple(Field(combo.currentData()) for combo in self.combos)

    def show_reading(self, reading: Reading, subject: Subject) -> None:
        """Show the first rows of a file."""
        is_same = self._reading is not None and len(self.combos) == len(reading.fields)
        self._reading = reading
        if not is_same or self._names() != reading.names:
            self._build_columns(reading)
        self._offer(subject)
        for combo, field in zip(self.combos, reading.fields, strict=True):
            _choose(combo, field)
        self._rewrite()

    def _build(self) -> None:
        self.setAccessibleName(tr("The first rows of the file"))
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def _names(self) -> tuple[str, ...]:
        titles = (self.horizontalHeaderItem(at) for at in range(self.columnCount()))
        return tuple(title.data(Qt.ItemDataRole.UserRole) for title in titles if title)

    def _build_columns(self, reading: Reading) -> None:
        self.clear()
        self.combos = []
        self.setRowCount(1 + min(SHOWN, len(reading.table.rows)))
        self.setColumnCount(len(reading.names))
        height = self.fontMetrics().height() + MARGIN
        self.verticalHeader().setDefaultSectionSize(height)
        self.setRowHeight(0, height + MARGIN)
        for at, name in enumerate(reading.names):
            title = QTableWidgetItem(plain.shortened(name, 60))
            title.setData(Qt.ItemDataRole.UserRole, name)
            self.setHorizontalHeaderItem(at, title)
            combo = QComboBox()
            combo.setAccessibleName(tr("“%1” holds", plain.shortened(name, 60)))
            combo.activated.connect(self._on_activated)
            self.put_combo(0, at, combo)
        self.join()
        self._size_columns(reading)

    def _size_columns(self, reading: Reading) -> None:
        """Give each column room for what stands in it, within bounds."""
        scale = self.fontMetrics().height() / 16
        letter = self.fontMetrics().averageCharWidth()
        header = self.horizontalHeader()
        for at in range(len(reading.names)):
            texts = (row.cells[at : at + 1] for row in reading.table.rows[:SHOWN])
            longest = max((len(text[0]) for text in texts if text), default=0)
            wanted = min(max(longest * letter + 24, NARROWEST * scale), WIDEST * scale)
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(at, round(wanted))

    def _offer(self, subject: Subject) -> None:
        for combo in self.combos:
            if combo.count() != len(FIELDS[subject]):
                combo.clear()
                for field in FIELDS[subject]:
                    combo.addItem(words.field(field), field.value)

    def _rewrite(self) -> None:
        """Write the cells, or nothing of them while names are hidden."""
        reading = self._reading
        if reading is None:
            return
        faint = self.palette().color(QPalette.ColorRole.PlaceholderText)
        fields = self.fields
        for number, row in enumerate(reading.table.rows[:SHOWN], start=1):
            for at in range(len(fields)):
                text = row.cells[at] if at < len(row.cells) else ""
                line = plain.shortened(" ".join(text[:400].split()), 200)
                item = QTableWidgetItem(privacy.phone(line))
                if fields[at] is Field.IGNORED:
                    item.setForeground(faint)
                self.setItem(number, at, item)

    def _on_activated(self) -> None:
        """Let no other column hold what only one can."""
        changed = self.sender()
        for combo in self.combos:
            field = Field(combo.currentData())
            wanted = Field(changed.currentData()) if changed in self.combos else None
            if combo is not changed and field is wanted and field not in MANY:
                _choose(combo, Field.IGNORED)
        self.mapped.emit()


def _choose(combo: QComboBox, field: Field) -> None:
    combo.setCurrentIndex(max(0, combo.findData(field.value)))
