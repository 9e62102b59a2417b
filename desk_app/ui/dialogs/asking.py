"""Sends one wish until its outcome is known, under one idempotency key.

The key is kept over every retry, so a wish whose answer was lost is never carried
out twice. Once the practice has said no, the next try is a new wish with a new key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desk_app.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.errors import DeskError


class Asking(QObject):
    """One wish on its way."""

    answered = Signal(object)
    refused = Signal(object)
    doubted = Signal(object)

    def __init__(
        self,
        send: Callable[..., None],
        patience: tuple[int, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._send = send
        self._patience = patience
        self._key = uuid4()
        self._request: Any = None
        self._doubts = 0
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask)

    @property
    def key(self) -> UUID:
        """The idempotency key of the next, or of the open, request."""
        return self._key

    @property
    def request(self) -> Any:
        """The open request, None if there is none."""
        return self._request

    @property
    def is_open(self) -> bool:
        """Whether a request was sent and its outcome is not known yet."""
        return self._request is not None

    @property
    def is_in_doubt(self) -> bool:
        """Whether an answer was lost on the way."""
        return self._doubts > 0

    def send(self, request: Any) -> None:
        """Send `request`, which carries this key; nothing while one is open."""
        if self._request is None:
            self._request = request
            self._ask()

    def ask_now(self) -> None:
        """Ask again without waiting for the next turn."""
        if self._again.isActive():
            self._again.stop()
            self._ask()

    @Slot()
    def _ask(self) -> None:
        self._send(self._request, self._on_answered, self._on_failed)

    @Slot(object)
    def _on_answered(self, answer: object) -> None:
        self._close()
        self.answered.emit(answer)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        if isinstance(error, Unavailable) and (error.undecided or self._doubts):
            # Once an answer was lost, "cannot be reached" decides nothing either.
            self._wait(error)
            return
        self._close()
        if not isinstance(error, Unavailable):
            self._key = uuid4()
        self.refused.emit(error)

    def _wait(self, error: DeskError) -> None:
        turn = min(self._doubts, len(self._patience) - 1)
        self._doubts += 1
        self._again.start(self._patience[turn])
        self.doubted.emit(error)

    def _close(self) -> None:
        self._request = None
        self._doubts = 0
