"""An appointment as its provider's calendar outside should show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarCopy:
    """How an appointment stands now, as far as a calendar shows it.

    `practice_id` tells it from those of other practices. `is_shown` is whether the
    calendar of its provider has it at all; one that was cancelled is in none. Instants
    are aware; `timezone` is that of the provider. `link` is that of a meeting, or "".
    """

    practice_id: str
    appointment_id: int
    version: int
    provider_id: int
    is_shown: bool
    title: str = field(repr=False)
    start: datetime
    end: datetime
    timezone: str
    link: str = field(default="", repr=False)
