"""Every screen of the program, by name: a function that opens it on a stage.

A new screen gets a function in this folder. It is given a `Scene`, opens its windows
with `scene.show`, and yields each time there is something new to see; what it showed
is closed after that. A test fails for a widget of `desk_app/ui` that no screen brings
up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desk_app.ui.front_desk import FrontDesk
    from tests.hostile.freeze import Turns
    from tests.hostile.stage import Facts, Stage

SIZE = 1200, 760


@dataclass
class Scene:
    """What a screen is opened with: a stage, a person, and the text of the stage."""

    stage: Stage
    text: str
    desk: FrontDesk
    qtbot: QtBot
    turns: Turns
    windows: list[QWidget] = field(default_factory=list)

    def show(self, make: Callable[[], QWidget]) -> Any:
        """Make a window and show it, which is one turn of the event loop."""
        with self.turns.turn():
            window = make()
            self.windows.append(window)
            window.show()
        return window

    def front_desk(self) -> FrontDesk:
        """Return the open front desk on the day that has everything, read anew."""
        self.windows.append(self.desk.window())
        with self.turns.turn():
            self.desk._source.look()
            self.desk.pager.reload()
            self.desk.pager.show_day_alone(tomorrow())
        self.settle()
        return self.desk

    @property
    def facts(self) -> Facts:
        """What the program read of the practice."""
        return self.stage.facts

    def settle(self) -> None:
        """Wait until the front desk shows everything, and no answer is on its way."""
        desk, calls = self.desk, self.desk._calls
        with self.turns.loop():
            self.qtbot.waitUntil(
                lambda: desk.is_settled and not calls.is_busy, timeout=10_000
            )

    def close(self) -> None:
        """Close what was shown, the last first; the front desk stays."""
        for window in reversed(self.windows):
            if window is not self.desk.window():
                window.hide()
                window.deleteLater()
        self.windows.clear()


Open: TypeAlias = Callable[[Scene], Iterator[None]]


@dataclass(frozen=True, slots=True)
class Screen:
    """How one screen opens.

    `shows` is the column whose text stands on it. What is `rare` opens for the texts
    that are likeliest to do harm, and for all of them with --hostile-all.
    """

    open: Open
    shows: str = ""
    rare: bool = False


SCREENS: dict[str, Screen] = {}


def screen(name: str, shows: str = "", *, rare: bool = False) -> Callable[[Open], Open]:
    """Take a function into the registry."""

    def enter(opens: Open) -> Open:
        SCREENS[name] = Screen(opens, shows, rare)
        return opens

    return enter


# Widgets that no screen brings up, each with the reason.
NEVER_SHOWN: dict[str, str] = {}
