"""An end to work with a server, however slowly it goes on.

A time-out of a socket counts from the last byte, so a server that sends one now and
then keeps a caller for ever. What ends that is to shut the line on this side.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Deadline:
    """Shuts the lines that were opened inside its block when `seconds` are over."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._lines: list[socket.socket] = []
        self._changing = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.name = "deadline of a line"
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._changing:
            for line in self._lines:
                line.close()
            self._lines.clear()

    @property
    def remaining(self) -> float:
        """Return how many seconds are left, 0 when it is over."""
        return max(0.0, self._ends - time.monotonic())

    def open(self, host: str, port: int, patience: float) -> socket.socket:
        """Return a line to a server; each of its addresses is tried for `patience`.

        Raises OSError, TimeoutError if the server does not answer in time.
        """
        failure: OSError = TimeoutError("no time is left")
        for family, kind, proto, _, place in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        ):
            if not self.remaining:
                break
            line = socket.socket(family, kind, proto)
            try:
                line.settimeout(min(patience, self.remaining))
                line.connect(place)
                line.settimeout(patience)
                self._guard(line)
            except OSError as error:
                line.close()
                failure = error
            else:
                return line
        raise failure

    def _guard(self, line: socket.socket) -> None:
        # A second handle: whoever encrypts the line takes the first one away.
        twin = line.dup()
        with self._changing:
            self._lines.append(twin)
        if not self.remaining:
            self._shut()

    def _shut(self) -> None:
        with self._changing:
            for line in self._lines:
                # The server may have closed it already.
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
