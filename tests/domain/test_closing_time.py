"""When a practice closes, and until when it does not open again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.closing_time import BREAK, LOOKAHEAD, closing_sweep
from desk_app.domain.interval import Interval


def at(text: str) -> datetime:
    """Return an instant of June 2030, written as "3 09:30"; the 3rd is a Monday."""
    return datetime.strptime(f"2030-06-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def hours(*texts: str) -> list[Interval]:
    """Return opening hours written as "3 09:00-18:00"."""
    found = []
    for text in texts:
        start, end = text.split("-")
        found.append(Interval(at(start), at(f"{start.split()[0]} {end}")))
    return found


WEEK = hours(
    "3 08:00-12:00", "3 13:00-18:00", "4 08:00-18:00", "7 08:00-14:00", "10 09:00-18:00"
)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("3 07:59", None),
        ("3 09:00", None),
        # A break at noon is none.
        ("3 11:45", None),
        ("3 12:30", None),
        ("3 17:29", None),
        ("3 17:30", "4 08:00"),
        ("3 17:59", "4 08:00"),
        ("3 18:00", None),
        ("4 17:45", "7 08:00"),
        # Over the weekend.
        ("7 13:40", "10 09:00"),
        ("7 14:00", None),
    ],
)
def test_only_the_last_half_hour_counts(now: str, until: str | None) -> None:
    assert closing_sweep(WEEK, at(now)) == (at(until) if until else None)


def test_the_last_who_leaves_closes() -> None:
    two = hours("3 08:00-16:00", "3 10:00-19:00", "4 08:00-12:00")
    assert closing_sweep(two, at("3 15:45")) is None
    assert closing_sweep(reversed(two), at("3 18:45")) == at("4 08:00")


def test_who_does_not_open_again_is_told_far_ahead() -> None:
    now = at("10 17:45")
    assert closing_sweep(WEEK, now) == now + LOOKAHEAD


def test_who_never_opens_never_closes() -> None:
    assert closing_sweep([], at("3 17:45")) is None


_starts = st.integers(0, 14 * 24 * 4)
_spans = st.lists(st.tuples(_starts, st.integers(1, 60)), max_size=12)


@given(_spans, st.integers(0, 14 * 24 * 60))
def test_nothing_is_brought_forward_past_the_next_opening(
    spans: list[tuple[int, int]], minute: int
) -> None:
    quarter = timedelta(minutes=15)
    first = at("3 00:00")
    openings = [
        Interval(first + start * quarter, first + (start + length) * quarter)
        for start, length in spans
    ]
    now = first + timedelta(minutes=minute)
    until = closing_sweep(openings, now)
    if until is None:
        return
    assert any(each.start <= now < each.end for each in openings)
    closes = max(each.end for each in openings if each.start <= now)
    assert now < closes <= now + timedelta(minutes=30)
    assert until > closes + BREAK
    assert not any(now < each.start < until for each in openings if each.start > closes)
