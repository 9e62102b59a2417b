"""The days of rooms: the same appointments as in the diaries, by where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.appointment import Status
from desk_app.domain.hours import day_bounds
from desk_app.domain.interval import Interval
from desk_app.domain.spans import instant, span, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.rooms import Room
    from desk_app.domain.schedule import ProviderDay


@dataclass(frozen=True, slots=True)
class RoomDay:
    """One room on one day of the practice: one column of the grid by rooms.

    `room` is None for all that is in no room. `appointments` are sorted by start and
    hold every status but CANCELLED. `days` are those of all providers: who may be
    booked here.
    """

    room: Room | None
    timezone: str
    day: date
    appointments: tuple[Appointment, ...]
    days: tuple[ProviderDay, ...]

    @property
    def open_windows(self) -> tuple[Interval, ...]:
        """When somebody works, sorted and disjoint."""
        windows = [span(window) for day in self.days for window in day.open_windows]
        return tuple(Interval(instant(a), instant(b)) for a, b in union(windows))


def room_days(
    days: Sequence[ProviderDay], rooms: Iterable[Room], timezone: str
) -> tuple[RoomDay, ...]:
    """Return a column for each room, and a last one if something is in none of them.

    `days` are those of all providers on one day.
    """
    if not days:
        return ()
    day, bounds = days[0].day, day_bounds(days[0].day, ZoneInfo(timezone))
    shown = {
        each.appointment_id: each
        for column in days
        for each in column.appointments
        if each.status is not Status.CANCELLED and each.busy.overlaps(bounds)
    }
    ordered = sorted(shown.values(), key=lambda each: each.start)
    everybody, known = tuple(days), tuple(rooms)

    def column(room: Room | None, inside: Iterable[Appointment]) -> RoomDay:
        return RoomDay(room, timezone, day, tuple(inside), everybody)

    numbers = {room.room_id for room in known}
    result = [
        column(room, (each for each in ordered if each.room_id == room.room_id))
        for room in known
    ]
    rest = [each for each in ordered if each.room_id not in numbers]
    return (*result, column(None, rest)) if rest else tuple(result)
