"""What one would write at first: each loses or repeats something, sooner or later."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.queue import Job, Lost, Outcome
from desk_app.domain.retry import after_loss
from desk_app.errors import Transient, Unsure
from desk_app.services.queue import Queue
from desk_app.worker import calendar_tasks
from desk_app.worker.calendar_tasks import CalendarTasks
from desk_app.worker.courier import done, dropped
from tests.factories import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from desk_app.domain.messages import Message
    from desk_app.domain.queue import Settled
    from desk_app.messages.base import Carrier

AT_LEAST_ONCE = "at least once"
DESK_CLOCK = "desk clock"
NO_VERSION = "no version"

_SETTLE = """UPDATE outbox SET state = :state, outcome = :outcome, settled_at = now(),
    run_at = now() + make_interval(secs => :after) WHERE outbox_id = :id"""
_LEASE = "UPDATE outbox SET leased_until = :until WHERE lease_token = :token"
_LATE = """SELECT outbox_id, kind, appointment_id, payload, run_at, attempts,
    lease_token, recipient, channel, handed_at IS NOT NULL FROM outbox
    WHERE state = 'SENDING' AND leased_until < :now"""


class NoFence(Queue):
    """A lease is given, and nobody looks at it again."""

    def hand_over(self, job: Job) -> None:
        """Note it, whoever else may have it by now."""
        query = "UPDATE outbox SET handed_at = now() WHERE outbox_id = :id"
        rows(self._sessions, query, id=job.outbox_id)

    def settle(self, settled: Sequence[Settled]) -> frozenset[UUID]:
        """Write down how it ended, whoever else may have it by now."""
        for each in settled:
            rows(
                self._sessions,
                _SETTLE,
                state=each.state.value,
                outcome=str(each.outcome),
                after=each.again_after,
                id=each.outbox_id,
            )
        return frozenset(each.token for each in settled)


class DeskClock(Queue):
    """Leases are given and taken back by the clock of each desk."""

    def claim(self, most: int, words: Sequence[str]) -> tuple[Job, ...]:
        """Claim until a time of this desk's."""
        jobs = super().claim(most, words)
        self.renew(jobs)
        return jobs

    def renew(self, jobs: Sequence[Job]) -> None:
        """Renew until a time of this desk's."""
        until = datetime.now(UTC) + timedelta(seconds=self.lease)
        for job in jobs:
            rows(self._sessions, _LEASE, until=until, token=job.token)

    def take_back(self) -> int:
        """Take back what has run out by this desk's clock."""
        late = rows(self._sessions, _LATE, now=datetime.now(UTC))
        lost = [Lost(Job(*row[:-1]), row[-1]) for row in late]
        return len(self.settle([after_loss(each, random.random) for each in lost]))


QUEUES = {DESK_CLOCK: DeskClock}


class Eager:
    """Sends what may have been sent already, rather than not at all."""

    def __init__(self, mail: Carrier) -> None:
        self._mail = mail

    def send(self, message: Message, at_the_edge: Callable[[], None]) -> None:
        """Send, and note nothing before it."""
        del at_the_edge
        try:
            self._mail.send(message, lambda: None)
        except Unsure:
            raise Transient from None


class Blind(CalendarTasks):
    """Shows what it has read, whatever may have happened since."""

    def carry(self, job: Job) -> Settled:
        """Show it and do not look again."""
        provider_id = job.payload["provider_id"]
        copy = self._copies.of(job.appointment_id or 0)
        if copy is None or not isinstance(provider_id, int):
            return dropped(job, Outcome.NOT_DUE)
        for calendar in self._calendars_of(provider_id):
            calendar_tasks._bring_in_step(calendar, copy, provider_id)
        return done(job)
