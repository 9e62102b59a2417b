"""All that is kept about one client, as records whose fields have stable names.

The names are those of the columns; an export writes them as its keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime, time
    from decimal import Decimal
    from uuid import UUID

# What the log wrote of one field; what was no single value stands as JSON text.
Logged: TypeAlias = "str | int | Decimal | bool | None"


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """The client's own row."""

    client_id: int
    name: str
    phone: str
    email: str
    push_address: str
    language: str
    timezone: str
    notes: str
    no_show_count: int
    no_show_flag: bool
    same_day_locked_until: datetime | None
    consent_email: bool
    consent_push: bool
    consent_sms: bool
    is_active: bool
    created_at: datetime
    created_by: str
    erased_at: datetime | None
    merged_into: int | None = None
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """Two entries of the client that were made one, and perhaps two again."""

    merge_id: int
    kept_id: int
    gone_id: int
    merged_at: datetime
    merged_by: str
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """An appointment of any status, with names: its service's, provider's, room's."""

    appointment_id: int
    service_id: int
    service: str
    provider_id: int
    provider: str
    start_time: datetime
    end_time: datetime
    busy_until: datetime
    status: str
    booked_via: str
    notes: str
    meeting_link: str
    price: Decimal
    currency: str
    refund_due: Decimal | None
    cancellation_hours: int
    cancelled_at: datetime | None
    cancelled_by: str | None
    cancellation_reason: str
    refund_given_at: datetime | None
    refund_given_by: str | None
    arrived_at: datetime | None
    seen_at: datetime | None
    left_at: datetime | None
    no_show_at: datetime | None
    no_show_by: str | None
    lock_out_until: datetime | None
    overridden: str
    override_reason: str
    series_id: UUID | None
    created_at: datetime
    created_by: str
    version: int
    import_id: int | None = None
    room_id: int | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingRecord:
    """An entry of the waiting list."""

    entry_id: int
    service_id: int | None
    service: str | None
    provider_id: int | None
    provider: str | None
    appointment_id: int | None
    is_urgent: bool
    notes: str
    created_at: datetime
    service_name: str
    from_day: date | None
    until_day: date | None
    weekdays: str
    from_time: time | None
    until_time: time | None
    state: str
    called_by: str | None
    calling_until: datetime | None
    offered_start: datetime | None
    outcome: str | None
    outcome_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class WalkInRecord:
    """A time that the client came without an appointment."""

    walk_in_id: int
    service_name: str
    provider_id: int | None
    provider: str | None
    appointment_id: int | None
    arrived_at: datetime
    left_at: datetime | None
    notes: str
    created_by: str


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A message, or a copy in an outside calendar, that was sent or will be.

    Where a message went is kept masked. One without a channel is still to be planned.
    """

    outbox_id: int
    kind: str
    appointment_id: int
    state: str
    run_at: datetime
    attempts: int
    last_error: str
    created_at: datetime
    recipient: str = ""
    channel: str = ""
    sent_to: str = ""
    outcome: str = ""
    handed_at: datetime | None = None
    settled_at: datetime | None = None
    decided_by: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """An event of an outside calendar that lay over an appointment."""

    conflict_id: int
    appointment_id: int
    kind: str
    state: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class LoggedValue:
    """One field of a row in the audit log, before and after."""

    name: str
    old: Logged
    new: Logged


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A row of the audit log about the client, a visit or a waiting list entry."""

    at: datetime
    who: str
    table_name: str
    row_id: str
    action: str
    values: tuple[LoggedValue, ...]
