"""Other times for everybody of a day on which the provider is away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.domain.slots import Opening

MOST = 3
# What a change costs somebody, in hours by which the clock could be another one.
A_DAY_LATER = 2.0
ANOTHER_PROVIDER = 3.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """An appointment that cannot take place, and up to three times instead.

    The best comes first; no two proposals have the same first one.
    """

    appointment: Appointment
    openings: tuple[Opening, ...]


def propose(
    appointments: Sequence[Appointment],
    openings: Iterable[Opening],
    services: Mapping[int, Service],
    zone: ZoneInfo,
    reach: timedelta = timedelta.max,
) -> tuple[Proposal, ...]:
    """Return a proposal for each appointment, those that begin first choose first.

    An opening fits if its service has the same name. Near to the same time of day in
    `zone` is best; a day more weighs as two hours, another provider as three.
    `services` are those of the openings. Nothing is proposed that lies further than
    `reach` from the time that is lost.
    """
    by_name: dict[str, list[Opening]] = defaultdict(list)
    for opening in openings:
        by_name[services[opening.service_id].name].append(opening)
    taken: list[tuple[int, Interval]] = []
    found = []
    for each in appointments:
        fitting = [
            opening
            for opening in by_name[each.service_name]
            if abs(opening.start - each.start) <= reach
            and not _is_taken(opening, services, taken)
        ]
        best = sorted(fitting, key=lambda o: (_cost(o, each, zone), o))[:MOST]
        if best:
            taken.append((best[0].provider_id, _busy(best[0], services)))
        found.append(Proposal(each, tuple(best)))
    return tuple(found)


def _cost(opening: Opening, instead_of: Appointment, zone: ZoneInfo) -> float:
    was, is_ = instead_of.start.astimezone(zone), opening.start.astimezone(zone)
    days = (is_.date() - was.date()).days
    clock = abs(
        timedelta(hours=is_.hour, minutes=is_.minute)
        - timedelta(hours=was.hour, minutes=was.minute)
    )
    cost = clock / timedelta(hours=1) + abs(days) * A_DAY_LATER
    if opening.provider_id != instead_of.provider_id:
        cost += ANOTHER_PROVIDER
    return cost


def _busy(opening: Opening, services: Mapping[int, Service]) -> Interval:
    return Interval(opening.start, opening.end + services[opening.service_id].buffer)


def _is_taken(
    opening: Opening,
    services: Mapping[int, Service],
    taken: Iterable[tuple[int, Interval]],
) -> bool:
    busy = _busy(opening, services)
    return any(
        provider_id == opening.provider_id and other.overlaps(busy)
        for provider_id, other in taken
    )
