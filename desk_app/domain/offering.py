"""Who gives appointments and what they offer, as a manager writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.domain.people import ProviderType

if TYPE_CHECKING:
    from desk_app.domain.people import Money, Provider, Service

FIRST_COLOUR = "#2f6fde"
USUAL_DURATION = 30
USUAL_ADVANCE_DAYS = 90
USUAL_CANCELLATION_HOURS = 24


@dataclass(frozen=True, slots=True)
class ProviderDraft:
    """A provider before there is a number for them, or as they shall be.

    `timezone` is an IANA name, `colour` "#rrggbb"; `location_ids` are where they work,
    () for everywhere.
    """

    name: str
    type: ProviderType = ProviderType.DOCTOR
    timezone: str = "UTC"
    colour: str = FIRST_COLOUR
    bio: str = ""
    email: str = ""
    is_active: bool = True
    location_ids: tuple[int, ...] = ()

    @classmethod
    def of(cls, provider: Provider, email: str = "") -> ProviderDraft:
        """Return a provider as they are."""
        return cls(
            name=provider.name,
            type=provider.type,
            timezone=provider.timezone,
            colour=provider.colour,
            bio=provider.bio,
            email=email,
            is_active=provider.is_active,
            location_ids=provider.location_ids,
        )


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """A service before there is a number for it, or as it shall be.

    Units and `rooms` are those of `people.Service`.
    """

    name: str
    price: Money
    duration_minutes: int = USUAL_DURATION
    buffer_minutes: int = 0
    max_advance_days: int = USUAL_ADVANCE_DAYS
    cancellation_hours: int = USUAL_CANCELLATION_HOURS
    is_virtual: bool = False
    is_active: bool = True
    rooms: tuple[int, ...] | None = None

    @classmethod
    def of(cls, service: Service) -> ServiceDraft:
        """Return a service as it is."""
        return cls(
            name=service.name,
            price=service.price,
            duration_minutes=service.duration_minutes,
            buffer_minutes=service.buffer_minutes,
            max_advance_days=service.max_advance_days,
            cancellation_hours=service.cancellation_hours,
            is_virtual=service.is_virtual,
            is_active=service.is_active,
            rooms=service.rooms,
        )
