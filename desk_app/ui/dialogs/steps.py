"""The steps of a client's way, as buttons of the dialog about their appointment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.grid.words import STEP_KEYS, step_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.deeds import Mark


class Steps(QWidget):
    """One button for each step that is possible, with the key it has in the schedule.

    Signals:
        wanted: a step is wished for (`Mark`).
    """

    wanted = Signal(object)

    def __init__(self, steps: Sequence[Mark], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = {Qt.Key(ord(STEP_KEYS[step])): step for step in steps}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for step in steps:
            button = PromptButton(f"{step_word(step)} ({STEP_KEYS[step]})")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.wanted.emit, step))
            row.addWidget(button)
        row.addStretch(1)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a letter means; say whether it meant anything."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = self._keys.get(Qt.Key(event.key()))
        if step is None or held or event.isAutoRepeat():
            return False
        self.wanted.emit(step)
        return True
