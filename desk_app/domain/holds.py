"""Holds: a time that somebody is booking at this moment, seen by the other desks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.interval import Interval

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

# A hold ends this long after its desk last said that it is still there, and in any
# case when it is as old as the longest.
LASTS = timedelta(seconds=30)
RENEWED_EVERY = timedelta(seconds=10)
LONGEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Hold:
    """Who is booking `[start, end)` of a provider (buffer included), and since when.

    `held_by` is a login, `name` whom the practice knows by it, `desk` what that desk
    is called. Past `expires_at` (the server's clock) the hold counts no more. When it
    was read it had been `held_for` so long and had so much `left`: what a desk counts
    down, as its own clock may be another.
    """

    hold_id: UUID
    provider_id: int
    start: datetime
    end: datetime
    held_by: str
    name: str
    desk: str
    held_since: datetime
    expires_at: datetime
    held_for: timedelta = timedelta(0)
    left: timedelta = timedelta(0)

    @property
    def span(self) -> Interval:
        """The time that is held."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """Hold `[start, end)` of a provider; the same `hold_id` moves or renews it."""

    hold_id: UUID
    provider_id: int
    start: datetime
    end: datetime
    desk: str = ""
