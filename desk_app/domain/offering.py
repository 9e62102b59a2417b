"""Who gives appointments and what they offer, as a manager writes it down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from desk_app.domain.people import ProviderType
from desk_app.domain.stranding import NOTHING_DECIDED, Settlement
from desk_app.errors import Stale

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from _typeshed import DataclassInstance

    from desk_app.domain.meetings import MeetingKind
    from desk_app.domain.people import Money, Provider, Service

# Apart from each other for who sees red and green, or blue and yellow, as one too.
PALETTE = (
    "#1f3fd6",
    "#ec9513",
    "#235c51",
    "#e557e5",
    "#46b9b9",
    "#76350a",
    "#6a358d",
    "#caa772",
)
USUAL_DURATION = 30
USUAL_ADVANCE_DAYS = 90
USUAL_CANCELLATION_HOURS = 24

Draft = TypeVar("Draft", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class VideoWay:
    """How a provider sees clients by video; not at all without a `kind`.

    `host` is what Zoom or Google know them by: the e-mail of their user, or the id of
    their calendar. `room` is the link of a room of their own.
    """

    kind: MeetingKind | None = None
    host: str = field(default="", repr=False)
    room: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ProviderDraft:
    """A provider before there is a number for them, or as they shall be.

    `timezone` is an IANA name, `colour` "#rrggbb"; `location_ids` are where they work,
    () for everywhere. `push_address` is by what the push service knows them.
    """

    name: str
    type: ProviderType = ProviderType.DOCTOR
    timezone: str = "UTC"
    colour: str = PALETTE[0]
    bio: str = ""
    email: str = ""
    is_active: bool = True
    location_ids: tuple[int, ...] = ()
    push_address: str = field(default="", repr=False)
    video: VideoWay = VideoWay()

    @classmethod
    def of(cls, listed: ListedProvider) -> ProviderDraft:
        """Return a provider as they are."""
        provider = listed.provider
        return cls(
            name=provider.name,
            type=provider.type,
            timezone=provider.timezone,
            colour=provider.colour,
            bio=provider.bio,
            email=listed.email,
            is_active=provider.is_active,
            location_ids=provider.location_ids,
            push_address=listed.push_address,
            video=listed.video,
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


@dataclass(frozen=True, slots=True)
class Identity:
    """What a practice is called, and where it is.

    Its place decides the clock of its screens, how phone numbers are read, and the
    currency of new prices. `country` is ISO 3166 ("DE") or "", `currency` ISO 4217.
    `phone` stands in messages as people write it; `language` is a tag ("de") of those
    that nothing else decides about, "" for that of the country.
    """

    name: str = ""
    timezone: str = "UTC"
    currency: str = "EUR"
    country: str = ""
    phone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """What a person saw of the practice, and what shall be.

    With `reprices` the prices of all services are in the new currency from then on;
    their amounts stay.
    """

    known: Identity
    wanted: Identity
    reprices: bool = False


@dataclass(frozen=True, slots=True)
class ListedProvider:
    """A provider as managers see them, active or not.

    `login` is what the staff member signs in with who keeps their diary, "" if nobody
    does; `image` is their picture as a file, b"" for none.
    """

    provider: Provider
    email: str = ""
    login: str = ""
    image: bytes = field(default=b"", repr=False)
    push_address: str = field(default="", repr=False)
    video: VideoWay = VideoWay()

    @property
    def draft(self) -> ProviderDraft:
        """Return who they are as it would be written down."""
        return ProviderDraft.of(self)


@dataclass(frozen=True, slots=True)
class NewProvider:
    """A provider who is to be added once, however often the wish is sent."""

    idempotency_key: UUID
    draft: ProviderDraft
    image: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class ProviderChange:
    """A provider as a person saw them, and as they shall be.

    `image` is another picture, b"" for none, None to leave it.
    """

    provider_id: int
    known: ProviderDraft
    wanted: ProviderDraft
    image: bytes | None = field(default=None, repr=False)
    settlement: Settlement = NOTHING_DECIDED


@dataclass(frozen=True, slots=True)
class NewService:
    """A service that is to be added once, however often the wish is sent."""

    idempotency_key: UUID
    provider_id: int
    draft: ServiceDraft


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """A service as a person saw it, and as it shall be."""

    service_id: int
    known: ServiceDraft
    wanted: ServiceDraft
    settlement: Settlement = NOTHING_DECIDED


@dataclass(frozen=True, slots=True)
class Copy:
    """A service that another provider shall offer as well.

    `replaces` is the one of the same name there which shall become like it, None where
    there is none.
    """

    provider_id: int
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class CopyWish:
    """A service as a person saw it, and everybody who shall offer it."""

    idempotency_key: UUID
    draft: ServiceDraft
    copies: tuple[Copy, ...]


class Copying(StrEnum):
    """What copying a service to a provider would do."""

    ADD = "ADD"
    SAME = "SAME"
    UPDATE = "UPDATE"


def namesake(
    name: str, provider_id: int, services: Iterable[Service]
) -> Service | None:
    """Return the provider's service of this name, one that is offered before others."""
    same = [s for s in services if s.provider_id == provider_id and s.name == name]
    return min(same, key=lambda s: (not s.is_active, s.service_id), default=None)


def copying(draft: ServiceDraft, there: Service | None) -> Copying:
    """Say what copying a service would do where there is `there` of the same name."""
    if there is None:
        return Copying.ADD
    return Copying.SAME if ServiceDraft.of(there) == draft else Copying.UPDATE


def merged(known: Draft, wanted: Draft, stands: Draft) -> Draft:
    """Return what stands with what a person changed of what they saw.

    Raises Stale with the field that somebody else has given another value meanwhile.
    """
    changed = {}
    for each in fields(known):
        seen, now = getattr(known, each.name), getattr(stands, each.name)
        asked = getattr(wanted, each.name)
        if asked == seen:
            continue
        if now not in (seen, asked):
            raise Stale("Somebody else has changed this meanwhile.", field=each.name)
        changed[each.name] = asked
    return replace(stands, **changed)


def next_colour(used: Iterable[str]) -> str:
    """Return the first colour of the palette that fewest have."""
    counts = Counter(used)
    return min(PALETTE, key=lambda colour: counts[colour])
