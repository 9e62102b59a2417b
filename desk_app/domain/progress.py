"""How far a long piece of work has come, and the wish to end it early."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Progress:
    """So many are done of a `total`, which is 0 while nobody knows it.

    `words` say what is being done, as "Reading clients".
    """

    done: int = 0
    total: int = 0
    words: str = ""


class CancelToken:
    """Says to work on another thread that nobody wants it any more."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work is to end."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to end; it does when it next looks."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise Cancelled if the work is to end."""
        if self.is_cancelled:
            raise Cancelled


def _unheard(_progress: Progress) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Work:
    """One long piece of work, as it tells of itself and hears that it is to end.

    Both may be used from any thread. Without arguments nobody looks and nobody ends
    it.
    """

    report: Callable[[Progress], object] = _unheard
    token: CancelToken = field(default_factory=CancelToken)

    def at(self, done: int, total: int = 0, words: str = "") -> None:
        """Tell how far it has come; raises Cancelled if it is to end here."""
        self.token.check()
        self.report(Progress(done, total, words))
