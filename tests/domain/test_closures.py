"""Closed days in a row, and those of another year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from desk_app.domain.closures import (
    Closure,
    Run,
    in_year,
    of_holiday,
    over_days,
    runs,
)

FIRST = Closure(date(2026, 8, 3), "Summer")
WEEK = over_days(FIRST, date(2026, 8, 7))
CHRISTMAS = Closure(date(2026, 12, 25), "Christmas", is_holiday=True)


def test_days_in_a_row_are_one_run() -> None:
    evening = Closure(date(2026, 8, 4), "Training", time(16))
    assert len(WEEK) == 5
    assert runs([*WEEK, evening]) == (Run(WEEK), Run((evening,)))
    assert runs([*WEEK[:2], *WEEK[3:]]) == (Run(WEEK[:2]), Run(WEEK[3:]))
    assert runs(WEEK)[0].last_day == date(2026, 8, 7)


def test_last_years_days_are_taken_over_by_their_date() -> None:
    leap = Closure(date(2028, 2, 29), "Leap")
    assert in_year([FIRST, leap], 2027) == (replace(FIRST, day=date(2027, 8, 3)),)


def test_a_holiday_is_found_however_long_it_is_kept() -> None:
    half = replace(CHRISTMAS, start=time(12))
    assert of_holiday(CHRISTMAS, [FIRST, half]) == half
    assert of_holiday(CHRISTMAS, [replace(half, is_holiday=False)]) is None
