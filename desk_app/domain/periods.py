"""Stretches of days that people name: this month, last year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

_DAY = timedelta(days=1)


class Period(Enum):
    """What people call a stretch of days."""

    THIS_MONTH = auto()
    LAST_MONTH = auto()
    THIS_YEAR = auto()
    LAST_YEAR = auto()
    TO_COME = auto()
    EVERYTHING = auto()


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included; None has no bound."""

    first: date | None = None
    last: date | None = None


def days_of(period: Period, today: date) -> Days:
    """Return the days of a period, as seen on a day."""
    month = today.replace(day=1)
    year = month.replace(month=1)
    if period is Period.THIS_MONTH:
        return Days(month, _next_month(month) - _DAY)
    if period is Period.LAST_MONTH:
        return Days((month - _DAY).replace(day=1), month - _DAY)
    if period is Period.THIS_YEAR:
        return Days(year, year.replace(month=12, day=31))
    if period is Period.LAST_YEAR:
        return Days(year.replace(year=year.year - 1), year - _DAY)
    return Days(today) if period is Period.TO_COME else Days()


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
