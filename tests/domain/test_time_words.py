"""Times of day as people type them, in English and German."""

from __future__ import annotations

import pytest

from desk_app.domain.spelling import plain
from desk_app.domain.time_words import TimeWish, times


def read(typed: str) -> TimeWish | None:
    """Return the time that all the words together mean."""
    words = [plain(word) for word in typed.split()]
    whole = [one for one in times(words) if one.words == len(words)]
    return max(whole, key=lambda one: one.quality).meaning if whole else None


def minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("14:30", "14:30"),
        ("14.30", "14:30"),
        ("1430", "14:30"),
        ("930", "9:30"),
        ("0930", "9:30"),
        ("14h30", "14:30"),
        ("9h", "9:00"),
        ("14h", "14:00"),
        ("9:", "9:00"),
        ("9", "9:00"),
        ("14", "14:00"),
        ("3", "15:00"),
        ("03", "3:00"),
        ("2:30", "14:30"),
        ("02:30", "2:30"),
        ("2pm", "14:00"),
        ("2 pm", "14:00"),
        ("2p", "14:00"),
        ("2:30pm", "14:30"),
        ("230pm", "14:30"),
        ("9am", "9:00"),
        ("9 am", "9:00"),
        ("9 a.m.", "9:00"),
        ("12pm", "12:00"),
        ("12am", "0:00"),
        ("noon", "12:00"),
        ("midday", "12:00"),
        ("14 uhr", "14:00"),
        ("14uhr", "14:00"),
        ("9 uhr 30", "9:30"),
        ("9 uhr", "9:00"),
        ("at 9", "9:00"),
        ("at 3", "15:00"),
        ("um 14:30", "14:30"),
        ("gegen 10", "10:00"),
        ("half past two", "14:30"),
        ("half past 2", "14:30"),
        ("half two", "14:30"),
        ("halb drei", "14:30"),
        ("halb 3", "14:30"),
        ("halb zehn", "9:30"),
        ("quarter past two", "14:15"),
        ("quarter to three", "14:45"),
        ("viertel nach zwei", "14:15"),
        ("viertel vor drei", "14:45"),
        ("dreiviertel drei", "14:45"),
        ("ten past nine", "9:10"),
        ("zehn nach neun", "9:10"),
        ("twenty to ten", "9:40"),
        ("two o'clock", "14:00"),
        ("nine am", "9:00"),
        ("3 in the afternoon", "15:00"),
        ("9 in the morning", "9:00"),
        ("8 abends", "20:00"),
        ("morning at 8", "8:00"),
        ("nachmittags um 4", "16:00"),
    ],
)
def test_a_time_is_read(typed: str, clock: str) -> None:
    assert read(typed) == TimeWish(minutes(clock), minutes(clock))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("after 3", "15:00", "23:59"),
        ("nach 15 uhr", "15:00", "23:59"),
        ("ab 15", "15:00", "23:59"),
        ("from 15:00", "15:00", "23:59"),
        ("before 10", "0:00", "9:59"),
        ("vor 10", "0:00", "9:59"),
        ("bis 10", "0:00", "9:59"),
        ("between 2 and 4", "14:00", "16:00"),
        ("zwischen 14 und 16", "14:00", "16:00"),
        ("from 9 to 11", "9:00", "11:00"),
        ("von 9 bis 11", "9:00", "11:00"),
        ("14-16", "14:00", "16:00"),
        ("9 - 11", "9:00", "11:00"),
        ("2-4pm", "14:00", "16:00"),
        ("11-2", "11:00", "14:00"),
        ("morning", "0:00", "11:59"),
        ("moring", "0:00", "11:59"),
        ("in the morning", "0:00", "11:59"),
        ("vormittags", "0:00", "11:59"),
        ("früh", "0:00", "11:59"),
        ("afternoon", "12:00", "17:59"),
        ("aftrenoon", "12:00", "17:59"),
        ("nachmittag", "12:00", "17:59"),
        ("am nachmittag", "12:00", "17:59"),
        ("mittags", "12:00", "14:00"),
        ("evening", "17:00", "23:59"),
        ("abends", "17:00", "23:59"),
    ],
)
def test_a_stretch_of_the_day_is_read(typed: str, first: str, last: str) -> None:
    assert read(typed) == TimeWish(minutes(first), minutes(last))


@pytest.mark.parametrize(
    "typed",
    [
        *("14:99", "25:00", "2460", "24h", "99", "12345", "half", "halb", "at", "uhr"),
        *("quarter", "after", "between 2", "two", "smith", "moran", "half past", "4-2"),
    ],
)
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read(typed) is None


def test_a_time_that_is_written_out_is_surer_than_a_number() -> None:
    def quality(typed: str) -> float:
        return max(one.quality for one in times(typed.split()))

    assert quality("14:30") > quality("1430") > quality("14.30") > quality("14")
