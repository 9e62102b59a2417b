"""Many desks at the same moment, on a database of their own with real commits."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.db.session import open_sessions
from desk_app.domain.appointment import Appointment
from desk_app.domain.deeds import Before, Move, MoveAllRequest, Undone, UndoRequest
from desk_app.domain.weekly import WeeklyWindow
from desk_app.errors import (
    DeskError,
    KeyReused,
    SlotTaken,
    Stale,
    Strands,
    Unavailable,
)
from desk_app.services.booking import Booking
from desk_app.services.diary import Diary
from desk_app.services.weekly_hours import WeekChange, WeeklyHours
from tests import factories
from tests.factories import minutes, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from desk_app.db.session import Sessions

DESKS = 32
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
OVERLAPS = """SELECT count(*) FROM appointment a JOIN appointment b
    ON a.appointment_id < b.appointment_id AND a.provider_id = b.provider_id
    AND a.start_time < b.busy_until AND b.start_time < a.busy_until
    WHERE a.status <> 'CANCELLED' AND b.status <> 'CANCELLED'"""


@pytest.fixture
def own(database_url: str) -> Iterator[Sessions]:
    """Sessions that commit, on a database of the test's own."""
    with sessions_to(database_url) as sessions:
        yield sessions


@contextmanager
def sessions_to(url: str) -> Iterator[Sessions]:
    """Open sessions and close them."""
    sessions = open_sessions(url, deadline=30)
    try:
        yield sessions
    finally:
        sessions.close()


