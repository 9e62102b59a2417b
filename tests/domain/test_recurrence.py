"""Recurring appointments: the same weekday and wall time, over every clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.recurrence import (
    MOST,
    Repetition,
    instant_of,
    occurrences,
    shifted,
    wall_shift,
)
from desk_app.errors import Invalid
from tests.domain.examples import examples
from tests.domain.facts import ZONES, zones_and_days

BERLIN = ZoneInfo("Europe/Berlin")


def at(day: date, clock: str = "10:00", zone: ZoneInfo = BERLIN) -> datetime:
    """Return the instant of a wall-clock time."""
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def clocks(found, zone: ZoneInfo = BERLIN) -> list[str]:
    """Write the dates of a series as a calendar and a clock show them."""
    return [
        f"{each.start.astimezone(zone):%d %b %H:%M}" if each.start else "does not exist"
        for each in found
    ]


def test_every_two_weeks_three_times_over_the_spring_change() -> None:
    first = at(date(2026, 3, 17), "14:30")
    found = occurrences(first, BERLIN, Repetition(2, times=3))
    assert clocks(found) == ["17 Mar 14:30", "31 Mar 14:30", "14 Apr 14:30"]
    assert [each.start.hour for each in found if each.start] == [13, 12, 12]


def test_a_series_goes_until_its_last_day_included() -> None:
    first = at(date(2026, 5, 4))
    found = occurrences(first, BERLIN, Repetition(1, until=date(2026, 5, 18)))
    assert clocks(found) == ["04 May 10:00", "11 May 10:00", "18 May 10:00"]


def test_the_first_date_stands_even_past_the_last_day() -> None:
    first = at(date(2026, 5, 4))
    found = occurrences(first, BERLIN, Repetition(1, until=date(2026, 1, 1)))
    assert [each.start for each in found] == [first]


def test_a_time_that_does_not_exist_is_told_apart() -> None:
    first = at(date(2026, 3, 22), "02:30")
    found = occurrences(first, BERLIN, Repetition(1, times=3))
    assert clocks(found) == ["22 Mar 02:30", "does not exist", "05 Apr 02:30"]
    assert found[1].day == date(2026, 3, 29)


def test_of_a_time_that_occurs_twice_the_earlier_one_counts() -> None:
    first = at(date(2026, 10, 18), "02:30")
    found = occurrences(first, BERLIN, Repetition(1, times=2))
    assert found[1].start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_series_has_an_end_whatever_is_asked_for() -> None:
    endless = Repetition(1, until=date(2190, 1, 1))
    assert len(occurrences(at(date(2026, 5, 4)), BERLIN, endless)) == MOST
    late = occurrences(at(date(2199, 12, 20)), BERLIN, Repetition(1, times=9))
    assert [each.day.day for each in late] == [20, 27]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "times"),
        ({"times": 3, "until": date(2026, 1, 1)}, "times"),
        ({"times": 0}, "times"),
        ({"times": MOST + 1}, "times"),
        ({"every_weeks": 0, "times": 2}, "every_weeks"),
        ({"every_weeks": 53, "times": 2}, "every_weeks"),
    ],
)
def test_what_is_no_series_is_refused_by_its_field(asked, field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        Repetition(**asked)
    assert wrong.value.field == field


def test_a_shift_is_one_of_the_wall_clock() -> None:
    winter, summer = at(date(2026, 3, 24)), at(date(2026, 3, 31))
    shift = wall_shift(winter, at(date(2026, 3, 26), "09:30"), BERLIN)
    assert shift == timedelta(days=2, minutes=-30)
    assert shifted(summer, shift, BERLIN) == at(date(2026, 4, 2), "09:30")


def test_a_shift_into_the_gap_of_the_clock_leads_nowhere() -> None:
    before = at(date(2026, 3, 22), "10:00")
    shift = wall_shift(before, at(date(2026, 3, 22), "02:15"), BERLIN)
    assert shifted(at(date(2026, 3, 29), "10:00"), shift, BERLIN) is None


@examples(120)
@given(zones_and_days(), st.integers(0, 1439), st.integers(1, 6), st.integers(1, 12))
def test_every_date_reads_the_same_on_the_wall(
    where, minute: int, every: int, times: int
) -> None:
    name, day = where
    zone = ZoneInfo(name)
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    first = instant_of(wall, zone)
    if first is None:
        return
    found = occurrences(first, zone, Repetition(every, times=times))
    assert len(found) == times
    assert found[0].start == first
    for number, each in enumerate(found):
        reading = wall + timedelta(weeks=every * number)
        assert each.day == reading.date()
        if each.start is None:
            assert instant_of(reading, zone) is None
        else:
            local = each.start.astimezone(zone)
            assert local.replace(tzinfo=None, fold=0) == reading


@examples(120)
@given(st.sampled_from(ZONES), st.data())
def test_a_shift_there_and_back_is_none_at_all(name: str, data) -> None:
    zone = ZoneInfo(name)
    minutes = st.integers(0, 5 * 366 * 24 * 60)
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    old, new = (begin + timedelta(minutes=data.draw(minutes)) for _ in range(2))
    there = wall_shift(old, new, zone)
    assert wall_shift(new, old, zone) == -there
    arrived = shifted(old, there, zone)
    assert arrived is not None
    assert wall_shift(arrived, new, zone) == timedelta(0)
