"""A practice as it begins: everything that is entered before the first day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.domain.closures import Closure
    from desk_app.domain.offering import ProviderDraft, ServiceDraft
    from desk_app.domain.weekly import WeeklyWindow


@dataclass(frozen=True, slots=True)
class FirstProvider:
    """A provider with what they offer and when."""

    draft: ProviderDraft
    services: tuple[ServiceDraft, ...]
    hours: tuple[WeeklyWindow, ...]


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a practice is set up with; `country` may be "" if it is not known;
    `subdivision` is the part of it whose holidays are kept."""

    name: str
    timezone: str
    country: str
    currency: str
    providers: tuple[FirstProvider, ...]
    closures: tuple[Closure, ...] = ()
    subdivision: str = ""
