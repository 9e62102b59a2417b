"""The next openings over many providers and services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.rooms import with_room
from desk_app.domain.slots import (
    Alignment,
    Opening,
    is_bookable_day,
    pace_of,
    sweep,
)
from desk_app.domain.spans import instant, ticks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from desk_app.domain.people import Service
    from desk_app.domain.rooms import RoomTimes
    from desk_app.domain.spans import Span


@dataclass(frozen=True, slots=True)
class OpenDay:
    """One local day of a provider: its open windows, sorted and disjoint."""

    day: date
    windows: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Offer:
    """One active service of an active provider over some days, in microseconds.

    `today` is the date in the provider's zone; `days` ascend, one may share them
    (and `busy`) between the services of a provider. `busy` is sorted by start and
    holds `[start, busy_until)` of what is not cancelled, from the first day to the
    end of the last slot's buffer. `rooms` says the same of rooms.
    """

    service: Service
    today: date
    days: Sequence[OpenDay]
    busy: Sequence[Span]
    rooms: RoomTimes = field(default_factory=dict)


def next_openings(
    offers: Iterable[Offer],
    now: datetime,
    alignment: Alignment = Alignment(),  # noqa: B008 - it is frozen
    limit: int | None = None,
) -> tuple[Opening, ...]:
    """Return the free slots of all offers in order of time, the first `limit`.

    Those of one time are ordered by end, provider and service.
    """
    earliest = ticks(now)
    # In this order of the offers, sorting by start and place sorts the openings.
    offers = sorted(offers, key=_rank)
    found: list[tuple[int, int]] = []
    for place, offer in enumerate(offers):
        windows = [
            window
            for open_day in offer.days
            if is_bookable_day(offer.service, open_day.day, offer.today)
            for window in open_day.windows
        ]
        pace = pace_of(offer.service, alignment)
        starts = sweep(windows, offer.busy, pace, earliest)
        starts = with_room(starts, pace.hold, offer.service.rooms, offer.rooms)
        found.extend([(start, place) for start in starts])
    found.sort()
    return _openings(found[:limit], [offer.service for offer in offers])


def nearest(
    openings: Iterable[Opening], wanted: datetime, count: int = 3
) -> tuple[Opening, ...]:
    """Return the `count` openings that start nearest to `wanted`, nearest first.

    Of two equally near, the earlier one comes first.
    """
    by_distance = sorted(
        openings, key=lambda opening: (abs(opening.start - wanted), opening)
    )
    return tuple(by_distance[:count])


def nearest_by_clock(
    openings: Iterable[Opening], wanted: datetime, zone: ZoneInfo, count: int = 3
) -> tuple[Opening, ...]:
    """Return the `count` openings nearest to `wanted` for somebody with habits.

    Days of `zone` count first, then how far the clock is from the wanted one: the
    day after at the same time comes before the same evening of the day before.
    """
    local = wanted.astimezone(zone)

    def distance(opening: Opening) -> tuple[int, timedelta, Opening]:
        there = opening.start.astimezone(zone)
        days = abs((there.date() - local.date()).days)
        return days, abs(_since_midnight(there) - _since_midnight(local)), opening

    return tuple(sorted(openings, key=distance)[:count])


def _since_midnight(local: datetime) -> timedelta:
    return timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)


def _rank(offer: Offer) -> tuple[int, ...]:
    service = offer.service
    return service.duration_minutes, service.provider_id, service.service_id


def _openings(
    found: Sequence[tuple[int, int]], services: Sequence[Service]
) -> tuple[Opening, ...]:
    instants = {start: instant(start) for start in {start for start, _ in found}}
    what = [
        (service.duration, service.provider_id, service.service_id)
        for service in services
    ]
    openings = []
    for start, place in found:
        begins = instants[start]
        duration, provider_id, service_id = what[place]
        openings.append(Opening(begins, begins + duration, provider_id, service_id))
    return tuple(openings)
