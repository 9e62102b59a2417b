"""Ends calls to a server that does not answer.

Neither `statement_timeout` nor keepalives help against a server that is frozen: it
does not look at its clock, and its kernel still answers for it. What ends the wait
is to shut the socket on this side, from another thread.
"""

from __future__ import annotations

import math
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Watchdog:
    """One thread that shuts each guarded socket at its deadline."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._guarded: dict[int, tuple[float, socket.socket]] = {}
        self._wakes_at = math.inf
        self._thread: threading.Thread | None = None
        self._closed = False

    def guard(self, line: socket.socket, deadline: float) -> None:
        """Shut `line` when `time.monotonic()` passes `deadline`, unless released."""
        with self._changed:
            if self._closed:
                _shut(line)
            elif self._thread is None:
                self._start()
            self._guarded[id(line)] = (deadline, line)
            if deadline < self._wakes_at:
                self._changed.notify()

    def release(self, line: socket.socket) -> None:
        """Let a line be."""
        with self._changed:
            self._guarded.pop(id(line), None)

    @contextmanager
    def guarding(self, line: socket.socket, deadline: float) -> Iterator[None]:
        """Guard `line` inside this block."""
        self.guard(line, deadline)
        try:
            yield
        finally:
            self.release(line)

    def close(self) -> None:
        """Shut every socket that is guarded now, and end the thread."""
        with self._changed:
            self._closed = True
            for _, line in self._guarded.values():
                _shut(line)
            self._guarded.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        self._thread = threading.Thread(
            target=self._watch, name="database watchdog", daemon=True
        )
        self._thread.start()

    def _watch(self) -> None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                for key, (deadline, line) in tuple(self._guarded.items()):
                    if deadline <= now:
                        del self._guarded[key]
                        _shut(line)
                self._wakes_at = min(
                    (deadline for deadline, _ in self._guarded.values()),
                    default=math.inf,
                )
                patience = self._wakes_at - now
                self._changed.wait(None if math.isinf(patience) else patience)


def _shut(line: socket.socket) -> None:
    # It may be closed already, by the server or by this side.
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
