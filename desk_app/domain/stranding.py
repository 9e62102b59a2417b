"""What becomes of appointments that a change would leave without hours or a place.

Hours, closures, providers, services and rooms can change under appointments that are
booked already. Whoever changes them decides about each: nothing is cancelled silently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from desk_app.domain.deeds import Move, Seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desk_app.domain.appointment import Appointment


class Fate(StrEnum):
    """What a person decides about a stranded appointment."""

    KEEP = "KEEP"
    """It stays where it is, outside the hours."""
    MOVE = "MOVE"
    """It goes to another start, perhaps of another provider."""
    CANCEL = "CANCEL"
    """The practice cancels it; what was paid is given back."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The fate of one appointment as seen in `version`; a MOVE says where to."""

    appointment_id: int
    version: int
    fate: Fate = Fate.KEEP
    provider_id: int = 0
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was decided about all that a change strands.

    `reason` is told with cancellations. The key is made when the change is wished and
    kept over every retry.
    """

    decisions: tuple[Decision, ...] = ()
    reason: str = ""
    idempotency_key: UUID = field(default_factory=uuid4)

    def undecided(self, found: Sequence[Appointment]) -> list[Appointment]:
        """Return those nobody has decided about as they stand."""
        decided = {(each.appointment_id, each.version) for each in self.decisions}
        return [a for a in found if (a.appointment_id, a.version) not in decided]

    def cancelled(self, found: Sequence[Appointment]) -> list[Seen]:
        """Return those of `found` that are to be cancelled."""
        return [
            Seen(each.appointment_id, each.version)
            for each in self._about(found)
            if each.fate is Fate.CANCEL
        ]

    def moved(self, found: Sequence[Appointment]) -> list[Move]:
        """Return where those of `found` go that are to be moved."""
        return [
            Move(each.appointment_id, each.version, each.provider_id, each.start)
            for each in self._about(found)
            if each.fate is Fate.MOVE and each.start is not None
        ]

    def _about(self, found: Sequence[Appointment]) -> list[Decision]:
        numbers = {each.appointment_id for each in found}
        return [each for each in self.decisions if each.appointment_id in numbers]


NOTHING_DECIDED = Settlement()
