"""The settings of this desk: in its file, and as the window shows them now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.settings import Settings, ThemeChoice
    from desk_app.ui.letters import Letters
    from desk_app.ui.looks import Looks
    from desk_app.ui.memory import Memory
    from desk_app.ui.office.settings.section import Change


@dataclass(frozen=True, slots=True)
class Shown:
    """What the window shows now; `theme` is None where nobody has chosen one."""

    theme: ThemeChoice | None
    zoom: int
    single_letters: bool


@dataclass(frozen=True)
class DeskFile:
    """Reads and writes the file; `opened` is what this desk began with."""

    memory: Memory
    opened: Settings
    looks: Looks
    letters: Letters

    def shown(self) -> Shown:
        """Return what was chosen by a key since the start, or stands there still."""
        return Shown(self.looks.theme, self.looks.level, self.letters.are_on)

    def read(self, shown: Shown) -> Settings:
        """Return what is kept, with what the window shows; raises Invalid."""
        kept = self.memory.read_settings(self.opened)
        return replace(
            kept,
            theme=shown.theme or kept.theme,
            zoom=shown.zoom,
            single_letters=shown.single_letters,
        )

    def change(self, change: Change) -> Settings:
        """Write what was changed; raises Invalid."""
        return self.memory.change_settings(change.known, change.wanted)

    def show(self, chosen: Settings) -> None:
        """Let the window look as was chosen, as far as it can without a start."""
        self.looks.choose(chosen.theme, chosen.zoom)
        self.letters.switch(on=chosen.single_letters)
