"""Six weeks around a month, as a table of days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desk_app.ui import format as words

WEEKS = 6
WEEKDAYS = 7
DayRole = Qt.ItemDataRole.UserRole
IsTodayRole = Qt.ItemDataRole.UserRole + 1
IsShownRole = Qt.ItemDataRole.UserRole + 2
IsOfMonthRole = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class MonthModel(QAbstractTableModel):
    """The days of one month and of its first and last week."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._shown: frozenset[date] = frozenset({today})
        self._month = today.replace(day=1)
        self._first = today
        self._values: list[dict[int, Any]] = []
        self._prepare()

    @property
    def month(self) -> date:
        """The first day of the month."""
        return self._month

    def set_month(self, day: date) -> None:
        """Show the month in which `day` lies."""
        self._month = day.replace(day=1)
        self._renew()

    def set_today(self, today: date) -> None:
        """Frame another day as today."""
        self._today = today
        self._renew()

    def set_shown(self, days: frozenset[date]) -> None:
        """Fill the days that the schedule shows."""
        self._shown = days
        self._renew()

    def index_of(self, day: date) -> QModelIndex:
        """Return where `day` stands, an invalid index if it does not."""
        place = (day - self._first).days
        if not 0 <= place < WEEKS * WEEKDAYS:
            return QModelIndex()
        return self.index(place // WEEKDAYS, place % WEEKDAYS)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else WEEKDAYS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return self._values[index.row() * WEEKDAYS + index.column()].get(role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        weekday = (self._first + timedelta(days=section)).isoweekday()
        if role == Qt.ItemDataRole.DisplayRole:
            return QLocale().dayName(weekday, QLocale.FormatType.ShortFormat)[:2]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return QLocale().dayName(weekday)
        return None

    def _renew(self) -> None:
        self._prepare()
        last = self.index(WEEKS - 1, WEEKDAYS - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, WEEKDAYS - 1)

    def _prepare(self) -> None:
        first_weekday = QLocale().firstDayOfWeek().value
        back = (self._month.isoweekday() - first_weekday) % WEEKDAYS
        self._first = self._month - timedelta(days=back)
        days = [self._first + timedelta(days=n) for n in range(WEEKS * WEEKDAYS)]
        self._values = [self._of_day(day) for day in days]

    def _of_day(self, day: date) -> dict[int, Any]:
        role = Qt.ItemDataRole
        return {
            role.DisplayRole: str(day.day),
            role.AccessibleTextRole: self._spoken(day),
            DayRole: day,
            IsTodayRole: day == self._today,
            IsShownRole: day in self._shown,
            IsOfMonthRole: day.month == self._month.month,
        }

    def _spoken(self, day: date) -> str:
        parts = [words.long_date(day)]
        if day == self._today:
            parts.append(self.tr("today"))
        if day in self._shown:
            parts.append(self.tr("shown"))
        return ", ".join(parts)
