"""Weekly hours as they are edited: made of windows and turned into them again."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.opening_words import read_hours
from desk_app.domain.timetable import (
    LAST_MINUTE,
    Stretch,
    Timetable,
    exchanged,
    monday_of,
    timetable,
    week_of,
)
from desk_app.domain.weekly import WeeklyWindow, WeekPlan, first_clash

MONDAY = date(2026, 11, 23)
APRIL, JULY = date(2027, 4, 1), date(2027, 7, 1)
NINE_TO_TWELVE = Stretch(9 * 60, 12 * 60)


def window(weekday: int = 0, start: int = 9, end: int = 12, **limits) -> WeeklyWindow:
    return WeeklyWindow(weekday, time(start), time(end % 24), **limits)


windows = st.builds(
    window,
    weekday=st.integers(0, 6),
    start=st.integers(0, 11),
    end=st.integers(12, 24),
    every_other_from=st.sampled_from([None, MONDAY, MONDAY + timedelta(days=7)]),
    valid_from=st.sampled_from([None, APRIL, JULY]),
    valid_until=st.sampled_from([None, JULY - timedelta(days=1), JULY]),
)


@given(st.lists(windows, max_size=8))
def test_a_timetable_is_open_exactly_when_its_windows_are(given_windows) -> None:
    again = timetable(given_windows).windows(MONDAY)
    assert first_clash(again) is None
    before, after = WeekPlan(given_windows), WeekPlan(again)
    for start in (MONDAY, APRIL - timedelta(days=7), JULY - timedelta(days=7)):
        for number in range(21):
            day = start + timedelta(days=number)
            assert before.walls(day) == after.walls(day), day


@given(st.lists(windows, max_size=8))
def test_turning_it_into_windows_and_back_changes_nothing(given_windows) -> None:
    table = timetable(given_windows)
    assert timetable(table.windows(MONDAY)) == table


def test_other_hours_end_the_old_ones_the_day_before() -> None:
    table = timetable([window()]).begun_on(APRIL)
    table = table.with_day(1, (0, 1), 0, (Stretch(8 * 60, 11 * 60),))
    assert table.windows(MONDAY) == {
        window(valid_until=date(2027, 3, 31)),
        window(start=8, end=11, valid_from=APRIL),
    }


def test_hours_for_some_time_only_give_way_to_those_of_before() -> None:
    table = timetable([window()]).begun_on(APRIL, date(2027, 6, 30))
    table = table.with_day(1, (0, 1), 0, ())
    assert table.windows(MONDAY) == {
        window(valid_until=date(2027, 3, 31)),
        window(valid_from=JULY),
    }
    assert table.last_day(1) == date(2027, 6, 30)
    assert table.without(1).tidied() == timetable([window()])


def test_a_day_of_one_week_only_holds_every_other_week() -> None:
    week = week_of(MONDAY)
    table = Timetable().with_day(0, [week], 5, (NINE_TO_TWELVE,))
    assert table.windows(MONDAY) == {window(5, every_other_from=MONDAY)}
    assert table.seasons[0].alternates
    assert monday_of(1 - week, MONDAY) == MONDAY + timedelta(days=7)


def test_what_is_put_onto_other_time_becomes_one() -> None:
    day = (NINE_TO_TWELVE, Stretch(780, 1020))
    assert exchanged(day, None, Stretch(700, 800)) == (Stretch(540, 1020),)
    assert exchanged(day, NINE_TO_TWELVE, None) == (Stretch(780, 1020),)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9-12, 13-17", [(540, 720), (780, 1020)]),
        ("9:00–12:30 and 13.30 – 17:00", [(540, 750), (810, 1020)]),
        ("von 8 bis 12 uhr und 14-18 Uhr", [(480, 720), (840, 1080)]),
        ("9 to 5", [(540, 1020)]),
        ("9am-1pm; 2pm-6pm", [(540, 780), (840, 1080)]),
        ("6-14", [(360, 840)]),
        ("20-24", [(1200, LAST_MINUTE)]),
        ("1-5", [(780, 1020)]),
        ("8-12, 11-15", [(480, 900)]),
        ("closed", []),
        ("", []),
    ],
)
def test_hours_are_read_as_people_type_them(text: str, hours) -> None:
    assert read_hours(text) == tuple(Stretch(*each) for each in hours)


@pytest.mark.parametrize("text", ["nine", "9", "12-9 oder so", "9-12 x", "25-26"])
def test_what_cannot_be_understood_is_not_guessed(text: str) -> None:
    assert read_hours(text) is None
