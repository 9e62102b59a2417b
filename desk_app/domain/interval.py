"""Half-open stretches of time, `[start, end)`, between aware instants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The time from `start` up to, not including, `end`; both aware instants."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError("an interval ends after it starts")

    @property
    def length(self) -> timedelta:
        """The time between both ends."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Say whether both share an instant; touching ends do not."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Interval) -> bool:
        """Say whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end
