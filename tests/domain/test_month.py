"""How full a month is: appointments by local day, open time and what takes it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.month import DayCount, Diary, counted, days_from
from desk_app.domain.spans import ticks
from desk_app.domain.weekly import WeeklyWindow, WeekPlan
from tests.domain.facts import blocked, extra, window

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
ALL_WEEK = range(7)


def visit(day, start, end, zone=BERLIN):
    """Return what is busy from one reading to another; "24:00" ends the day."""
    return tuple(ticks(instant_of(day, clock, zone)) for clock in (start, end))


def instant_of(day, clock, zone):
    """Return the instant of a wall-clock reading."""
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def diary(hours, busy=(), overrides=None, zone=BERLIN):
    """Return a provider with the same hours on every day."""
    weekly = WeekPlan(
        WeeklyWindow(number, each.start, each.end)
        for number in ALL_WEEK
        for each in map(window, hours)
    )
    return Diary(zone, weekly, overrides or {}, sorted(busy))


@pytest.mark.parametrize(
    ("hours", "busy", "overrides", "expected"),
    [
        (["9:00-17:00"], [], [], (0, 480, 0)),
        (["9:00-17:00"], [("09:00", "10:00")], [], (1, 480, 60)),
        (["9:00-10:00"], [("09:00", "10:00")], [], (1, 60, 60)),
        (["9:00-10:00"], [("09:30", "10:30")], [], (1, 60, 30)),
        (["9:00-10:00"], [("12:00", "13:00")], [], (1, 60, 0)),
        (["9:00-17:00"], [("09:00", "10:00")], [blocked("0:00-24:00")], (1, 0, 0)),
        ([], [], [extra("10:00-12:00")], (0, 120, 0)),
        ([], [], [], (0, 0, 0)),
    ],
)  # fmt: skip
def test_a_day_counts_what_begins_and_what_is_taken(hours, busy, overrides, expected):
    spans = [visit(MONDAY, *each) for each in busy]
    (found,) = counted([MONDAY], [diary(hours, spans, {MONDAY: overrides})])
    assert (found.appointments, found.open_minutes, found.booked_minutes) == expected


@pytest.mark.parametrize(("day", "minutes"), [(SPRING, 120), (AUTUMN, 240)])
def test_a_clock_change_gives_the_true_length(day, minutes):
    (found,) = counted([day], [diary(["1:00-4:00"])])
    assert found.open_minutes == minutes


def test_a_visit_past_midnight_counts_once_and_takes_time_of_both_days():
    days = days_from(MONDAY, 2)
    over = visit(MONDAY, "23:00", "24:00")[0], visit(days[1], "00:30", "01:00")[0]
    found = counted(days, [diary(["0:00-24:00"], [over])])
    assert [each.appointments for each in found] == [1, 0]
    assert [each.booked_minutes for each in found] == [60, 30]


def test_each_provider_counts_by_the_own_clock():
    tokyo = ZoneInfo("Asia/Tokyo")
    early = visit(MONDAY, "08:00", "09:00", tokyo)
    days = days_from(MONDAY - timedelta(days=1), 2)
    here = counted(days, [diary([], [early])])
    there = counted(days, [diary(["8:00-9:00"], [early], zone=tokyo)])
    assert [each.appointments for each in here] == [0, 1]
    assert [each.booked_minutes for each in there] == [0, 60]


def test_providers_are_counted_together():
    one = diary(["9:00-10:00"], [visit(MONDAY, "09:00", "10:00")])
    (found,) = counted([MONDAY], [one, diary(["9:00-12:00"])])
    assert found == DayCount(MONDAY, 1, 240, 60)


@pytest.mark.parametrize(
    ("open_minutes", "booked", "expected"),
    [(480, 0, 0), (480, 1, 1), (480, 240, 50), (480, 479, 99), (480, 480, 100)],
)
def test_only_a_full_day_is_full_and_only_an_empty_one_empty(
    open_minutes, booked, expected
):
    count = DayCount(MONDAY, 1, open_minutes, booked)
    assert count.fullness == expected
    assert count.free_minutes == open_minutes - booked


def test_a_day_without_hours_is_closed_and_not_full():
    assert DayCount(MONDAY, 2).is_closed
    assert DayCount(MONDAY, 2).fullness == 0


@pytest.mark.parametrize(
    ("first", "count", "days"),
    [
        (date(1999, 12, 30), 4, [date(2000, 1, 1), date(2000, 1, 2)]),
        (date(2199, 12, 31), 5, [date(2199, 12, 31)]),
        (MONDAY, 0, []),
    ],
)
def test_days_beyond_the_schedule_are_left_out(first, count, days):
    assert list(days_from(first, count)) == days
