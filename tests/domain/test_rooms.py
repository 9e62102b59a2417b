"""Which rooms are free."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from desk_app.domain.rooms import RoomWish, free_room, share_rooms, with_room

ONE, TWO = 1, 2
BUSY = {ONE: [(10, 20), (30, 40)], TWO: [(15, 35)]}


@pytest.mark.parametrize(
    ("wanted", "room"),
    [
        ((0, 10), ONE),
        ((5, 11), TWO),
        ((12, 15), TWO),
        ((12, 16), None),
        ((20, 30), ONE),
        ((19, 30), None),
        ((35, 39), TWO),
        ((40, 99), ONE),
    ],
)
def test_a_room_is_free_for_the_whole_time_or_not_at_all(wanted, room):
    assert free_room((ONE, TWO), BUSY, wanted) == room


def test_no_room_is_needed_where_none_is_named():
    assert with_room([1, 2], 5, None, BUSY) == [1, 2]
    assert with_room([1, 2], 5, (), BUSY) == []


def test_who_came_first_gives_way_where_another_room_will_do():
    first, picky = RoomWish((ONE, TWO), (0, 10)), RoomWish((ONE,), (5, 15))
    assert share_rooms([first, picky]) == [TWO, ONE]
    assert share_rooms([picky, first]) == [ONE, TWO]
    assert share_rooms([picky, picky]) == [ONE, None]
    assert share_rooms([first, RoomWish((ONE,), (10, 20))]) == [ONE, ONE]


def test_rooms_are_shared_wherever_they_can_be():
    random = Random(3)
    for _ in range(200):
        time = (0, 10)
        wishes = [
            RoomWish(random.sample(range(4), random.randint(1, 3)), time)
            for _ in range(random.randint(1, 4))
        ]
        fits = any(
            len(set(choice)) == len(choice)
            for choice in product(*(wish.rooms for wish in wishes))
        )
        given = share_rooms(wishes)
        known = [room for room in given if room is not None]
        assert len(set(known)) == len(known)
        assert (None not in given) == fits


def test_rooms_agree_with_a_look_at_every_minute():
    random = Random(7)
    for _ in range(300):
        busy = {
            room: [
                (start, start + random.randint(1, 4))
                for start in range(0, 60, 5)
                if random.random() < 0.6
            ]
            for room in (ONE, TWO)
        }
        start, hold = random.randint(0, 60), random.randint(1, 12)
        expected = any(
            not any(
                a <= minute < b
                for a, b in busy[room]
                for minute in range(start, start + hold)
            )
            for room in (ONE, TWO)
        )
        assert bool(with_room([start], hold, (ONE, TWO), busy)) == expected
