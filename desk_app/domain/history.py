"""What happened to an appointment or a client, as the audit log tells it.

An `Entry` is one deed of one person. What the log holds that this program does not
know is told as `Changed`, in general, so that no history is ever refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment, BookedVia, CancelledBy, Status
    from desk_app.domain.people import Money

# What a field of a client may have held; None is nothing.
Value: TypeAlias = str | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Author:
    """Who did it: the login, and whom the practice knows by it."""

    login: str
    name: str = ""

    @property
    def shown_name(self) -> str:
        """The person's name, or the login where nobody knows a name for it."""
        return self.name or self.login


@dataclass(frozen=True, slots=True)
class Place:
    """When and with whom a visit was to be, as far as it is known.

    `timezone` is the provider's, an IANA name, "" if not known.
    """

    start: datetime | None = None
    provider_id: int | None = None
    provider: str = ""
    timezone: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """A visit was booked; a pending one had to be confirmed."""

    place: Place
    is_pending: bool = False
    via: BookedVia | None = None
    is_of_series: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A pending visit was confirmed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A visit went to another time, provider or service."""

    before: Place
    after: Place


@dataclass(frozen=True, slots=True)
class LengthSet:
    """A visit was made longer or shorter, in minutes."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rules (words of `Policy`) were set aside for the visit's time, and why.

    None of them: what had been set aside does not count any more.
    """

    policies: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A visit was cancelled; `by` is whose wish it was."""

    by: CancelledBy | None = None
    reason: str = ""
    refund: Money | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """The client was there."""


@dataclass(frozen=True, slots=True)
class NoShow:
    """The client did not come: no booking for the same day `until` then."""

    until: datetime | None = None
    refund: Money | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """It was set by mistake that a visit had been `what`."""

    what: Status


@dataclass(frozen=True, slots=True)
class NoteChanged:
    """What was noted about a visit."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ArrivedSet:
    """When the client arrived; None takes it back."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenSet:
    """When the provider began to see the client; None takes it back."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class LeftSet:
    """When the client left; None takes it back."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class LinkSet:
    """The visit got its link for a video call, another one, or lost it ("")."""

    link: str


@dataclass(frozen=True, slots=True)
class RoomSet:
    """The visit got a room, another one, or lost it (""), by name."""

    room: str


@dataclass(frozen=True, slots=True)
class RefundSet:
    """What is to be given back; None for nothing."""

    refund: Money | None


@dataclass(frozen=True, slots=True)
class RefundGiven:
    """A refund was given; None takes it back."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class ClientAdded:
    """A client was entered."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a client; `name` is that of its column."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class ClientChanged:
    """Fields of a client were written."""

    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """Everything personal about the client was erased."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The entry became part of another one of the same client."""


@dataclass(frozen=True, slots=True)
class Separated:
    """The entry became one of its own again."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The visit went with its client to another entry, by a merge or its end."""


@dataclass(frozen=True, slots=True)
class WaitingBegun:
    """The client was put on the waiting list."""


@dataclass(frozen=True, slots=True)
class Rung:
    """The client was rung about an earlier time; `outcome` as the list keeps it."""

    outcome: str


@dataclass(frozen=True, slots=True)
class WaitingEnded:
    """The client was taken off the waiting list, perhaps as they took a time."""

    took_time: bool = False


@dataclass(frozen=True, slots=True)
class WalkedIn:
    """The client came without an appointment."""


@dataclass(frozen=True, slots=True)
class WalkInServed:
    """Who had come without an appointment was given a time."""


@dataclass(frozen=True, slots=True)
class WalkInLeft:
    """Who had come without an appointment left."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The record itself was deleted, past this program."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Something else was changed; `names` are the fields, if they are known."""

    names: tuple[str, ...] = ()


Change: TypeAlias = (
    Booked
    | Confirmed
    | Moved
    | LengthSet
    | SetAside
    | Cancelled
    | Completed
    | NoShow
    | TakenBack
    | NoteChanged
    | ArrivedSet
    | SeenSet
    | LeftSet
    | LinkSet
    | RoomSet
    | RefundSet
    | RefundGiven
    | ClientAdded
    | ClientChanged
    | Erased
    | Merged
    | Separated
    | Taken
    | WaitingBegun
    | Rung
    | WaitingEnded
    | WalkedIn
    | WalkInServed
    | WalkInLeft
    | Removed
    | Changed
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed: who, when, what; `visit` is the appointment it is about, if any.

    The visit's `Place` is where it was to be after this deed.
    """

    author: Author
    at: datetime
    change: Change
    visit: Place | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """Ask what others than `login` have done from an instant on."""

    since: datetime
    login: str


@dataclass(frozen=True, slots=True)
class ChangedVisit:
    """What others did to one appointment, oldest first, and how it stands now.

    `now` is None for one that this login may no longer read.
    """

    appointment_id: int
    entries: tuple[Entry, ...]
    now: Appointment | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Appointments that others changed, the latest change first."""

    visits: tuple[ChangedVisit, ...] = ()
    has_older: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A history, oldest first; `has_older` says that its beginning is left out."""

    entries: tuple[Entry, ...] = ()
    has_older: bool = False
