"""How long a service asks to be left alone, by its own clock."""

from __future__ import annotations

import pytest

from desk_app.net.retry_after import seconds_to_next_day, seconds_to_wait

DATE = "Tue, 24 Nov 2026 23:59:30 GMT"


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("86400", 86_400),
        ("999999999999", 86_400),
        ("9" * 400, 86_400),
        ("Wed, 25 Nov 2026 00:00:30 GMT", 60),
        ("2026-11-25T00:00:00Z", 30),
        ("2026-11-25T01:00:00+01:00", 30),
        ("Tue, 24 Nov 2026 10:00:00 GMT", 0),
        ("Fri, 31 Dec 2199 00:00:00 GMT", 86_400),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("inf", None),
        ("nan", None),
        ("٣", None),
        ("Tue, 99 Nov 2026 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_it_is_meant(asked: str, seconds: float | None) -> None:
    assert seconds_to_wait({"retry-after": asked, "date": DATE}) == seconds


def test_who_says_nothing_does_not_ask_to_wait() -> None:
    assert seconds_to_wait({"date": DATE}) is None


def test_without_a_clock_there_the_own_one_serves() -> None:
    waited = seconds_to_wait({"retry-after": "Fri, 31 Dec 2199 00:00:00 GMT"})
    assert waited == 86_400


def test_a_day_ends_at_midnight_utc_by_the_services_clock() -> None:
    assert seconds_to_next_day({"date": DATE}) == 30
    assert 0 < seconds_to_next_day({}) <= 86_400
    assert 0 < seconds_to_next_day({"date": "yesterday"}) <= 86_400
