"""A loop of the worker on a thread of the window."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.ui import loop_thread
from desk_app.ui.loop_thread import LoopThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class Counting:
    """Reports once for each turn and fails in the first ones."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.turns = 0

    def run(self, stop: threading.Event, report: Callable[[object], None]) -> None:
        self.turns += 1
        if self.turns <= self.failures:
            raise RuntimeError("Anna Weiß")
        report(self.turns)
        stop.wait(10)


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.thread_ids: set[int] = set()

    @Slot(object)
    def hear(self, report: object) -> None:
        self.thread_ids.add(threading.get_ident())
        self.heard.append(report)


def test_reports_arrive_on_the_gui_thread(qtbot: QtBot) -> None:
    thread, ear = LoopThread(Counting()), Ear()
    thread.reported.connect(ear.hear)
    thread.start()
    qtbot.waitUntil(lambda: ear.heard == [1])
    assert ear.thread_ids == {threading.get_ident()}
    assert thread.stop()


def test_a_loop_stops_at_once(qtbot: QtBot) -> None:
    thread = LoopThread(Counting())
    with qtbot.waitSignal(thread.reported):
        thread.start()
    began = time.monotonic()
    assert thread.stop()
    assert time.monotonic() - began < 0.5


def test_a_loop_that_fails_is_started_again(qtbot: QtBot) -> None:
    loop = Counting(failures=1)
    thread, ear = LoopThread(loop), Ear()
    thread.reported.connect(ear.hear)
    thread.start()
    patience = int(loop_thread.RESTART_AFTER * 1000) + 3000
    qtbot.waitUntil(lambda: ear.heard == [2], timeout=patience)
    assert thread.stop()


def test_a_loop_that_was_paused_runs_again(qtbot: QtBot) -> None:
    thread, ear = LoopThread(Counting()), Ear()
    thread.reported.connect(ear.hear)
    thread.start()
    qtbot.waitUntil(lambda: ear.heard == [1])
    thread.pause()
    thread.resume()
    qtbot.waitUntil(lambda: ear.heard == [1, 2])
    thread.pause()
    qtbot.waitUntil(thread.isFinished)
    thread.resume()
    qtbot.waitUntil(lambda: ear.heard == [1, 2, 3])
    assert thread.stop()
