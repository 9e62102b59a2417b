"""Ticks at the start of each minute, for the line of now."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

MINUTE_MS = 60_000


class MinuteClock(QObject):
    """`ticked` brings the instant; the next tick is aimed anew each time."""

    ticked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    @Slot()
    def tick(self) -> None:
        """Tell the time now, and again when the next minute begins."""
        now = datetime.now(UTC)
        self.ticked.emit(now)
        gone = now.second * 1_000 + now.microsecond // 1_000
        self._timer.start(MINUTE_MS - gone + 20)

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()
