"""Measures how long the window was away from its event loop at a stretch."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What a person takes for frozen, in seconds.
FREEZE = 0.5
# On a machine that is slow for ordinary texts too, so many times as slow as these.
TIMES_ORDINARY = 4
TRIES = 3


class Turns(QObject):
    """Knows the longest turn: of the event loop itself, and of what a test does in it.

    A turn is the time between two looks of the loop at what else has happened.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._woke: float | None = None
        loop = QAbstractEventDispatcher.instance()
        loop.awake.connect(self._on_awake)
        loop.aboutToBlock.connect(self._on_blocking)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Measure one thing that the window does at a stretch, and its painting."""
        began = time.monotonic()
        yield
        self._ended(began)
        for _ in range(2):
            began = time.monotonic()
            QApplication.processEvents()
            self._ended(began)

    @Slot()
    def _on_awake(self) -> None:
        self._woke = time.monotonic()

    @Slot()
    def _on_blocking(self) -> None:
        if self._woke is not None:
            self._ended(self._woke)
        self._woke = None

    def _ended(self, began: float) -> None:
        self.longest = max(self.longest, time.monotonic() - began)


def longest_turn(act: Callable[[Turns], object]) -> float:
    """Return the longest turn while something is done."""
    turns = Turns()
    act(turns)
    turns.deleteLater()
    return turns.longest


def assert_no_freeze(act: Callable[[Turns], object], ordinary: float = 0.0) -> None:
    """Fail if something freezes the window each time it is tried.

    `ordinary` is the longest turn of the same with an ordinary text.
    """
    allowed = max(FREEZE, TIMES_ORDINARY * ordinary)
    measured: list[float] = []
    while len(measured) < TRIES:
        measured.append(longest_turn(act))
        if measured[-1] <= allowed:
            return
    raise AssertionError(f"froze for {min(measured):.2f} s, {allowed:.2f} s allowed")
