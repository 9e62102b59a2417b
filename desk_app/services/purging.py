"""Removes what has served its time, a little with each call.

Appointments, clients and the history stay; for clients see `services/rights.py`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.db.queries import holds, purging
from desk_app.db.queries.pipeline import ask, pipeline

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.queue import Job

SETTLED_IS_KEPT = timedelta(days=90)
# What was told is still asked about for a while, and decides what is told next.
TOLD_IS_KEPT = timedelta(days=30)
TESTS_ARE_KEPT = timedelta(days=1)
BATCH = 500
# So long the caller waits at most, and with it what else it has to do.
MOST_BATCHES = 10


class Purging:
    """For the worker's login; all raise Unavailable."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def purge(self) -> int:
        """Remove a batch of each kind, unless somebody does just now.

        Removes keys of requests that count no more, what the outbox has done, tests of
        channels, and holds that ran out. Returns how many rows; with fewer than BATCH
        nothing is left.
        """
        return self._sessions.run(_purge)

    def purge_all(self) -> None:
        """Purge until little is left; a pile that has grown for years takes turns."""
        for _ in range(MOST_BATCHES):
            if self.purge() < BATCH:
                return

    def forget_address(self, job: Job) -> None:
        """Forget where a message went by which somebody tried out a channel."""
        gone = purging.forget_address(job.outbox_id, job.token)
        self._sessions.run(lambda session: ask(session, gone))


def _purge(session: Session) -> int:
    if not ask(session, purging.take_turn()):
        return 0
    with pipeline(session) as together:
        counts = (
            together.ask(purging.idempotency_keys(BATCH)),
            together.ask(purging.settled_rows(SETTLED_IS_KEPT, TOLD_IS_KEPT, BATCH)),
            together.ask(purging.channel_tests(TESTS_ARE_KEPT, BATCH)),
        )
        together.ask(holds.drop_expired())
    return sum(count.get() for count in counts)
