"""Two desks: one books, the other one's listener reports the appointment.

Measured from the call of `booking.book` to the report, reading the row included.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from queue import Queue
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from desk_app.services.booking import Booking
from desk_app.services.diary import Diary
from desk_app.worker.listener import Listener
from desk_app.worker.reports import AppointmentChanged, Connected, Report
from tests import factories
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

ROUNDS, WARM_UP = 200, 20
# Not all at the same moment of the listener's loop, and about as fast as a desk can.
PAUSE = 0.013


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url, sessions_to(url) as here, sessions_to(url) as there:
        practice = factories.open_practice(here)
        booking = Booking(here, factories.clock)
        with _listening(url, there) as reported:
            took = [_once(booking, practice, n, reported) for n in range(ROUNDS)]
    took = took[WARM_UP:]
    return [
        Figure("booked here, reported there, p50", median(took), "ms"),
        Figure(
            "booked here, reported there, p99", quantiles(took, n=100)[98], "ms", 150
        ),
    ]


def _once(
    booking: Booking, practice: factories.Practice, number: int, reported: Queue[float]
) -> float:
    day, slot = divmod(number, 12)
    first = practice.at(9, day=factories.TOMORROW + timedelta(days=day))
    request = practice.request_at(first + slot * timedelta(minutes=40))
    started = perf_counter()
    booking.book(request)
    took = (reported.get(timeout=10) - started) * 1e3
    sleep(PAUSE)
    return took


@contextmanager
def _listening(url: str, sessions: Sessions) -> Iterator[Queue[float]]:
    """Run the other desk's listener; give the moments of its reports."""
    stop, connected = threading.Event(), threading.Event()
    moments: Queue[float] = Queue()

    def report(said: Report) -> None:
        if isinstance(said, AppointmentChanged):
            moments.put(perf_counter())
        elif isinstance(said, Connected):
            connected.set()

    listener = Listener(url, Diary(sessions).get)
    thread = threading.Thread(target=listener.run, args=(stop, report))
    thread.start()
    try:
        connected.wait(10)
        yield moments
    finally:
        stop.set()
        thread.join()
