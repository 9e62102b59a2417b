"""All that a desk shows of one client, and what it may change there: frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.duplicates import Likeness
    from desk_app.domain.people import Client


@dataclass(frozen=True, slots=True)
class ClientDetails:
    """What is written about a client, as a person types it.

    `phone` is written for people, or "" when unknown. `language` is a tag such as
    "de", `timezone` an IANA name; both may be "".
    """

    client_id: int
    name: str
    phone: str = ""
    email: str = ""
    push_address: str = ""
    language: str = ""
    timezone: str = ""
    notes: str = ""
    consent_email: bool = True
    consent_push: bool = True
    consent_sms: bool = False


@dataclass(frozen=True, slots=True)
class Likely:
    """Another entry that seems to be the same person, or of the same family."""

    client: Client
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry of the waiting list: what for, with whom, on which days, since when.

    Without `provider_id` anybody will do. `appointment_id` is the visit that the
    client keeps until then.
    """

    entry_id: int
    service_name: str
    provider_id: int | None
    from_day: date | None
    until_day: date | None
    is_urgent: bool
    since: datetime
    notes: str = ""
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Another entry of this client that was made part of this one, by a login."""

    merge_id: int
    name: str
    merged_at: datetime
    merged_by: str


@dataclass(frozen=True, slots=True)
class ClientFile:
    """Everything about one client.

    `may_change` are the fields of `details` that this login may write. `to_come` is
    sorted by start, `past` by start backwards; `has_more` says that it goes on.
    """

    client: Client
    details: ClientDetails
    may_change: frozenset[str]
    to_come: tuple[Appointment, ...] = ()
    past: tuple[Appointment, ...] = ()
    has_more: bool = False
    waiting: tuple[Waiting, ...] = ()
    merges: tuple[Merge, ...] = ()
    likely: tuple[Likely, ...] = ()
    is_active: bool = True
    is_erased: bool = False
    sees_all: bool = True


@dataclass(frozen=True, slots=True)
class MergeWish:
    """Make the entry `gone` part of the entry `keep`."""

    keep: int
    gone: int


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows go from one entry to the other."""

    appointments: int = 0
    to_come: int = 0
    waiting: int = 0
    walk_ins: int = 0


@dataclass(frozen=True, slots=True)
class Merger:
    """Two entries side by side, and what the kept one would become."""

    keep: Client
    gone: Client
    kept_details: ClientDetails
    gone_details: ClientDetails
    merged: Client
    merged_details: ClientDetails
    moving: Moving

    @property
    def wish(self) -> MergeWish:
        """The wish to do it."""
        return MergeWish(self.keep.client_id, self.gone.client_id)
