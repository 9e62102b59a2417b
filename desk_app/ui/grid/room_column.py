"""A column of the grid by rooms: who is in a room, and who could be booked there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.appointment import Status
from desk_app.domain.interval import Interval
from desk_app.domain.policies import Policy
from desk_app.domain.schedule import Block, Source
from desk_app.domain.spans import instant, span
from desk_app.errors import Refused
from desk_app.ui.grid.columns import Column
from desk_app.ui.grid.wishes import SlotChoice

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.domain.room_days import RoomDay
    from desk_app.domain.rooms import RoomTimes
    from desk_app.domain.schedule import ProviderDay
    from desk_app.ui.grid.clock import TimeLabels
    from desk_app.ui.grid.columns import Tint


class RoomColumn(Column):
    """One room on one day; a card says with whom, in the provider's colour."""

    provider_id = None
    kind = colour = ""

    def __init__(
        self, room_day: RoomDay, labels: TimeLabels, tint: Tint | None = None
    ) -> None:
        self._room_day, self._room = room_day, room_day.room
        self._whose = {day.provider.provider_id: day.provider for day in room_day.days}
        self.name = self._room.name if self._room else _no_room()
        self.room_id = self._room.room_id if self._room else None
        self._begin(room_day.day, room_day.timezone, labels, tint or self._tint_of)
        self._fill(room_day.open_windows, self._unseen(), room_day.appointments)

    @property
    def key(self) -> tuple[int, date]:
        """What makes a column the same after a reload; no provider has this number."""
        return -(self.room_id or 0), self.day

    @property
    def days(self) -> tuple[ProviderDay, ...]:
        """The days of all who may be booked here."""
        return self._room_day.days

    def is_made_of(self, day: object) -> bool:
        """Say whether a column made of this would look the same."""
        return self.made_of() == day

    def made_of(self) -> RoomDay:
        """Return the day with the appointments as they are now."""
        appointments = tuple(card.appointment for card in self.cards)
        return replace(self._room_day, appointments=appointments)

    def set_rooms(self, rooms: RoomTimes) -> None:
        """Learn anew when rooms are busy."""
        days = tuple(replace(day, rooms=rooms) for day in self.days)
        self._room_day = replace(self._room_day, days=days)

    def shows(self, appointment: Appointment) -> bool:
        """Say whether an appointment belongs into this column."""
        return (
            self._room_day.holds(appointment)
            and appointment.status is not Status.CANCELLED
            and appointment.start < self.clock.end
            and self.clock.start < appointment.end
        )

    def slot(self, start: datetime) -> SlotChoice:
        """Return what a free time of it means: somebody, in this room."""
        return SlotChoice(None, start, self.day, self.room_id)

    def owner_of(self, moved: Appointment) -> int:
        """Return with whom an appointment would be here: the same as before."""
        return moved.provider_id

    def day_for(self, provider_id: int) -> ProviderDay | None:
        """Return the day of a provider, if it is known."""
        found = (day for day in self.days if day.provider.provider_id == provider_id)
        return next(found, None)

    def fitting(self, service: Service | None) -> Service | None:
        """Return a service as it can be here, None if it cannot."""
        if service is None or self._room is None:
            return service if service and service.rooms is None else None
        if service.rooms is None or self._room.room_id not in service.rooms:
            return None
        return replace(service, rooms=(self._room.room_id,))

    def refused(self, start: datetime) -> Refused | None:
        """Return that somebody is here then, None if nobody is."""
        if self._room is None:
            return None
        taken = [card.appointment.busy for card in self.cards]
        taken += [block.span for block in self._unseen()]
        busy = any(each.start <= start < each.end for each in taken)
        return Refused(Policy.NO_ROOM) if busy else None

    def what(self, appointment: Appointment) -> str:
        """Return what stands on a card below the name: with whom, and for what."""
        whose = self.beside(appointment)
        return f"{whose} · {appointment.service_name}"

    def beside(self, appointment: Appointment) -> str:
        """Return with whom an appointment is."""
        provider = self._whose.get(appointment.provider_id)
        return provider.name if provider else ""

    def _unseen(self) -> list[Block]:
        """Return when others are here whose diaries may not be seen."""
        if self.room_id is None or not self.days:
            return []
        known = {span(each.busy) for each in self._room_day.appointments}
        return [
            Block(
                0, Interval(instant(time[0]), instant(time[1])), _taken(), Source.MANUAL
            )
            for time in self.days[0].rooms.get(self.room_id, ())
            if time not in known
        ]

    def _tint_of(self, appointment: Appointment) -> str:
        provider = self._whose.get(appointment.provider_id)
        return provider.colour if provider else ""


def _no_room() -> str:
    return QCoreApplication.translate("DiaryView", "No room")


def _taken() -> str:
    return QCoreApplication.translate("DiaryView", "Taken")
