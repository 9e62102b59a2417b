"""Hours: wall-clock windows become instants, clock changes included."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.hours import blocks_of, day_bounds, open_windows
from desk_app.domain.interval import Interval
from desk_app.domain.schedule import Override, Source
from desk_app.errors import Invalid
from tests.domain import oracle
from tests.domain.examples import examples
from tests.domain.facts import (
    between,
    blocked,
    extra,
    local_windows,
    overrides_near,
    readings,
    window,
    zones_and_days,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


@pytest.mark.parametrize(
    ("weekly", "overrides", "expected"),
    [
        (["9:00-17:00"], [], ["09:00-17:00"]),
        (["9:00-12:00", "13:00-17:00"], [], ["09:00-12:00", "13:00-17:00"]),
        (["13:00-17:00", "9:00-13:00"], [], ["09:00-17:00"]),
        (["9:00-14:00", "13:00-17:00"], [], ["09:00-17:00"]),
        ([], [extra("10:00-12:00")], ["10:00-12:00"]),
        (["9:00-12:00"], [extra("12:00-13:00")], ["09:00-13:00"]),
        (["9:00-17:00"], [blocked("12:00-13:00")], ["09:00-12:00", "13:00-17:00"]),
        (["9:00-17:00"], [blocked("0:00-24:00")], []),
        (["9:00-17:00"], [blocked("8:00-10:00")], ["10:00-17:00"]),
        ([], [extra("10:00-14:00"), blocked("11:00-12:00")],
         ["10:00-11:00", "12:00-14:00"]),
        ([], [blocked("11:00-12:00"), extra("11:00-12:00")], []),
        (["0:00-24:00"], [], ["00:00-00:00"]),
        (["20:00-24:00"], [], ["20:00-00:00"]),
    ],
)  # fmt: skip
def test_open_time_is_weekly_and_extra_without_blocked(weekly, overrides, expected):
    hours = open_windows(MONDAY, BERLIN, [window(each) for each in weekly], overrides)
    assert readings(hours, BERLIN) == expected


@pytest.mark.parametrize(
    ("zone", "day", "hours", "minutes"),
    [
        ("Europe/Berlin", SPRING, "1:00-4:00", 120),
        ("Europe/Berlin", SPRING, "2:00-3:00", 0),
        ("Europe/Berlin", AUTUMN, "1:00-4:00", 240),
        ("Europe/Berlin", AUTUMN, "2:00-3:00", 120),
        ("Europe/Berlin", AUTUMN, "9:00-17:00", 480),
        ("America/New_York", date(2026, 3, 8), "0:00-24:00", 23 * 60),
        ("America/New_York", date(2026, 11, 1), "0:00-24:00", 25 * 60),
        ("Australia/Lord_Howe", date(2026, 10, 4), "1:00-4:00", 150),
        ("Australia/Lord_Howe", date(2026, 4, 5), "1:00-4:00", 210),
        ("Africa/Cairo", date(2026, 4, 24), "0:00-2:00", 60),
        ("Africa/Cairo", date(2026, 10, 29), "22:00-24:00", 180),
        ("America/Havana", date(2026, 3, 8), "0:00-2:00", 60),
        ("America/Havana", date(2026, 11, 1), "0:00-2:00", 180),
        ("America/Santiago", date(2026, 9, 6), "0:00-24:00", 23 * 60),
        ("Asia/Beirut", date(2026, 3, 29), "0:00-1:00", 0),
        ("Asia/Kathmandu", date(2026, 3, 29), "0:00-24:00", 24 * 60),
        ("Pacific/Apia", date(2011, 12, 30), "0:00-24:00", 0),
        ("Pacific/Apia", date(2011, 12, 31), "0:00-24:00", 24 * 60),
        # The clock went from one minute past midnight back into the day before.
        ("America/St_Johns", date(2010, 11, 6), "23:00-24:00", 119),
        ("America/St_Johns", date(2010, 11, 7), "0:00-1:00", 61),
    ],
)
def test_a_window_over_a_clock_change_has_its_true_length(zone, day, hours, minutes):
    found = open_windows(day, ZoneInfo(zone), [window(hours)], [])
    assert sum((each.length for each in found), timedelta()) == timedelta(
        minutes=minutes
    )


def test_a_time_that_occurs_twice_is_open_twice():
    found = open_windows(AUTUMN, BERLIN, [window("2:15-2:45")], [])
    assert readings(found, BERLIN) == ["02:15-02:45", "02:15-02:45"]
    assert found[1].start - found[0].start == timedelta(hours=1)


def test_an_outside_event_blocks_by_its_instants():
    # Only the second of the two half hours from 2:15 is busy.
    event = Interval(
        datetime(2026, 10, 25, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)
    )
    block = Override(7, event, is_blocked=True, source=Source.GOOGLE)
    found = open_windows(AUTUMN, BERLIN, [window("2:15-2:45")], [block])
    assert found == (Interval(event.start - timedelta(minutes=45),
                              event.start - timedelta(minutes=15)),)  # fmt: skip


def test_an_event_from_the_day_before_blocks_until_it_ends():
    event = between(MONDAY, BERLIN, "8:00-9:30")
    night = Interval(event.start - timedelta(hours=20), event.end)
    block = Override(7, night, is_blocked=True, source=Source.APPLE)
    found = open_windows(MONDAY, BERLIN, [window("9:00-17:00")], [block])
    assert readings(found, BERLIN) == ["09:30-17:00"]
    shown = blocks_of(MONDAY, BERLIN, [block])
    assert readings([each.span for each in shown], BERLIN) == ["00:00-09:30"]


def test_blocks_are_sorted_and_leave_out_extra_time():
    changes = [blocked("15:00-16:00"), extra("8:00-9:00"), blocked("12:00-13:00")]
    shown = blocks_of(MONDAY, BERLIN, changes)
    assert readings([each.span for each in shown], BERLIN) == [
        "12:00-13:00",
        "15:00-16:00",
    ]
    assert {each.reason for each in shown} == {"Training"}


def test_a_day_is_as_long_as_the_clock_makes_it():
    lengths = [day_bounds(day, BERLIN).length for day in (MONDAY, SPRING, AUTUMN)]
    assert lengths == [timedelta(hours=hours) for hours in (24, 23, 25)]


def test_days_follow_one_another_without_a_gap():
    days = [date(2026, 1, 1) + timedelta(days=count) for count in range(366)]
    for zone in map(ZoneInfo, ("Europe/Berlin", "Africa/Cairo", "America/Havana")):
        bounds = [day_bounds(day, zone) for day in days]
        ends = [each.end for each in bounds[:-1]]
        assert ends == [each.start for each in bounds[1:]]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Europe/Berlin", date(1, 1, 1)),
        ("Europe/Berlin", date(9999, 12, 31)),
    ],
)
def test_a_day_that_does_not_exist_is_refused(zone, day):
    with pytest.raises(Invalid) as refused:
        day_bounds(day, ZoneInfo(zone))
    assert refused.value.field == "day"


@examples(300)
@given(zones_and_days(), st.data())
def test_open_windows_agree_with_the_clock_on_the_wall(place, data):
    zone, day = ZoneInfo(place[0]), place[1]
    weekly = data.draw(st.lists(local_windows(), max_size=4))
    overrides = data.draw(st.lists(overrides_near(day), max_size=4))
    found = open_windows(day, zone, weekly, overrides)
    runs = oracle.windows(oracle.open_minutes(day, zone, weekly, overrides))
    assert [
        (oracle.minute_of(each.start), oracle.minute_of(each.end)) for each in found
    ] == [(run.start, run.stop) for run in runs]


@examples(100)
@given(zones_and_days(), st.data())
def test_no_block_overlaps_open_time(place, data):
    zone, day = ZoneInfo(place[0]), place[1]
    weekly = data.draw(st.lists(local_windows(), max_size=4))
    overrides = data.draw(st.lists(overrides_near(day), max_size=4))
    hours = open_windows(day, zone, weekly, overrides)
    bounds = day_bounds(day, zone)
    for block in blocks_of(day, zone, overrides):
        assert bounds.covers(block.span)
        assert not any(block.span.overlaps(each) for each in hours)
