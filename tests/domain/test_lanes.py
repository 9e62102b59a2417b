"""Lanes: overlapping items side by side, no more of them than needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.interval import Interval
from desk_app.domain.lanes import Lane, assign_lanes
from tests.domain.examples import examples

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def item(start, end):
    """Return an interval in minutes after nine."""
    return Interval(NINE + timedelta(minutes=start), NINE + timedelta(minutes=end))


@st.composite
def days(draw):
    """Draw the items of a day, many of them together."""
    edges = st.tuples(st.integers(0, 120), st.integers(1, 60))
    drawn = draw(st.lists(edges, max_size=25))
    return [item(start, start + length) for start, length in drawn]


def clusters(items):
    """Return the sets of places that hang together by overlaps."""
    groups = []
    for place, one in enumerate(items):
        touching = [
            group for group in groups if any(one.overlaps(items[p]) for p in group)
        ]
        groups = [group for group in groups if group not in touching]
        groups.append({place}.union(*touching))
    return groups


def most_at_once(items):
    """Return the largest number of items that share an instant."""
    return max(sum(one.start <= at.start < one.end for one in items) for at in items)


@pytest.mark.parametrize(
    ("items", "lanes"),
    [
        ([], []),
        ([(0, 30)], [(0, 1, 1)]),
        # Back to back is no overlap.
        ([(0, 30), (30, 60)], [(0, 1, 1), (0, 1, 1)]),
        ([(0, 30), (0, 30)], [(0, 2, 1), (1, 2, 1)]),
        # The longest of those that start together stands first.
        ([(0, 30), (0, 60)], [(1, 2, 1), (0, 2, 1)]),
        # The last one is as wide as its neighbours let it.
        ([(0, 60), (0, 30), (0, 30), (30, 60)],
         [(0, 3, 1), (1, 3, 1), (2, 3, 1), (1, 3, 2)]),
        # A freed lane is used again.
        ([(0, 30), (10, 60), (30, 50)], [(0, 2, 1), (1, 2, 1), (0, 2, 1)]),
    ],
)  # fmt: skip
def test_lanes_of_a_day(items, lanes):
    found = assign_lanes([item(*edges) for edges in items])
    assert found == tuple(Lane(*lane) for lane in lanes)


@examples(400)
@given(days())
def test_overlapping_items_share_no_lane(items):
    lanes = assign_lanes(items)
    for one, lane in enumerate(lanes):
        assert lane.first >= 0
        assert lane.span >= 1
        assert lane.first + lane.span <= lane.count
        for other in range(one):
            if items[one].overlaps(items[other]):
                beside = lanes[other]
                assert (
                    lane.first + lane.span <= beside.first
                    or beside.first + beside.span <= lane.first
                )


@examples(400)
@given(days())
def test_a_cluster_has_no_more_lanes_than_items_at_one_instant(items):
    lanes = assign_lanes(items)
    for cluster in clusters(items):
        count = most_at_once([items[place] for place in cluster])
        assert {lanes[place].count for place in cluster} == {count}
        assert {lanes[place].first for place in cluster} == set(range(count))


@examples(300)
@given(days())
def test_an_item_is_widened_until_something_stands_in_its_way(items):
    lanes = assign_lanes(items)
    for one, lane in enumerate(lanes):
        following = lane.first + lane.span
        if following < lane.count:
            assert any(
                lanes[other].first == following and items[one].overlaps(items[other])
                for other in range(len(items))
            )


@examples(100)
@given(days(), st.randoms(use_true_random=False))
def test_the_order_given_does_not_change_how_wide_a_cluster_is(items, random):
    shuffled = random.sample(items, len(items))
    counts = dict(zip(items, assign_lanes(items), strict=True))
    for one, lane in zip(shuffled, assign_lanes(shuffled), strict=True):
        assert lane.count == counts[one].count


@pytest.mark.parametrize("crowd", [1, 2500])
def test_five_thousand_items_get_their_lanes(crowd):
    # One long item, a crowd that starts at once, and a row of short ones beside it.
    items = [item(0, 20_000), *(item(0, 1) for _ in range(crowd))]
    items += [item(2 * place + 2, 2 * place + 3) for place in range(5000 - crowd)]
    lanes = assign_lanes(items)
    assert {lane.count for lane in lanes} == {crowd + 1}
    assert lanes[-1] == Lane(1, crowd + 1, crowd)
