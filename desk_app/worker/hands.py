"""The threads that do what the courier has claimed, one job each at a time.

They are daemons: a far side that hangs must not keep the program from closing. What
they leave undone, or unsettled, is taken up by another worker.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.queue import Job, Settled


@dataclass(frozen=True, slots=True)
class Done:
    """A job that a hand has put down; `settled` is None where it has settled it."""

    job: Job
    settled: Settled | None


class Hands:
    """A few threads and the jobs given to them; `work` raises nothing.

    `given` and `put_down` are called on one thread, that of the courier.
    """

    def __init__(self, count: int, work: Callable[[Job], Settled | None]) -> None:
        self._count = count
        self._work = work
        self._changed = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._done: list[Done] = []
        self._under_way: dict[int, Job] = {}
        self._is_closed = False
        for number in range(count):
            threading.Thread(
                target=self._run, name=f"courier {number + 1}", daemon=True
            ).start()

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What was given and not put down yet."""
        with self._changed:
            return tuple(self._under_way.values())

    @property
    def room(self) -> int:
        """How many jobs more keep all hands busy for a moment."""
        with self._changed:
            return max(0, 4 * self._count - len(self._under_way))

    def give(self, jobs: tuple[Job, ...]) -> None:
        """Let these be done, in their order."""
        with self._changed:
            self._waiting.extend(jobs)
            self._under_way.update((job.outbox_id, job) for job in jobs)
            self._changed.notify_all()

    def put_down(self, seconds: float) -> list[Done]:
        """Return what was done since the last call, after so many seconds at most."""
        with self._changed:
            if not self._done and self._under_way:
                self._changed.wait_for(lambda: self._done, seconds)
            done, self._done = self._done, []
            for each in done:
                self._under_way.pop(each.job.outbox_id, None)
            return done

    def close(self) -> tuple[Job, ...]:
        """Begin nothing more; return the jobs that no hand has begun."""
        with self._changed:
            self._is_closed = True
            left = tuple(self._waiting)
            self._waiting.clear()
            for job in left:
                self._under_way.pop(job.outbox_id, None)
            self._changed.notify_all()
            return left

    def _run(self) -> None:
        while (job := self._next()) is not None:
            settled = self._work(job)
            with self._changed:
                self._done.append(Done(job, settled))
                self._changed.notify_all()

    def _next(self) -> Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_closed)
            return self._waiting.popleft() if self._waiting else None
