"""A provider's own day, and other times for everybody when they are away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.queries import appointments, practice
from desk_app.db.queries.pipeline import pipeline
from desk_app.domain.appointment import Status
from desk_app.domain.hours import day_bounds
from desk_app.domain.interval import Interval
from desk_app.domain.rebooking import propose
from desk_app.errors import NotFound
from desk_app.services.contact import phone_writer
from desk_app.services.openings import OpeningQuery, find_openings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from desk_app.db.session import Sessions
    from desk_app.domain.blocking import Absence
    from desk_app.domain.rebooking import Proposal
    from desk_app.domain.schedule import ProviderDay
    from desk_app.services.diary import Diary

_OPEN = (Status.PENDING, Status.CONFIRMED)


class MyDay:
    """What a provider, or whoever looks after their day, works with."""

    def __init__(
        self,
        sessions: Sessions,
        diary: Diary,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._sessions = sessions
        self._diary = diary
        self._clock = clock

    def day(self, provider_id: int, day: date) -> ProviderDay:
        """Return one day of one provider; raises NotFound."""
        found = self._diary.days(day, 1, [provider_id])
        if not found:
            raise NotFound("This provider no longer exists.")
        return found[0]

    def rebook(self, absence: Absence) -> tuple[Proposal, ...]:
        """Return other times for who comes from `absence.start` to the day's end.

        With the same provider on other days, or with others who offer a service of
        the same name, as far as whoever asks may book with them. The absence should
        be blocked before.
        """
        bookable = self._diary.catalogue().mine().services
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                said = together.ask(practice.practice())
                show = phone_writer(said)
                found = together.ask(practice.providers([absence.provider_id]))
            if not found.get():
                raise NotFound("This provider no longer exists.")
            zone = ZoneInfo(found.get()[0].timezone)
            day = absence.start.astimezone(zone).date()
            span = Interval(absence.start, day_bounds(day, zone).end)
            with pipeline(session) as together:
                busy = together.ask(
                    appointments.appointments([absence.provider_id], span, show)
                )
            affected = [
                each
                for each in busy.get()
                if each.status in _OPEN and each.start >= absence.start
            ]
            names = {each.service_name for each in affected}
            offered = {s.service_id: s for s in bookable if s.name in names}
            query = OpeningQuery(tuple(offered), day, absence.days)
            openings = find_openings(session, query, self._clock)
        return propose(affected, openings, offered, zone)
