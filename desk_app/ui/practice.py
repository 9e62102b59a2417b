"""The practice as the window looks things up in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.desk_rules import Telling

if TYPE_CHECKING:
    from collections.abc import Container

    from desk_app.domain.people import Provider, Service
    from desk_app.domain.rooms import Room
    from desk_app.domain.schedule import Catalogue


@dataclass(frozen=True)
class Practice:
    """A catalogue with the questions that are asked of it.

    `at` are the locations at which this desk is; without any, all of them.
    """

    catalogue: Catalogue
    at: frozenset[int] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the practice."""
        return ZoneInfo(self.catalogue.timezone)

    @property
    def telling(self) -> Telling:
        """How clients hear of what is done."""
        return Telling(self.catalogue.rules, self.zone)

    @property
    def providers(self) -> dict[int, Provider]:
        """The providers at this desk's locations by number, in their order."""
        here, providers = self.here, self.catalogue.providers
        return {one.provider_id: one for one in providers if one.works_at(here)}

    @property
    def here(self) -> frozenset[int]:
        """This desk's locations, as far as they are still in use."""
        used = {location.location_id for location in self.catalogue.locations}
        return self.at & used

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms at this desk's locations, by name."""
        here = self.here
        return tuple(
            room
            for room in self.catalogue.rooms
            if not here or room.location_id is None or room.location_id in here
        )

    @property
    def service_names(self) -> list[str]:
        """The name of each service once, in alphabetical order."""
        names = {service.name for service in self.catalogue.services}
        return sorted(names, key=str.casefold)

    def today(self) -> date:
        """The date in the practice now."""
        return datetime.now(UTC).astimezone(self.zone).date()

    def services_called(self, name: str) -> dict[int, Service]:
        """Return who offers a service called `name`, by provider."""
        services = self.catalogue.services
        return {one.provider_id: one for one in services if one.name == name}

    def ids_called(self, name: str, providers: Container[int]) -> tuple[int, ...]:
        """Return the ids of that service with these providers."""
        offered = self.services_called(name)
        return tuple(
            service.service_id
            for provider_id, service in offered.items()
            if provider_id in providers
        )
