"""A field for one day of the schedule's years."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from desk_app.domain.hours import FIRST_DAY, LAST_DAY


class DayField(QDateEdit):
    """Typed, or chosen in a calendar that drops down."""

    def __init__(self, name: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDateRange(_qdate(FIRST_DAY), _qdate(LAST_DAY))
        self.setDate(_qdate(day))

    @property
    def day(self) -> date:
        """The day in it."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
