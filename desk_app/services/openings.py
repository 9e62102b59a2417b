"""Free times over any set of services and days, in two round trips.

All rows of the range come as plain numbers and the rule is swept over them
(`desk_app.domain.openings`); no query per day or provider.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.queries import days, practice, rooms
from desk_app.db.queries.pipeline import pipeline
from desk_app.domain.hours import (
    FIRST_DAY,
    LAST_DAY,
    day_bounds,
    open_spans,
)
from desk_app.domain.interval import Interval
from desk_app.domain.openings import Offer, OpenDay, next_openings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.queries.days import DayOverrides, WeeklyHours
    from desk_app.domain.people import Provider, Service
    from desk_app.domain.slots import Opening

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OpeningQuery:
    """Ask for the free times of `services` (their ids) on `days` days from `first`.

    Days are local ones of each provider; past days and those beyond a service's day
    limit have none. `limit` is how many to return at most, the earliest ones.
    """

    services: tuple[int, ...]
    first: date
    days: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """An active provider whose time is asked for, and the date there."""

    provider: Provider
    zone: ZoneInfo
    today: date


def find_openings(
    session: Session, query: OpeningQuery, clock: Callable[[], datetime] | None = None
) -> tuple[Opening, ...]:
    """Return the free times in order of time; `clock` replaces the server's."""
    with pipeline(session) as together:
        said = together.ask(practice.practice())
        wanted = together.ask(practice.services(query.services))
        providers = together.ask(practice.providers_of(query.services))
        server_time = together.ask(practice.server_time())
    now = clock() if clock else server_time.get()
    places = {
        place.provider.provider_id: place for place in _places(providers.get(), now)
    }
    services = [
        service
        for service in wanted.get()
        if service.is_active and service.provider_id in places
    ]
    offers = _offers(session, query, services, places)
    return next_openings(offers, now, said.get().alignment, query.limit)


def _places(providers: Sequence[Provider], now: datetime) -> Iterator[_Place]:
    for provider in providers:
        if provider.is_active:
            zone = ZoneInfo(provider.timezone)
            yield _Place(provider, zone, now.astimezone(zone).date())


def _offers(
    session: Session,
    query: OpeningQuery,
    services: Sequence[Service],
    places: dict[int, _Place],
) -> list[Offer]:
    """Read the rows of the range once and share them out to the services."""
    asked = _range(query, services, places)
    if not asked:
        return []
    ids = sorted({service.provider_id for service in services})
    whole = _instants(asked, [places[number].zone for number in ids])
    with pipeline(session) as together:
        weekly = together.ask(days.weekly_hours(ids))
        exceptions = together.ask(days.overrides(ids, asked[0], asked[-1]))
        busy = together.ask(days.busy_spans(ids, whole))
        in_rooms = None
        if any(service.rooms for service in services):
            in_rooms = together.ask(rooms.all_busy(whole))
    open_days = {
        number: _open_days(places[number], asked, weekly.get(), exceptions.get())
        for number in ids
    }
    return [
        Offer(
            service,
            places[service.provider_id].today,
            open_days[service.provider_id],
            busy.get().get(service.provider_id, []),
            {} if in_rooms is None else in_rooms.get(),
        )
        for service in services
    ]


def _range(
    query: OpeningQuery, services: Sequence[Service], places: dict[int, _Place]
) -> list[date]:
    """Return the asked days on which anything can be free at all."""
    if not services:
        return []
    todays = [places[service.provider_id].today for service in services]
    limits = [
        today + timedelta(days=service.max_advance_days)
        for today, service in zip(todays, services, strict=True)
    ]
    first = max(query.first, FIRST_DAY, min(todays)).toordinal()
    last = min(
        query.first.toordinal() + query.days - 1,
        LAST_DAY.toordinal(),
        max(limits).toordinal(),
    )
    return [date.fromordinal(day) for day in range(first, last + 1)]


def _instants(asked: Sequence[date], zones: Sequence[ZoneInfo]) -> Interval:
    """Return a stretch that holds the days in each zone, and their last buffers."""
    return Interval(
        min(day_bounds(asked[0], zone).start for zone in zones),
        max(day_bounds(asked[-1], zone).end for zone in zones) + days.LONGEST_BUFFER,
    )


def _open_days(
    place: _Place,
    asked: Sequence[date],
    weekly: WeeklyHours,
    exceptions: DayOverrides,
) -> list[OpenDay]:
    number = place.provider.provider_id
    plan = weekly[number]
    return [
        OpenDay(
            day,
            open_spans(
                day, place.zone, plan.walls(day), exceptions.get((number, day), ())
            ),
        )
        for day in asked
    ]
