"""Rooms and locations as managers keep them, and what is changed about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.spans import instant, ticks
from desk_app.domain.stranding import NOTHING_DECIDED, Settlement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.interval import Interval
    from desk_app.domain.rooms import Location, RoomTimes
    from desk_app.domain.spans import Span

# How far from now the times are known at which rooms are busy.
AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class RoomFile:
    """A room with the services it will do for; `room_id` is 0 for a new one."""

    name: str = ""
    location_id: int | None = None
    is_active: bool = True
    service_ids: frozenset[int] = frozenset()
    room_id: int = 0


@dataclass(frozen=True, slots=True)
class RoomChange:
    """A room as it was seen, and as it shall be."""

    known: RoomFile
    wanted: RoomFile
    settlement: Settlement = NOTHING_DECIDED


@dataclass(frozen=True, slots=True)
class LocationChange:
    """A location as it was seen, and as it shall be; of number 0 if it is new."""

    known: Location
    wanted: Location


@dataclass(frozen=True, slots=True)
class Places:
    """All rooms and locations by name, those no longer used as well.

    `busy` says of the rooms in use when they are busy, from `now` for a day.
    """

    rooms: tuple[RoomFile, ...] = ()
    locations: tuple[Location, ...] = ()
    now: datetime | None = None
    busy: RoomTimes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoomQuestion:
    """Whether these rooms are free from `start` to before `end`.

    `but` are appointments that make room.
    """

    room_ids: tuple[int, ...]
    start: datetime
    end: datetime
    but: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomState:
    """A room in a stretch of time: what keeps it busy, None if nothing does.

    `who` is the appointment there, as far as it may be seen.
    """

    room_id: int
    busy: Interval | None = None
    who: Appointment | None = None


def changes_at(busy: Sequence[Span], now: datetime) -> tuple[bool, datetime | None]:
    """Say whether a room is busy now, and when that ends; None if nothing is known.

    What follows without a gap counts as one. `busy` is sorted and disjoint.
    """
    at = ticks(now)
    following = [span for span in busy if span[1] > at]
    if not following:
        return False, None
    begin, until = following[0]
    if begin > at:
        return False, instant(begin)
    for start, end in following[1:]:
        if start > until:
            break
        until = end
    return True, instant(until)
