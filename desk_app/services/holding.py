"""Holding a time while a form is open, so that other desks see that it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import holds
from desk_app.db.queries.pipeline import ask, pipeline

if TYPE_CHECKING:
    from uuid import UUID

    from desk_app.db.session import Sessions
    from desk_app.domain.holds import HoldRequest


class Holding:
    """Holds end by themselves; nothing is lost when letting go fails."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def hold(self, request: HoldRequest) -> bool:
        """Hold a time, or go on holding it; to be called again every ten seconds.

        Returns False once it has been held for as long as anybody may. A hold that
        overlaps another's is no error: which one counts is decided at booking.
        """
        with self._sessions.begin() as session, pipeline(session) as together:
            together.ask(holds.drop_expired())
            answer = together.ask(holds.put_hold(request))
        return answer.get()

    def release(self, hold_id: UUID) -> None:
        """Let go of a time, if it is still held."""
        with self._sessions.begin() as session:
            ask(session, holds.drop_hold(hold_id))
