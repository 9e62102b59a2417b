"""The demo's appointments: who comes, and how it went or stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from desk_app.domain.appointment import Appointment, BookedVia, CancelledBy, Status
from desk_app.domain.policies import refund_due
from desk_app.services.demo import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from desk_app.services.demo.clients import Known
    from desk_app.services.demo.places import Place
    from desk_app.services.demo.practice import Practice
    from desk_app.services.demo.words import VisitWords

OPENING = time(7, 30)
REGULARS = 95
COMES_BACK = 0.8
FROM_UNRELIABLE = 0.05
MISSED_BY_UNRELIABLE = 0.5
MISSED = 0.012
VIA = {BookedVia.PHONE: 52, BookedVia.DESK: 22, BookedVia.ONLINE: 22}
WALKS_IN = 0.05
PENDING_ONLINE = 0.35
PENDING = 0.05
BY_THE_PRACTICE = 0.15
NOTED = 0.22
USUAL_LEAD_DAYS = 8
LONGEST_LEAD_DAYS = 60
REFUNDED_AFTER = timedelta(days=2)
EARLY = timedelta(minutes=5)
LETTERS = "abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment and what no screen shows of it."""

    appointment: Appointment
    key: UUID
    created_at: datetime
    arrived_at: datetime | None = None
    seen_at: datetime | None = None
    cancelled_by: CancelledBy | None = None


def make(
    practice: Practice, clients: Sequence[Known], words: VisitWords, random: Random
) -> tuple[Visit, ...]:
    """Return the appointments of the six weeks, sorted by start, ids from 1.

    Each stands as it does at `practice.now`.
    """
    guests = _Guests(practice, clients, random)
    book = _Book(practice, words, random)
    visits = (
        book.enter(number, place, guests.choose(place))
        for number, place in enumerate(places.choose(practice, random), 1)
    )
    return _with_people_here(visits, practice.now)


def _with_people_here(visits: Iterable[Visit], now: datetime) -> tuple[Visit, ...]:
    """Let the last two whose time has begun be here: one is seen, the other waits."""
    found = list(visits)
    begun = [
        place
        for place, visit in enumerate(found)
        if visit.appointment.status is Status.CONFIRMED
        and not visit.appointment.is_virtual
        and visit.appointment.start <= now
    ]
    for place, is_seen in zip(begun[-2:], (True, False), strict=False):
        visit = found[place]
        start = visit.appointment.start
        found[place] = replace(
            visit,
            appointment=replace(visit.appointment, version=3 if is_seen else 2),
            arrived_at=start - EARLY,
            seen_at=start if is_seen else None,
        )
    return tuple(found)


class _Guests:
    """Chooses who comes: mostly a provider's regulars, nobody twice on a day."""

    def __init__(
        self, practice: Practice, clients: Sequence[Known], random: Random
    ) -> None:
        self._random = random
        self._clients = clients
        self._unreliable = [each for each in clients if each.is_unreliable]
        self._regulars = {
            staff.provider.provider_id: random.sample(clients, REGULARS)
            for staff in practice.staff
        }
        self._seen: set[tuple[int, date]] = set()

    def choose(self, place: Place) -> Known:
        """Return a client for the place."""
        while True:
            known = self._random.choice(self._circle(place.service.provider_id))
            visit = known.client.client_id, place.day
            if visit not in self._seen:
                self._seen.add(visit)
                return known

    def _circle(self, provider_id: int) -> Sequence[Known]:
        chance = self._random.random()
        if chance < FROM_UNRELIABLE:
            return self._unreliable
        return self._regulars[provider_id] if chance < COMES_BACK else self._clients


