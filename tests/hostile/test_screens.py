"""Whatever stands in the database, every screen shows it as letters, and at once."""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import desk_app.ui
from tests.hostile import markup
from tests.hostile.freeze import assert_no_freeze, longest_turn
from tests.hostile.screens import NEVER_SHOWN, SCREENS, Scene
from tests.hostile.texts import ORDINARY, TEXTS, Text

if TYPE_CHECKING:
    from desk_app.ui.front_desk import FrontDesk
    from tests.hostile.freeze import Turns
    from tests.hostile.screens import Screen
    from tests.hostile.stage import Stage

# Of the machine's fonts, not of the program.
pytestmark = pytest.mark.qt_log_ignore("OpenType support missing", extend=True)

# Those that are likeliest to harm what draws them open every screen, the others a few:
# all together open each screen some twenty times.
LIKELIEST = {"picture", "css", "zalgo", "long-word", "many-lines", "mnemonic"}
# What the database refuses can still be part of what is said about it.
UNSTORED = ("start page", "message box")


class Looker:
    """Opens screens, and finds what is wrong with what they show."""

    def __init__(self, stage: Stage, desk: FrontDesk, qtbot: QtBot) -> None:
        self._stage, self._desk, self._qtbot = stage, desk, qtbot
        self._taken: frozenset[str] = frozenset()
        self._text = ""
        self.seen: set[type] = set()

    def rename(self, text: str) -> bool:
        """Give everybody another name; say whether any column took it."""
        self._text, self._taken = text, self._stage.rename(text)
        return bool(self._taken)

    def ordinary_turn(self, screen: Screen) -> float:
        """Return the longest turn of a screen that shows an ordinary text."""
        text = self._text
        self.rename(ORDINARY.text)
        longest = longest_turn(partial(self.look, screen))
        self.rename(text)
        return longest

    def look(self, screen: Screen, turns: Turns) -> None:
        """Open a screen, look at all it shows, and close it."""
        scene = self._scene(turns)
        try:
            words = [word for _ in screen.open(scene) for word in self._look(scene)]
        finally:
            scene.close()
        if screen.shows in self._taken:
            wanted = visible(self._text)[:30]
            assert any(wanted in visible(word) for word in words)

    def _look(self, scene: Scene) -> list[str]:
        windows = scene.windows
        for widget in markup.widgets(*windows):
            self.seen |= {*type(widget).__mro__}
        assert markup.risks(*windows) == []
        assert markup.swallowed_keys(self._text, *windows) == []
        if "magenta" in self._text:
            assert markup.paints_magenta(*windows) == []
        return list(markup.words(*windows))

    def _scene(self, turns: Turns) -> Scene:
        return Scene(self._stage, self._text, self._desk, self._qtbot, turns)


def visible(text: str) -> str:
    """Return the letters of a text that can be seen, with single spaces."""
    kept = (char for char in text if unicodedata.category(char) not in ("Cf", "Cc"))
    return " ".join("".join(kept).split())


@pytest.fixture(scope="module")
def looker(stage: Stage, desk: FrontDesk, request: pytest.FixtureRequest) -> Looker:
    """Return somebody who looks at screens."""
    return Looker(stage, desk, QtBot(request))


def opened_for(text: Text, *, everything: bool) -> list[str]:
    """Return the screens to look at: all of them, or each ninth of the usual ones."""
    if everything or text.name in LIKELIEST:
        return list(SCREENS)
    usual = [name for name, screen in SCREENS.items() if not screen.rare]
    return usual[TEXTS.index(text) % 9 :: 9]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_every_screen_shows_a_text_as_letters_and_at_once(
    looker: Looker, text: Text, pytestconfig: pytest.Config
) -> None:
    is_stored = looker.rename(text.text)
    everything = pytestconfig.getoption("--hostile-all")
    for name in opened_for(text, everything=everything) if is_stored else UNSTORED:
        screen = SCREENS[name]
        ordinary = partial(looker.ordinary_turn, screen)
        assert_no_freeze(partial(looker.look, screen), ordinary)


def test_every_widget_of_the_program_is_looked_at(looker: Looker) -> None:
    """A new page or dialog must be entered in tests/hostile/screens.py."""
    looker.rename(ORDINARY.text)
    for screen in SCREENS.values():
        longest_turn(partial(looker.look, screen))
    expected = widgets_of_the_program()
    assert len(expected) > 30
    assert expected - {kind.__name__ for kind in looker.seen} == {*NEVER_SHOWN}


def widgets_of_the_program() -> set[str]:
    """Return the names of all widgets that `desk_app/ui` defines."""
    modules = pkgutil.walk_packages(desk_app.ui.__path__, "desk_app.ui.")
    return {
        thing.__name__
        for module in modules
        for thing in vars(importlib.import_module(module.name)).values()
        if isinstance(thing, type) and issubclass(thing, QWidget)
        if thing.__module__.startswith("desk_app.")
    }
