"""Days as people type them, in English and German, with slips of the finger."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.day_words import Calendar, DayWish, days
from desk_app.domain.spelling import plain

# A Monday.
TODAY = date(2026, 11, 23)
GERMAN = Calendar(TODAY, is_german=True)
AMERICAN = Calendar(TODAY, is_day_first=False)


def read(typed: str, calendar: Calendar = GERMAN) -> DayWish | None:
    """Return the day that all the words together mean."""
    words = [plain(word) for word in typed.split()]
    whole = [one for one in days(words, calendar) if one.words == len(words)]
    return max(whole, key=lambda one: one.quality).meaning if whole else None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "11-23"),
        ("heute", "11-23"),
        ("tomorrow", "11-24"),
        ("tommorow", "11-24"),
        ("tomorow", "11-24"),
        ("tomrorow", "11-24"),
        ("tmrw", "11-24"),
        ("morgen", "11-24"),
        ("mogren", "11-24"),
        ("übermorgen", "11-25"),
        ("uebermorgen", "11-25"),
        ("übermorgn", "11-25"),
        ("day after tomorrow", "11-25"),
        ("tue", "11-24"),
        ("tues", "11-24"),
        ("tuesday", "11-24"),
        ("teusday", "11-24"),
        ("tusday", "11-24"),
        ("Tuesdays", "11-24"),
        ("di", "11-24"),
        ("di.", "11-24"),
        ("dienstag", "11-24"),
        ("dientsag", "11-24"),
        ("dienst", "11-24"),
        ("wed", "11-25"),
        ("wensday", "11-25"),
        ("wednsday", "11-25"),
        ("mi", "11-25"),
        ("mittwoch", "11-25"),
        ("mittwoc", "11-25"),
        ("thu", "11-26"),
        ("thursday", "11-26"),
        ("thrusday", "11-26"),
        ("do", "11-26"),
        ("donerstag", "11-26"),
        ("fri", "11-27"),
        ("firday", "11-27"),
        ("fr", "11-27"),
        ("freitag", "11-27"),
        ("sa", "11-28"),
        ("sonnabend", "11-28"),
        ("so", "11-29"),
        ("sonntag", "11-29"),
        ("mon", "11-30"),
        ("montag", "11-30"),
        ("on tuesday", "11-24"),
        ("am dienstag", "11-24"),
        ("this fri", "11-27"),
        ("diesen freitag", "11-27"),
        ("next tue", "12-01"),
        ("next fri", "12-04"),
        ("nächsten dienstag", "12-01"),
        ("kommenden freitag", "12-04"),
        ("übernächsten di", "12-08"),
        ("tue next week", "12-01"),
        ("di nächste woche", "12-01"),
        ("next week tue", "12-01"),
        ("nächste woche dienstag", "12-01"),
        ("tue in 2 weeks", "12-08"),
        ("in 2 weeks", "12-07"),
        ("in two weeks", "12-07"),
        ("in 2 wochen", "12-07"),
        ("in a week", "11-30"),
        ("in einer woche", "11-30"),
        ("2 weeks", "12-07"),
        ("heute in 2 wochen", "12-07"),
        ("in 3 days", "11-26"),
        ("in drei tagen", "11-26"),
        ("in a month", "12-23"),
        ("in 2 monaten", "2027-01-23"),
        ("+3", "11-26"),
        ("+2w", "12-07"),
        ("+1m", "12-23"),
        ("3.12.", "12-03"),
        ("3.12", "12-03"),
        ("03.12.2026", "12-03"),
        ("3.12.26", "12-03"),
        ("3.1.", "2027-01-03"),
        ("22.11.", "2027-11-22"),
        ("23.11.", "11-23"),
        ("3/12", "12-03"),
        ("12/24", "12-24"),
        ("2026-12-03", "12-03"),
        ("24 nov", "11-24"),
        ("24. november", "11-24"),
        ("24th nov", "11-24"),
        ("24th of november", "11-24"),
        ("24nov", "11-24"),
        ("nov 24", "11-24"),
        ("24 novmber", "11-24"),
        ("24 nov 2027", "2027-11-24"),
        ("3. dezember", "12-03"),
        ("3 dez", "12-03"),
        ("1 märz", "2027-03-01"),
        ("the 24th", "11-24"),
        ("24.", "11-24"),
        ("am 24.", "11-24"),
        ("20.", "12-20"),
        ("31.", "12-31"),
        ("29.2.", "2028-02-29"),
        ("tue 24 nov", "11-24"),
        ("di 24.11.", "11-24"),
        ("di den 24.11.", "11-24"),
    ],
)
def test_a_day_is_read(typed: str, day: str) -> None:
    wanted = day if len(day) > 5 else f"2026-{day}"
    assert read(typed) == DayWish(date.fromisoformat(wanted))


@pytest.mark.parametrize(
    ("typed", "first", "count"),
    [
        ("next week", "2026-11-30", 7),
        ("nächste woche", "2026-11-30", 7),
        ("this week", "2026-11-23", 7),
        ("diese woche", "2026-11-23", 7),
        ("übernächste woche", "2026-12-07", 7),
        ("asap", "2026-11-23", 60),
        ("sofort", "2026-11-23", 60),
    ],
)
def test_a_stretch_of_days_is_read(typed: str, first: str, count: int) -> None:
    assert read(typed) == DayWish(date.fromisoformat(first), count)


@pytest.mark.parametrize(
    "typed",
    [
        *("smith", "don", "sam", "tom", "morgan", "monty", "may", "mart", "son"),
        *("31.2.", "32.1.", "0.5.", "12/40", "14.30", "9:30", "1430", "week", "next"),
        *("in", "in 2", "+", "+99999", "99999 days", "wed 24.11.", "24", "nov"),
    ],
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read(typed) is None


def test_the_day_stands_where_the_country_writes_it() -> None:
    assert read("3/12") == DayWish(date(2026, 12, 3))
    assert read("3/12", AMERICAN) == DayWish(date(2027, 3, 12))


def test_two_letters_are_a_weekday_in_german_only() -> None:
    assert read("do") is not None
    assert read("do", AMERICAN) is None


def test_a_weekday_of_this_week_that_is_over_is_that_of_the_next() -> None:
    friday = Calendar(date(2026, 11, 27))
    assert read("this tue", friday) == DayWish(date(2026, 12, 1))


def test_the_weekday_of_today_means_the_one_in_a_week() -> None:
    assert read("monday") == DayWish(date(2026, 11, 30))
