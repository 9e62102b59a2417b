"""The demo's waiting list: three who would come sooner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.services.demo.practice import Practice
    from desk_app.services.demo.visits import Visit

LATER = timedelta(days=7)
ASKED_AFTER = timedelta(minutes=1)
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Wish:
    """Who waits for what; `appointment_id` is the later booking the client keeps."""

    client_id: int
    provider_id: int | None
    service_name: str
    appointment_id: int | None
    is_urgent: bool
    until_time: time | None
    notes: str
    since: datetime


def make(
    practice: Practice, visits: Sequence[Visit], notes: Sequence[str]
) -> tuple[Wish, ...]:
    """Return one wish for each note: of clients who come once, a week ahead or later.

    The first is urgent; the last comes to anybody, in the mornings only.
    """
    booked: dict[int, list[Visit]] = {}
    for visit in visits:
        booked.setdefault(visit.appointment.client_id, []).append(visit)
    later = [of[0] for of in booked.values() if len(of) == 1 and _is_late(of, practice)]
    return tuple(
        _wish(visit, note, is_first=not place, is_last=place == len(notes) - 1)
        for place, (visit, note) in enumerate(zip(later, notes, strict=False))
    )


def _is_late(visits: Sequence[Visit], practice: Practice) -> bool:
    booked = visits[0].appointment
    is_late = booked.start.astimezone(practice.zone).date() >= practice.today + LATER
    return booked.status is Status.CONFIRMED and is_late


def _wish(visit: Visit, note: str, *, is_first: bool, is_last: bool) -> Wish:
    booked = visit.appointment
    return Wish(
        client_id=booked.client_id,
        provider_id=None if is_last else booked.provider_id,
        service_name=booked.service_name,
        appointment_id=booked.appointment_id,
        is_urgent=is_first,
        until_time=NOON if is_last else None,
        notes=note,
        since=visit.created_at + ASKED_AFTER,
    )
