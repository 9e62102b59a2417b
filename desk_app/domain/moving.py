"""What else changes when an appointment goes to another provider."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service


class Difference(StrEnum):
    """Something that a person has to decide before a move."""

    PRICE = "price"
    """Another price than was agreed; the agreed one stays."""
    LENGTH = "length"
    """Another length, where the appointment had none of its own."""
    PLACE = "place"
    """In person instead of by video call, or the other way round."""


def differences(moved: Appointment, service: Service) -> tuple[Difference, ...]:
    """Return what else changes if `moved` becomes this service; () asks nothing."""
    found = []
    if service.service_id != moved.service_id and service.price != moved.price:
        found.append(Difference.PRICE)
    keeps_length = moved.own_minutes is not None
    if not keeps_length and service.duration != moved.end - moved.start:
        found.append(Difference.LENGTH)
    if service.is_virtual != moved.is_virtual:
        found.append(Difference.PLACE)
    return tuple(found)
