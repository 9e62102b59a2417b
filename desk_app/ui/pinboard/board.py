"""What is on the pinboard: appointments that keep their time until they are put down.

Only their numbers are ever written to disk.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desk_app.domain.appointment import Appointment

_MOVABLE = frozenset({Status.PENDING, Status.CONFIRMED})
MOST = 30


class Fate(Enum):
    """What a change means for a pinned appointment."""

    STAYS = auto()
    ELSEWHERE = auto()
    """It has another time: it was put down, here or at another desk."""
    OVER = auto()
    """It was cancelled, or the visit is over."""


class Board:
    """Pinned appointments, the next to be put down first."""

    def __init__(self) -> None:
        self._pinned: list[Appointment] = []

    @property
    def pinned(self) -> Sequence[Appointment]:
        """All of them."""
        return self._pinned

    @property
    def next(self) -> Appointment | None:
        """The one that is put down next."""
        return self._pinned[0] if self._pinned else None

    @property
    def ids(self) -> tuple[int, ...]:
        """Their numbers, in the same order."""
        return tuple(pinned.appointment_id for pinned in self._pinned)

    def pin(self, appointment: Appointment) -> None:
        """Put one on the board, or let it be the next."""
        self.take_off(appointment.appointment_id)
        self._pinned.insert(0, appointment)
        del self._pinned[MOST:]

    def take_off(self, appointment_id: int) -> Appointment | None:
        """Take one off; return it if it was there."""
        found = self.find(appointment_id)
        if found is not None:
            self._pinned.remove(found)
        return found

    def find(self, appointment_id: int) -> Appointment | None:
        """Return a pinned appointment as it is known."""
        same = (p for p in self._pinned if p.appointment_id == appointment_id)
        return next(same, None)

    def fill(self, found: Iterable[Appointment | None]) -> int:
        """Show what was read again; return how many are gone, over or elsewhere."""
        all_ = list(found)
        self._pinned = [a for a in all_ if a is not None and a.status in _MOVABLE]
        return len(all_) - len(self._pinned)

    def hear(self, now: Appointment) -> Fate | None:
        """Take in a change; None if that one is not pinned."""
        known = self.find(now.appointment_id)
        if known is None or now.version <= known.version:
            return None
        if now.status not in _MOVABLE:
            self.take_off(now.appointment_id)
            return Fate.OVER
        if (now.provider_id, now.start) != (known.provider_id, known.start):
            self.take_off(now.appointment_id)
            return Fate.ELSEWHERE
        self._pinned[self._pinned.index(known)] = now
        return Fate.STAYS
