"""Reads what the demo practice is made of from `resources/demo`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from desk_app import paths
from desk_app.domain.appointment import CancelledBy
from desk_app.domain.people import ProviderType
from desk_app.domain.schedule import LocalWindow, Source
from desk_app.domain.staff import Role

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """A service; minutes, days before and hours before as in `people.Service`."""

    name: str
    minutes: int
    buffer: int
    price: Decimal
    weight: int
    advance: int = 90
    cancel: int = 24
    virtual: bool = False


@dataclass(frozen=True, slots=True)
class ProviderWords:
    """A provider; `demand` is 1 for an average one, `hours` go by weekday."""

    name: str
    type: ProviderType
    colour: str
    bio: str
    demand: float
    hours: dict[int, tuple[LocalWindow, ...]]
    services: tuple[ServiceWords, ...]


@dataclass(frozen=True, slots=True)
class RoomWords:
    """A room that those of one profession share."""

    name: str
    type: ProviderType


@dataclass(frozen=True, slots=True)
class Change:
    """An exception to the hours of a provider.

    It falls on `days` days from today + `day` on, or on each `weekday`, or on the
    `next` weekday of that number after today.
    """

    provider: str
    span: LocalWindow
    reason: str
    source: Source = Source.MANUAL
    is_blocked: bool = True
    day: int | None = None
    days: int = 1
    weekday: int | None = None
    next: int | None = None


@dataclass(frozen=True, slots=True)
class StaffWords:
    """Somebody who signs in; `provider` is the name of whose diary they keep."""

    login: str
    name: str
    role: Role
    provider: str = ""


@dataclass(frozen=True, slots=True)
class PracticeWords:
    """The practice; it opens for the `weekend` if today is one."""

    name: str
    timezone: str
    currency: str
    country: str
    weekend_reason: str
    weekend: tuple[LocalWindow, ...]
    staff: tuple[StaffWords, ...]
    providers: tuple[ProviderWords, ...]
    rooms: tuple[RoomWords, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one language, taken as often as `weight` says."""

    language: str
    weight: int
    given: tuple[str, ...]
    family: tuple[str, ...]
    family_first: bool = False


@dataclass(frozen=True, slots=True)
class Phones:
    """Numbers kept free for stories: `start` and so many `digits` more."""

    start: str
    digits: int
    weight: int


@dataclass(frozen=True, slots=True)
class ClientWords:
    """What clients are made of; `special` are whole names with their language."""

    count: int
    names: tuple[Names, ...]
    special: tuple[tuple[str, str], ...]
    phones: tuple[Phones, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitWords:
    """What people write about a visit by who is seen, why one was cancelled, and what
    those say who would come sooner.
    """

    notes: dict[ProviderType, tuple[str, ...]]
    reasons: dict[CancelledBy, tuple[str, ...]]
    waiting: tuple[str, ...]


def read_practice() -> PracticeWords:
    """Return the practice."""
    said = _read("practice")
    return PracticeWords(
        name=said["name"],
        timezone=said["timezone"],
        currency=said["currency"],
        country=said["country"],
        weekend_reason=said["weekend"]["reason"],
        weekend=_windows(said["weekend"]["hours"]),
        staff=tuple(
            StaffWords(**each | {"role": Role(each["role"])}) for each in said["staff"]
        ),
        providers=tuple(map(_provider, said["providers"])),
        rooms=tuple(
            RoomWords(room["name"], ProviderType(room["type"]))
            for room in said["rooms"]
        ),
        changes=tuple(map(_change, said["changes"])),
    )


def read_clients() -> ClientWords:
    """Return the names and numbers of clients."""
    said = _read("clients")
    return ClientWords(
        count=said["count"],
        names=tuple(
            Names(
                each["language"],
                each["weight"],
                tuple(each["given"]),
                tuple(each["family"]),
                each.get("family_first", False),
            )
            for each in said["names"]
        ),
        special=tuple((each["name"], each["language"]) for each in said["special"]),
        phones=tuple(
            Phones(each["from"], each["digits"], each["weight"])
            for each in said["phones"]
        ),
        notes=tuple(said["notes"]),
    )


def read_visits() -> VisitWords:
    """Return notes and reasons."""
    said = _read("visits")
    notes, reasons = said["notes"], said["cancelled"]
    return VisitWords(
        notes={kind: tuple(notes["any"] + notes[kind]) for kind in ProviderType},
        reasons={CancelledBy(who): tuple(why) for who, why in reasons.items()},
        waiting=tuple(said["waiting"]),
    )


def _read(name: str) -> dict[str, Any]:
    text = (paths.resources() / "demo" / f"{name}.json").read_text(encoding="utf-8")
    said: dict[str, Any] = json.loads(text)
    return said


def _provider(said: dict[str, Any]) -> ProviderWords:
    hours = {
        WEEKDAYS.index(weekday): _windows(windows)
        for weekdays, windows in said["hours"].items()
        for weekday in weekdays.split()
    }
    services = tuple(
        ServiceWords(**{**each, "price": Decimal(each["price"])})
        for each in said["services"]
    )
    return ProviderWords(
        name=said["name"],
        type=ProviderType(said["type"]),
        colour=said["colour"],
        bio=said["bio"],
        demand=said["demand"],
        hours=hours,
        services=services,
    )


def _change(said: dict[str, Any]) -> Change:
    return Change(
        provider=said["provider"],
        span=_window(said["span"]),
        reason=said["reason"],
        source=Source(said.get("source", "MANUAL")),
        is_blocked=not said.get("extra", False),
        day=said.get("day"),
        days=said.get("days", 1),
        weekday=_weekday(said.get("weekday")),
        next=_weekday(said.get("next")),
    )


def _weekday(name: str | None) -> int | None:
    return None if name is None else WEEKDAYS.index(name)


def _windows(texts: list[str]) -> tuple[LocalWindow, ...]:
    return tuple(map(_window, texts))


def _window(text: str) -> LocalWindow:
    start, end = text.split("-")
    return LocalWindow(_clock(start), _clock(end))


def _clock(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    return time(hour % 24, minute)
