"""The outbox: how fast one worker is, how soon it begins, what a booking costs then.

On a server whose every commit reaches the disk, by the worker's own login. Rates are
given as milliseconds a row: 500 rows a second are 2 ms.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from queue import Queue as Moments
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from desk_app.db.notices import OUTBOX_CHANNEL, Ear
from desk_app.services.booking import Booking
from desk_app.worker.courier import Courier, done
from desk_app.worker.reports import OutboxStands
from tests import couriers, factories
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure
from tests.couriers import TASK
from tests.factories import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.queue import Job, Settled
    from desk_app.services.queue import Queue
    from desk_app.worker.reports import Report

MANY, A_ROW = 4000, 2.0
ROUNDS, WARM_UP, LIMIT_MS = 300, 30, 50
# Not all at the same moment of the courier's loop.
PAUSE = 0.007
BOOKED, TURNS = 25, 8
MOST_MORE = 1.15
_MANY = """INSERT INTO outbox (kind, dedupe_key, run_at)
    SELECT :kind, 'many:' || number, now() - interval '1 hour'
    FROM generate_series(1, :many) number"""


class Noting:
    """A handler that does nothing but say when it was begun."""

    def __init__(self) -> None:
        self.begun: Moments[float] = Moments()

    def carry(self, job: Job) -> Settled:
        """Note the moment."""
        self.begun.put(perf_counter())
        return done(job)


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url, sessions_to(url) as owner:
        worker_url = couriers.worker_url(url)
        with couriers.opened(worker_url) as queue:
            return [
                *_throughput(owner, queue, worker_url),
                *_latency(owner, queue, worker_url),
                *_booking(owner, queue, worker_url),
            ]


def _throughput(owner: Sessions, queue: Queue, url: str) -> list[Figure]:
    """Measure rows of no effect that are all due at once."""
    rows(owner, _MANY, kind=TASK, many=MANY)
    handler = Noting()
    began = perf_counter()
    with carrying(queue, url, handler):
        for _ in range(MANY):
            handler.begun.get(timeout=60)
        _wait_for_the_end(owner)
        took = (perf_counter() - began) * 1e3 / MANY
    remark = f"{1e3 / took:.0f} rows/s"
    return [Figure("a row, queue alone", took, "ms", A_ROW, remark=remark)]


def _wait_for_the_end(owner: Sessions) -> None:
    left = "SELECT count(*) FROM outbox WHERE state IN ('WAITING', 'SENDING')"
    while rows(owner, left)[0][0]:
        sleep(0.005)


def _latency(owner: Sessions, queue: Queue, url: str) -> list[Figure]:
    """Measure from the moment of a commit until the handler begins."""
    handler = Noting()
    took = []
    with carrying(queue, url, handler):
        for _ in range(ROUNDS):
            couriers.put(owner)
            committed = perf_counter()
            took.append((handler.begun.get(timeout=10) - committed) * 1e3)
            sleep(PAUSE)
    took = took[WARM_UP:]
    p99 = quantiles(took, n=100)[98]
    return [
        Figure("commit to claim, p50", median(took), "ms"),
        Figure("commit to claim, p99", p99, "ms", LIMIT_MS),
    ]


def _booking(owner: Sessions, queue: Queue, url: str) -> list[Figure]:
    """Book in turns with a courier in this process and without one."""
    practice = factories.open_practice(owner)
    booking = Booking(owner, factories.clock)
    alone: list[float] = []
    beside: list[float] = []
    for turn in range(TURNS):
        alone += _book(booking, practice, 2 * turn)
        with carrying(queue, url, Noting()):
            beside += _book(booking, practice, 2 * turn + 1)
    ratio = median(beside) / median(alone)
    return [
        Figure("a booking, no courier, p50", median(alone), "ms"),
        Figure("a booking, beside a courier, p50", median(beside), "ms"),
        Figure("beside a courier to alone", ratio, "times", MOST_MORE),
    ]


def _book(booking: Booking, practice: factories.Practice, block: int) -> list[float]:
    took = []
    for number in range(block * BOOKED, (block + 1) * BOOKED):
        day, slot = divmod(number, 12)
        first = practice.at(9, day=factories.TOMORROW + timedelta(days=day))
        request = practice.request_at(first + slot * timedelta(minutes=40))
        started = perf_counter()
        booking.book(request)
        took.append((perf_counter() - started) * 1e3)
        sleep(PAUSE)
    return took


@contextmanager
def carrying(queue: Queue, url: str, handler: Noting) -> Iterator[None]:
    """Run a courier that has nothing to do but this handler's jobs."""
    stop, is_ready = threading.Event(), threading.Event()

    def report(said: Report) -> None:
        if isinstance(said, OutboxStands):
            is_ready.set()

    handlers = dict.fromkeys((TASK, "calendar_remove", "confirmation"), handler)
    courier = Courier(queue, handlers, Ear(url, channel=OUTBOX_CHANNEL))
    thread = threading.Thread(target=courier.run, args=(stop, report))
    thread.start()
    try:
        is_ready.wait(10)
        yield
    finally:
        stop.set()
        thread.join()
