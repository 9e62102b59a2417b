"""What a person asks of the grid: a time, or a new place for an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk_app.domain.appointment import Appointment


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """A time of one provider, or in one room with whoever is free then.

    `start` is an aware UTC instant, `day` its local day.
    """

    provider_id: int | None
    start: datetime
    day: date
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoveWish:
    """An appointment as it was shown, and where it shall go; nothing is written.

    `length_minutes` is a new length, `room_id` another room. `against` is the rule
    (`Policy`) that speaks against it, "" for none: then a person has to decide.
    """

    appointment: Appointment
    provider_id: int
    start: datetime
    length_minutes: int | None = None
    against: str = ""
    room_id: int | None = None

    @property
    def changes_something(self) -> bool:
        """Say whether the appointment is not there already."""
        moved, room_id = self.appointment, self.room_id
        is_there = (moved.start, moved.provider_id) == (self.start, self.provider_id)
        return not is_there or room_id not in (None, moved.room_id)

    @property
    def is_resize(self) -> bool:
        """Say whether only its end moves."""
        return self.length_minutes is not None
