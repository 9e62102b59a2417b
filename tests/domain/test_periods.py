"""Named stretches of days begin and end where people mean it."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.periods import Days, Period, days_of

LEAP_DAY, NEW_YEAR, LAST_DAY = date(2028, 2, 29), date(2026, 1, 1), date(2026, 12, 31)
WHOLE = Days(NEW_YEAR, LAST_DAY)


@pytest.mark.parametrize(
    ("period", "today", "days"),
    [
        (Period.THIS_MONTH, LEAP_DAY, Days(date(2028, 2, 1), LEAP_DAY)),
        (Period.THIS_MONTH, LAST_DAY, Days(date(2026, 12, 1), LAST_DAY)),
        (Period.LAST_MONTH, NEW_YEAR, Days(date(2025, 12, 1), date(2025, 12, 31))),
        (Period.LAST_MONTH, date(2028, 3, 31), Days(date(2028, 2, 1), LEAP_DAY)),
        (Period.THIS_YEAR, LAST_DAY, WHOLE),
        (Period.LAST_YEAR, date(2027, 6, 30), WHOLE),
        (Period.TO_COME, LEAP_DAY, Days(LEAP_DAY)),
        (Period.EVERYTHING, LEAP_DAY, Days()),
    ],
)
def test_a_period_has_its_days(period: Period, today: date, days: Days) -> None:
    assert days_of(period, today) == days
