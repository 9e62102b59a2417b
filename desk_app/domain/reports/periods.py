"""Which days a report is about, and the days before that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desk_app.domain.hours import FIRST_DAY, LAST_DAY
from desk_app.errors import Invalid

LONGEST = 3660
_DAY = timedelta(days=1)


class PeriodChoice(StrEnum):
    """The periods that are offered by name."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    LAST_3_MONTHS = "last_3_months"
    LAST_12_MONTHS = "last_12_months"
    THIS_YEAR = "this_year"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """The local days `first` to `last`, both included.

    Raises Invalid("last") for an end before the start, or after ten years and more,
    and Invalid("first") or Invalid("last") beyond the schedule's years.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        for field, day in (("first", self.first), ("last", self.last)):
            if not FIRST_DAY <= day <= LAST_DAY:
                raise Invalid(field, "The schedule goes from the year 2000 to 2199.")
        if self.last < self.first:
            raise Invalid("last", "The last day is before the first.")
        if self.days > LONGEST:
            raise Invalid("last", "A report is about ten years at most.")

    @property
    def days(self) -> int:
        """How many days these are."""
        return (self.last - self.first).days + 1

    def before(self) -> Period | None:
        """Return what it is compared with: as many days, or whole months, before.

        None where the schedule's years do not go back so far.
        """
        last = self.first.toordinal() - 1
        if last < FIRST_DAY.toordinal():
            return None
        if self._is_of_months:
            first = _months_on(self.first, -self._months).toordinal()
        else:
            first = last - self.days + 1
        day = date.fromordinal(max(first, FIRST_DAY.toordinal()))
        return Period(day, date.fromordinal(last))

    @property
    def _is_of_months(self) -> bool:
        return self.first.day == 1 and (self.last + _DAY).day == 1

    @property
    def _months(self) -> int:
        years = self.last.year - self.first.year
        return 12 * years + self.last.month - self.first.month + 1


def period_of(choice: PeriodChoice, today: date) -> Period | None:
    """Return the days of a named period, None for one that has to be typed.

    This month, the last one and this year are whole; the last three and the last
    twelve months end today.
    """
    month = today.replace(day=1)
    lengths = {PeriodChoice.LAST_3_MONTHS: 3, PeriodChoice.LAST_12_MONTHS: 12}
    if choice in lengths:
        first = _months_on(month, -lengths[choice])
        end = _months_on(first, 1) - _DAY
        return Period(min(first + _DAY * today.day, end + _DAY), today)
    if choice is PeriodChoice.LAST_MONTH:
        return Period(_months_on(month, -1), month - _DAY)
    if choice is PeriodChoice.THIS_MONTH:
        return Period(month, _months_on(month, 1) - _DAY)
    if choice is PeriodChoice.THIS_YEAR:
        return Period(date(today.year, 1, 1), date(today.year, 12, 31))
    return None


def _months_on(day: date, months: int) -> date:
    """Return the first of a month some months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
