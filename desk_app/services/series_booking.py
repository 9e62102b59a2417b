"""Books a series in one transaction: every date by the rules of a single booking."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import uuid5

from desk_app.db.queries import appointments, holds, people, practice
from desk_app.db.queries.bookings import Following, insert_appointment
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.appointment import BookingRequest
from desk_app.domain.policies import Policy, check_client
from desk_app.errors import DatesTaken, Invalid, NotFound, Refused, SlotTaken
from desk_app.services import changes
from desk_app.services.booking import client_of, new_appointment
from desk_app.services.contact import phone_writer
from desk_app.services.idempotency import claim
from desk_app.services.outbox import after_booking
from desk_app.services.recheck import Recheck, rooms_for, under_lock, wanted_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Pipeline
    from desk_app.db.queries.practice import Offered
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import SeriesRequest
    from desk_app.domain.people import Client
    from desk_app.services.recheck import Attempt, Wanted


class _Date:
    """One date of a series as if it were booked alone."""

    def __init__(
        self, series: SeriesRequest, number: int, offered: Offered | None
    ) -> None:
        self.request = BookingRequest(
            # A key of its own, made from the wish's: the first one has that itself,
            # by which a later try finds the series.
            uuid5(series.idempotency_key, str(number))
            if number
            else series.idempotency_key,
            series.provider_id,
            series.service_id,
            series.starts[number],
            client_id=series.client_id,
            new_client=series.new_client,
            notes=series.notes,
            booked_via=series.booked_via,
            override=series.override,
            hold_id=series.hold_id,
        )
        self.wanted: Wanted = wanted_of(offered, self.request)
        self.room_id: int | None = None


class _Facts:
    """What is read under the lock of all days."""

    def __init__(
        self, together: Pipeline, dates: Sequence[_Date], client_id: int
    ) -> None:
        self.rechecks = [Recheck(together, date.wanted) for date in dates]
        self.practice = self.rechecks[0].practice
        self.show = phone_writer(self.practice)
        self._client = together.ask(
            people.client(client_id, self.show, only_active=True)
        )
        # Last, so that it is later than the lock.
        self.server_time = together.ask(practice.server_time())

    @property
    def client(self) -> Client:
        """Whose series it is; raises NotFound."""
        client = self._client.get()
        if client is None:
            raise NotFound("This client no longer exists.")
        return client


def book(
    session: Session, series: SeriesRequest, attempt: Attempt
) -> tuple[Appointment, ...]:
    """Book all dates or none; see `Series.book`."""
    with pipeline(session) as together:
        claimed = claim(together, series)
        offered = together.ask(practice.offered(series.service_id, series.provider_id))
    if claimed.earlier_result(session) is not None:
        return _as_they_stand(session, series)
    numbers = range(len(series.starts))
    dates = [_Date(series, number, offered.get()) for number in numbers]
    _demand_apart(dates)
    client_id = client_of(session, dates[0].request)
    facts = under_lock(
        session,
        [day for date in dates for day in date.wanted.days],
        lambda together: _Facts(together, dates, client_id),
        [day for date in dates for day in date.wanted.room_days],
    )
    now = attempt.now(facts.server_time)
    _demand_free(dates, facts, now)
    for date, room_id in zip(dates, rooms_for(facts.rechecks), strict=True):
        date.room_id = room_id
    booked = tuple(_insert(session, series, date, facts, now) for date in dates)
    if series.hold_id is not None:
        ask(session, holds.drop_hold(series.hold_id))
    return booked


def _as_they_stand(session: Session, series: SeriesRequest) -> tuple[Appointment, ...]:
    """Answer a wish that was carried out before."""
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        found = together.ask(appointments.of_series(series.idempotency_key, show))
    return found.get()


def _demand_apart(dates: Sequence[_Date]) -> None:
    """Raise Invalid if two dates of the series would overlap."""
    for one, other in pairwise(dates):
        if one.wanted.busy.overlaps(other.wanted.busy):
            raise Invalid("starts", "Two dates of this series would overlap.")


def _demand_free(dates: Sequence[_Date], facts: _Facts, now: datetime) -> None:
    """Raise DatesTaken with every date that cannot be booked.

    Each keeps only what has to be set aside for itself.
    """
    starts, reasons = [], []
    for date, recheck in zip(dates, facts.rechecks, strict=True):
        wanted = date.wanted
        try:
            recheck.demand(now)
            if Policy.LOCKED_OUT not in wanted.overridden:
                check_client(facts.client, wanted.start, wanted.zone, now)
            date.request = replace(date.request, override=recheck.needed(now))
        except (Refused, SlotTaken) as no:
            starts.append(wanted.start)
            reasons.append(str(no))
    if starts:
        raise DatesTaken(reasons[0] if len(starts) == 1 else None, starts=starts)


def _insert(
    session: Session,
    series: SeriesRequest,
    date: _Date,
    facts: _Facts,
    now: datetime,
) -> Appointment:
    new = new_appointment(
        date.request, date.wanted, facts.client, series.idempotency_key
    )
    new = replace(new, room_id=date.room_id)
    moment = changes.moment(now, facts.practice.get(), facts.client.timezone)
    tasks = after_booking(date.wanted.outlook(new.status), moment)
    following = Following(series.idempotency_key, date.wanted.days, tasks)
    own_key = date.request.idempotency_key
    return ask(session, insert_appointment(new, following, facts.show, own_key))
