"""Before a practice closes: what is due meanwhile can leave while desks are on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

# The last of the opening hours.
LAST_MINUTES = timedelta(minutes=30)
# In a shorter break the desks stay on.
BREAK = timedelta(hours=2)
# How far the hours are looked at; who is closed for longer is told so much ahead.
LOOKAHEAD = timedelta(days=14)


def closing_sweep(
    openings: Iterable[Interval], now: datetime, within: timedelta = LAST_MINUTES
) -> datetime | None:
    """Return until when reminders are brought forward now, None if none are.

    `openings` are the hours of all who see clients, in any order. In the last minutes
    before the practice closes that is when it opens again. Aware instants.
    """
    opening_hours = _joined(openings)
    for number, hours in enumerate(opening_hours):
        if hours.end - within <= now < hours.end and hours.start <= now:
            later = opening_hours[number + 1 :]
            return later[0].start if later else now + LOOKAHEAD
    return None


def _joined(openings: Iterable[Interval]) -> list[Interval]:
    """Return the times at which desks are on: hours with only breaks between them."""
    joined: list[Interval] = []
    for hours in sorted(openings):
        last = joined[-1] if joined else hours
        if hours.start <= last.end + BREAK:
            joined[-1:] = [Interval(last.start, max(last.end, hours.end))]
        else:
            joined.append(hours)
    return joined
