"""What is booked while two entries are made one belongs to the kept one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.domain.client_file import MergeWish
from desk_app.errors import Refused
from desk_app.services.booking import Booking
from desk_app.services.client_file import ClientFiles
from tests import factories
from tests.desks import Desks
from tests.postgres import wait_until
from tests.services.test_erasing import waits_for_a_lock
from tests.services.twins import twin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.factories import Practice

ROUNDS = 12


@pytest.fixture
def files(sessions: Sessions) -> ClientFiles:
    return ClientFiles(sessions)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


def test_a_booking_for_the_merged_one_is_the_kept_ones(
    sessions: Sessions, practice: Practice, files: ClientFiles, booking: Booking
) -> None:
    gone = twin(sessions)
    files.merge(MergeWish(practice.client_id, gone))
    booked = booking.book(practice.request(client_id=gone))
    assert (booked.client_id, booked.client_name) == (practice.client_id, "Anna Weiß")


def test_a_lock_out_of_the_kept_one_counts_for_the_merged_one(
    sessions: Sessions, files: ClientFiles, practice: Practice, booking: Booking
) -> None:
    locked = twin(sessions, same_day_locked_until=factories.NOW + factories.minutes(9))
    files.merge(MergeWish(practice.client_id, locked))
    today = practice.at(15, day=factories.TODAY)
    for client_id in (locked, practice.client_id):
        with pytest.raises(Refused):
            booking.book(practice.request(client_id=client_id, start=today))


@pytest.fixture
def shared(desks: Desks) -> Practice:
    return factories.open_practice(desks.owner)


def test_a_booking_that_waited_for_the_merge_is_the_kept_ones(
    desks: Desks, shared: Practice
) -> None:
    gone = twin(desks.owner)
    booking = Booking(desks.receptionist(), factories.clock)
    with ThreadPoolExecutor(1) as pool:
        with desks.receptionist("Second Desk").begin() as session:
            session.execute(text(f"SELECT client_merge({shared.client_id}, {gone})"))
            asked = pool.submit(booking.book, shared.request(client_id=gone))
            wait_until(lambda: waits_for_a_lock(desks))
        booked = asked.result()
    assert booked.client_id == shared.client_id
    assert factories.rows(desks.owner, "SELECT client_id FROM appointment") == [
        (shared.client_id,)
    ]


def test_a_merge_waits_for_a_booking_and_takes_it_along(
    desks: Desks, shared: Practice
) -> None:
    gone = twin(desks.owner)
    files = ClientFiles(desks.receptionist())
    statement = (
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        f" end_time, status) SELECT provider_id, {gone}, service_id,"
        " '2026-03-03 09:00+00', '2026-03-03 09:30+00', 'CONFIRMED' FROM service"
    )
    with ThreadPoolExecutor(1) as pool:
        with desks.receptionist("Second Desk").begin() as session:
            session.execute(text(statement))
            asked = pool.submit(files.merge, MergeWish(shared.client_id, gone))
            wait_until(lambda: waits_for_a_lock(desks))
        asked.result()
    assert factories.rows(desks.owner, "SELECT client_id FROM appointment") == [
        (shared.client_id,)
    ]


@pytest.mark.slow
def test_no_booking_is_lost_to_a_merge_at_the_same_moment(
    desks: Desks, shared: Practice
) -> None:
    factories.rows(desks.owner, "UPDATE service SET max_advance_days = 3650")
    booking = Booking(desks.receptionist(), factories.clock)
    files = ClientFiles(desks.receptionist("Second Desk"))
    for number in range(ROUNDS):
        gone = twin(desks.owner)
        day = factories.TOMORROW.replace(day=4 + number)
        wish = shared.request(client_id=gone, start=shared.at(9, day=day))
        with ThreadPoolExecutor(2) as pool:
            asked = pool.submit(partial(booking.book, wish))
            made = pool.submit(files.merge, MergeWish(shared.client_id, gone))
            booked = asked.result()
            made.result()
        owner = "SELECT client_id FROM appointment WHERE appointment_id = :id"
        found = factories.rows(desks.owner, owner, id=booked.appointment_id)
        assert found == [(shared.client_id,)]


def test_two_desks_merge_in_both_directions_and_one_is_refused(
    desks: Desks, shared: Practice
) -> None:
    gone = twin(desks.owner)
    wishes = [MergeWish(shared.client_id, gone), MergeWish(gone, shared.client_id)]
    desks_of = [ClientFiles(desks.receptionist(f"Desk {n}")) for n in "ab"]
    with ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(files.merge, wish)
            for files, wish in zip(desks_of, wishes, strict=True)
        ]
        failed = [type(one.exception()) for one in asked if one.exception()]
    assert failed == [Refused]
