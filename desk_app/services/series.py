"""Recurring appointments: looked at first, then booked all together or not at all.

`plan` looks without locks, so that a person can choose; `book` asks every rule again
under the locks of all days, as a single booking does. Moving and cancelling all that
follow are `Booking.move_all` and `Booking.cancel_all` over what is found here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.db.queries import appointments, people, practice
from desk_app.db.queries.pipeline import pipeline
from desk_app.domain.appointment import Status
from desk_app.domain.recurrence import (
    MOST,
    Occurrence,
    occurrences,
    shifted,
    wall_shift,
)
from desk_app.errors import Invalid, NotFound
from desk_app.services import contact, series_booking
from desk_app.services.dates import Date, Question, judge
from desk_app.services.recheck import Attempt, checked_start, clean_override

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import SeriesRequest
    from desk_app.domain.series import Planned, SeriesWish, ShiftWish

_OPEN = (Status.PENDING, Status.CONFIRMED)


class Series:
    """Looks at series, and books them.

    All raise Unavailable when the database does not answer in time, NotFound for a
    client, provider or service that is gone.
    """

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        """Work on `sessions`; `clock` replaces the server's clock, for tests."""
        self._sessions = sessions
        self._clock = clock

    def plan(self, wish: SeriesWish) -> tuple[Planned, ...]:
        """Return how each date of a series stands now; nothing is locked or kept.

        Raises Invalid for the start.
        """
        wish = replace(wish, first=checked_start(wish.first))
        with self._sessions.begin() as session:
            return _plan(session, wish, self._clock)

    def plan_shift(self, wish: ShiftWish) -> tuple[Planned, ...]:
        """Return how an appointment and those that follow it would stand elsewhere.

        Each goes as far as the first, on the provider's wall clock; their own times
        count as free. Raises Invalid for the start.
        """
        wish = replace(wish, start=checked_start(wish.start))
        with self._sessions.begin() as session:
            return _plan_shift(session, wish, self._clock)

    def following(self, appointment: Appointment) -> tuple[Appointment, ...]:
        """Return an appointment and all of its series that follow, by start.

        Only what can still be moved or cancelled; of no series it is alone.
        """
        with self._sessions.begin() as session:
            return _following(session, appointment)

    def book(self, request: SeriesRequest) -> tuple[Appointment, ...]:
        """Book all starts of a series, or none of them, for one client.

        The appointments are those of `series_id`, which is the request's key; called
        again with the same request it gives the same. Raises DatesTaken which names
        the starts that cannot be booked by now, Invalid for what was typed, KeyReused.
        """
        request = replace(
            request,
            starts=_checked_starts(request.starts),
            notes=contact.clean_paragraph(request.notes, contact.LONGEST_NOTE, "notes"),
            override=clean_override(request.override),
        )
        attempt = Attempt(self._clock)
        return self._sessions.run(
            lambda session: series_booking.book(session, request, attempt)
        )


def _checked_starts(starts: Sequence[datetime]) -> tuple[datetime, ...]:
    checked = tuple(sorted({checked_start(start) for start in starts}))
    if not 1 <= len(checked) <= MOST or len(checked) < len(starts):
        raise Invalid("starts", f"A series has 1 to {MOST} different starts.")
    return checked


# -- looking


def _plan(
    session: Session, wish: SeriesWish, clock: Callable[[], datetime] | None
) -> tuple[Planned, ...]:
    with pipeline(session) as together:
        said = together.ask(practice.practice())
        show = contact.phone_writer(said)
        offered = together.ask(practice.offered(wish.service_id, wish.provider_id))
        client = together.ask(people.client(wish.client_id or 0, show))
        server_time = together.ask(practice.server_time())
    service = offered.get()
    if service is None:
        raise NotFound("This provider does not offer this service.")
    now = clock() if clock else server_time.get()
    question = Question(service, now, said.get().alignment, client=client.get())
    dates = occurrences(wish.first, question.zone, wish.repetition)
    return judge(session, question, [Date(each) for each in dates])


def _plan_shift(
    session: Session, wish: ShiftWish, clock: Callable[[], datetime] | None
) -> tuple[Planned, ...]:
    with pipeline(session) as together:
        said = together.ask(practice.practice())
        show = contact.phone_writer(said)
        found = together.ask(appointments.appointment(wish.appointment_id, show))
        offered = together.ask(
            practice.offered_for_move(wish.appointment_id, wish.provider_id)
        )
        server_time = together.ask(practice.server_time())
    first, service = found.get(), offered.get()
    if first is None or service is None:
        raise NotFound("This provider does not offer this service.")
    now = clock() if clock else server_time.get()
    all_ = _following(session, first)
    moving = tuple(each.appointment_id for each in all_)
    question = Question(service, now, said.get().alignment, moving)
    shift = wall_shift(first.start, wish.start, question.zone)
    dates = [_date(each, shift, question.zone) for each in all_]
    planned = judge(session, question, dates)
    return tuple(
        replace(date, appointment=each)
        for date, each in zip(planned, all_, strict=True)
    )


def _date(appointment: Appointment, shift: timedelta, zone: ZoneInfo) -> Date:
    start = shifted(appointment.start, shift, zone)
    day = (appointment.start.astimezone(zone).replace(tzinfo=None) + shift).date()
    return Date(Occurrence(day, start), appointment.own_minutes)


def _following(session: Session, appointment: Appointment) -> tuple[Appointment, ...]:
    if appointment.series_id is None:
        return (appointment,)
    with pipeline(session) as together:
        show = contact.phone_writer(together.ask(practice.practice()))
        found = together.ask(appointments.of_series(appointment.series_id, show))
    return tuple(
        each
        for each in found.get()
        if each.appointment_id == appointment.appointment_id
        or (each.start > appointment.start and each.status in _OPEN)
    )
