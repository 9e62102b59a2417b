"""Desks that book, cancel, confirm and move on the same days, as fast as they can."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

import psycopg

from desk_app.db.session import open_sessions
from desk_app.domain.appointment import (
    Appointment,
    BookingRequest,
    CancelRequest,
    ConfirmRequest,
    MoveRequest,
    Status,
)
from desk_app.errors import DeskError, Unavailable
from desk_app.services.booking import Booking
from tests import factories
from tests.stress.journal import Journal, Request, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from desk_app.db.session import Sessions

# After the run a desk may still find out what became of its last wish.
PATIENCE = 60.0
TERMINATE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    ORDER BY random() LIMIT %s"""


@dataclass(frozen=True, slots=True)
class Arena:
    """Where the desks meet: services of the same name on few days."""

    practices: tuple[factories.Practice, ...]
    starts: tuple[datetime, ...]


@dataclass(slots=True)
class Board:
    """Appointments that desks know of; versions on it may be out of date."""

    known: dict[int, Appointment] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def put(self, appointment: Appointment) -> None:
        """Remember how an appointment stands."""
        with self._guard:
            number = appointment.appointment_id
            if appointment.status is Status.CANCELLED:
                self.known.pop(number, None)
                return
            seen = self.known.get(number)
            if seen is None or seen.version < appointment.version:
                self.known[number] = appointment

    def any(self, dice: random.Random) -> Appointment | None:
        """Return one of them."""
        with self._guard:
            return dice.choice(list(self.known.values())) if self.known else None


class Verb(Protocol):
    """One of the verbs of Booking."""

    def __call__(self, request: Request, /) -> Appointment:
        """Do it."""


@dataclass(slots=True)
class Desk:
    """One desk: its own connections, its own dice."""

    sessions: Sessions
    arena: Arena
    board: Board
    journal: Journal
    dice: random.Random
    new_key_on_retry: bool = False

    @property
    def booking(self) -> Booking:
        """The verbs, at the time of the tests."""
        return Booking(self.sessions, factories.clock)

    def work(self, until: float) -> None:
        """Make wishes until the clock says so."""
        while time.monotonic() < until:
            before = self.board.any(self.dice)
            request = self._wish(before)
            seen = None if isinstance(request, BookingRequest) else before
            self._ask(request, seen, until + PATIENCE)

    def _wish(self, seen: Appointment | None) -> Request:
        dice = self.dice
        chance = dice.random()
        if seen is None or chance < 0.45:
            return self._new_booking()
        number, version = seen.appointment_id, seen.version
        if chance < 0.7:
            return CancelRequest(uuid4(), number, version, "stress")
        if chance < 0.75:
            return ConfirmRequest(uuid4(), number, version)
        place = dice.choice(self.arena.practices)
        start = dice.choice(self.arena.starts)
        return MoveRequest(uuid4(), number, version, place.provider_id, start)

    def _new_booking(self) -> BookingRequest:
        dice = self.dice
        place = dice.choice(self.arena.practices)
        request = place.request_at(dice.choice(self.arena.starts))
        if dice.random() < 0.2:
            new = factories.new_client(name=f"New {request.idempotency_key}")
            request = replace(request, client_id=None, new_client=new)
        return replace(request, pending=dice.random() < 0.2)

    def _ask(self, request: Request, seen: Appointment | None, until: float) -> None:
        """Ask until it is decided, always with the same key."""
        verb = self._verb(request)
        while True:
            try:
                answer = verb(request)
            except Unavailable:
                if time.monotonic() > until:
                    self.journal.give_up(request)
                    return
                self.journal.ask_again()
                if self.new_key_on_retry:
                    request = replace(request, idempotency_key=uuid4())
                continue
            except DeskError:
                self.journal.refuse()
                return
            self.journal.grant(Told(request, seen, answer))
            self.board.put(answer)
            return

    def _verb(self, request: Request) -> Verb:
        booking = self.booking
        verbs: dict[type, Callable[..., Appointment]] = {
            BookingRequest: booking.book,
            CancelRequest: booking.cancel,
            ConfirmRequest: booking.confirm,
            MoveRequest: booking.move,
        }
        return verbs[type(request)]


def make_arena(sessions: Sessions, providers: int) -> Arena:
    """Make providers of one service, bookable every five minutes of a morning.

    They share rooms, one fewer than they are.
    """
    first = factories.open_practice(sessions)
    factories.setting(sessions, "slot_alignment", {"kind": "EVERY", "minutes": 5})
    practices = [first]
    for _ in range(providers - 1):
        provider_id = factories.provider(sessions)
        factories.hours(sessions, provider_id)
        service_id = factories.service(sessions, provider_id)
        practices.append(replace(first, provider_id=provider_id, service_id=service_id))
    for number in range(1, providers):
        services = [practice.service_id for practice in practices]
        factories.room(sessions, *services, name=f"Room {number}")
    starts = [first.at(9) + timedelta(minutes=5 * step) for step in range(48)]
    return Arena(tuple(practices), tuple(starts))


def ten_seconds(url: str) -> Sessions:
    """Open Sessions whose calls end within ten seconds."""
    return open_sessions(url, deadline=10)


@contextmanager
def open_desks(
    url: str,
    count: int,
    arena: Arena,
    sessions_to: Callable[[str], Any] = ten_seconds,
    **changes: bool,
) -> Iterator[list[Desk]]:
    """Give desks, each with Sessions of its own, that share board and journal."""
    board, journal = Board(), Journal()
    desks = [
        Desk(sessions_to(url), arena, board, journal, random.Random(number), **changes)
        for number in range(count)
    ]
    try:
        yield desks
    finally:
        for desk in desks:
            desk.sessions.close()


def run_desks(desks: Sequence[Desk], seconds: float) -> Journal:
    """Let all desks work at once; return what they were told."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(desks)) as pool:
        # Reading the results raises what went wrong in a desk.
        list(pool.map(lambda desk: desk.work(until), desks))
    return desks[0].journal


@contextmanager
def terminator(url: str, pause: float) -> Iterator[Terminator]:
    """Run a Terminator meanwhile."""
    ending = Terminator(url, pause)
    thread = threading.Thread(target=ending.run)
    thread.start()
    try:
        yield ending
    finally:
        ending.stop.set()
        thread.join()


@dataclass(slots=True)
class Terminator:
    """Ends backends at random, on a direct line, until it is stopped."""

    url: str
    pause: float
    ended: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """End one to three backends after each pause."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            while not self.stop.wait(self.pause):
                with suppress(psycopg.Error):
                    found = connection.execute(TERMINATE, (random.randint(1, 3),))
                    self.ended += len(found.fetchall())
