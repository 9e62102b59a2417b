"""Which slots of the demo are booked: full days now, thinner ones later."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.domain.hours import open_spans, wall_spans
from desk_app.domain.slots import pace_of, sweep
from desk_app.domain.spans import instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from random import Random

    from desk_app.domain.people import Service
    from desk_app.domain.spans import Span
    from desk_app.services.demo.practice import Practice, Staff

# How much of the open time is booked, from so many days ahead of today on.
FULLNESS = {-99: 0.8, 0: 0.8, 1: 0.76, 5: 0.64, 12: 0.48, 19: 0.3}
SWING = 0.05
CANCELLED = 0.07


@dataclass(frozen=True, slots=True)
class Place:
    """A slot that was booked, and perhaps cancelled again."""

    day: date
    service: Service
    start: datetime
    is_cancelled: bool


def choose(practice: Practice, random: Random) -> list[Place]:
    """Return what is booked in the six weeks, sorted by start."""
    places: list[Place] = []
    for staff in practice.staff:
        for day in practice.days:
            windows = _windows(practice, staff, day)
            wanted = _fullness((day - practice.today).days) * staff.demand
            booked = list(_booked(staff, windows, random.gauss(wanted, SWING), random))
            called_off = [each for each in booked if random.random() < CANCELLED]
            places += [Place(day, service, start, False) for service, start in booked]
            places += [
                Place(day, service, random.choice(starts), True)
                for service, _ in called_off
                if (starts := _starts(service, windows, ()))
            ]
    return sorted(places, key=lambda place: (place.start, place.service.service_id))


def _windows(practice: Practice, staff: Staff, day: date) -> list[Span]:
    walls = wall_spans(staff.hours.get(day.weekday(), ()))
    overrides = practice.overrides_of(staff.provider.provider_id, day)
    return open_spans(day, practice.zone, walls, overrides)


def _booked(
    staff: Staff, windows: Sequence[Span], fullness: float, random: Random
) -> Iterator[tuple[Service, datetime]]:
    """Yield free slots, one booked after the other, until the day is full enough."""
    left = fullness * sum(end - start for start, end in windows)
    busy: list[Span] = []
    offered = list(staff.offered)
    while offered:
        chosen = random.choices(offered, [each.weight for each in offered])[0]
        pace = pace_of(chosen.service)
        starts = sweep(windows, busy, pace, earliest=0)
        if not starts or pace.hold > 2 * left:
            offered.remove(chosen)
            continue
        # Most people come in the morning.
        start = min(random.choice(starts), random.choice(starts))
        insort(busy, (start, start + pace.hold))
        left -= pace.hold
        yield chosen.service, instant(start)


def _starts(
    service: Service, windows: Sequence[Span], busy: Sequence[Span]
) -> list[datetime]:
    return [instant(start) for start in sweep(windows, busy, pace_of(service), 0)]


def _fullness(ahead: int) -> float:
    """Return how full a day is that lies so many days ahead."""
    return FULLNESS[max(first for first in FULLNESS if first <= ahead)]
