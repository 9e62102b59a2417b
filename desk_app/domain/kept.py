"""What a desk keeps on its own disk for the time when the server is away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from desk_app.domain.schedule import ProviderDay

# Today and tomorrow.
DAYS_KEPT = 2
LASTS = timedelta(days=2)
LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class KeptDays:
    """Today and tomorrow as they stood at `as_of`: to be read, never to be changed.

    Appointments hold what is needed to receive and to ring people, and nothing else;
    their numbers of service and client are 0.
    """

    as_of: datetime
    practice_name: str
    timezone: str
    days: tuple[ProviderDay, ...] = field(repr=False)

    def is_old(self, now: datetime) -> bool:
        """Say whether it is too old to be kept."""
        return now - self.as_of > LASTS


@dataclass(frozen=True, slots=True)
class Noted:
    """Something to be booked or settled once the server is back, in people's words."""

    note_id: UUID
    noted_at: datetime
    client: str = field(repr=False)
    phone: str = field(default="", repr=False)
    what: str = field(default="", repr=False)
    when: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
