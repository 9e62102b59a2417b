"""One run: a practice at work, its workers in trouble, and then quiet."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desk_app.db.session import open_sessions
from tests.faults.far_side import RUDE, FarSide, Manners, far_side
from tests.faults.machines import Fleet, Trouble, afflict, fleet
from tests.faults.oracle import World, is_quiet, look
from tests.faults.practice import Practice
from tests.faults.worker import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.certificates import Authority

THREE_HOURS = 3 * 3600.0
WORKERS = 4
LEASE = 1.2
PATIENCE = 150.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is: so many visits, within so many seconds, under such trouble."""

    visits: int
    seconds: float
    trouble: Trouble
    manners: Manners = RUDE
    broken: str = ""


@dataclass
class Ground:
    """Where a run takes place."""

    practice: Practice
    far: FarSide
    fleet: Fleet

    def run(self, plan: Plan) -> World:
        """Let all happen at once, wait until it is quiet, and look."""
        stop = threading.Event()
        unlucky = threading.Thread(
            target=afflict, args=(self.fleet, plan.trouble, plan.seconds, stop)
        )
        unlucky.start()
        try:
            self.work(plan, stop)
            unlucky.join()
        finally:
            stop.set()
            unlucky.join()
        return self.at_rest()

    def work(self, plan: Plan, stop: threading.Event | None = None) -> None:
        """Let the practice do its part."""
        self.practice.work(plan.visits, plan.seconds, stop or threading.Event())

    def at_rest(self, patience: float = PATIENCE) -> World:
        """Return how all stands once nothing is left to be done, or nobody does it."""
        until = time.monotonic() + patience
        while not is_quiet(self.practice.sessions) and time.monotonic() < until:
            time.sleep(0.1)
        return look(self.practice, self.far)


@contextmanager
def ground(
    url: str, worker_url: str, authority: Authority, plan: Plan
) -> Iterator[Ground]:
    """Give a practice whose workers' clocks are three hours wrong, both ways."""
    sessions = open_sessions(url, deadline=20)
    try:
        with far_side(authority, plan.manners) as far:
            practice = Practice(sessions)
            practice.open(far)
            right = Config(
                worker_url,
                far.calendar_url,
                far.mail.port,
                str(authority.file),
                LEASE,
                broken=plan.broken,
            )
            configs = [
                replace(right, shift=hours) for hours in (THREE_HOURS, -THREE_HOURS)
            ]
            with fleet(configs, WORKERS) as workers:
                yield Ground(practice, far, workers)
    finally:
        sessions.close()
