"""The outbox: how fast one worker is, how soon it begins, what a booking costs then.

On a server whose every commit reaches the disk, by the worker's own login. Rates are
given as milliseconds a row: 500 rows a second, the limit of the queue, are 2 ms. What a
row of messages takes is mostly writing the letter and its invitation.
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
from desk_app.domain.messages import Channel, MessageKind
from desk_app.messages.memory import Memory
from desk_app.services.booking import Booking
from desk_app.services.planning import Planning
from desk_app.services.queue import Queue
from desk_app.services.wording import Wording
from desk_app.worker.courier import Courier, done
from desk_app.worker.deliveries import Deliveries
from desk_app.worker.message_tasks import MessageTasks
from desk_app.worker.reports import OutboxStands
from tests import couriers, factories
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure
from tests.couriers import TASK
from tests.factories import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desk_app.db.session import Sessions
    from desk_app.domain.queue import Job, Settled
    from desk_app.worker.courier import Handler
    from desk_app.worker.reports import Report

MANY, VISITS, A_ROW = 4000, 1000, 2.0
ROUNDS, WARM_UP, LIMIT_MS = 300, 30, 50
# Not all at the same moment of the courier's loop.
PAUSE = 0.007
BOOKED, TURNS = 25, 8
MOST_MORE = 1.15
_MANY = """INSERT INTO outbox (kind, dedupe_key, run_at)
    SELECT :kind, 'many:' || number, now() - interval '1 hour'
    FROM generate_series(1, :many) number"""
_VISITS = """INSERT INTO appointment (provider_id, client_id, service_id, start_time,
        end_time, status)
    SELECT :provider, :client, :service, at, at + interval '1 minute', 'CONFIRMED'
    FROM generate_series(1, :visits) number,
        LATERAL (SELECT now() + interval '9 days' + number * interval '1 hour' AS at) t
    RETURNING appointment_id"""
_CONFIRM = """INSERT INTO outbox (kind, appointment_id, dedupe_key, payload)
    SELECT 'confirmation', appointment_id, 'confirmation of ' || appointment_id,
        jsonb_build_object('version', 1, 'provider_id', provider_id)
    FROM appointment"""


class Noting:
    """A handler that does nothing but say when it was begun."""

    def __init__(self) -> None:
        self.begun: Moments[float] = Moments()

    def carry(self, job: Job) -> Settled:
        """Note the moment."""
        self.begun.put(perf_counter())
        return done(job)


class Post:
    """Somebody who carries everything, as far as this process."""

    def __init__(self) -> None:
        self.memory = Memory()

    def carrier(self, channel: Channel) -> Memory:
        """Return who carries a channel."""
        del channel
        return self.memory


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url, sessions_to(url) as owner:
        worker_url = couriers.worker_url(url)
        practice = factories.open_practice(owner)
        with sessions_to(worker_url) as worker:
            return [
                *_throughput(owner, worker),
                *_messages(owner, worker, practice),
                *_latency(owner, worker),
                *_booking(owner, worker, practice),
            ]


def _throughput(owner: Sessions, worker: Sessions) -> list[Figure]:
    """Measure rows of no effect that are all due at once."""
    rows(owner, _MANY, kind=TASK, many=MANY)
    began = perf_counter()
    with carrying(worker, {TASK: Noting()}):
        _wait_for_the_end(owner)
        return [_rate("a row, queue alone", began, MANY, limit=A_ROW)]


def _messages(
    owner: Sessions, worker: Sessions, practice: factories.Practice
) -> list[Figure]:
    """Measure confirmations: planned, put into words, handed over and settled."""
    client_id = factories.client(owner, email="anna@example.org")
    factories.setting(owner, "mail", {"host": "x", "sender": "praxis@example.org"})
    rows(
        owner,
        _VISITS,
        visits=VISITS,
        client=client_id,
        provider=practice.provider_id,
        service=practice.service_id,
    )
    rows(owner, _CONFIRM)
    post, planning = Post(), Planning(worker)
    began = perf_counter()
    with carrying(worker, _handlers(worker, post, planning)):
        _wait_for_the_end(owner)
        found = _rate("a row of messages", began, 2 * VISITS)
    if len(post.memory.kept) != VISITS:
        raise AssertionError(len(post.memory.kept))
    return [found]


def _handlers(
    worker: Sessions, post: Post, planning: Planning
) -> Mapping[str, Handler]:
    mail = Deliveries(planning, Wording(worker), post, Queue(worker).hand_over)
    planned = MessageTasks(planning)
    return {**dict.fromkeys(MessageKind, planned), Channel.EMAIL: mail}


def _rate(name: str, began: float, count: int, limit: float | None = None) -> Figure:
    took = (perf_counter() - began) * 1e3 / count
    return Figure(name, took, "ms", limit, remark=f"{1e3 / took:.0f} rows/s")


def _wait_for_the_end(owner: Sessions) -> None:
    left = "SELECT count(*) FROM outbox WHERE state IN ('WAITING', 'SENDING')"
    while rows(owner, left)[0][0]:
        sleep(0.01)


def _latency(owner: Sessions, worker: Sessions) -> list[Figure]:
    """Measure from the moment of a commit until the handler begins."""
    handler = Noting()
    took = []
    with carrying(worker, {TASK: handler}):
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


def _booking(
    owner: Sessions, worker: Sessions, practice: factories.Practice
) -> list[Figure]:
    """Book in turns with a courier in this process and without one."""
    booking = Booking(owner, factories.clock)
    kinds = (TASK, "calendar_remove", "confirmation")
    alone: list[float] = []
    beside: list[float] = []
    for turn in range(TURNS):
        alone += _book(booking, practice, 2 * turn)
        with carrying(worker, dict.fromkeys(kinds, Noting())):
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
def carrying(worker: Sessions, handlers: Mapping[str, Handler]) -> Iterator[None]:
    """Run a courier on a thread."""
    stop, is_ready = threading.Event(), threading.Event()

    def report(said: Report) -> None:
        if isinstance(said, OutboxStands):
            is_ready.set()

    ear = Ear(worker.url, channel=OUTBOX_CHANNEL)
    courier = Courier(Queue(worker), handlers, ear)
    thread = threading.Thread(target=courier.run, args=(stop, report))
    thread.start()
    try:
        is_ready.wait(10)
        yield
    finally:
        stop.set()
        thread.join()
