"""The last resort: what nothing else caught is logged and politely reported.

The hook may be called on any thread; it logs and emits, nothing else. The log holds
the type and the place of an error, never its text, which may name a person.
"""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.ui.calls import log_problem

if TYPE_CHECKING:
    from types import TracebackType

log = logging.getLogger(__name__)


class LastResort(QObject):
    """Stands in `sys.excepthook`; `happened` reaches the window on its own thread."""

    happened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = sys.excepthook, threading.excepthook

    def install(self) -> None:
        """Take the place of the hooks that are there."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Give the hooks that were there their place back."""
        sys.excepthook, threading.excepthook = self._before

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log_problem(log, error)
        self.happened.emit()

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)
