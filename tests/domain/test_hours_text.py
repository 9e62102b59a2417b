"""The hours of a day as people write them."""

from __future__ import annotations

from datetime import time

import pytest

from desk_app.domain.hours_text import text_of, windows_of
from desk_app.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("9-17", "9:00–17:00"),
        ("9–12, 13:30-17", "9:00–12:00, 13:30–17:00"),
        ("13-17; 8.30-12", "8:30–12:00, 13:00–17:00"),
        ("9am to 12pm and 2pm-6pm", "9:00–12:00, 14:00–18:00"),
        ("12am-1am", "0:00–1:00"),
        ("9 bis 12 und 14 Uhr bis 18 Uhr", "9:00–12:00, 14:00–18:00"),
        ("22-24", "22:00–24:00"),
        ("0-24", "0:00–24:00"),
        ("9-12,12-15", "9:00–12:00, 12:00–15:00"),
        (" 9h - 12h ,, ", "9:00–12:00"),
    ],
)
def test_hours_are_read_as_people_write_them(typed, read):
    windows = windows_of(typed)
    assert text_of(windows) == read
    assert windows_of(text_of(windows)) == windows


@pytest.mark.parametrize(
    "typed",
    ["9", "9-", "nine to five", "17-9", "9-9", "25-26", "9-12, 11-13", "13pm-14pm",
     "9:60-10", "<b>9-12</b>", "-", "9-12 13-17", ",".join(["1-2"] * 13)],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_nothing_guessed(typed):
    with pytest.raises(Invalid) as invalid:
        windows_of(typed)
    assert invalid.value.field == "hours"


def test_midnight_ends_a_day():
    assert windows_of("20-0")[0].end == time(0)
