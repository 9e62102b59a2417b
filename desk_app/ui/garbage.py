"""Collects Python's cyclic garbage on the GUI thread, and on no other.

Python collects on whichever thread happens to allocate. A pool thread that frees the
last widget of a closed dialog deletes it there, and Qt crashes long afterwards, where
it next visits all widgets.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1_000


def collect_due() -> int:
    """Collect what Python would have collected by now; return how much was freed."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [n for n in range(3) if counts[n] > limits[n] > 0]
    return gc.collect(due[-1]) if due else 0


class GarbageCollection(QObject):
    """Takes over from Python's own collection until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._collect)

    def begin(self) -> None:
        """Collect here from now on; call it on the GUI thread."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give the collection back, once no thread is left that could do harm."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        collect_due()
