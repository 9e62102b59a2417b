"""Carries out what the outbox says: plans messages, sends them, keeps links in step.

Any number may run at once, at desks and on a machine that stays on: they share the
work row by row. One that is killed or frozen costs a delay, nothing else.
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desk_app.domain.queue import Outcome, Settled, State
from desk_app.domain.retry import after_failure
from desk_app.errors import DeskError, LeaseLost, Unavailable
from desk_app.worker.hands import Done, Hands
from desk_app.worker.reports import CourierLost, OutboxStands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from threading import Event

    from desk_app.db.notices import Ear
    from desk_app.domain.queue import Job
    from desk_app.services.queue import Queue
    from desk_app.worker.reports import Report

_log = logging.getLogger(__name__)

HANDS = 6
LONGEST_REST = 15.0
# While hands are busy, what is new is looked for this often, in seconds.
GLANCE = 0.02
TELL_EVERY = 2.0
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


@dataclass(frozen=True)
class Chore:
    """Something to be done now and then, by whichever courier comes to it.

    `every` is in seconds. Two may do it at once; it raises DeskErrors.
    """

    name: str
    every: float
    do: Callable[[], object]


class Courier:
    """Works through the outbox; `run` fits a thread of the window and a service.

    `handlers` are by kind of task, and by channel for deliveries. A kind that none of
    them knows waits for a newer program.
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
        self._chores = dict.fromkeys(chores, 0.0)
        self._unsettled: list[Done] = []
        self._failures = 0
        self._renewed_at = self._told_at = 0.0

    def run(self, stop: Event, report: Callable[[Report], None]) -> None:
        """Carry until `stop` is set, which is noticed within a second."""
        hands = Hands(HANDS, self._work)
        self._failures = 0
        while not stop.is_set():
            try:
                self._carry(hands, stop, report)
            except Exception as error:  # noqa: BLE001 - the top of a loop that must last
                self._trouble(error, report)
            finally:
                self._ear.close()
            stop.wait(self._pause())
        self._leave(hands)

    def _carry(
        self, hands: Hands, stop: Event, report: Callable[[Report], None]
    ) -> None:
        """Connect, then work until the connection is lost."""
        self._ear.connect(stop)
        self._failures = 0
        look_at = 0.0
        while not stop.is_set():
            now = time.monotonic()
            if now >= look_at and hands.room:
                look_at = now + self._claim(hands)
                self._tell(report)
            self._keep(hands)
            if self._rest(hands, stop, look_at - time.monotonic()):
                look_at = 0.0

    def _claim(self, hands: Hands) -> float:
        """Give the hands what is due; return in how many seconds to look again."""
        room = hands.room
        self._queue.take_back()
        jobs = self._queue.claim(room)
        hands.give(jobs)
        if len(jobs) == room:
            return 0.0
        due = self._queue.next_due()
        return LONGEST_REST if due is None else min(max(due, GLANCE), LONGEST_REST)

    def _rest(self, hands: Hands, stop: Event, seconds: float) -> bool:
        """Wait for work, done or new; say whether there may be new work."""
        if hands.jobs or self._unsettled:
            was_full = not hands.room
            self._settle(hands.put_down(GLANCE))
            return bool(self._ear.wait(stop, 0)) or (was_full and hands.room > 0)
        return bool(self._ear.wait(stop, max(0.0, min(seconds, 1.0))))

    def _keep(self, hands: Hands) -> None:
        """Renew leases and do chores, each in its time."""
        now = time.monotonic()
        if now - self._renewed_at >= self._queue.lease / 3:
            self._renewed_at = now
            self._queue.renew(hands.jobs)
        for chore, due_at in self._chores.items():
            if now >= due_at:
                # Couriers that began together do not go on together.
                spread = random.uniform(0.8, 1.2)  # noqa: S311 - not a secret
                self._chores[chore] = now + chore.every * spread
                _do(chore)

    def _settle(self, done: Sequence[Done]) -> None:
        """Write down how jobs ended; what cannot be written now is kept for later."""
        self._unsettled.extend(done)
        told = [each for each in self._unsettled if each.settled is not None]
        counted = self._queue.settle([each.settled for each in told if each.settled])
        self._unsettled.clear()
        for each in told:
            is_late = each.job.outbox_id not in counted
            if is_late and not each.job.channel and _took_effect(each.settled):
                self._queue.again(each.job)

    def _work(self, job: Job) -> Settled | None:
        """Do one job, on a thread of its own; whatever happens, it ends somehow."""
        handler = self._handlers.get(job.channel or job.kind)
        if handler is None:
            return _not_known(job)
        try:
            return handler.carry(job)
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
            while hands.jobs and time.monotonic() < ends:
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


def _do(chore: Chore) -> None:
    """Do a chore; one that fails must not keep the rest from being done."""
    try:
        chore.do()
    except Unavailable:
        raise
    except DeskError as error:
        _log.warning("%s: %s", chore.name, type(error).__name__)


def _given_back(job: Job) -> Settled:
    return Settled(job.outbox_id, job.token, State.WAITING, counts=False)


def _not_known(job: Job) -> Settled:
    """Return that a job is for another program than this one, and not its fault."""
    return Settled(
        job.outbox_id, job.token, State.WAITING, again_after=300.0, counts=False
    )


def _took_effect(settled: Settled | None) -> bool:
    return settled is not None and settled.state is State.DONE
