"""The days of rooms: the same appointments as in the diaries, by where they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    `room` is None for what needs a room and has none. `appointments` are sorted by
    start and hold every status but CANCELLED. `days` are those of all providers: who
    may be booked here. `needing` are the services that need a room.
    """

    room: Room | None
    timezone: str
    day: date
    appointments: tuple[Appointment, ...]
    days: tuple[ProviderDay, ...]
    needing: frozenset[int] = frozenset()

    def holds(self, appointment: Appointment) -> bool:
        """Say whether an appointment belongs here."""
        if self.room is not None:
            return appointment.room_id == self.room.room_id
        return appointment.room_id is None and appointment.service_id in self.needing

    @property
    def open_windows(self) -> tuple[Interval, ...]:
        """When somebody works, sorted and disjoint."""
        windows = [span(window) for day in self.days for window in day.open_windows]
        return tuple(Interval(instant(a), instant(b)) for a, b in union(windows))


def room_days(
    days: Sequence[ProviderDay],
    rooms: Iterable[Room],
    timezone: str,
    needing: frozenset[int],
) -> tuple[RoomDay, ...]:
    """Return a column for each room, and a last one if a visit lacks one it needs.

    `days` are those of all providers on one day; `needing` are the services that need
    a room. Visits that need none are in no column.
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
    everybody = tuple(days)

    def column(room: Room | None) -> RoomDay:
        empty = RoomDay(room, timezone, day, (), everybody, needing)
        return replace(empty, appointments=tuple(filter(empty.holds, ordered)))

    lacking = column(None)
    columns = tuple(column(room) for room in rooms)
    return (*columns, lacking) if lacking.appointments else columns
