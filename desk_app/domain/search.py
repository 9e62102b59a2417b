"""What somebody means who searches appointments: words, a status, days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from desk_app.domain.appointment import Appointment, Status

PAGE = 20
_STATUSES = {
    "cancelled": Status.CANCELLED,
    "canceled": Status.CANCELLED,
    "pending": Status.PENDING,
    "unconfirmed": Status.PENDING,
    "confirmed": Status.CONFIRMED,
    "completed": Status.COMPLETED,
    "no-show": Status.NO_SHOW,
    "noshow": Status.NO_SHOW,
    "missed": Status.NO_SHOW,
}
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What was typed, and how many of the results are known already."""

    text: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results: what is to come first, then what was, the latest first."""

    appointments: tuple[Appointment, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, taken apart; `last` is a day within."""

    words: tuple[str, ...] = ()
    status: Status | None = None
    first: date | None = None
    last: date | None = None


def read(text: str, today: date) -> Wanted:
    """Take a search apart; whatever is no status and no date is a word."""
    words: list[str] = []
    status, days = None, None
    for token in text.split():
        lower = token.lower()
        if lower in _STATUSES:
            status = _STATUSES[lower]
        elif found := _days(lower, today):
            days = found
        else:
            words.append(token)
    first, last = days or (None, None)
    return Wanted(tuple(words), status, first, last)


def _days(token: str, today: date) -> tuple[date, date] | None:
    if token in _NEAR:
        day = today + timedelta(days=_NEAR[token])
        return day, day
    if token in _MONTHS:
        month = _MONTHS[token]
        last = calendar.monthrange(today.year, month)[1]
        return date(today.year, month, 1), date(today.year, month, last)
    if match := _ISO.fullmatch(token):
        return _one_day(*map(int, match.groups()))
    if match := _DAY_FIRST.fullmatch(token):
        day_of, month_of, year = match.groups()
        return _one_day(int(year or today.year), int(month_of), int(day_of))
    return None


def _one_day(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return (found, found) if 2000 <= year < 2200 else None
