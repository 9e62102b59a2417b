"""How long a service asks to be left alone.

Desks' clocks may be wrong, so a date is read by the service's own clock, which its
answer tells.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 86_400.0


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """Return what the header Retry-After asks for, None if it does not say.

    It holds seconds, an HTTP date or an ISO date. Nobody waits longer than a day.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdecimal():
        return min(float(asked), LONGEST)
    until = _instant(asked)
    return None if until is None else _within(until - now_there(headers))


def seconds_to_next_day(headers: Mapping[str, str]) -> float:
    """Return how long it is until 00:00 UTC by the service's clock."""
    now = now_there(headers)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return _within(midnight + timedelta(days=1) - now)


def now_there(headers: Mapping[str, str]) -> datetime:
    """Return the time by the service's clock, by the own one if it does not say."""
    return _instant(headers.get("date", "")) or datetime.now(UTC)


def _within(wait: timedelta) -> float:
    return min(max(wait.total_seconds(), 0.0), LONGEST)


def _instant(text: str) -> datetime | None:
    """Read an HTTP date or an ISO date; None for anything else."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            at = read(text)
        except (ValueError, TypeError, OverflowError):
            continue
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None