class _Book:
    """Enters visits as the desk would have done."""

    def __init__(self, practice: Practice, words: VisitWords, random: Random) -> None:
        self._words = words
        self._random = random
        self._today = practice.today
        self._zone = practice.zone
        self._now = practice.now
        self._opening = self._at(practice.today, OPENING)
        self._types = {
            staff.provider.provider_id: staff.provider.type for staff in practice.staff
        }

    def enter(self, number: int, place: Place, known: Known) -> Visit:
        """Return the visit of a client as it stands now."""
        via = self._via(place)
        created = self._created(place, via)
        appointment = self._appointment(number, place, known)
        appointment = replace(appointment, booked_via=via)
        key = UUID(int=self._random.getrandbits(128), version=4)
        if place.is_cancelled:
            return self._cancelled(Visit(appointment, key, created))
        # Drawn for all, so that the time of day changes nothing else.
        stays_away = self._chance(
            MISSED_BY_UNRELIABLE if known.is_unreliable else MISSED
        )
        pending = self._chance(PENDING_ONLINE if via is BookedVia.ONLINE else PENDING)
        early = timedelta(minutes=self._random.randint(-3, 12))
        if appointment.end > self._now:
            status = Status.PENDING if pending else Status.CONFIRMED
            return Visit(replace(appointment, status=status), key, created)
        if stays_away and via is not BookedVia.WALK_IN:
            missed = replace(appointment, status=Status.NO_SHOW, version=2)
            return Visit(missed, key, created)
        seen = replace(appointment, status=Status.COMPLETED, version=2)
        return Visit(seen, key, created, appointment.start - early)

    def _appointment(self, number: int, place: Place, known: Known) -> Appointment:
        service, client = place.service, known.client
        end = place.start + service.duration
        return Appointment(
            appointment_id=number,
            provider_id=service.provider_id,
            service_id=service.service_id,
            client_id=client.client_id,
            client_name=client.name,
            client_phone=client.phone,
            service_name=service.name,
            start=place.start,
            end=end,
            busy_until=end + service.buffer,
            status=Status.CONFIRMED,
            version=1,
            price=service.price,
            cancellation_hours=service.cancellation_hours,
            is_virtual=service.is_virtual,
            notes=self._note(service.provider_id) if self._chance(NOTED) else "",
            meeting_link=self._meeting_link() if service.is_virtual else "",
        )

    def _via(self, place: Place) -> BookedVia:
        if (
            place.day < self._today
            and not place.is_cancelled
            and self._chance(WALKS_IN)
        ):
            return BookedVia.WALK_IN
        return self._random.choices(list(VIA), list(VIA.values()))[0]

    def _created(self, place: Place, via: BookedVia) -> datetime:
        """Return when it was booked: before today, within the service's day limit."""
        if via is BookedVia.WALK_IN:
            return place.start - timedelta(minutes=self._random.randint(2, 25))
        ahead = max(0, (place.day - self._today).days)
        lead = ahead + 1 + int(self._random.expovariate(1 / USUAL_LEAD_DAYS))
        lead = min(lead, LONGEST_LEAD_DAYS, place.service.max_advance_days)
        moment = time(self._random.randint(8, 17), self._random.randint(0, 59))
        return self._at(place.day - timedelta(days=lead), moment)

    def _cancelled(self, visit: Visit) -> Visit:
        """Return a visit as somebody called it off, before its start and today."""
        until = min(visit.appointment.start, self._opening)
        at = visit.created_at + (until - visit.created_at) * self._random.random()
        by_practice = self._chance(BY_THE_PRACTICE)
        who = CancelledBy.PRACTICE if by_practice else CancelledBy.CLIENT
        appointment = replace(
            visit.appointment,
            status=Status.CANCELLED,
            version=2,
            cancelled_at=at,
            cancellation_reason=self._one_of(self._words.reasons[who]),
            refund_due=refund_due(visit.appointment, who, at),
        )
        given_at = at + REFUNDED_AFTER
        is_given = bool(appointment.refund_due and appointment.refund_due.amount)
        if is_given and given_at < self._now:
            appointment = replace(appointment, refund_given_at=given_at)
        return replace(visit, appointment=appointment, cancelled_by=who)

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, self._zone).astimezone(UTC)

    def _meeting_link(self) -> str:
        letters = "".join(self._random.choices(LETTERS, k=9))
        return f"https://meet.example.org/{letters[:3]}-{letters[3:6]}-{letters[6:]}"

    def _note(self, provider_id: int) -> str:
        return self._one_of(self._words.notes[self._types[provider_id]])

    def _one_of(self, texts: Sequence[str]) -> str:
        return self._random.choice(texts)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share
