"""When messages leave: reminders so long before a visit, and nothing in quiet hours.

Quiet hours are wall-clock times of the practice. Nobody is woken, and nobody hears of
a visit only after it: a reminder leaves before they begin, a notice once they are over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.domain.interval import Interval

if TYPE_CHECKING:
    from datetime import date, tzinfo

LONGEST_LEAD = 14 * 24
LONGEST_USE = 24
# So that the last of what leaves has left when it grows quiet.
BEFORE_QUIET = timedelta(minutes=1)
_DAY = timedelta(days=1)


class MessageKind(StrEnum):
    """What a message is for."""

    REMINDER = "REMINDER"
    """That a visit is near."""
    NOTICE = "NOTICE"
    """That something was done: booked, moved, cancelled, missed."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Wall-clock time of each day, `[start, end)`; an earlier end is the next day's."""

    start: time = time(20)
    end: time = time(7)

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("quiet hours leave some of the day")

    def around(self, instant: datetime, zone: tzinfo) -> Interval | None:
        """Return the quiet time that `instant` lies in, None for none."""
        day = instant.astimezone(zone).date()
        for begins in (day - _DAY, day):
            ends = begins if self.start < self.end else begins + _DAY
            # Where a clock is put back or forward, it is quiet for longer.
            first = min(_readings(begins, self.start, zone))
            last = max(_readings(ends, self.end, zone))
            if first <= instant < last:
                return Interval(first, last)
        return None


@dataclass(frozen=True, slots=True)
class MessageTimes:
    """How many hours before a visit its reminders leave, and when nothing does.

    0 hours stand for no such reminder. The long one is late once fewer than
    `useful_hours` are left; what would be due while the practice is closed leaves
    before, where reminders are `brought_forward`.
    """

    long_hours: int = 48
    short_hours: int = 1
    quiet: QuietHours | None = None
    useful_hours: int = 4
    brought_forward: bool = False


def when(
    kind: MessageKind,
    due: datetime,
    start: datetime,
    rules: MessageTimes,
    zone: tzinfo,
) -> datetime:
    """Return when a message that is due about a visit at `start` leaves.

    Outside quiet hours of `zone` that is when it is due. A reminder leaves right
    before they begin, a notice when they end; one about a visit that begins before
    then does not wait. `due` and `start` are aware instants, and so is the answer.
    """
    quiet = rules.quiet and rules.quiet.around(due, zone)
    if not quiet:
        return due
    if kind is MessageKind.REMINDER:
        return quiet.start - BEFORE_QUIET
    return due if due <= start <= quiet.end else quiet.end


def _readings(day: date, at: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return both instants that a time of a day can be; mostly they are the same."""
    local = datetime.combine(day, at, zone)
    return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
