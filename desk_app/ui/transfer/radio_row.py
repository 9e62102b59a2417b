"""A few choices side by side, of which one is made, and what it means below."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.prompt import PromptRadio

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

C = TypeVar("C", bound=StrEnum)


class RadioRow(QWidget, Generic[C]):
    """The first choice is made; arrows make another.

    Signals:
        changed: another choice is made.
    """

    changed = Signal()

    def __init__(
        self,
        choices: Sequence[C],
        name: Callable[[C], str],
        about: Callable[[C], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._about = about
        self.buttons = {choice: PromptRadio(name(choice)) for choice in choices}
        self._words = hint("")
        row = QHBoxLayout()
        row.setSpacing(18)
        for button in self.buttons.values():
            row.addWidget(button)
            button.toggled.connect(self._on_toggled)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._words)
        self.choose(choices[0])

    @property
    def chosen(self) -> C:
        """The choice that is made."""
        return next(c for c, button in self.buttons.items() if button.isChecked())

    def choose(self, choice: C) -> None:
        """Make a choice."""
        self.buttons[choice].setChecked(True)

    def offer(self, choices: Collection[C]) -> None:
        """Show these choices only; the first of them is made if need be."""
        for choice, button in self.buttons.items():
            button.setVisible(choice in choices)
        if self.chosen not in choices:
            self.choose(next(choice for choice in self.buttons if choice in choices))

    def enter(self) -> None:
        """Put the keyboard onto the choice that is made."""
        self.buttons[self.chosen].setFocus()

    @Slot(bool)
    def _on_toggled(self, is_made: bool) -> None:
        # Of two signals, one for each button, the second tells of the new choice.
        if is_made:
            self._words.setText(self._about(self.chosen))
            self.changed.emit()
