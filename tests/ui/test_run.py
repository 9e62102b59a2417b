"""Starting and ending: a window at once, plain words when nothing opens."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from desk_app import settings
from desk_app.errors import DeskError, Unavailable, WrongSchema
from desk_app.settings import Settings, ThemeChoice
from desk_app.ui.memory import Memory, Remembered
from desk_app.ui.run import Program
from desk_app.ui.top_bar import View
from tests.ui.conftest import open_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk
    from tests.factories import Practice


class Builder:
    """Opens the desk when `gate` lets it, or fails with the next of `errors`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.gate = threading.Event()
        self.gate.set()
        self.errors: list[Exception] = []
        self.built: list[Desk] = []

    def __call__(self) -> Desk:
        self.gate.wait(5)
        if self.errors:
            raise self.errors.pop(0)
        self.built.append(open_desk(self._url))
        return self.built[-1]


@pytest.fixture
def builder(database_url: str, practice: Practice) -> Builder:
    return Builder(database_url)


@pytest.fixture
def program(builder: Builder) -> Iterator[Program]:
    program = Program(builder, Settings(), Memory(None))
    yield program
    program.window.close()
    program.end()
    program.window.deleteLater()


def buttons(program: Program) -> dict[str, QPushButton]:
    found = program.window.findChildren(QPushButton)
    return {button.text(): button for button in found if button.isVisible()}


def opened(program: Program) -> Callable[[], bool]:
    return lambda: program.window.desk is not None


def test_the_window_is_there_before_the_database(
    program: Program, builder: Builder, qtbot: QtBot
) -> None:
    builder.gate.clear()
    program.begin()
    assert program.window.isVisible()
    assert program.window.desk is None
    builder.gate.set()
    qtbot.waitUntil(opened(program))


def test_a_database_that_is_away_can_be_tried_again(
    program: Program, builder: Builder, qtbot: QtBot
) -> None:
    builder.errors = [Unavailable()]
    program.begin()
    qtbot.waitUntil(lambda: "Try again" in buttons(program))
    buttons(program)["Try again"].click()
    qtbot.waitUntil(opened(program))


@pytest.mark.parametrize("may", [True, False])
def test_an_older_database_may_be_updated_if_the_login_may(
    program: Program, builder: Builder, qtbot: QtBot, *, may: bool
) -> None:
    builder.errors = [WrongSchema(can_upgrade=may)]
    program.begin()
    qtbot.waitUntil(lambda: "Try again" in buttons(program))
    assert ("Update the database" in buttons(program)) is may


@pytest.mark.parametrize("error", [ValueError("Anna"), DeskError("Not today.")])
def test_whatever_fails_the_window_says_so(
    program: Program, builder: Builder, qtbot: QtBot, error: Exception
) -> None:
    builder.errors = [error]
    program.begin()
    qtbot.waitUntil(lambda: "Close" in buttons(program))
    assert program.failure is not None


def test_a_desk_that_opens_after_the_end_closes_itself(
    builder: Builder, qtbot: QtBot
) -> None:
    program = Program(builder, Settings(), Memory(None))
    builder.gate.clear()
    program.begin()
    program.window.close()
    threading.Timer(0.2, builder.gate.set).start()
    program.end()
    (desk,) = builder.built
    with pytest.raises(Unavailable):
        desk.diary.catalogue()


def test_closing_while_nothing_answers_takes_no_second(
    program: Program, builder: Builder, qtbot: QtBot
) -> None:
    program.begin()
    qtbot.waitUntil(opened(program))
    began = time.monotonic()
    program.window.close()
    program.end()
    assert time.monotonic() - began < 1.0


def test_the_memory_keeps_demo_and_practice_apart(tmp_path: Path) -> None:
    left = Remembered(b"xyz", View.WEEK, 4, frozenset({7, 9}), rail_is_open=False)
    Memory(tmp_path, is_demo=True).save(left)
    assert Memory(tmp_path, is_demo=True).load() == left
    assert Memory(tmp_path).load() == Remembered()


def test_colours_and_zoom_go_into_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    settings.save(Settings(database="postgresql://db/practice"), file)
    Memory(tmp_path).save_choices(ThemeChoice.DARK, 5)
    kept = settings.load(file)
    assert (kept.theme, kept.zoom) == (ThemeChoice.DARK, 5)
    assert kept.database == "postgresql://db/practice"


def test_a_broken_memory_is_no_reason_not_to_start(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_bytes(b"[practice]\nhidden=a,2\nview=\x00\n")
    assert Memory(tmp_path).load().hidden == {2}
