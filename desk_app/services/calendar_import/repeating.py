"""The dates of an event that repeats, by the clock of its own zone."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

UNREADABLE = "This repetition cannot be read."


def starts(
    first: datetime, rule: Mapping[str, str], until: datetime
) -> Iterator[datetime]:
    """Yield the starts of a series from `first` to `until`, on the wall, in order.

    `rule` is what `values.rule` returns, without UNTIL; `first` itself is always one
    of them (RFC 5545, 3.8.5.3). Raises Invalid for a rule that means nothing.
    """
    from dateutil.rrule import rrulestr

    parts = [f"{name}={value}" for name, value in rule.items() if name != "COUNT"]
    try:
        # Counted here, so that a rule that fits no day ends with the period too.
        found = rrulestr(";".join(parts), dtstart=first).replace(until=until)
        later = (start for start in found if start > first)
        count = int(rule.get("COUNT", "0"))
        yield from [first] if first <= until else []
        yield from islice(later, count - 1) if count else later
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise Invalid("rule", UNREADABLE) from None
