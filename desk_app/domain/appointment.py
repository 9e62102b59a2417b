"""Appointments, and what a desk may ask to be done with them: frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.domain.interval import Interval

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from desk_app.domain.people import Money, NewClient


class Status(StrEnum):
    """Where an appointment stands. All but CANCELLED keep their time busy."""

    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"
    COMPLETED = "COMPLETED"
    NO_SHOW = "NO_SHOW"


class BookedVia(StrEnum):
    """How the client asked."""

    PHONE = "PHONE"
    WALK_IN = "WALK_IN"
    DESK = "DESK"
    ONLINE = "ONLINE"


class CancelledBy(StrEnum):
    """Whose wish a cancellation is; decides the refund.

    UNDO is a booking made by mistake and taken back at once: nobody was told of it,
    and no count of cancellations knows it.
    """

    CLIENT = "CLIENT"
    PRACTICE = "PRACTICE"
    UNDO = "UNDO"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment as every desk shows it.

    `[start, end)` is the visit, `[start, busy_until)` what it keeps busy (buffer
    included); aware UTC instants. `version` rises by one with each change.
    `arrived_at`, `seen_at` and `left_at` are the client's way through the practice.
    `overridden` holds the rules (`Policy`) that somebody set aside, and
    `override_reason` why. Appointments of one `series_id` were booked together.
    `no_show_by` and `refund_given_by` are logins. `service_minutes` is how long such
    a service lasts.
    """

    appointment_id: int
    provider_id: int
    service_id: int
    client_id: int
    client_name: str
    client_phone: str
    service_name: str
    start: datetime
    end: datetime
    busy_until: datetime
    status: Status
    version: int
    price: Money
    cancellation_hours: int
    is_virtual: bool = False
    notes: str = ""
    meeting_link: str = ""
    no_show_flag: bool = False
    booked_via: BookedVia = BookedVia.DESK
    created_by: str = ""
    cancelled_at: datetime | None = None
    cancellation_reason: str = ""
    refund_due: Money | None = None
    cancelled_by: CancelledBy | None = None
    refund_given_at: datetime | None = None
    refund_given_by: str = ""
    arrived_at: datetime | None = None
    seen_at: datetime | None = None
    left_at: datetime | None = None
    no_show_at: datetime | None = None
    no_show_by: str = ""
    lock_out_until: datetime | None = None
    overridden: tuple[str, ...] = ()
    override_reason: str = ""
    series_id: UUID | None = None
    service_minutes: int = 0
    room_id: int | None = None
    room_name: str = ""
    client_timezone: str = ""

    @property
    def own_minutes(self) -> int | None:
        """Its length in minutes where that is not the service's."""
        minutes = round((self.end - self.start).total_seconds() / 60)
        return None if minutes == self.service_minutes else minutes

    @property
    def visit(self) -> Interval:
        """The time the client is seen."""
        return Interval(self.start, self.end)

    @property
    def busy(self) -> Interval:
        """The time nobody else can have."""
        return Interval(self.start, self.busy_until)


@dataclass(frozen=True, slots=True)
class Override:
    """The rules (words of `Policy`) that a person sets aside, and why."""

    policies: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """Book `service_id` of `provider_id` at the instant `start`.

    Exactly one of `client_id` and `new_client` is given. `idempotency_key` is made
    when the dialog opens and kept over every retry. `pending` asks for a booking
    that somebody still has to confirm. `length_minutes` differs from the service's
    where that is wished. `hold_id` is the hold on the time, if this desk has one.
    `walk_in_id` and `waitlist_entry_id` are settled by the booking. `room_id` is the
    one room that is wished; without it the first free one that will do is taken.
    """

    idempotency_key: UUID
    provider_id: int
    service_id: int
    start: datetime
    client_id: int | None = None
    new_client: NewClient | None = None
    notes: str = ""
    booked_via: BookedVia = BookedVia.DESK
    pending: bool = False
    length_minutes: int | None = None
    override: Override | None = None
    hold_id: UUID | None = None
    walk_in_id: int | None = None
    waitlist_entry_id: int | None = None
    room_id: int | None = None

    def __post_init__(self) -> None:
        if (self.client_id is None) == (self.new_client is None):
            raise ValueError("a booking names a client or brings a new one")


@dataclass(frozen=True, slots=True)
class ConfirmRequest:
    """Confirm a pending appointment as seen in `version`."""

    idempotency_key: UUID
    appointment_id: int
    version: int


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """Cancel an appointment as seen in `version`, for a `reason` in plain words."""

    idempotency_key: UUID
    appointment_id: int
    version: int
    reason: str
    cancelled_by: CancelledBy = CancelledBy.CLIENT


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Move an appointment as seen in `version` to `start`, with `provider_id`.

    Another provider must offer a service of the same name; its buffer is used then,
    and its length unless the appointment had one of its own. `length_minutes` gives
    it another length. The room is kept where it is free and will do, unless `room_id`
    wishes for another.
    """

    idempotency_key: UUID
    appointment_id: int
    version: int
    provider_id: int
    start: datetime
    length_minutes: int | None = None
    override: Override | None = None
    hold_id: UUID | None = None
    waitlist_entry_id: int | None = None
    room_id: int | None = None
