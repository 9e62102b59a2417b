"""A page that opens a dialog of its own: what it holds, and one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.office.page import OfficePage, focus

if TYPE_CHECKING:
    from collections.abc import Callable


class OpeningPage(OfficePage):
    """Says what can be done and where; `opens` shows it."""

    def __init__(
        self,
        about: str,
        words: str,
        button: str,
        opens: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(about, parent)
        self.button = PromptButton(button)
        self.button.setAutoDefault(False)
        self._opens = opens
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(hint(words), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addStretch(1)

    def begin(self) -> None:
        """Nothing is read here."""

    def enter(self) -> None:
        """Put the keyboard onto the button."""
        focus(self.button)

    @Slot()
    def _on_clicked(self) -> None:
        self._opens()
