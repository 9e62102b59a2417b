"""The outbox as the courier works through it: claimed, settled, taken back.

Work is shared by all who are on. A row is leased by the server's clock; its token
fences, so that whoever was frozen past the lease can neither send nor settle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from desk_app.db.queries import outbox
from desk_app.db.queries.pipeline import ask
from desk_app.domain.retry import MOST_ATTEMPTS
from desk_app.errors import LeaseLost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.queue import Backlog, Job, Settled

T = TypeVar("T")


class Queue:
    """Gives out what is due and notes what became of it; for the worker's login.

    `lease` is in seconds. All raise Unavailable.
    """

    def __init__(
        self, sessions: Sessions, *, lease: float = outbox.LEASE_SECONDS
    ) -> None:
        self._sessions = sessions
        self._lease = lease

    @property
    def lease(self) -> float:
        """How many seconds a row is the caller's unless it is renewed."""
        return self._lease

    def claim(self, most: int) -> tuple[Job, ...]:
        """Return at most so many rows that are due, oldest first, leased to the caller.

        Not tried again when the answer is lost: the lease of what was claimed then
        runs out by itself.
        """
        with self._sessions.begin() as session:
            return ask(session, outbox.claim(most, lease=self._lease))

    def take_back(self) -> int:
        """Let go of what others claimed and have not settled; return how many rows.

        What they may have handed over becomes UNSURE, the rest waits again; after
        MOST_ATTEMPTS it is DEAD.
        """
        return self._run(outbox.take_back(MOST_ATTEMPTS))

    def renew(self, jobs: Sequence[Job]) -> None:
        """Let the leases of what is still being worked on last longer."""
        if jobs:
            tokens = [job.token for job in jobs]
            self._run(outbox.renew(tokens, lease=self._lease))

    def hand_over(self, job: Job) -> None:
        """Note, right before it can arrive, that a message is being handed over.

        Raises LeaseLost if it is somebody else's by now: then it must not be sent.
        Unavailable is not tried again, for then nobody knows what stands there.
        """
        with self._sessions.begin() as session:
            if not ask(session, outbox.hand_over(job.outbox_id, job.token)):
                raise LeaseLost

    def settle(self, settled: Sequence[Settled]) -> frozenset[int]:
        """Write down how tries ended; return the rows for which that counted."""
        return self._run(outbox.settle(settled)) if settled else frozenset()

    def again(self, job: Job) -> None:
        """Let a task be done once more: its effect came after its lease was lost."""
        if job.appointment_id is not None:
            self._run(outbox.again(job.appointment_id, job.kind, job.token))

    def next_due(self) -> float | None:
        """Return in how many seconds something is due, None while nothing waits."""
        with self._sessions.begin() as session:
            return ask(session, outbox.next_due())

    def standing(self) -> Backlog:
        """Return how the outbox stands."""
        with self._sessions.begin() as session:
            return ask(session, outbox.standing())

    def _run(self, query: Query[T]) -> T:
        return self._sessions.run(lambda session: ask(session, query))
