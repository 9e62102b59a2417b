"""What else a desk may ask to be done with appointments, one or several at once.

Each request has an `idempotency_key`, made when a person wishes it and kept over every
retry, and says in which `version` each appointment was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from desk_app.domain.appointment import (
    Appointment,
    BookedVia,
    CancelledBy,
    Override,
    Status,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from desk_app.domain.people import Money, NewClient


class Mark(StrEnum):
    """A step of a client's way through the practice."""

    EXPECTED = "EXPECTED"
    """Not here: takes back every other step."""
    ARRIVED = "ARRIVED"
    """In the waiting room."""
    WITH_PROVIDER = "WITH_PROVIDER"
    """Being seen."""
    LEFT = "LEFT"
    """Gone; the visit is completed if the client was seen."""
    COMPLETED = "COMPLETED"
    """The visit took place."""
    NO_SHOW = "NO_SHOW"
    """The client did not come; what follows is the practice's policy."""


@dataclass(frozen=True, slots=True)
class MarkRequest:
    """Mark how far a client has come."""

    idempotency_key: UUID
    appointment_id: int
    version: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Settle the refund of an appointment: it was given, or nothing had been paid."""

    idempotency_key: UUID
    appointment_id: int
    version: int
    was_paid: bool = True


@dataclass(frozen=True, slots=True)
class NoteRequest:
    """Write other notes for an appointment."""

    idempotency_key: UUID
    appointment_id: int
    version: int
    notes: str


@dataclass(frozen=True, slots=True)
class Move:
    """Where one of several appointments shall go; see `MoveRequest`."""

    appointment_id: int
    version: int
    provider_id: int
    start: datetime
    length_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class MoveAllRequest:
    """Move appointments together, or none of them; two may change places.

    `override` counts for each of them.
    """

    idempotency_key: UUID
    moves: tuple[Move, ...]
    override: Override | None = None

    @property
    def appointment_id(self) -> int:
        """The appointment by which the request is remembered."""
        return self.moves[0].appointment_id


@dataclass(frozen=True, slots=True)
class Seen:
    """An appointment as it was seen."""

    appointment_id: int
    version: int


@dataclass(frozen=True, slots=True)
class CancelAllRequest:
    """Cancel appointments together, or none of them."""

    idempotency_key: UUID
    appointments: tuple[Seen, ...]
    reason: str
    cancelled_by: CancelledBy = CancelledBy.CLIENT

    @property
    def appointment_id(self) -> int:
        """The appointment by which the request is remembered."""
        return self.appointments[0].appointment_id


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """Book the same for a client at several `starts`, all or none of them.

    `hold_id` is the hold of this desk on one of them, if it has one.
    """

    idempotency_key: UUID
    provider_id: int
    service_id: int
    starts: tuple[datetime, ...]
    client_id: int | None = None
    new_client: NewClient | None = None
    notes: str = ""
    booked_via: BookedVia = BookedVia.DESK
    override: Override | None = None
    hold_id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.client_id is None) == (self.new_client is None):
            raise ValueError("a booking names a client or brings a new one")


@dataclass(frozen=True, slots=True)
class Before:
    """How an appointment stood: all of it that can be undone.

    `notes` of None stay as they are.
    """

    provider_id: int
    service_id: int
    start: datetime
    end: datetime
    status: Status
    arrived_at: datetime | None = None
    seen_at: datetime | None = None
    left_at: datetime | None = None
    overridden: tuple[str, ...] = ()
    override_reason: str = ""
    refund_due: Money | None = None
    refund_given_at: datetime | None = None
    lock_out_until: datetime | None = None
    notes: str | None = None
    room_id: int | None = None

    @classmethod
    def of(cls, appointment: Appointment) -> Before:
        """Return how `appointment` stands."""
        return cls(
            provider_id=appointment.provider_id,
            service_id=appointment.service_id,
            start=appointment.start,
            end=appointment.end,
            status=appointment.status,
            arrived_at=appointment.arrived_at,
            seen_at=appointment.seen_at,
            left_at=appointment.left_at,
            overridden=appointment.overridden,
            override_reason=appointment.override_reason,
            refund_due=appointment.refund_due,
            refund_given_at=appointment.refund_given_at,
            lock_out_until=appointment.lock_out_until,
            notes=appointment.notes,
            room_id=appointment.room_id,
        )


@dataclass(frozen=True, slots=True)
class Undone:
    """Put one appointment back to how it stood; `before` of None: not booked.

    It is seen in `version`. `made` is the version that the deed made, where a later
    deed was done and taken back since.
    """

    appointment_id: int
    version: int
    before: Before | None
    made: int | None = None

    @property
    def since(self) -> int:
        """The first version that is taken back."""
        return self.version if self.made is None else self.made


@dataclass(frozen=True, slots=True)
class UndoRequest:
    """Take back what was done to appointments, all or nothing of it."""

    idempotency_key: UUID
    undone: tuple[Undone, ...]

    @property
    def appointment_id(self) -> int:
        """The appointment by which the request is remembered."""
        return self.undone[0].appointment_id


ManyRequest: TypeAlias = MoveAllRequest | CancelAllRequest | UndoRequest
