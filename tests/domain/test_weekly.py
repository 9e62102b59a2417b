"""Which weekly windows hold on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.hours import blocks_of, open_windows, wall_spans
from desk_app.domain.schedule import LocalWindow, Override, Source
from desk_app.domain.weekly import WeeklyWindow, WeekPlan, first_clash, week_begun

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
NINE_TO_FIVE = WeeklyWindow(0, time(9), time(17))
EVERY_OTHER = replace(NINE_TO_FIVE, every_other_from=MONDAY)


@pytest.mark.parametrize(
    ("window", "day", "holds"),
    [
        (NINE_TO_FIVE, MONDAY, True),
        (NINE_TO_FIVE, MONDAY + timedelta(days=1), False),
        (EVERY_OTHER, MONDAY, True),
        (EVERY_OTHER, MONDAY + timedelta(days=7), False),
        (EVERY_OTHER, MONDAY + timedelta(days=14), True),
        (EVERY_OTHER, MONDAY - timedelta(days=7), False),
        (EVERY_OTHER, MONDAY - timedelta(days=14), True),
        # A year of 53 weeks between: it goes on by fortnights, not by week numbers.
        (EVERY_OTHER, date(2027, 1, 4), True),
        (replace(EVERY_OTHER, weekday=6), MONDAY + timedelta(days=6), True),
        (replace(NINE_TO_FIVE, valid_from=MONDAY), MONDAY, True),
        (
            replace(NINE_TO_FIVE, valid_from=MONDAY),
            MONDAY - timedelta(days=7),
            False,
        ),
        (replace(NINE_TO_FIVE, valid_until=MONDAY), MONDAY, True),
        (
            replace(NINE_TO_FIVE, valid_until=MONDAY),
            MONDAY + timedelta(days=7),
            False,
        ),
    ],
)
def test_a_window_holds_on_its_days_only(window, day, holds):
    assert window.holds_on(day) == holds
    plan = WeekPlan([window])
    assert bool(plan.on(day)) == holds
    assert bool(plan.walls(day)) == holds


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    weekday=st.integers(0, 6),
)
def test_every_other_week_holds_once_in_a_fortnight(first, weekday):
    window = replace(EVERY_OTHER, weekday=weekday)
    days = [first + timedelta(days=number) for number in range(14)]
    held = [day for day in days if window.holds_on(day)]
    assert len(held) == 1
    assert (week_begun(held[0]) - MONDAY).days % 14 == 0


def test_a_plan_gives_the_same_spans_with_and_without_patterns():
    plain = WeekPlan([NINE_TO_FIVE])
    pattern = WeekPlan([replace(NINE_TO_FIVE, valid_from=MONDAY)])
    assert list(plain.walls(MONDAY)) == list(pattern.walls(MONDAY))
    assert list(plain.walls(MONDAY)) == wall_spans([LocalWindow(time(9), time(17))])


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        (WeeklyWindow(0, time(16), time(18)), True),
        (WeeklyWindow(0, time(17), time(18)), False),
        (WeeklyWindow(1, time(16), time(18)), False),
        (WeeklyWindow(0, time(0), time(0)), True),
        (WeeklyWindow(0, time(0), time(9)), False),
        (WeeklyWindow(0, time(16), time(18), valid_until=MONDAY), True),
        (WeeklyWindow(0, time(16), time(18), every_other_from=MONDAY), True),
    ],
)
def test_windows_clash_where_they_hold_together(other, clash):
    assert (first_clash([NINE_TO_FIVE, other]) is not None) == clash


def test_windows_of_different_weeks_or_times_do_not_clash():
    next_week = replace(EVERY_OTHER, every_other_from=MONDAY + timedelta(days=7))
    assert first_clash([EVERY_OTHER, next_week]) is None
    until = replace(NINE_TO_FIVE, valid_until=MONDAY - timedelta(days=1))
    assert first_clash([until, replace(NINE_TO_FIVE, valid_from=MONDAY)]) is None


CLOSED = Override(1, LocalWindow(time(0), time(0)), True, "Epiphany", Source.CLOSURE)
EXTRA = Override(2, LocalWindow(time(10), time(12)), False)
BLOCK = Override(3, LocalWindow(time(11), time(12)), True)


@pytest.mark.parametrize(
    ("overrides", "open_", "blocked"),
    [
        ([CLOSED], [], ["00:00-00:00"]),
        ([CLOSED, EXTRA], ["10:00-12:00"], ["00:00-10:00", "12:00-00:00"]),
        (
            [CLOSED, EXTRA, BLOCK],
            ["10:00-11:00"],
            ["00:00-10:00", "11:00-12:00", "12:00-00:00"],
        ),
    ],
)
def test_a_closure_takes_weekly_hours_but_not_extra_ones(overrides, open_, blocked):
    weekly = [NINE_TO_FIVE.window]

    def clocks(interval):
        start, end = interval.start.astimezone(BERLIN), interval.end.astimezone(BERLIN)
        return f"{start:%H:%M}-{end:%H:%M}"

    windows = open_windows(MONDAY, BERLIN, weekly, overrides)
    assert [clocks(window) for window in windows] == open_
    blocks = blocks_of(MONDAY, BERLIN, overrides)
    assert [clocks(block.span) for block in blocks] == blocked
