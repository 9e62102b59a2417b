"""The wall clock of a column: plain days, and days of 23 and 25 hours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from desk_app.domain.interval import Interval
from desk_app.ui.grid.clock import Stretch, TimeLabels, WallClock, wall_clock

BERLIN = ZoneInfo("Europe/Berlin")
PLAIN = date(2026, 3, 10)
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("day", [PLAIN, SPRING, AUTUMN])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"])
def test_every_minute_that_exists_comes_back(day: date, zone: str) -> None:
    clock = WallClock(day, ZoneInfo(zone))
    for minute in range(1440):
        instant = clock.instant(minute)
        assert instant is None or clock.minute(instant) == minute


def test_a_time_that_does_not_exist_gives_no_instant() -> None:
    clock = wall_clock(SPRING, BERLIN)
    missing = [m for m in range(1440) if clock.instant(m) is None]
    assert missing == list(range(120, 180))


def test_a_day_of_23_hours_ends_at_its_midnight() -> None:
    clock = wall_clock(SPRING, BERLIN)
    assert clock.minute(utc(SPRING, 21, 59)) == 1439
    assert clock.minute(utc(SPRING, 22)) == 1440


def test_a_repeated_time_has_one_place_and_means_the_first() -> None:
    clock = wall_clock(AUTUMN, BERLIN)
    assert clock.minute(utc(AUTUMN, 0, 30)) == clock.minute(utc(AUTUMN, 1, 30)) == 150
    assert clock.instant(150) == utc(AUTUMN, 0, 30)


def test_an_interval_over_the_repeated_hour_covers_its_readings() -> None:
    clock = wall_clock(AUTUMN, BERLIN)
    night = Interval(utc(AUTUMN, 0, 45), utc(AUTUMN, 1, 15))
    assert clock.spans(night) == (Stretch(120, 135), Stretch(165, 180))
    assert clock.hull(night.start, night.end) == (120, 180)


def test_an_interval_over_the_missing_hour_leaves_it_out() -> None:
    clock = wall_clock(SPRING, BERLIN)
    night = Interval(utc(SPRING, 0), utc(SPRING, 2))
    assert clock.spans(night) == (Stretch(60, 120), Stretch(180, 240))


def test_what_reaches_over_midnight_is_clipped() -> None:
    clock = wall_clock(PLAIN, BERLIN)
    late = Interval(utc(PLAIN, 22, 30), utc(date(2026, 3, 11), 0))
    assert clock.hull(late.start, late.end) == (1410, 1440)
    assert clock.spans(late) == (Stretch(1410, 1440),)


def test_seconds_take_the_whole_minute() -> None:
    clock = wall_clock(PLAIN, BERLIN)
    start = utc(PLAIN, 9)
    short = Interval(start, start.replace(second=20))
    assert clock.hull(short.start, short.end) == (600, 601)


@pytest.mark.parametrize(
    ("territory", "wanted"),
    [
        (QLocale.Country.Germany, "09:05–13:00"),
        (QLocale.Country.UnitedStates, "9:05\u202fAM–1:00\u202fPM"),
    ],
)
def test_times_are_written_as_the_country_does(
    territory: QLocale.Country, wanted: str
) -> None:
    labels = TimeLabels(QLocale(QLocale.Language.English, territory))
    assert labels.span(545, 780) == wanted
