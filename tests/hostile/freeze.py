"""Measures how long the window was away from its event loop at a stretch."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What a person takes for frozen, in seconds.
FREEZE = 0.5
# On a machine that is slow for ordinary texts too, so many times as slow as these.
TIMES_ORDINARY = 4
TRIES = 3
# How often a running event loop is looked at.
PULSE_MS = 5
# Where Linux counts how long a thread had a processor, and how long it wanted one.
SCHEDULED = Path("/proc/thread-self/schedstat")


def clock() -> float:
    """Return the seconds in which this thread had a processor or wanted none.

    What the other programs of a busy machine take is no freeze of the window.
    """
    now, kept_waiting = time.monotonic(), 0
    with suppress(OSError):
        kept_waiting = int(SCHEDULED.read_text(encoding="ascii").split()[1])
    return now - kept_waiting / 1e9


class Turns(QObject):
    """Knows the longest turn: so long the window saw nothing of what happens."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._began = 0.0
        self._pulse = QTimer(self, interval=PULSE_MS)
        self._pulse.timeout.connect(self._on_pulse)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Measure one thing that the window does at a stretch, and its painting."""
        self._began = clock()
        yield
        self._on_pulse()
        QApplication.processEvents()
        self._on_pulse()

    @contextmanager
    def loop(self) -> Iterator[None]:
        """Measure the turns of an event loop that runs meanwhile."""
        self._began = clock()
        self._pulse.start()
        yield
        self._pulse.stop()
        self._on_pulse()

    @Slot()
    def _on_pulse(self) -> None:
        now = clock()
        self.longest = max(self.longest, now - self._began)
        self._began = now


def longest_turn(act: Callable[[Turns], object]) -> float:
    """Return the longest turn while something is done."""
    turns = Turns()
    act(turns)
    turns.deleteLater()
    return turns.longest


def assert_no_freeze(
    act: Callable[[Turns], object], ordinary: Callable[[], float] | None = None
) -> None:
    """Fail if something freezes the window each time it is tried.

    `ordinary` measures the longest turn of the same with an ordinary text; it is
    asked only when there is something to excuse.
    """
    measured: list[float] = []
    while len(measured) < TRIES:
        measured.append(longest_turn(act))
        if measured[-1] <= FREEZE:
            return
    allowed = max(FREEZE, TIMES_ORDINARY * (ordinary() if ordinary else 0))
    if min(measured) > allowed:
        said = f"froze for {min(measured):.2f} s, {allowed:.2f} s allowed"
        raise AssertionError(said)
