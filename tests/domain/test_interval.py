"""Intervals and spans: half-open, so that touching ends are no overlap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.interval import Interval
from desk_app.domain.spans import instant, ticks, union, without
from tests.domain.examples import examples

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stretch(start, end):
    """Return an interval in minutes since 1970."""
    return Interval(EPOCH + timedelta(minutes=start), EPOCH + timedelta(minutes=end))


pairs = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(
    lambda drawn: (drawn[0], drawn[0] + drawn[1])
)
many = st.lists(pairs, max_size=8)


def covered(spans):
    """Return the numbers that spans cover."""
    return {number for start, end in spans for number in range(start, end)}


def test_an_interval_ends_after_it_starts():
    for end in (EPOCH, EPOCH - timedelta(seconds=1)):
        with pytest.raises(ValueError, match="ends after"):
            Interval(EPOCH, end)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((0, 30), (30, 60), False),
        ((0, 31), (30, 60), True),
        ((0, 60), (10, 20), True),
        ((0, 10), (20, 30), False),
        ((0, 10), (0, 10), True),
    ],
)
def test_touching_ends_do_not_overlap(one, other, overlap):
    assert stretch(*one).overlaps(stretch(*other)) is overlap
    assert stretch(*other).overlaps(stretch(*one)) is overlap


def test_an_interval_covers_itself_and_what_lies_inside():
    assert stretch(0, 30).covers(stretch(0, 30))
    assert stretch(0, 30).covers(stretch(10, 20))
    assert not stretch(0, 30).covers(stretch(10, 31))


@examples(200)
@given(many, many)
def test_spans_are_united_and_cut_as_sets(pairs, holes):
    whole = union(pairs)
    rest = without(whole, union(holes))
    assert covered(whole) == covered(pairs)
    assert covered(rest) == covered(pairs) - covered(holes)
    for found in (whole, rest):
        assert all(one[1] < other[0] for one, other in pairwise(found))


@examples(200)
@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001
    st.integers(-14, 14),
)
def test_instants_are_kept_to_the_microsecond(local, hours):
    moment = local.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert instant(ticks(moment)) == moment
    assert instant(ticks(moment)).tzinfo is UTC
