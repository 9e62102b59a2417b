"""The loops beside a front desk: one hears of other desks, one carries outside."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desk_app.ui.loop_thread import PATIENCE_MS, LoopThread

if TYPE_CHECKING:
    from desk_app.desk import Desk


class Loops(QObject):
    """Begins, pauses and ends them together.

    Signals:
        heard: what the listener reports.
        carried: what the courier reports.
    """

    heard = Signal(object)
    carried = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The program's, not of this: one that still runs must not be destroyed.
        listening = LoopThread(desk.listener, parent)
        listening.reported.connect(self.heard)
        self._threads = [listening]
        if desk.courier is not None:
            carrying = LoopThread(desk.courier, parent)
            carrying.reported.connect(self.carried)
            self._threads.append(carrying)

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    @Slot(bool)
    def set_going(self, is_going: bool) -> None:
        """Pause, or go on."""
        for thread in self._threads:
            thread.set_going(is_going)

    def leave(self) -> None:
        """End, without being waited for; another desk has taken the place."""
        for thread in self._threads:
            thread.finished.connect(thread.deleteLater)
            thread.pause()

    def stop(self) -> bool:
        """Ask them to end and wait; say whether all ended in time."""
        for thread in self._threads:
            thread.pause()
        ends = time.monotonic() + PATIENCE_MS / 1000
        return all(thread.wait(_left(ends)) for thread in self._threads)


def _left(ends: float) -> int:
    """Return the milliseconds until then."""
    return max(0, round((ends - time.monotonic()) * 1000))
