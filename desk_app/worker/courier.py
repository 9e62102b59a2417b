"""Carries out what the outbox says: plans messages, sends them, keeps links in step.

Any number may run at once, at desks and on a machine that stays on: they share the
work row by row. One that is killed or frozen costs a delay, nothing else.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from typing import TYPE_CHECKING, Protocol

from desk_app.domain.queue import Outcome, Settled, State
from desk_app.domain.retry import after_failure
from desk_app.errors import LeaseLost, NotAllowed
from desk_app.worker.chores import do_now_and_then
from desk_app.worker.hands import Done, Hands
from desk_app.worker.reports import CourierLost, OutboxStands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from threading import Event
    from uuid import UUID

    from desk_app.db.notices import Ear
    from desk_app.domain.queue import Job
    from desk_app.services.queue import Queue
    from desk_app.worker.chores import Chore
    from desk_app.worker.reports import Report

_log = logging.getLogger(__name__)

# What is claimed at a time.
BATCH = 24
LONGEST_REST = 15.0
# While hands are busy, what is new is looked for this often, in seconds.
GLANCE = 0.02
TELL_EVERY = 2.0
# A job that takes longer hangs; one that waits longer is left to others.
LONGEST_JOB = 120.0
LONGEST_WAIT = 30.0
# So long what is under way may take to end when the program closes.
LAST_MOMENTS = 3.0
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0


class Handler(Protocol):
    """Does one kind of job."""

    def carry(self, job: Job) -> Settled | None:
        """Do it; return how it ended, None where that was written down already.

        Raises DeskErrors: `domain/retry.py` says what becomes of the job then. A job
        of another worker by now raises LeaseLost. Takes 40 s at most.
        """


class Courier:
    """Works through the outbox; `run` fits a thread of the window and a service.

    `handlers` are by kind of task, and by channel for deliveries; each has hands of
    its own. What none of them knows waits for a newer program.
    """

    def __init__(
        self,
        queue: Queue,
        handlers: Mapping[str, Handler],
        ear: Ear,
        chores: Sequence[Chore] = (),
    ) -> None:
        self._queue = queue
        self._handlers = handlers
        self._ear = ear
        self._chores = tuple(chores)
        self._unsettled: list[Done] = []
        self._failures = 0
        self._kept_at = self._told_at = self._look_at = 0.0

    def run(self, stop: Event, report: Callable[[Report], None]) -> None:
        """Carry until `stop` is set, which is noticed within a second.

        Raises NotAllowed once its login is refused: who gave it may know another.
        """
        lanes = {word: id(handler) for word, handler in self._handlers.items()}
        hands = Hands(lanes, self._work)
        over = threading.Event()
        do_now_and_then(self._chores, over)
        self._failures = 0
        try:
            while not stop.is_set():
                self._try_to_carry(hands, stop, report)
                stop.wait(self._pause())
        finally:
            over.set()
            self._leave(hands)

    def _try_to_carry(
        self, hands: Hands, stop: Event, report: Callable[[Report], None]
    ) -> None:
        """Carry until something fails; raises NotAllowed."""
        try:
            self._carry(hands, stop, report)
        except NotAllowed:
            raise
        except Exception as error:  # noqa: BLE001 - the top of a loop that must last
            self._trouble(error, report)
        finally:
            self._ear.close()

    def _carry(
        self, hands: Hands, stop: Event, report: Callable[[Report], None]
    ) -> None:
        """Connect, then work until the connection is lost."""
        self._ear.connect(stop)
        self._look_at = self._told_at = 0.0
        while not stop.is_set():
            self._keep(hands)
            if time.monotonic() >= self._look_at:
                self._claim(hands)
                self._failures = 0
                self._tell(report)
            self._rest(hands, stop)

    def _claim(self, hands: Hands) -> None:
        """Give the hands what is due, and find out when to look again."""
        words = sorted(hands.free)
        jobs = self._queue.claim(BATCH, words)
        hands.give(jobs)
        rest = 0.0
        if len(jobs) < BATCH:
            due = self._queue.next_due(words)
            rest = LONGEST_REST if due is None else min(max(due, GLANCE), LONGEST_REST)
        self._look_at = time.monotonic() + rest

    def _rest(self, hands: Hands, stop: Event) -> None:
        """Wait for work, done or new."""
        seconds = max(0.0, self._look_at - time.monotonic())
        if hands.is_busy or self._unsettled:
            free = hands.free
            self._settle(hands.put_down(min(seconds, GLANCE)))
            seconds = 0.0
            if hands.free > free:
                self._look_at = 0.0
        if self._ear.wait(stop, min(seconds, 1.0)):
            self._look_at = 0.0

    def _keep(self, hands: Hands) -> None:
        """Renew leases, and take back those of others, in good time."""
        now = time.monotonic()
        if now - self._kept_at < self._queue.lease / 4:
            return
        self._kept_at = now
        late = hands.take_away(LONGEST_WAIT)
        self._settle([Done(job, _given_back(job, LONGEST_REST)) for job in late])
        self._queue.renew(hands.kept(LONGEST_JOB))
        if self._queue.take_back():
            self._look_at = 0.0

    def _settle(self, done: Sequence[Done]) -> None:
        """Write down how jobs ended; what cannot be written now is kept for later."""
        self._unsettled.extend(done)
        settled = [each.settled for each in self._unsettled if each.settled]
        counted = self._queue.settle(settled)
        ended, self._unsettled = self._unsettled, []
        if any(each.state is State.WAITING for each in settled):
            self._look_at = 0.0
        for each in ended:
            if each.settled and _came_late(each.job, each.settled, counted):
                self._queue.again(each.job)

    def _work(self, job: Job) -> Settled | None:
        """Do one job, on a thread of its own; whatever happens, it ends somehow."""
        try:
            return self._handlers[job.word].carry(job)
        except LeaseLost:
            return None
        except Exception as error:  # noqa: BLE001 - a job must not end its thread
            _log.info("%s: %s", job.kind, type(error).__name__)
            return after_failure(job, error, random.random)

    def _leave(self, hands: Hands) -> None:
        """Give back what was not begun, and write down what still comes to its end."""
        back = [Done(job, _given_back(job)) for job in hands.close()]
        ends = time.monotonic() + LAST_MOMENTS
        try:
            self._settle(back)
            while hands.is_busy and time.monotonic() < ends:
                self._settle(hands.put_down(GLANCE))
        except Exception as error:  # noqa: BLE001 - their leases run out by themselves
            _log.warning("The courier left in haste: %s", type(error).__name__)

    def _tell(self, report: Callable[[Report], None]) -> None:
        now = time.monotonic()
        if now - self._told_at >= TELL_EVERY:
            self._told_at = now
            report(OutboxStands(self._queue.standing()))

    def _trouble(self, error: Exception, report: Callable[[Report], None]) -> None:
        if self._failures == 0:
            report(CourierLost())
            _log.warning("The courier lost its connection: %s", type(error).__name__)
        self._failures += 1

    def _pause(self) -> float:
        """Return a random time, longer after each failure."""
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self._failures)
        return random.uniform(0, longest)  # noqa: S311 - not a secret


def done(job: Job, outcome: Outcome = Outcome.SENT, error: str = "") -> Settled:
    """Return that a job is done."""
    return Settled(job.outbox_id, job.token, State.DONE, outcome, error)


def dropped(job: Job, outcome: Outcome) -> Settled:
    """Return that a job no longer counts."""
    return Settled(job.outbox_id, job.token, State.DROPPED, outcome)


def _given_back(job: Job, after: float = 0.0) -> Settled:
    return Settled(
        job.outbox_id, job.token, State.WAITING, again_after=after, counts=False
    )


def _came_late(job: Job, settled: Settled, counted: frozenset[UUID]) -> bool:
    """Say whether a task may have had its effect after somebody else did it."""
    is_tried = settled.counts and settled.state is not State.DROPPED
    return is_tried and not job.channel and job.token not in counted
