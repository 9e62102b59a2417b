"""Runs work off the GUI thread and brings the answer back to it.

The window never waits: a function goes to a pool thread, `then` or `failed` is
called on the GUI thread with what came of it.
"""

from __future__ import annotations

import logging
import threading
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from desk_app.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable

THREADS = 4
PATIENCE_MS = 5_000
log = logging.getLogger(__name__)


class InternalProblem(DeskError):
    """Something went wrong inside the program."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of one call: a value, or an error."""

    ticket: int
    value: object = None
    error: DeskError | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who waits for an answer, and under which key a later call replaces it."""

    job: _Job
    then: Callable[[Any], object]
    failed: Callable[[DeskError], object]
    owner: QObject | None
    replaces: str | None

    def is_gone(self) -> bool:
        return self.owner is not None and not shiboken6.isValid(self.owner)


class Calls(QObject):
    """A small pool of threads for calls to the services."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._waiting: dict[int, _Waiting] = {}
        self._latest: dict[str, int] = {}
        self._last_ticket = 0
        self._is_closed = False
        self._outbox = _Outbox(self._answered.emit)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._waiting)

    def run(
        self,
        function: Callable[..., Any],
        *args: object,
        then: Callable[[Any], object],
        failed: Callable[[DeskError], object],
        owner: QObject | None = None,
        replaces: str | None = None,
    ) -> None:
        """Call `function(*args)` on a pool thread.

        On the GUI thread follows either `then(result)` or `failed(error)`; anything
        but a DeskError is logged and arrives as InternalProblem. Nothing follows
        when `owner` (by default the object `then` is bound to) is gone, when a later
        call carried the same `replaces` key, or once the calls are closed.
        """
        if self._is_closed:
            return
        if owner is None:
            bound = getattr(then, "__self__", None)
            owner = bound if isinstance(bound, QObject) else None
        self._last_ticket += 1
        ticket = self._last_ticket
        if replaces is not None:
            self._drop_older(replaces)
            self._latest[replaces] = ticket
        job = _Job(ticket, self._outbox, function, args)
        self._waiting[ticket] = _Waiting(job, then, failed, owner, replaces)
        self._pool.start(job)

    def close(self) -> bool:
        """Forget every waiting call; say whether the threads ended in time."""
        self._is_closed = True
        self._outbox.close()
        self._pool.clear()
        self._latest.clear()
        ended = self._pool.waitForDone(PATIENCE_MS)
        self._waiting.clear()
        return ended

    def _drop_older(self, key: str) -> None:
        """Take a call that nobody has started yet off the queue."""
        ticket = self._latest.get(key)
        older = self._waiting.get(ticket) if ticket is not None else None
        if older is not None and self._pool.tryTake(older.job):
            del self._waiting[older.job.ticket]

    def _is_wanted(self, ticket: int, waiting: _Waiting) -> bool:
        if waiting.is_gone():
            return False
        key = waiting.replaces
        if key is None:
            return True
        if self._latest.get(key) != ticket:
            return False
        del self._latest[key]
        return True

    @Slot(object)
    def _on_answered(self, answer: _Answer) -> None:
        waiting = self._waiting.pop(answer.ticket, None)
        if waiting is None:
            return
        if not self._is_wanted(answer.ticket, waiting):
            return
        if answer.error is not None:
            waiting.failed(answer.error)
        else:
            waiting.then(answer.value)


class _Outbox:
    """The way back to the GUI thread, until it is closed.

    A call that hangs may outlive the window; its answer then has nowhere to go.
    """

    def __init__(self, emit: Callable[[_Answer], None]) -> None:
        self._emit: Callable[[_Answer], None] | None = emit
        self._lock = threading.Lock()

    def put(self, answer: _Answer) -> None:
        with self._lock:
            if self._emit is not None:
                self._emit(answer)

    def close(self) -> None:
        with self._lock:
            self._emit = None


class _Job(QRunnable):
    """One function with its arguments."""

    def __init__(
        self,
        ticket: int,
        outbox: _Outbox,
        function: Callable[..., Any],
        args: tuple[object, ...],
    ) -> None:
        super().__init__()
        # The pool must not delete what Python still holds.
        self.setAutoDelete(False)
        self.ticket = ticket
        self._outbox, self._function, self._args = outbox, function, args

    def run(self) -> None:
        self._outbox.put(self._answer())

    def _answer(self) -> _Answer:
        try:
            return _Answer(self.ticket, value=self._function(*self._args))
        except DeskError as error:
            return _Answer(self.ticket, error=error)
        except Exception as error:  # noqa: BLE001 (the top of a thread)
            log_problem(log, error)
            return _Answer(self.ticket, error=InternalProblem())


def log_problem(logger: logging.Logger, error: BaseException) -> None:
    """Log the type and the place of an error; its text may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{f.name} {f.filename}:{f.lineno}" for f in frames[:-6:-1])
    logger.error("%s at %s", type(error).__name__, place or "an unknown place")
