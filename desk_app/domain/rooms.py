"""Rooms that appointments need: which one is free, and which starts have one.

A service names the rooms that will do, or none. A visit needs one of them for its
whole time, its buffer included; two halves in two rooms are no room.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from desk_app.domain.appointment import Status
from desk_app.domain.spans import span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from desk_app.domain.appointment import Appointment
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


@dataclass(frozen=True, slots=True)
class RoomWish:
    """One of some rooms, the best first, for a time in microseconds."""

    rooms: Sequence[int]
    time: Span


def free_room(rooms: Iterable[int], busy: RoomTimes, wanted: Span) -> int | None:
    """Return the first of `rooms` that nothing keeps busy in `wanted`, if any."""
    return next((room for room in rooms if is_free(busy.get(room), wanted)), None)


def share_rooms(wishes: Sequence[RoomWish]) -> list[int | None]:
    """Return a room for each wish, None where there is none for it.

    The rooms of a wish are free of all but the other wishes. Each in turn gets its
    best one; who has it already gives way where another will do as well.
    """
    sharing = _Sharing(wishes)
    for number in range(len(wishes)):
        sharing.place(number, set())
    return sharing.given


def changed_times(
    times: RoomTimes, before: Appointment | None, after: Appointment | None
) -> RoomTimes:
    """Return when rooms are busy once an appointment is another one, or gone.

    The same object if that changes nothing. What the new one overlaps is out of date:
    two are never in one room.
    """
    gone, new = _use(before), _use(after)
    if gone == new and (new is None or new.time in times.get(new.room_id, ())):
        return times
    result = {room: list(spans) for room, spans in times.items()}
    for use in (gone, new):
        if use is not None:
            start, end = use.time
            here = result.get(use.room_id, [])
            result[use.room_id] = [s for s in here if s[0] >= end or s[1] <= start]
    if new is not None:
        insort(result[new.room_id], new.time)
    return result


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


def is_free(busy: Sequence[Span] | None, wanted: Span) -> bool:
    """Say whether nothing of `busy`, sorted and disjoint, lies in `wanted`."""
    if not busy:
        return True
    # The last one that begins before the end ends before the start, or is in the way.
    place = bisect_right(busy, wanted[1] - 1, key=_begin) - 1
    return place < 0 or busy[place][1] <= wanted[0]


def _begin(span: Span) -> int:
    return span[0]


@dataclass(frozen=True, slots=True)
class _Use:
    room_id: int
    time: Span


def _use(appointment: Appointment | None) -> _Use | None:
    if appointment is None or appointment.room_id is None:
        return None
    if appointment.status is Status.CANCELLED:
        return None
    return _Use(appointment.room_id, span(appointment.busy))


class _Sharing:
    """Who has which room so far."""

    def __init__(self, wishes: Sequence[RoomWish]) -> None:
        self._wishes = wishes
        self.given: list[int | None] = [None] * len(wishes)

    def place(self, number: int, tried: set[tuple[int, int]]) -> bool:
        """Give a wish a room, and those who had it another; False if that cannot be."""
        rooms = self._wishes[number].rooms
        return self._place_free(number, rooms) or any(
            self._place_instead(number, room, tried) for room in rooms
        )

    def _place_free(self, number: int, rooms: Sequence[int]) -> bool:
        for room in rooms:
            if not self._in_the_way(number, room):
                self.given[number] = room
                return True
        return False

    def _place_instead(
        self, number: int, room: int, tried: set[tuple[int, int]]
    ) -> bool:
        if (number, room) in tried:
            return False
        tried.add((number, room))
        before, others = list(self.given), self._in_the_way(number, room)
        self.given[number] = room
        for other in others:
            self.given[other] = None
        if all(self.place(other, tried) for other in others):
            return True
        self.given[:] = before
        return False

    def _in_the_way(self, number: int, room: int) -> list[int]:
        start, end = self._wishes[number].time
        return [
            other
            for other, wish in enumerate(self._wishes)
            if other != number
            and self.given[other] == room
            and wish.time[0] < end
            and start < wish.time[1]
        ]
