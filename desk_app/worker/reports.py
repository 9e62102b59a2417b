"""What the loops tell the window: frozen facts, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.holds import Hold
    from desk_app.domain.queue import Backlog


@dataclass(frozen=True, slots=True)
class AppointmentChanged:
    """An appointment is new or different; this is how it is now."""

    appointment: Appointment


@dataclass(frozen=True, slots=True)
class AppointmentGone:
    """An appointment is no longer there."""

    appointment_id: int


@dataclass(frozen=True, slots=True)
class ScheduleChanged:
    """The hours, blocks or extra times of a provider are different."""

    provider_id: int


@dataclass(frozen=True, slots=True)
class CatalogueChanged:
    """Providers, services or settings of the practice are different."""


@dataclass(frozen=True, slots=True)
class ClientChanged:
    """A client's data are different."""

    client_id: int


@dataclass(frozen=True, slots=True)
class HoldsChanged:
    """These are all the times that desks are booking at this moment."""

    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class WaitingRoomChanged:
    """Somebody walked in, was given a time, or left."""

    walk_in_id: int


@dataclass(frozen=True, slots=True)
class WaitlistChanged:
    """An entry of the waiting list is new, different or being rung."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class Connected:
    """From now on every change is reported; what happened before is not known.

    What is shown must be read again.
    """


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    """Changes are not reported until the next Connected."""


@dataclass(frozen=True, slots=True)
class RefreshDue:
    """A minute has passed, or more has changed than is worth telling one by one.

    What is shown should be read again.
    """


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """Something that could not be sent needs a person, or no longer does."""


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """The provider of this appointment is to be reminded of it, at their desk."""

    appointment_id: int


@dataclass(frozen=True, slots=True)
class OutboxStands:
    """How much waits to be carried outside; the courier at this desk is at work."""

    backlog: Backlog


@dataclass(frozen=True, slots=True)
class CourierLost:
    """The courier at this desk cannot reach the database; it keeps trying."""


class Why(StrEnum):
    """Why a desk does not carry; another computer must then."""

    SWITCHED_OFF = "switched_off"
    """Whoever set up this desk wants it so (`carries = false`)."""
    NO_KEY = "no_key"
    """This computer has not got the practice's key."""
    NO_LOGIN = "no_login"
    """Nobody has set up a login for it."""
    REFUSED = "refused"
    """The server refuses that login, or it is not one that may carry."""
    OTHER_VERSION = "other_version"
    """This program and the database do not fit together."""


@dataclass(frozen=True, slots=True)
class NotCarrying:
    """The courier at this desk does not carry; it looks now and then whether it may."""

    why: Why


Report: TypeAlias = (
    AppointmentChanged
    | AppointmentGone
    | ScheduleChanged
    | CatalogueChanged
    | ClientChanged
    | HoldsChanged
    | WaitingRoomChanged
    | WaitlistChanged
    | Connected
    | ConnectionLost
    | RefreshDue
    | QueueChanged
    | ReminderDue
    | OutboxStands
    | CourierLost
    | NotCarrying
)
