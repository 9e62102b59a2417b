"""Where a key leads from a day in a month of days."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import Qt

_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_MONTHS: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


def walked(day: date, key: int) -> date | None:
    """Return the day to which an arrow or a page key leads; None for other keys."""
    if (step := _STEPS.get(key)) is not None:
        return day + timedelta(days=step)
    if (step := _MONTHS.get(key)) is not None:
        return same_day_of_month(day, step)
    return None


def same_day_of_month(day: date, step: int) -> date:
    """Return the same day of the next (1) or last (-1) month, or the month's last."""
    months = day.year * 12 + day.month - 1 + step
    year, month = divmod(months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))