def all_at_once(works: Sequence[Callable[[], Appointment]]) -> list[object]:
    """Run all works at the same moment; return what each gave or raised."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Appointment]) -> object:
        gate.wait()
        try:
            return work()
        except DeskError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.slow
def test_a_day_of_16_slots_takes_16_bookings_of_32_desks(own: Sessions) -> None:
    practice = factories.open_practice(own)
    rows(own, "UPDATE service SET duration_minutes = 20")
    booking = Booking(own, factories.clock)
    starts = [practice.at(9) + slot * minutes(30) for slot in range(16)]

    def desk(number: int) -> list[object]:
        """Try each slot of the day, each desk from another one on."""
        results: list[object] = []
        for turn in range(16):
            start = starts[(number + turn) % 16]
            try:
                results.append(booking.book(practice.request_at(start)))
            except SlotTaken as taken:
                results.append(taken)
        return results

    with ThreadPoolExecutor(DESKS) as pool:
        results = [result for desk in pool.map(desk, range(DESKS)) for result in desk]
    taken = [result for result in results if isinstance(result, SlotTaken)]
    assert len(results) - len(taken) == 16
    assert rows(own, "SELECT count(*) FROM appointment") == [(16,)]
    assert rows(own, OVERLAPS) == [(0,)]
    assert rows(own, DEADLOCKS) == [(0,)]
    assert rows(own, "SELECT version FROM schedule_day") == [(16,)]


def test_twins_with_one_key_get_one_appointment(own: Sessions) -> None:
    practice = factories.open_practice(own)
    booking = Booking(own, factories.clock)
    request = practice.request()
    results = all_at_once([lambda: booking.book(request)] * 12)
    assert len({str(result) for result in results}) == 1
    assert rows(own, "SELECT count(*), max(version) FROM appointment") == [(1, 1)]
    assert rows(own, "SELECT count(*) FROM idempotency_key") == [(1,)]


def test_twins_with_one_key_and_two_wishes_get_one_done(own: Sessions) -> None:
    practice = factories.open_practice(own)
    booking = Booking(own, factories.clock)
    request = practice.request()
    other = practice.request(11, idempotency_key=request.idempotency_key)
    works = [lambda: booking.book(request), lambda: booking.book(other)] * 4
    results = all_at_once(works)
    assert sum(isinstance(result, KeyReused) for result in results) == 4
    assert rows(own, "SELECT count(*) FROM appointment") == [(1,)]


def test_desks_that_swap_days_do_not_deadlock(own: Sessions) -> None:
    practice = factories.open_practice(own)
    booking = Booking(own, factories.clock)
    there = factories.provider(own)
    factories.hours(own, there)
    factories.service(own, there)
    booked = [booking.book(practice.request(9 + 2 * number)) for number in range(4)]

    def wander(appointment: Appointment) -> Appointment:
        for turn in range(10):
            target = (practice.provider_id, there)[(turn + appointment.start.hour) % 2]
            start = appointment.start
            appointment = booking.move(factories.move(appointment, start, target))
        return appointment

    results = all_at_once([lambda each=each: wander(each) for each in booked])
    assert {getattr(result, "version", result) for result in results} == {11}
    assert rows(own, DEADLOCKS) == [(0,)]


def test_a_desk_waits_for_its_turn_and_no_longer_than_its_deadline(
    own: Sessions, database_url: str
) -> None:
    practice = factories.open_practice(own)
    Booking(own, factories.clock).book(practice.request(9))
    with sessions_to(database_url) as hurried, own.begin() as holder:
        hurried._deadline = 0.5
        holder.connection().exec_driver_sql("SELECT FROM schedule_day FOR UPDATE")
        with pytest.raises(Unavailable):
            Booking(hurried, factories.clock).book(practice.request(11))


def test_a_client_is_booked_once_by_two_desks_that_both_bring_her(
    own: Sessions,
) -> None:
    practice = factories.open_practice(own)
    booking = Booking(own, factories.clock)
    new = factories.new_client()
    request = practice.request(client_id=None, new_client=new)
    all_at_once([lambda: booking.book(request)] * 4)
    assert rows(own, "SELECT count(*) FROM client") == [(2,)]


def test_a_freed_time_goes_to_the_undo_or_to_a_booking_but_not_to_both(
    own: Sessions,
) -> None:
    practice = factories.open_practice(own)
    booking = Booking(own)
    start = practice.at(9, day=datetime.now(UTC).date() + timedelta(days=3))
    booked = booking.book(practice.request_at(start))
    gone = booking.cancel(factories.cancellation(booked))
    undone = (Undone(gone.appointment_id, gone.version, Before.of(booked)),)
    works = [
        lambda: booking.undo(UndoRequest(uuid4(), undone))[0],
        lambda: booking.book(practice.request_at(start)),
    ] * 3
    results = all_at_once(works)
    assert sum(isinstance(result, Appointment) for result in results) == 1
    assert rows(own, OVERLAPS) == [(0,)]
    assert rows(own, DEADLOCKS) == [(0,)]


def test_desks_that_swap_the_same_two_swap_them_once(own: Sessions) -> None:
    practice = factories.open_practice(own)
    booking = Booking(own, factories.clock)
    one, other = (booking.book(practice.request(hour)) for hour in (9, 11))
    places = ((one, other), (other, one))

    def swap() -> Appointment:
        moves = tuple(
            Move(a.appointment_id, a.version, b.provider_id, b.start) for a, b in places
        )
        return booking.move_all(MoveAllRequest(uuid4(), moves))[0]

    results = all_at_once([swap] * 6)
    assert sum(isinstance(result, Appointment) for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == 5
    assert rows(own, "SELECT DISTINCT version FROM appointment") == [(2,)]
    assert rows(own, DEADLOCKS) == [(0,)]


def test_hours_that_change_while_desks_book_strand_nobody(own: Sessions) -> None:
    practice = factories.open_practice(own)
    number = practice.provider_id
    late = frozenset(WeeklyWindow(day, time(14), time(17)) for day in range(7))
    weekly = WeeklyHours(own, factories.clock)
    wish = WeekChange(number, weekly.of(number), late)
    starts = [practice.at(9) + n * minutes(40) for n in range(12)]
    for day in range(1, 6):
        wanted = [practice.request_at(s + timedelta(days=day)) for s in starts]
        booking = Booking(own, factories.clock)
        works = [partial(booking.book, request) for request in wanted]
        results = all_at_once([*works[:6], partial(weekly.change, wish), *works[6:]])
        if not isinstance(results[6], DeskError):
            break
        assert isinstance(results[6], Strands)
        for each in Diary(own).days(factories.TODAY, 10, [number]):
            for seen in each.appointments:
                booking.cancel(factories.cancellation(seen))
    else:
        weekly.change(wish)
    early = "SELECT count(*) FROM appointment WHERE status <> 'CANCELLED' AND"
    local = "(start_time AT TIME ZONE 'Europe/Berlin')::time < '14:00'"
    assert rows(own, f"{early} {local}") == [(0,)]
