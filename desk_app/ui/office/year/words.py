"""A day of the year in words, and how a day that is not usual is called."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui import format as shown
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.overrides import DayLook


class Look(Enum):
    """How a day is drawn: each has a shape and a colour of its own."""

    USUAL = auto()
    NO_HOURS = auto()
    CLOSED = auto()
    AWAY = auto()
    PARTLY = auto()
    EXTRA = auto()
    OUTSIDE = auto()


def look_of(day: DayLook) -> Look:
    """Return how a day is drawn; what takes the whole day comes first."""
    if day.is_away:
        return Look.AWAY
    if day.closure and not day.has_extra:
        return Look.CLOSED
    if day.has_block:
        return Look.PARTLY
    if day.has_extra:
        return Look.EXTRA
    if day.is_outside:
        return Look.OUTSIDE
    return Look.USUAL if day.usual else Look.NO_HOURS


def name_of(look: Look) -> str:
    """Return what the legend says."""
    return {
        Look.USUAL: _tr("open as usual"),
        Look.NO_HOURS: _tr("no hours"),
        Look.CLOSED: _tr("practice closed"),
        Look.AWAY: _tr("away"),
        Look.PARTLY: _tr("other hours"),
        Look.EXTRA: _tr("extra hours"),
        Look.OUTSIDE: _tr("outside calendar"),
    }[look]


def said(day: DayLook) -> str:
    """Return "Friday, 25 December 2026: practice closed (Christmas)"."""
    look = look_of(day)
    state = name_of(look)
    if look is Look.CLOSED:
        state = f"{state} ({day.closure})"
    elif day.minutes:
        state = f"{state}, {shown.duration(day.minutes)}"
    if day.reasons:
        state = f"{state} · {', '.join(day.reasons)}"
    return f"{shown.long_date(day.day)}: {state}"


def span(first: date, last: date) -> str:
    """Return the days that are chosen."""
    if first == last:
        return shown.long_date(first)
    count = str((last - first).days + 1)
    text = filled(_tr("%1 (%2 days)"), "%1", count)
    return text.replace("%1", shown.days_in_words(first, last))


def _tr(text: str) -> str:
    return QCoreApplication.translate("YearPage", text)
