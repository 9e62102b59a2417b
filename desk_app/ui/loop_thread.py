"""Holds a loop of the worker on a thread and turns its reports into a signal."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desk_app.ui.calls import log_problem

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_MS = 5_000
RESTART_AFTER = 2.0
log = logging.getLogger(__name__)


class Loop(Protocol):
    """What a thread can hold: the listener, the courier."""

    def run(self, stop: threading.Event, report: Callable[[object], None]) -> None:
        """Work until `stop` is set; look at it at least once a second."""


class LoopThread(QThread):
    """Runs one loop; `reported` carries each frozen report to the GUI thread."""

    reported = Signal(object)

    def __init__(self, loop: Loop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop = loop
        self._stop = threading.Event()
        self._goes_on = False
        self.finished.connect(self._on_finished)

    def stop(self) -> bool:
        """Ask the loop to end and wait for it; say whether it ended in time."""
        self.pause()
        return self.wait(PATIENCE_MS)

    def pause(self) -> None:
        """Ask the loop to end, and do not wait for it."""
        self._goes_on = False
        self._stop.set()

    def resume(self) -> None:
        """Run again after a pause, once what ran before it has ended."""
        self._goes_on = True
        if not self.isRunning():
            self._on_finished()

    @Slot(bool)
    def set_going(self, is_going: bool) -> None:
        """Pause, or run again."""
        if is_going:
            self.resume()
        else:
            self.pause()

    def run(self) -> None:
        while not self._stop.is_set():
            try:
                self._loop.run(self._stop, self.reported.emit)
            except Exception as error:  # noqa: BLE001 (the top of a loop)
                log_problem(log, error)
                self._stop.wait(RESTART_AFTER)

    @Slot()
    def _on_finished(self) -> None:
        if self._goes_on and not self.isRunning():
            self._goes_on = False
            self._stop.clear()
            self.start()
