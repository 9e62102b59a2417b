"""The end of a client's file: which entries were merged into it, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.clients import file_words
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.client_file import ClientFile, Merge
    from desk_app.ui.dialogs.ports import Screen


class MoreOfClient(QWidget):
    """Hidden while nothing was merged.

    Signals:
        separate_wanted: a merge is to be taken back (its number).
    """

    separate_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[PromptButton] = []
        self._lines: list[QWidget] = []
        self._merges: list[Merge] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    @property
    def buttons(self) -> tuple[PromptButton, ...]:
        """One for each merge."""
        return tuple(self._buttons)

    def show_file(self, file: ClientFile, screen: Screen) -> None:
        """Show the merges of a file."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines, self._buttons, self._merges = [], [], []
        for merge in file.merges:
            self._add(merge, screen)
        self.setVisible(bool(file.merges))

    def _add(self, merge: Merge, screen: Screen) -> None:
        words = PlainLabel(file_words.merged(merge, screen))
        words.setWordWrap(True)
        set_ink(words, Ink.MUTED)
        button = PromptButton(self.tr("Separate"))
        button.setAutoDefault(False)
        button.setAccessibleDescription(words.text())
        button.clicked.connect(self._on_clicked)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(button)
        self._column.addWidget(line)
        self._lines.append(line)
        self._buttons.append(button)
        self._merges.append(merge)

    @Slot()
    def _on_clicked(self) -> None:
        pressed = self.sender()
        for button, merge in zip(self._buttons, self._merges, strict=True):
            if button is pressed:
                self.separate_wanted.emit(merge.merge_id)
