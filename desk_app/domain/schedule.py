"""What the grid shows: the days of providers, with hours, blocks, appointments."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.domain.access import AccessSettings
from desk_app.domain.desk_rules import DeskRules
from desk_app.domain.practice_choices import ServiceDefaults
from desk_app.domain.staff import Me, Role, Staff

if TYPE_CHECKING:
    from datetime import date, time

    from desk_app.domain.alignment import Alignment
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.interval import Interval
    from desk_app.domain.people import Provider, Service
    from desk_app.domain.rooms import Location, Room, RoomTimes


NOBODY = Me("")


class Source(StrEnum):
    """Where an override comes from; a closure is one of the whole practice."""

    MANUAL = "MANUAL"
    CLOSURE = "CLOSURE"
    GOOGLE = "GOOGLE"
    OUTLOOK = "OUTLOOK"
    APPLE = "APPLE"


@dataclass(frozen=True, slots=True)
class LocalWindow:
    """Wall-clock time of one day, `[start, end)`; an `end` of 00:00 is its midnight."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Override:
    """One exception to the weekly hours on one local day: blocked or extra time.

    `span` is wall-clock time for what people enter, exact instants for an event
    that comes from an outside calendar. `override_id` is that of the closure for one.
    """

    override_id: int
    span: LocalWindow | Interval
    is_blocked: bool
    reason: str = ""
    source: Source = Source.MANUAL


@dataclass(frozen=True, slots=True)
class Block:
    """Blocked time as the grid shows it, in instants."""

    override_id: int
    span: Interval
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class ProviderDay:
    """One provider on one local day (the provider's zone): one column of the grid.

    `open_windows` are sorted, disjoint instants with blocks already taken out;
    `appointments` are sorted by start and hold every status but CANCELLED.
    `version` is that of the day's lock row, 0 before the first booking. `rooms` says
    when the practice's rooms are busy, whoever uses them.
    """

    provider: Provider
    day: date
    version: int
    open_windows: tuple[Interval, ...]
    blocks: tuple[Block, ...]
    appointments: tuple[Appointment, ...]
    rooms: RoomTimes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What changes rarely: the practice, its active providers and services.

    `alignment` says where slots start, None the default; `me` is who is signed in at
    this desk, `people` are all who work or worked here. After `lock_minutes` without
    a touch a desk locks itself, never if that is 0, and after `hide_names_minutes` it
    hides the names of clients. `rules` are those of the desk, `new_service` is what a
    new service begins with; `rooms` and `locations` are those in use. `has_providers`
    says whether there is anybody at all, also somebody who is no longer active;
    `former` are those, whom past visits still name.
    """

    practice_name: str
    timezone: str
    currency: str
    country: str
    providers: tuple[Provider, ...]
    services: tuple[Service, ...]
    alignment: Alignment | None = None
    me: Me = NOBODY
    people: tuple[Staff, ...] = ()
    lock_minutes: int = AccessSettings().lock_minutes
    hide_names_minutes: int = AccessSettings().hide_names_minutes
    rules: DeskRules = DeskRules()  # noqa: RUF009 (it is frozen)
    new_service: ServiceDefaults = ServiceDefaults()  # noqa: RUF009 (it is frozen)
    rooms: tuple[Room, ...] = ()
    locations: tuple[Location, ...] = ()
    has_providers: bool = True
    former: tuple[Provider, ...] = ()

    def mine(self) -> Catalogue:
        """Return what this person may book and move: providers their own diary only."""
        if self.me.role is not Role.PROVIDER:
            return self
        may = self.me.may_change
        return replace(
            self,
            providers=tuple(p for p in self.providers if may(p.provider_id)),
            services=tuple(s for s in self.services if may(s.provider_id)),
        )

    def person(self, login: str) -> Staff | None:
        """Return who has this login, None for nobody of the staff."""
        return next((one for one in self.people if one.login == login), None)

    def name_of(self, login: str) -> str:
        """Return the name of whoever has this login, or the login itself."""
        person = self.person(login)
        return person.name if person else login
