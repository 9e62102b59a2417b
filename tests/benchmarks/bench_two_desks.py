"""Two desks: what one does until the other has heard it and read it.

Measured from the call at the one to the report at the other, 200 times each: a time
that is held, a booking, a move, a missed visit.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from queue import Queue
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING
from uuid import uuid4

from desk_app.domain.deeds import Mark, MarkRequest
from desk_app.domain.holds import HoldRequest
from desk_app.services.booking import Booking
from desk_app.services.diary import Diary
from desk_app.services.holding import Holding
from desk_app.worker.listener import Listener
from desk_app.worker.reports import AppointmentChanged, HoldsChanged
from tests import factories
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.worker.reports import Report

ROUNDS, WARM_UP, LIMIT_MS = 200, 20, 150
# Not all at the same moment of the listener's loop, and about as fast as a desk can.
PAUSE = 0.013
SLOT = timedelta(minutes=40)
# Each deed has days of its own, where no other is in its way.
BOOKED_AFTER, MOVED_AFTER, OVER_AFTER = 20, 40, 80


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url, sessions_to(url) as here, sessions_to(url) as there:
        practice = factories.open_practice(here)
        with _listening(url, there) as heard:
            return _figures(Deeds(here, practice), heard)


class Deeds:
    """What the first desk does, each with another appointment or time."""

    def __init__(self, sessions: Sessions, practice: factories.Practice) -> None:
        self._practice = practice
        self._holding = Holding(sessions)
        self._booking = Booking(sessions, factories.clock)
        over = factories.NOW + timedelta(days=OVER_AFTER)
        self._later = Booking(sessions, lambda: over)
        self._booked: list[Appointment] = []

    def hold(self, number: int) -> None:
        """Hold a time."""
        start = self._start(number)
        provider_id = self._practice.provider_id
        self._holding.hold(HoldRequest(uuid4(), provider_id, start, start + SLOT))

    def book(self, number: int) -> None:
        """Book a time that nobody holds."""
        request = self._practice.request_at(self._start(number, BOOKED_AFTER))
        self._booked.append(self._booking.book(request))

    def move(self, number: int) -> None:
        """Move what was booked to another day."""
        booked = self._booked[number]
        request = factories.move(booked, self._start(number, MOVED_AFTER))
        self._booked[number] = self._booking.move(request)

    def miss(self, number: int) -> None:
        """Mark it as missed."""
        seen = self._booked[number]
        key, mark = uuid4(), Mark.NO_SHOW
        self._later.mark(MarkRequest(key, seen.appointment_id, seen.version, mark))

    def _start(self, number: int, after: int = 0) -> datetime:
        day, slot = divmod(number, 12)
        days = timedelta(days=day + after)
        return self._practice.at(9, day=factories.TOMORROW + days) + slot * SLOT


def _figures(deeds: Deeds, heard: Queue[float]) -> list[Figure]:
    figures = []
    works = {
        "held": deeds.hold,
        "booked": deeds.book,
        "moved": deeds.move,
        "missed": deeds.miss,
    }
    for name, work in works.items():
        took = [_once(work, number, heard) for number in range(ROUNDS)][WARM_UP:]
        what = f"{name} here, heard there"
        p99 = quantiles(took, n=100)[98]
        figures.append(Figure(f"{what}, p50", median(took), "ms"))
        figures.append(Figure(f"{what}, p99", p99, "ms", LIMIT_MS))
    return figures


def _once(work: Callable[[int], None], number: int, heard: Queue[float]) -> float:
    started = perf_counter()
    work(number)
    took = (heard.get(timeout=10) - started) * 1e3
    sleep(PAUSE)
    return took


@contextmanager
def _listening(url: str, sessions: Sessions) -> Iterator[Queue[float]]:
    """Run the other desk's listener; give the moments of its reports."""
    stop, is_ready = threading.Event(), threading.Event()
    moments: Queue[float] = Queue()

    def report(said: Report) -> None:
        if not isinstance(said, AppointmentChanged | HoldsChanged):
            return
        if is_ready.is_set():
            moments.put(perf_counter())
        # What is held already is read once, after connecting.
        is_ready.set()

    diary = Diary(sessions)
    listener = Listener(url, diary.get, get_holds=diary.holds)
    thread = threading.Thread(target=listener.run, args=(stop, report))
    thread.start()
    try:
        is_ready.wait(10)
        yield moments
    finally:
        stop.set()
        thread.join()
