"""Who gives appointments, what they offer, and who comes: frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


class ProviderType(StrEnum):
    """The kinds of provider a practice has."""

    DOCTOR = "DOCTOR"
    CONSULTANT = "CONSULTANT"
    TRAINER = "TRAINER"
    THERAPIST = "THERAPIST"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217 code, three capitals)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A person who sees clients. `timezone` is an IANA name, `colour` "#rrggbb"."""

    provider_id: int
    name: str
    type: ProviderType
    timezone: str
    colour: str
    bio: str = ""
    is_active: bool = True
    location_ids: tuple[int, ...] = ()

    def works_at(self, locations: frozenset[int]) -> bool:
        """Say whether they work at one of these; who names none works at all."""
        own = self.location_ids
        return not own or not locations or not locations.isdisjoint(own)


@dataclass(frozen=True, slots=True)
class Service:
    """What one provider offers.

    Units: `duration_minutes` and `buffer_minutes` in minutes; `max_advance_days`
    in the provider's local days after today; `cancellation_hours` before the start.
    `rooms` are those that will do, in order; None where no room is needed.
    """

    service_id: int
    provider_id: int
    name: str
    duration_minutes: int
    buffer_minutes: int
    price: Money
    max_advance_days: int
    cancellation_hours: int
    is_virtual: bool = False
    is_active: bool = True
    rooms: tuple[int, ...] | None = None

    @property
    def duration(self) -> timedelta:
        """The time the client is seen."""
        return timedelta(minutes=self.duration_minutes)

    @property
    def buffer(self) -> timedelta:
        """The time kept free after the client is seen."""
        return timedelta(minutes=self.buffer_minutes)


@dataclass(frozen=True, slots=True)
class Client:
    """A person who comes.

    `phone` is E.164 ("+4930123456") or "" when unknown, `phone_display` the same
    written for people. `locked_out_until` ends a same-day lock-out after a no-show,
    which began at `locked_out_since` and was set by the login `locked_out_by`.
    `timezone` is an IANA name, or "" for that of the practice.
    """

    client_id: int
    name: str
    phone: str = ""
    phone_display: str = ""
    email: str = ""
    notes: str = ""
    no_show_count: int = 0
    no_show_flag: bool = False
    locked_out_until: datetime | None = None
    locked_out_since: datetime | None = None
    locked_out_by: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client as typed into the booking form; name and phone suffice."""

    name: str
    phone: str
    email: str = ""
