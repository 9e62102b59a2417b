"""The waiting list: a call seen at the other desk, and who fits among many.

Measured from the claim of the call until the other desk has read who rings; and the
list of whom to ring about a free time, with a hundred people waiting.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from queue import Queue
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from desk_app.domain.waitlist import CallRequest, FreedSlot, NewEntry, Wish
from desk_app.services.diary import Diary
from desk_app.services.waitlist import Waitlist
from desk_app.worker.listener import Listener
from desk_app.worker.reports import Connected, Report, WaitlistChanged
from tests import factories
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

ROUNDS, WARM_UP, WAITING = 220, 20, 100
PAUSE = 0.013


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url, sessions_to(url) as here, sessions_to(url) as there:
        practice = factories.open_practice(here)
        mine, other = Waitlist(here, factories.clock), Waitlist(there, factories.clock)
        numbers = [_wait(mine, here, number) for number in range(WAITING)]
        with _listening(url, there) as seen:
            took = [_once(mine, numbers[n % WAITING], seen) for n in range(ROUNDS)]
        slot = FreedSlot(practice.provider_id, practice.at(9))
        looked = [_look(other, slot) for _ in range(ROUNDS)]
    took, looked = took[WARM_UP:], looked[WARM_UP:]
    return [
        Figure("rung here, seen there, p50", median(took), "ms"),
        Figure("rung here, seen there, p99", quantiles(took, n=100)[98], "ms", 150),
        Figure("who of 100 fits a free time, p50", median(looked), "ms"),
    ]


def _wait(waitlist: Waitlist, sessions: Sessions, number: int) -> int:
    client = factories.client(sessions, name=f"Client {number}", phone="")
    return waitlist.add(NewEntry(Wish("Check-up"), client)).entry_id


def _once(waitlist: Waitlist, number: int, seen: Queue[float]) -> float:
    started = perf_counter()
    called = waitlist.call(CallRequest(number))
    took = (seen.get(timeout=10) - started) * 1e3
    waitlist.let_go(CallRequest(number, called.calling_until))
    seen.get(timeout=10)
    sleep(PAUSE)
    return took


def _look(waitlist: Waitlist, slot: FreedSlot) -> float:
    started = perf_counter()
    waitlist.for_slot(slot)
    return (perf_counter() - started) * 1e3


@contextmanager
def _listening(url: str, sessions: Sessions) -> Iterator[Queue[float]]:
    """Run the other desk's listener; give when it has read the list anew."""
    stop, connected = threading.Event(), threading.Event()
    moments: Queue[float] = Queue()
    waitlist = Waitlist(sessions, factories.clock)

    def report(said: Report) -> None:
        if isinstance(said, WaitlistChanged):
            waitlist.everybody()
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
