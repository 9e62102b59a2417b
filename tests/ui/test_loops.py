"""A desk's loops on their threads: they begin, pause and end together."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING, Any

import pytest

from desk_app.settings import Settings
from desk_app.ui import loops
from desk_app.ui.loops import Loops
from desk_app.ui.memory import Memory
from desk_app.ui.run import Program
from desk_app.worker.reports import NotCarrying, Why
from tests.ui.conftest import open_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.factories import Practice


class Turning:
    """A loop that reports once for each start, and hangs at the end if it shall."""

    def __init__(self, report: object) -> None:
        self.report = report
        self.is_running = False
        self.let_go = threading.Event()
        self.let_go.set()

    def run(self, stop: threading.Event, report: Callable[[object], None]) -> None:
        self.is_running = True
        report(self.report)
        stop.wait()
        self.let_go.wait()
        self.is_running = False


@dataclasses.dataclass
class Pair:
    """What a desk has for its window to run."""

    listener: Any
    courier: Any


@pytest.fixture
def pair() -> Iterator[Pair]:
    pair = Pair(Turning("heard"), Turning("carried"))
    yield pair
    pair.courier.let_go.set()


def test_both_run_and_are_told_apart(pair: Pair, qtbot: QtBot) -> None:
    running = Loops(pair)  # type: ignore[arg-type]
    heard: list[object] = []
    carried: list[object] = []
    running.heard.connect(heard.append)
    running.carried.connect(carried.append)
    running.start()
    qtbot.waitUntil(lambda: bool(heard and carried))
    assert running.stop()
    assert (heard, carried) == (["heard"], ["carried"])


def test_a_locked_desk_neither_hears_nor_carries(pair: Pair, qtbot: QtBot) -> None:
    running = Loops(pair)  # type: ignore[arg-type]
    running.start()
    qtbot.waitUntil(lambda: pair.listener.is_running and pair.courier.is_running)
    running.set_going(False)
    qtbot.waitUntil(
        lambda: not pair.listener.is_running and not pair.courier.is_running
    )
    running.set_going(True)
    qtbot.waitUntil(lambda: pair.listener.is_running and pair.courier.is_running)
    assert running.stop()


def test_a_desk_may_have_no_courier(qtbot: QtBot) -> None:
    running = Loops(Pair(Turning("heard"), None))  # type: ignore[arg-type]
    with qtbot.waitSignal(running.heard):
        running.start()
    assert running.stop()


def test_who_hangs_does_not_keep_the_program_for_ever(
    pair: Pair, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "PATIENCE_MS", 100)
    pair.courier.let_go.clear()
    running = Loops(pair)  # type: ignore[arg-type]
    running.start()
    qtbot.waitUntil(lambda: pair.courier.is_running)
    assert not running.stop()
    pair.courier.let_go.set()
    assert running.stop()


def test_the_window_hears_of_its_courier_and_ends_it(
    database_url: str, practice: Practice, qtbot: QtBot
) -> None:
    said = NotCarrying(Why.NO_KEY)
    courier = Turning(said)
    desk = dataclasses.replace(open_desk(database_url), courier=courier)
    # Nothing is told before somebody listens.
    courier.let_go.clear()
    program = Program(lambda: desk, Settings(), Memory(None))
    program.begin()
    qtbot.waitUntil(lambda: program.window.desk is not None)
    front = program.window.desk
    assert front is not None
    courier.let_go.set()
    front.at_desk.guard.link_wanted.emit(False)
    qtbot.waitUntil(lambda: not courier.is_running)
    with qtbot.waitSignal(front.around.carried) as told:
        front.at_desk.guard.link_wanted.emit(True)
    assert told.args == [said]
    program.window.close()
    program.end()
    assert not courier.is_running
    program.window.deleteLater()
