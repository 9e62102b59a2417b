"""The threads that do what the courier has claimed, one job each at a time.

Each lane has threads of its own: a far side that hangs stops what goes to it, and
nothing else. They are daemons, so that it does not keep the program from closing
either. What they leave undone, or unsettled, is taken up by another worker.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from desk_app.domain.queue import Job, Settled

HANDS_EACH = 3
# So many jobs keep the hands of a lane busy for a moment.
FULL = 4 * HANDS_EACH


@dataclass(frozen=True, slots=True)
class Done:
    """A job that a hand has put down; `settled` is None where it has settled it."""

    job: Job
    settled: Settled | None


@dataclass(slots=True)
class _Held:
    """A job that was given; `since` is when, or when a hand has begun it."""

    job: Job
    since: float
    is_begun: bool = False


class _Lane:
    """What one far side is to get, and how many hands it has."""

    def __init__(self, lock: threading.Lock) -> None:
        self.waiting: deque[_Held] = deque()
        self.given = threading.Condition(lock)
        # How much was given and not put down yet.
        self.load = 0
        self.threads = 0


class Hands:
    """A few threads for each lane and the jobs given to them; `work` raises nothing.

    `lanes` names the lane of each word of a job. All but the work is done on one
    thread, that of the courier.
    """

    def __init__(
        self, lanes: Mapping[str, int], work: Callable[[Job], Settled | None]
    ) -> None:
        self._lock = threading.Lock()
        self._put_down = threading.Condition(self._lock)
        self._all = {number: _Lane(self._lock) for number in lanes.values()}
        self._lanes = {word: self._all[number] for word, number in lanes.items()}
        self._work = work
        self._done: list[Done] = []
        self._held: dict[UUID, _Held] = {}
        self._is_closed = False

    @property
    def free(self) -> frozenset[str]:
        """The words of jobs for which there are hands."""
        with self._lock:
            return frozenset(
                word for word, lane in self._lanes.items() if lane.load < FULL
            )

    @property
    def is_busy(self) -> bool:
        """Whether something was given that was not put down yet."""
        with self._lock:
            return bool(self._held)

    def give(self, jobs: tuple[Job, ...]) -> None:
        """Let these be done, in their order."""
        now = time.monotonic()
        with self._lock:
            for job in jobs:
                held = self._held[job.token] = _Held(job, now)
                lane = self._lanes[job.word]
                lane.waiting.append(held)
                lane.load += 1
                if lane.threads < min(HANDS_EACH, lane.load):
                    self._start(lane)
                lane.given.notify()

    def put_down(self, seconds: float) -> list[Done]:
        """Return what was done since the last call, after so many seconds at most."""
        with self._lock:
            if not self._done and self._held:
                self._put_down.wait_for(lambda: self._done, seconds)
            done, self._done = self._done, []
            for each in done:
                self._let_go(each.job)
            return done

    def kept(self, seconds: float) -> tuple[Job, ...]:
        """Return the jobs that are nobody else's business yet.

        Those that a hand began longer ago hang: somebody else shall try them.
        """
        since = time.monotonic() - seconds
        with self._lock:
            held = self._held.values()
            return tuple(e.job for e in held if e.since > since or not e.is_begun)

    def take_away(self, seconds: float) -> tuple[Job, ...]:
        """Take what no hand has begun for so long; another worker may have hands."""
        since = time.monotonic() - seconds
        with self._lock:
            late = [
                each
                for lane in self._all.values()
                for each in lane.waiting
                if each.since <= since
            ]
            for each in late:
                self._lanes[each.job.word].waiting.remove(each)
                self._let_go(each.job)
            return tuple(each.job for each in late)

    def close(self) -> tuple[Job, ...]:
        """Begin nothing more; return the jobs that no hand has begun."""
        left = self.take_away(0)
        with self._lock:
            self._is_closed = True
            for lane in self._all.values():
                lane.given.notify_all()
        return left

    def _let_go(self, job: Job) -> None:
        del self._held[job.token]
        self._lanes[job.word].load -= 1

    def _start(self, lane: _Lane) -> None:
        lane.threads += 1
        threading.Thread(
            target=self._run, args=(lane,), name="courier's hand", daemon=True
        ).start()

    def _run(self, lane: _Lane) -> None:
        while (job := self._next(lane)) is not None:
            settled = self._work(job)
            with self._lock:
                self._done.append(Done(job, settled))
                self._put_down.notify()

    def _next(self, lane: _Lane) -> Job | None:
        with self._lock:
            lane.given.wait_for(lambda: lane.waiting or self._is_closed)
            if not lane.waiting:
                return None
            held = lane.waiting.popleft()
            held.is_begun, held.since = True, time.monotonic()
            return held.job
