"""Desks that book a series at the same moment, on a database with real commits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.db.session import open_sessions
from desk_app.domain.deeds import SeriesRequest
from desk_app.errors import DatesTaken, DeskError
from desk_app.services.booking import Booking
from desk_app.services.series import Series
from tests import factories
from tests.factories import TOMORROW, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.factories import Practice

DATES = 8


@pytest.fixture
def own(database_url: str) -> Iterator[Sessions]:
    """Sessions that commit, on a database of the test's own."""
    sessions = open_sessions(database_url, deadline=30)
    yield sessions
    sessions.close()


def eight_weeks(practice: Practice) -> SeriesRequest:
    """Ask for tomorrow's time and that of the seven weeks after it."""
    days = [TOMORROW + timedelta(weeks=number) for number in range(DATES)]
    return SeriesRequest(
        uuid4(),
        practice.provider_id,
        practice.service_id,
        tuple(practice.at(9, 0, day) for day in days),
        client_id=practice.client_id,
    )


def test_a_date_that_is_taken_in_between_leaves_nothing_of_the_series(
    own: Sessions,
) -> None:
    practice = factories.open_practice(own)
    asked = eight_weeks(practice)
    series, booking = Series(own, factories.clock), Booking(own, factories.clock)
    taken = asked.starts[5]
    # The other desk holds the day while the series waits for it, then has the time.
    with own.begin() as session, ThreadPoolExecutor(1) as pool:
        session.connection().exec_driver_sql(
            "INSERT INTO schedule_day (provider_id, day) VALUES (%s, %s)",
            (practice.provider_id, TOMORROW + timedelta(weeks=5)),
        )
        waiting = pool.submit(series.book, asked)
        session.connection().exec_driver_sql(
            "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
            " end_time, status) VALUES (%s, %s, %s, %s, %s, 'CONFIRMED')",
            (
                practice.provider_id,
                practice.client_id,
                practice.service_id,
                taken,
                taken + factories.minutes(30),
            ),
        )
        session.commit()
        error = waiting.exception(timeout=30)
    assert isinstance(error, DatesTaken)
    assert error.starts == (taken,)
    assert rows(own, "SELECT count(*) FROM appointment") == [(1,)]
    assert rows(own, "SELECT count(*) FROM outbox") == [(0,)]
    assert booking.book(practice.request_at(asked.starts[0])).start == asked.starts[0]


@pytest.mark.slow
def test_of_many_desks_one_books_the_whole_series(own: Sessions) -> None:
    practice = factories.open_practice(own)
    series = Series(own, factories.clock)
    gate = Barrier(8)

    def desk(asked: SeriesRequest) -> object:
        gate.wait()
        try:
            return series.book(asked)
        except DeskError as error:
            return error

    wishes = [eight_weeks(practice) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(desk, wishes))
    booked = [each for each in results if isinstance(each, tuple)]
    assert [len(each) for each in booked] == [DATES]
    assert sum(isinstance(each, DatesTaken) for each in results) == 7
    assert rows(own, "SELECT count(*) FROM appointment") == [(DATES,)]


@pytest.mark.slow
def test_the_same_wish_from_many_tries_is_carried_out_once(own: Sessions) -> None:
    practice = factories.open_practice(own)
    series, asked = Series(own, factories.clock), eight_weeks(practice)
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(series.book, [asked] * 6))
    assert len({tuple(a.appointment_id for a in each) for each in results}) == 1
    assert rows(own, "SELECT count(*) FROM appointment") == [(DATES,)]
