"""The outbox as the courier works through it: claimed, settled, taken back.

Work is shared by all who are on. A row is leased by the server's clock; its token
fences, so that whoever was frozen past the lease can neither send nor settle.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from desk_app.db.queries import outbox
from desk_app.db.queries.pipeline import ask
from desk_app.domain.retry import after_loss
from desk_app.errors import LeaseLost

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.queue import Backlog, Job, Settled

# What is taken back at a time; the rest follows.
MOST_AT_ONCE = 200


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

    def claim(self, most: int, words: Sequence[str] | None = None) -> tuple[Job, ...]:
        """Return at most so many rows that are due, oldest first, leased to the caller.

        `words` are the kinds of tasks and the channels of deliveries that are wanted,
        None for all.
        Not tried again when the answer is lost: the lease of what was claimed then
        runs out by itself.
        """
        with self._sessions.begin() as session:
            return ask(session, outbox.claim(most, words, lease=self._lease))

    def next_due(self, words: Sequence[str] | None = None) -> float | None:
        """Return in how many seconds something wanted is due, None if nothing waits."""
        with self._sessions.begin() as session:
            return ask(session, outbox.next_due(words))

    def take_back(self) -> int:
        """Let go of what others claimed and have not settled; return how many rows.

        What they may have handed over becomes UNSURE, the rest waits again; after
        MOST_ATTEMPTS it is DEAD.
        """

        def decide(session: Session) -> int:
            lost = ask(session, outbox.lost(MOST_AT_ONCE))
            found = [after_loss(each, random.random) for each in lost]
            return len(ask(session, outbox.settle(found))) if found else 0

        return self._sessions.run(decide)

    def renew(self, jobs: Sequence[Job]) -> None:
        """Let the leases of what is still being worked on last longer."""
        if jobs:
            renewed = outbox.renew([job.token for job in jobs], lease=self._lease)
            self._sessions.run(lambda session: ask(session, renewed))

    def hand_over(self, job: Job) -> None:
        """Note, right before it can arrive, that a message is being handed over.

        Raises LeaseLost if it is somebody else's by now: then it must not be sent.
        Unavailable is not tried again, for then nobody knows what stands there.
        """
        handed = outbox.hand_over(job.outbox_id, job.token, lease=self._lease)
        with self._sessions.begin() as session:
            if not ask(session, handed):
                raise LeaseLost

    def settle(self, settled: Sequence[Settled]) -> frozenset[UUID]:
        """Write down how tries ended; return the tokens that still counted."""
        if not settled:
            return frozenset()
        query = outbox.settle(settled)
        return self._sessions.run(lambda session: ask(session, query))

    def again(self, job: Job) -> None:
        """Let a task be done once more: its effect came after its lease was lost."""
        query = outbox.again(job.outbox_id, job.token)
        self._sessions.run(lambda session: ask(session, query))

    def standing(self) -> Backlog:
        """Return how the outbox stands."""
        with self._sessions.begin() as session:
            return ask(session, outbox.standing())
