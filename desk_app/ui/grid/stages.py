"""How far the client of an appointment has come, as a card shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status
from desk_app.domain.deeds import Mark

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment


def stage_of(appointment: Appointment) -> Mark:
    """Return how far the client of a visit that is not over has come."""
    if appointment.status not in {Status.PENDING, Status.CONFIRMED}:
        return Mark.EXPECTED
    if appointment.left_at is not None:
        return Mark.LEFT
    if appointment.seen_at is not None:
        return Mark.WITH_PROVIDER
    return Mark.ARRIVED if appointment.arrived_at is not None else Mark.EXPECTED
