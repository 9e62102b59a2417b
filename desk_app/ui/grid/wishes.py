"""What a person asks of the grid: a time, or a new place for an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk_app.domain.appointment import Appointment


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """A time of one provider; `start` is an aware UTC instant, `day` its local day."""

    provider_id: int
    start: datetime
    day: date


@dataclass(frozen=True, slots=True)
class MoveWish:
    """An appointment as it was shown, and where it shall go; nothing is written.

    `length_minutes` is a new length. `against` is the rule (`Policy`) that speaks
    against it, "" for none: then a person has to decide.
    """

    appointment: Appointment
    provider_id: int
    start: datetime
    length_minutes: int | None = None
    against: str = ""

    @property
    def is_resize(self) -> bool:
        """Say whether only its end moves."""
        return self.length_minutes is not None
