"""A room is used no more: its visits go to other rooms, at the same time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.locks import DayKey, RoomKey, lock_all
from desk_app.db.queries import ahead, practice, rooms
from desk_app.db.queries.bookings import Following, update_appointment
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.interval import Interval
from desk_app.domain.rooms import RoomWish, is_free, share_rooms
from desk_app.domain.spans import span
from desk_app.services.contact import phone_writer
from desk_app.services.days_touched import days_between, room_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Provider, Service


def rehouse(session: Session, room_id: int, since: datetime, key: UUID) -> None:
    """Give the visits of a room that begin at `since` or later another one.

    Who finds none of their service free stays where they are. Nobody is told: for
    the client nothing has changed. Nobody may book with these providers meanwhile.
    """
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        found = together.ask(ahead.in_room(room_id, since, show))
    visits = found.get()
    if not visits:
        return
    with pipeline(session) as together:
        services = together.ask(practice.services([v.service_id for v in visits]))
        providers = together.ask(practice.providers([v.provider_id for v in visits]))
    moving = _Moving(visits, services.get(), providers.get())
    lock_all(session, moving.days, moving.room_days)
    _write(session, moving, moving.rooms(session), key, show)


class _Moving:
    """The visits, and what they keep busy."""

    def __init__(
        self,
        visits: Sequence[Appointment],
        services: Sequence[Service],
        providers: Sequence[Provider],
    ) -> None:
        offered = {each.service_id: each.rooms or () for each in services}
        self.visits = visits
        self._offered = [offered.get(each.service_id, ()) for each in visits]
        self._zones = {p.provider_id: ZoneInfo(p.timezone) for p in providers}

    @property
    def days(self) -> list[DayKey]:
        """The providers' days."""
        return [day for visit in self.visits for day in self.days_of(visit)]

    @property
    def room_days(self) -> list[RoomKey]:
        """The days of all rooms that may be given."""
        return [
            key
            for visit, offered in zip(self.visits, self._offered, strict=True)
            for key in room_days(offered, visit.busy)
        ]

    def days_of(self, visit: Appointment) -> list[DayKey]:
        """Return the provider's days that a visit touches."""
        days = days_between(visit.busy, self._zones[visit.provider_id])
        return [DayKey(visit.provider_id, day) for day in days]

    def rooms(self, session: Session) -> list[int | None]:
        """Return the room for each, None where none is free."""
        whole = Interval(
            min(visit.start for visit in self.visits),
            max(visit.busy_until for visit in self.visits),
        )
        every = sorted({room for offered in self._offered for room in offered})
        busy = ask(session, rooms.busy(every, whole))
        wishes = []
        for visit, offered in zip(self.visits, self._offered, strict=True):
            time = span(visit.busy)
            free = [room for room in offered if is_free(busy.get(room), time)]
            wishes.append(RoomWish(free, time))
        return share_rooms(wishes)


def _write(
    session: Session,
    moving: _Moving,
    given: Sequence[int | None],
    key: UUID,
    show: ShowPhone,
) -> None:
    with pipeline(session) as together:
        for visit, room_id in zip(moving.visits, given, strict=True):
            if room_id is not None:
                following = Following(key, moving.days_of(visit), ())
                moved = replace(visit, room_id=room_id)
                together.ask(update_appointment(moved, following, show))
