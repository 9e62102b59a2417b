"""A practice that books, moves and cancels while its workers are in trouble."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.services.booking import Booking
from tests import factories
from tests.faults.far_side import POISON

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from tests.faults.far_side import FarSide

PROVIDERS, SLOTS = 4, 16
HALF_AN_HOUR = timedelta(minutes=30)
# Days enough ahead that no reminder is due meanwhile.
AHEAD = 7
EVERY_POISON = 40
MOVED, MOVED_AGAIN, CANCELLED = 0.4, 0.15, 0.25


@dataclass
class Practice:
    """Some providers side by side; every slot is used once."""

    sessions: Sessions
    places: list[factories.Practice] = field(default_factory=list)
    poisoned: set[int] = field(default_factory=set)
    _used: int = 0

    def open(self, far: FarSide) -> None:
        """Open it, with its mail server."""
        first = factories.open_practice(self.sessions)
        factories.setting(self.sessions, "grace_seconds", 0)
        mail = {"host": "localhost", "port": far.mail.port, "security": "STARTTLS"}
        sender = {"login": "", "sender": "praxis@praxis.example"}
        factories.setting(self.sessions, "mail", mail | sender)
        for number in range(PROVIDERS):
            provider_id = factories.provider(self.sessions, name=f"Dr {number}")
            factories.hours(self.sessions, provider_id)
            service_id = factories.service(
                self.sessions, provider_id, buffer_time_minutes=0
            )
            place = factories.Practice(provider_id, service_id, first.client_id)
            self.places.append(place)

    def work(self, count: int, seconds: float, stop: threading.Event) -> None:
        """Book so many visits, and change some of them, spread over this time."""
        deeds = list(self._deeds(count))
        for deed in deeds:
            if stop.wait(seconds / len(deeds)):
                return
            deed()

    def _deeds(self, count: int) -> Iterator[Callable[[], object]]:
        """Yield what is done, in an order in which it can be done."""
        booking = Booking(self.sessions)
        timed: list[tuple[float, Callable[[], object]]] = []
        for number in range(count):
            visit = _Visit(self, booking, is_poison=number % EVERY_POISON == 7)
            at = number / count
            timed.append((at, visit.book))
            for chance, deed in visit.changes():
                if random.random() < chance:
                    at += random.expovariate(count / 4)
                    timed.append((at, deed))
        yield from (deed for _, deed in sorted(timed, key=lambda each: each[0]))

    def slot(self) -> tuple[factories.Practice, datetime]:
        """Return a place and a start that nobody has had."""
        number, self._used = self._used, self._used + 1
        place = self.places[number % PROVIDERS]
        day, slot = divmod(number // PROVIDERS, SLOTS)
        date = datetime.now(UTC).date() + timedelta(days=AHEAD + day)
        return place, place.at(9, day=date) + slot * HALF_AN_HOUR


@dataclass
class _Visit:
    """One client's visit; what is poison has a name that nobody outside bears."""

    practice: Practice
    booking: Booking
    is_poison: bool
    now: Appointment | None = None

    def changes(self) -> Iterator[tuple[float, Callable[[], object]]]:
        """Yield what may follow, and how likely it is."""
        yield MOVED, self.move
        yield MOVED_AGAIN, self.move
        if not self.is_poison:
            yield CANCELLED, self.cancel

    def book(self) -> None:
        """Book it for somebody new."""
        place, start = self.practice.slot()
        number = self.practice._used
        name = f"{POISON} {number}" if self.is_poison else f"Client {number}"
        client_id = factories.client(
            self.practice.sessions,
            name=name,
            phone="",
            email=f"{name.replace(' ', '')}@example.org",
        )
        request = factories.Practice(
            place.provider_id, place.service_id, client_id
        ).request_at(start)
        self.now = self.booking.book(request)
        if self.is_poison:
            self.practice.poisoned.add(self.now.appointment_id)

    def move(self) -> None:
        """Move it, perhaps to another provider."""
        if self.now is not None:
            place, start = self.practice.slot()
            request = factories.move(self.now, start, place.provider_id)
            self.now = self.booking.move(request)

    def cancel(self) -> None:
        """Cancel it."""
        if self.now is not None:
            self.now = self.booking.cancel(factories.cancellation(self.now))
