"""A carrier that keeps what it is given: for the demo, and where nothing may leave."""

from __future__ import annotations

import threading
from collections import deque
from enum import Enum
from typing import TYPE_CHECKING

from desk_app.domain.messages import is_one_line
from desk_app.errors import NeedsSignIn, Rejected, Transient, Unsure

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.messages import Message


class Fault(Enum):
    """A way in which handing over fails."""

    REFUSED = Rejected
    """For good; so this message only."""
    BUSY = Transient
    """For now."""
    SIGNED_OUT = NeedsSignIn
    """The practice's login is refused."""
    ANSWER_LOST = Unsure
    """The message is taken, and nobody says so."""
    LOST = None
    """The message is lost behind the edge; nobody says so either."""


class Memory:
    """Keeps messages. Several threads may use it at once."""

    def __init__(self) -> None:
        self._kept: list[Message] = []
        self._faults: deque[Fault] = deque()
        self._changing = threading.Lock()

    @property
    def kept(self) -> tuple[Message, ...]:
        """Return the messages that arrived, in the order in which they did."""
        with self._changing:
            return tuple(self._kept)

    def fail(self, *faults: Fault) -> None:
        """Let the next messages fail, each in its way."""
        with self._changing:
            self._faults.extend(faults)

    def send(self, message: Message, at_the_edge: Callable[[], None]) -> None:
        """Keep one message, as `base.Carrier` says."""
        if not is_one_line(message.subject):
            raise Rejected("A subject is one line of text.")
        fault = self._next_fault()
        if fault in (Fault.REFUSED, Fault.BUSY, Fault.SIGNED_OUT):
            raise fault.value
        at_the_edge()
        if fault is not Fault.LOST:
            with self._changing:
                self._kept.append(message)
        if fault is not None:
            raise Unsure

    def _next_fault(self) -> Fault | None:
        with self._changing:
            return self._faults.popleft() if self._faults else None
