"""A line between desk and server that loses answers, requests and half packets.

It does not look into what it carries. Only an answer's loss leaves the desk not
knowing; the other faults make sure that it does not simply repeat itself.
"""

from __future__ import annotations

import random
import selectors
import socket
import tempfile
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from psycopg import conninfo

if TYPE_CHECKING:
    from collections.abc import Mapping

PIECE = 1 << 16
# What passes until a connection stands: without it nothing would ever begin.
GREETING = 6
LONGEST_QUEUE = 128


@dataclass(frozen=True, slots=True)
class Faults:
    """How often a piece of traffic is lost, and the line with it."""

    answers: float = 0.0
    requests: float = 0.0
    halves: float = 0.0


@dataclass(slots=True, eq=False)
class _Line:
    """One connection: both ends, and how many pieces have passed."""

    desk: socket.socket
    server: socket.socket
    passed: int = 0

    def other(self, end: socket.socket) -> socket.socket:
        """Return the opposite end."""
        return self.server if end is self.desk else self.desk


@dataclass(slots=True, eq=False)
class LossyProxy:
    """Listens on a socket of its own and carries to that of the server."""

    server: str
    faults: Faults
    seed: int = 1
    lost: Counter[str] = field(default_factory=Counter)
    url: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _folder: tempfile.TemporaryDirectory[str] = field(
        default_factory=partial(tempfile.TemporaryDirectory, prefix="desk_app-proxy-")
    )
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Begin to carry."""
        self.url = conninfo.make_conninfo(self.server, host=self._folder.name)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(_socket_path(conninfo.conninfo_to_dict(self.url)))
        listening.listen(LONGEST_QUEUE)
        listening.setblocking(False)
        self._thread = threading.Thread(target=self._run, args=(listening,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Cut all lines."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        self._folder.cleanup()

    def repair(self) -> None:
        """Lose nothing from now on."""
        self.faults = Faults()

    def _run(self, listening: socket.socket) -> None:
        dice = random.Random(self.seed)
        lines: dict[socket.socket, _Line] = {}
        with selectors.DefaultSelector() as selector, listening:
            selector.register(listening, selectors.EVENT_READ)
            while not self._stop.is_set():
                for ready, _ in selector.select(0.1):
                    if ready.fileobj is listening:
                        self._accept(listening, selector, lines)
                    elif (end := _socket(ready)) in lines:
                        line = lines[end]
                        if not self._carried(line, end, dice):
                            _cut(line, selector, lines)
            for line in set(lines.values()):
                _cut(line, selector, lines)

    def _accept(
        self,
        listening: socket.socket,
        selector: selectors.BaseSelector,
        lines: dict[socket.socket, _Line],
    ) -> None:
        desk, _ = listening.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(_socket_path(conninfo.conninfo_to_dict(self.server)))
        line = _Line(desk, server)
        for end in (desk, server):
            lines[end] = line
            selector.register(end, selectors.EVENT_READ)

    def _carried(self, line: _Line, end: socket.socket, dice: random.Random) -> bool:
        """Carry one piece; false if the line is to be cut."""
        try:
            piece = end.recv(PIECE)
            if not piece:
                return False
            line.passed += 1
            kind = self._fault(line, end, dice)
            if kind == "halves":
                line.other(end).sendall(piece[: len(piece) // 2])
            elif kind is None:
                line.other(end).sendall(piece)
        except OSError:
            return False
        self.lost.update([kind] if kind else [])
        return kind is None

    def _fault(
        self, line: _Line, end: socket.socket, dice: random.Random
    ) -> str | None:
        if line.passed <= GREETING:
            return None
        chance, faults = dice.random(), self.faults
        if chance < faults.halves:
            return "halves"
        from_server = end is line.server
        rate = faults.answers if from_server else faults.requests
        if chance < faults.halves + rate:
            return "answers" if from_server else "requests"
        return None


def _socket(ready: selectors.SelectorKey) -> socket.socket:
    if not isinstance(ready.fileobj, socket.socket):
        raise TypeError(ready.fileobj)
    return ready.fileobj


def _cut(
    line: _Line,
    selector: selectors.BaseSelector,
    lines: dict[socket.socket, _Line],
) -> None:
    for end in (line.desk, line.server):
        selector.unregister(end)
        del lines[end]
        with suppress(OSError):
            end.close()


def _socket_path(address: Mapping[str, object]) -> str:
    port = address.get("port") or 5432
    return str(Path(str(address["host"])) / f".s.PGSQL.{port}")
