"""Sees every key and touch: how long there was none, and the keys that lock.

Both have to work over open dialogs, which shortcuts of the window do not.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

LOOK_EVERY_MS = 1_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Watch(QObject):
    """Looks at what the whole program is told to do.

    Signals:
        too_long: nobody has touched anything for `seconds`.
        left_alone: nobody has for `hiding_seconds`, told once.
        lock_wanted, change_wanted: their keys were pressed.
    """

    too_long = Signal()
    left_alone = Signal()
    lock_wanted = Signal()
    change_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seconds = self.hiding_seconds = 0.0
        self._is_alone = False
        # The wall clock, because the other one stands still while a laptop sleeps.
        self._touched_at = time.time()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_look)

    def begin(self) -> None:
        """Look from now on."""
        self._touched_at = time.time()
        self._timer.start()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take note of a touch; take the keys that lock."""
        kind = event.type()
        if kind not in _INPUT:
            return False
        if self._is_too_long():
            # Whoever wakes the computer has not been there, and types into nothing.
            self._on_look()
            return True
        self._touched_at, self._is_alone = time.time(), False
        return kind == QEvent.Type.KeyPress and self._takes_key(event)  # type: ignore[arg-type]

    def _takes_key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_L or event.isAutoRepeat():
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == _CTRL:
            self.lock_wanted.emit()
        elif held == _CTRL | _SHIFT:
            self.change_wanted.emit()
        else:
            return False
        return True

    def _is_too_long(self) -> bool:
        return 0 < self.seconds <= time.time() - self._touched_at

    def _look_for_names(self) -> None:
        alone = time.time() - self._touched_at
        if not self._is_alone and 0 < self.hiding_seconds <= alone:
            self._is_alone = True
            self.left_alone.emit()

    @Slot()
    def _on_look(self) -> None:
        self._look_for_names()
        if self._is_too_long():
            self._touched_at = time.time()
            self.too_long.emit()
        # The clock may have been set back.
        self._touched_at = min(self._touched_at, time.time())
