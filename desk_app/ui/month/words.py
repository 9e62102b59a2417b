"""What is said of a day in the month: how many come, and how full it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui import format as shown
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.month import DayCount


def appointments(count: int) -> str:
    """Return "12 appointments"."""
    if count == 1:
        return _tr("1 appointment")
    return (
        filled(_tr("%1 appointments"), str(count)) if count else _tr("Nothing booked")
    )


def fullness(count: DayCount) -> str:
    """Return "64 % full", "Full" or "Closed"."""
    if count.is_closed:
        return _tr("Closed")
    if count.fullness == 100:
        return _tr("Full")
    return filled(_tr("%1 % full"), str(count.fullness))


def free(count: DayCount) -> str:
    """Return "3 h 20 min free", "" where there is nothing."""
    if not count.free_minutes:
        return ""
    return filled(_tr("%1 free"), shown.duration(count.free_minutes))


def in_short(count: DayCount) -> tuple[str, ...]:
    """Return what may stand in the field of a day, the longest first."""
    if count.appointments:
        few = filled(_tr("%1 booked"), str(count.appointments))
        return appointments(count.appointments), few
    return (_tr("Closed"),) if count.is_closed else ()


def in_full(count: DayCount) -> str:
    """Return all there is to say, for one line or for a screen reader."""
    if count.is_closed and not count.appointments:
        return _tr("Closed")
    parts = (appointments(count.appointments), fullness(count), free(count))
    return ", ".join(filter(None, parts))


def _tr(text: str) -> str:
    return QCoreApplication.translate("month", text)
