"""Reads and writes take a constant number of statements, however much there is."""

from __future__ import annotations

import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries.pipeline import driver_of
from desk_app.services.diary import OpeningQuery
from desk_app.services.history import History
from tests import factories
from tests.factories import minutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from desk_app.services.clients import Clients
    from desk_app.services.diary import Diary
    from tests.factories import Practice

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="libpq traces a connection on Linux only"
)


def statements(sessions: Sessions, work: Callable[[], object]) -> int:
    """Count what the desk sends while it does `work`, as libpq traces it."""
    with sessions.begin() as session:
        line = driver_of(session).pgconn
    with tempfile.TemporaryFile("w+b") as trace:
        line.trace(trace.fileno())
        try:
            work()
        finally:
            line.untrace()
        trace.seek(0)
        said = trace.read().decode("utf-8", "replace").splitlines()
    sent = [message.split("\t") for message in said]
    return sum(
        len(parts) > 3 and parts[1] == "F" and parts[3] in {"Execute", "Query"}
        for parts in sent
    )


def fill(booking: Booking, practice: Practice) -> None:
    """Book six hours of tomorrow."""
    for slot in range(9):
        booking.book(practice.request_at(practice.at(9) + slot * minutes(40)))


def test_days_take_as_many_statements_for_much_as_for_little(
    sessions: Sessions, diary: Diary, booking: Booking, practice: Practice
) -> None:
    number = practice.provider_id
    little = statements(sessions, lambda: diary.days(factories.TODAY, 1, [number]))
    fill(booking, practice)
    others = [factories.provider(sessions) for _ in range(5)]
    providers = [number, *others]
    much = statements(sessions, lambda: diary.days(factories.TODAY, 42, providers))
    assert 0 < little == much <= 9


def test_openings_take_as_many_statements_for_much_as_for_little(
    sessions: Sessions, diary: Diary, booking: Booking, practice: Practice
) -> None:
    one = OpeningQuery((practice.service_id,), factories.TODAY, 1)
    little = statements(sessions, lambda: diary.openings(one))
    fill(booking, practice)
    services = [practice.service_id]
    for _ in range(5):
        provider = factories.provider(sessions)
        factories.hours(sessions, provider)
        services.append(factories.service(sessions, provider))
    many = OpeningQuery(tuple(services), factories.TODAY, 60)
    much = statements(sessions, lambda: diary.openings(many))
    assert 0 < little == much <= 10


def test_a_booking_takes_as_many_statements_on_a_full_day_as_on_an_empty_one(
    sessions: Sessions, booking: Booking, practice: Practice
) -> None:
    booking.book(practice.request(16, 20))
    early = practice.request(9, 40)
    little = statements(sessions, lambda: booking.book(early))
    for slot in range(2, 9):
        booking.book(practice.request_at(practice.at(9) + slot * minutes(40)))
    late = practice.request(9, 0)
    much = statements(sessions, lambda: booking.book(late))
    assert 0 < little == much <= 15


def test_finding_clients_looks_three_times_at_most(
    sessions: Sessions, clients: Clients, practice: Practice
) -> None:
    for number in range(50):
        factories.client(sessions, name=f"Anna Number {number}")
    assert statements(sessions, lambda: clients.find("anna numb")) <= 8
    assert statements(sessions, lambda: clients.find("nobody at all")) <= 8


def test_a_history_takes_as_many_statements_for_much_as_for_little(
    sessions: Sessions, booking: Booking, practice: Practice
) -> None:
    history, number = History(sessions), practice.client_id
    little = statements(sessions, lambda: history.of_client(number))
    fill(booking, practice)
    assert statements(sessions, lambda: history.of_client(number)) == little
