"""The settings of this desk: in its file, and as the window shows them now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.settings import Settings
    from desk_app.ui.letters import Letters
    from desk_app.ui.looks import Looks
    from desk_app.ui.memory import Memory
    from desk_app.ui.office.settings.section import Change


@dataclass(frozen=True)
class DeskFile:
    """Reads and writes the file; `opened` is what this desk began with."""

    memory: Memory
    opened: Settings
    looks: Looks
    letters: Letters

    def read(self) -> Settings:
        """Return what is kept, and what was chosen by a key since; raises Invalid."""
        kept = self.memory.read_settings(self.opened)
        return replace(
            kept,
            theme=self.looks.theme or kept.theme,
            zoom=self.looks.level,
            single_letters=self.letters.are_on,
        )

    def change(self, change: Change) -> Settings:
        """Write what was changed; raises Invalid."""
        return self.memory.change_settings(change.known, change.wanted)

    def show(self, chosen: Settings) -> None:
        """Let the window look as was chosen, as far as it can without a start."""
        self.looks.choose(chosen.theme, chosen.zoom)
        self.letters.switch(on=chosen.single_letters)
