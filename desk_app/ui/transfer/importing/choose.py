"""The first step: what the file holds, the file itself, and what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.importing.columns import Subject
from desk_app.ui import format as shown
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel
from desk_app.ui.transfer.importing import words
from desk_app.ui.transfer.importing.drop_area import DropArea
from desk_app.ui.transfer.importing.rows_table import TextTable
from desk_app.ui.transfer.importing.words import tr
from desk_app.ui.transfer.radio_row import RadioRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.importing.outcome import ImportLine


class ChooseStep(QWidget):
    """Takes a file; lists the imports so far, of which one can be taken back.

    Signals:
        undo_wanted: an import shall be taken back (`ImportLine`).
    """

    undo_wanted = Signal(object)

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._lines: tuple[ImportLine, ...] = ()
        self._build()
        self.undo.clicked.connect(self._on_undo)
        self.earlier.selectionModel().currentRowChanged.connect(self._follow)

    @property
    def subject(self) -> Subject:
        """What the rows of the file are."""
        chosen: Subject = self.subjects.chosen
        return chosen

    @property
    def chosen(self) -> ImportLine | None:
        """The earlier import that is chosen."""
        row = self.earlier.currentIndex().row()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show_imports(self, lines: Sequence[ImportLine]) -> None:
        """List the imports so far, the latest first."""
        self._lines = tuple(lines)
        self.earlier.put_rows([self._row(line) for line in lines])
        self._earlier.setVisible(bool(lines))
        self._follow()

    def enter(self) -> None:
        """Put the keyboard to where one begins."""
        self.drop.browse.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back what is chosen in the list by Delete."""
        if event.key() == Qt.Key.Key_Delete and self.earlier.hasFocus():
            self._on_undo()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        title = PlainLabel(tr("What the file holds"))
        sized(title, 1.1, bold=True)
        self.subjects = RadioRow([*Subject], words.subject, words.about)
        self.drop = DropArea()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 6, 20, 16)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(self.subjects)
        column.addWidget(self.drop)
        column.addSpacing(6)
        column.addWidget(self._build_earlier(), 1)
        column.addStretch(0)

    def _build_earlier(self) -> QWidget:
        self._earlier = QWidget()
        label = PlainLabel(tr("&Imports so far"))
        sized(label, 1.1, bold=True)
        titles = (tr("When"), tr("What"), tr("Rows"), tr("By"), tr("File"))
        self.earlier = TextTable(titles, tr("Imports so far"))
        self.earlier.share(18, 14, 22, 16)
        label.setBuddy(self.earlier)
        self.undo = PromptButton(tr("Take &back…"))
        self.undo.setAutoDefault(False)
        self.undo.setToolTip(tr("Delete"))
        keys = QHBoxLayout()
        keys.addWidget(self.undo)
        keys.addStretch(1)
        column = QVBoxLayout(self._earlier)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label)
        column.addWidget(self.earlier, 1)
        column.addLayout(keys)
        self._earlier.hide()
        return self._earlier

    def _row(self, line: ImportLine) -> tuple[str, ...]:
        local = line.at.astimezone(self._zone)
        when = f"{shown.short_date(local.date())}, {shown.time(line.at, self._zone)}"
        rows = words.number(line.rows)
        if line.undone_at is not None:
            rows = tr("%1, taken back", rows)
        return when, words.kind(line.kind), rows, line.by, line.file_name

    @Slot()
    def _follow(self) -> None:
        line = self.chosen
        self.undo.setEnabled(line is not None and line.undone_at is None)

    @Slot()
    def _on_undo(self) -> None:
        if self.chosen is not None and self.chosen.undone_at is None:
            self.undo_wanted.emit(self.chosen)
