"""Rooms that appointments need: which one is free, and which starts have one.

A service names the rooms that will do, or none. A visit needs one of them for its
whole time, its buffer included; two halves in two rooms are no room.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from desk_app.domain.spans import Span

    RoomTimes: TypeAlias = Mapping[int, Sequence[Span]]
    """By room: what keeps it busy, sorted and disjoint, in microseconds."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room; one without a location is at all of them."""

    room_id: int
    name: str
    location_id: int | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Location:
    """One of the places at which the practice works."""

    location_id: int
    name: str
    address: str = ""
    is_active: bool = True


def free_room(rooms: Iterable[int], busy: RoomTimes, wanted: Span) -> int | None:
    """Return the first of `rooms` that nothing keeps busy in `wanted`, if any."""
    return next((room for room in rooms if _is_free(busy.get(room), wanted)), None)


def with_room(
    starts: list[int], hold: int, rooms: Sequence[int] | None, busy: RoomTimes
) -> list[int]:
    """Return those starts for which a room is free for `hold` microseconds.

    All of them where no room is needed (None); none where none will do.
    """
    if rooms is None:
        return starts
    return [
        start
        for start in starts
        if free_room(rooms, busy, (start, start + hold)) is not None
    ]


def _is_free(busy: Sequence[Span] | None, wanted: Span) -> bool:
    if not busy:
        return True
    # The last one that begins before the end ends before the start, or is in the way.
    place = bisect_right(busy, wanted[1] - 1, key=_begin) - 1
    return place < 0 or busy[place][1] <= wanted[0]


def _begin(span: Span) -> int:
    return span[0]
