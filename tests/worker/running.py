"""A courier on a thread of a test, and what it is given to do."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.db.notices import OUTBOX_CHANNEL, Ear
from desk_app.worker.courier import Courier, done
from desk_app.worker.reports import OutboxStands, Report
from tests import couriers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from desk_app.domain.queue import Job, Settled
    from desk_app.worker.chores import Chore
    from desk_app.worker.courier import Handler

# Far less than the rest between two looks.
AT_ONCE = 3.0


@dataclass
class Carrying:
    """A handler that notes what it is given, and does what it is told to."""

    act: Callable[[Job], Settled | None] = done
    begun: queue.SimpleQueue[Job] = field(default_factory=queue.SimpleQueue)

    def carry(self, job: Job) -> Settled | None:
        """Note it and act."""
        self.begun.put(job)
        return self.act(job)

    def next(self, seconds: float = 5.0) -> Job:
        """Return the job that was begun next."""
        return self.begun.get(timeout=seconds)


@dataclass
class Hanging(Carrying):
    """A handler that does not come back until it is let go."""

    let_go: threading.Event = field(default_factory=threading.Event)

    def carry(self, job: Job) -> Settled | None:
        """Note it and hang."""
        self.begun.put(job)
        self.let_go.wait(30)
        return done(job)


class Running:
    """A courier on a thread, and what it has reported."""

    def __init__(self, courier: Courier) -> None:
        self.stop = threading.Event()
        self.reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self.thread = threading.Thread(
            target=courier.run, args=(self.stop, self.reports.put)
        )
        self.thread.start()

    def next(self, kind: type[Report], seconds: float = 10.0) -> Report:
        """Return its next report of a kind."""
        while not isinstance(said := self.reports.get(timeout=seconds), kind):
            pass
        return said

    def ended_within(self) -> float:
        """Stop it; return how long that took."""
        began = time.monotonic()
        self.stop.set()
        self.thread.join(10)
        assert not self.thread.is_alive()
        return time.monotonic() - began


@contextmanager
def working(
    url: str,
    handlers: Mapping[str, Handler],
    *,
    lease: float = 60.0,
    chores: Sequence[Chore] = (),
) -> Iterator[Running]:
    """Run a courier, once it hears."""
    with couriers.opened(url, lease=lease) as own:
        ear = Ear(url, channel=OUTBOX_CHANNEL)
        running = Running(Courier(own, handlers, ear, chores))
        try:
            running.next(OutboxStands)
            yield running
        finally:
            running.stop.set()
            running.thread.join(10)


def fail(error: Exception) -> Callable[[Job], Settled | None]:
    """Return what raises this for every job."""

    def act(job: Job) -> Settled | None:
        raise error

    return act
