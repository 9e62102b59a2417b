"""Six weeks around a month, each day with its count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Qt

from desk_app.ui.month import words
from desk_app.ui.rail.month_model import WEEKDAYS, WEEKS, DayRole, MonthModel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desk_app.domain.month import DayCount

DAYS = WEEKS * WEEKDAYS
CountRole = Qt.ItemDataRole.UserRole + 10
IsWeekendRole = Qt.ItemDataRole.UserRole + 11
_SATURDAY = 5


class CountsModel(MonthModel):
    """The days of a month; a day whose count was not read yet shows its number only."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        self._counts: dict[date, DayCount] = {}
        super().__init__(today, parent)

    @property
    def first(self) -> date:
        """The day in the first field."""
        return self._first

    def count_of(self, day: date) -> DayCount | None:
        """Return what is known of a day."""
        return self._counts.get(day)

    def set_counts(self, counts: Sequence[DayCount]) -> None:
        """Show what was read; what is not among it is unknown again."""
        self._counts = {count.day: count for count in counts}
        self._renew()

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return super().headerData(section, orientation, role)
        weekday = self.index(0, section).data(DayRole).isoweekday()
        return QLocale().dayName(weekday, QLocale.FormatType.ShortFormat)

    def _of_day(self, day: date) -> dict[int, Any]:
        return super()._of_day(day) | {
            CountRole: self._counts.get(day),
            IsWeekendRole: day.weekday() >= _SATURDAY,
        }

    def _spoken(self, day: date) -> str:
        count = self._counts.get(day)
        named = super()._spoken(day)
        return f"{named}: {words.in_full(count)}" if count else named
