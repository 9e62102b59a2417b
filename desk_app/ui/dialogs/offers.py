"""Which services and providers a form offers, and free times put in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.policies import objections, why_not
from desk_app.domain.slots import Opening, facts_of
from desk_app.ui.grid.offers import without as day_without

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Provider, Service
    from desk_app.domain.schedule import Catalogue, ProviderDay
    from desk_app.errors import Refused
    from desk_app.ui.dialogs.ports import BookingForm, Screen


@dataclass(frozen=True, slots=True)
class FreeTime:
    """One time at which one or several providers are free, best first."""

    start: datetime
    openings: tuple[Opening, ...]


def provider_of(catalogue: Catalogue, provider_id: int) -> Provider | None:
    """Return a provider by id, also one of past visits who is not active any more."""
    everybody = (*catalogue.providers, *catalogue.former)
    found = (p for p in everybody if p.provider_id == provider_id)
    return next(found, None)


def service_of(catalogue: Catalogue, service_id: int) -> Service | None:
    """Return a service by id."""
    found = (s for s in catalogue.services if s.service_id == service_id)
    return next(found, None)


def place_of(catalogue: Catalogue, provider: Provider | None) -> str:
    """Return where a provider works; "" where there are not several places."""
    if provider is None or len(catalogue.locations) == 1:
        return ""
    return ", ".join(
        location.name
        for location in catalogue.locations
        if location.location_id in provider.location_ids
    )


def with_place(catalogue: Catalogue, provider: Provider) -> str:
    """Return "Dr. Weber", and where they work in a practice with several places."""
    place = place_of(catalogue, provider)
    return f"{provider.name} · {place}" if place else provider.name


def services_of(catalogue: Catalogue, provider_id: int | None) -> tuple[Service, ...]:
    """Return what a provider offers; for anyone, one service of each name."""
    active = [s for s in catalogue.services if s.is_active]
    if provider_id is not None:
        return tuple(s for s in active if s.provider_id == provider_id)
    by_name: dict[str, Service] = {}
    for service in active:
        by_name.setdefault(service.name, service)
    return tuple(by_name.values())


def opening_at(service: Service, start: datetime) -> Opening:
    """Return a time as if it were free."""
    end = start + service.duration
    return Opening(start, end, service.provider_id, service.service_id)


def named(
    catalogue: Catalogue, name: str, provider_id: int | None
) -> tuple[Service, ...]:
    """Return the services called `name` of one provider, or of anyone."""
    return tuple(
        service
        for service in catalogue.services
        if service.is_active
        and service.name == name
        and provider_id in (None, service.provider_id)
    )


def usual_service(form: BookingForm) -> Service | None:
    """Return the service to begin with.

    The chosen one; else the provider's first that fits the time; else the first.
    """
    catalogue = form.screen.catalogue
    if form.service_id is not None:
        chosen = service_of(catalogue, form.service_id)
        if chosen is not None and form.provider_id in (None, chosen.provider_id):
            return chosen
    offered = services_of(catalogue, form.provider_id)
    start = form.start
    if start is not None:
        fitting = [s for s in offered if fits(form.screen, s, start)]
        offered = (*fitting, *offered)
    return next(iter(offered), None)


def in_room(screen: Screen, room_id: int | None) -> Screen:
    """Return what is shown with those services only that may use a room."""
    if room_id is None:
        return screen
    catalogue = screen.catalogue
    services = [s for s in catalogue.services if s.rooms and room_id in s.rooms]
    return replace(screen, catalogue=replace(catalogue, services=tuple(services)))


def without(screen: Screen, appointment: Appointment) -> Screen:
    """Return what is shown as if `appointment` were not: it may overlap itself."""
    days = tuple(day_without(day, appointment) for day in screen.days)
    return replace(screen, days=days)


def fits(screen: Screen, service: Service, start: datetime) -> bool:
    """Say whether the grid shows that `service` can start at `start`."""
    column = column_of(screen, service.provider_id, start)
    return column is not None and _refusal(screen, column, service, start) is None


def objections_then(
    screen: Screen, service: Service, start: datetime
) -> tuple[Refused, ...] | None:
    """Return all that closes `start` for `service`; None if its day is not shown."""
    column = column_of(screen, service.provider_id, start)
    if column is None:
        return None
    facts = facts_of(column, screen.now)
    return tuple(objections(service, start, facts, screen.now, screen.alignment))


def why_not_then(screen: Screen, service: Service, start: datetime) -> Refused | None:
    """Return why `service` cannot start at `start`, as far as the grid knows."""
    column = column_of(screen, service.provider_id, start)
    return None if column is None else _refusal(screen, column, service, start)


def free_times(openings: Iterable[Opening], prefer: int | None) -> tuple[FreeTime, ...]:
    """Return openings of one start together, in order; `prefer` is a provider."""
    by_start: dict[datetime, list[Opening]] = {}
    for opening in openings:
        by_start.setdefault(opening.start, []).append(opening)
    return tuple(
        FreeTime(start, tuple(sorted(group, key=lambda o: o.provider_id != prefer)))
        for start, group in sorted(by_start.items())
    )


def first_from(times: Sequence[FreeTime], day: date | None, zone: ZoneInfo) -> FreeTime:
    """Return the first free time on a day or after it; of none, the first of all."""
    if day is None:
        return times[0]
    later = (free for free in times if free.start.astimezone(zone).date() >= day)
    return next(later, times[0])


def by_day(
    times: Iterable[FreeTime], zone: ZoneInfo
) -> dict[date, tuple[FreeTime, ...]]:
    """Return free times by their local day."""
    days: dict[date, list[FreeTime]] = {}
    for free in times:
        days.setdefault(free.start.astimezone(zone).date(), []).append(free)
    return {day: tuple(group) for day, group in days.items()}


def column_of(screen: Screen, provider_id: int, start: datetime) -> ProviderDay | None:
    """Return the shown day of a provider on which an instant lies, if it is shown."""
    for column in screen.days:
        if column.provider.provider_id == provider_id:
            zone = ZoneInfo(column.provider.timezone)
            if start.astimezone(zone).date() == column.day:
                return column
    return None


def _refusal(
    screen: Screen, column: ProviderDay, service: Service, start: datetime
) -> Refused | None:
    facts = facts_of(column, screen.now)
    return why_not(service, start, facts, screen.now, screen.alignment)
