"""What is known of a series before it is booked, moved or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.recurrence import Repetition
    from desk_app.domain.slots import Opening


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """Look at a series of `service_id` with `provider_id` that begins at `first`."""

    provider_id: int
    service_id: int
    first: datetime
    repetition: Repetition
    client_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShiftWish:
    """Look at moving an appointment to `start`, and all that follow by as much.

    All of them go to `provider_id`, who offers a service of the same name.
    """

    appointment_id: int
    provider_id: int
    start: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a date: the word of a `Policy`, and a sentence."""

    policy: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """One date of a series as it stands now.

    `day` is the provider's local one, `start` None where the local time does not
    exist then. It is free if nothing is `against` it, the gravest first; else up to
    three `alternatives` are free and near. `appointment` is what would move here.
    """

    day: date
    start: datetime | None
    against: tuple[Objection, ...] = ()
    alternatives: tuple[Opening, ...] = ()
    appointment: Appointment | None = None

    @property
    def is_free(self) -> bool:
        """Whether it can be booked as it is."""
        return self.start is not None and not self.against
