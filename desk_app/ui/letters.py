"""Whether single letters are commands in the schedule, or begin a booking there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.ui import shortcuts

if TYPE_CHECKING:
    from desk_app.ui.grid.view import DiaryView


class Letters(QObject):
    """The switch; who speaks to the program, or slips easily, turns them off."""

    def __init__(self, view: DiaryView, *, on: bool) -> None:
        super().__init__(view)
        self._view = view
        view.keys.has_letters = on

    @property
    def are_on(self) -> bool:
        """Whether they are commands."""
        return self._view.keys.has_letters

    def switch(self, *, on: bool) -> None:
        """Let them be commands, or not."""
        self._view.keys.has_letters = on
        shortcuts.switch_letters(self._view, on=on)
