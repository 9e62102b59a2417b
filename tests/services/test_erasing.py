"""Erasing a client: nothing personal is left anywhere, the counts are."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.db.notices import Ear, Kind, Notice
from desk_app.domain.appointment import Status
from desk_app.errors import NotAllowed, NotFound, Refused
from desk_app.services.booking import Booking
from desk_app.services.clients import Clients
from desk_app.services.diary import Diary
from desk_app.services.idempotency import request_hash
from desk_app.services.rights import Rights
from tests import factories
from tests.desks import Desks
from tests.postgres import wait_until
from tests.services.planted import (
    MARK,
    PHONE,
    TEXTS,
    ZONE,
    found_in,
    plant,
    texts_of_client,
)
from tests.staff import at_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.factories import Practice

ROUNDS = 12
ERASED = "Erased client"


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


@pytest.fixture
def practice(desks: Desks) -> Practice:
    return factories.open_practice(desks.owner)


def row(desks: Desks, client_id: int) -> dict[str, object]:
    ((found,),) = factories.rows(
        desks.owner,
        "SELECT to_jsonb(c) FROM client c WHERE client_id = :id",
        id=client_id,
    )
    return found


def test_every_text_about_a_client_is_planted() -> None:
    assert texts_of_client() == TEXTS.keys()


def test_nothing_personal_is_left_anywhere(desks: Desks, practice: Practice) -> None:
    client_id, _ = plant(desks.owner, practice)
    assert found_in(desks.owner, MARK) == {
        "appointment",
        "audit_log",
        "client",
        "meeting",
        "outbox",
        "waitlist_entry",
        "walk_in",
        "pg_stats",
    }
    for trace in (PHONE, ZONE):
        assert found_in(desks.owner, trace) == {"audit_log", "client", "pg_stats"}
    Rights(desks.manager()).erase(client_id)
    for trace in (MARK, PHONE, ZONE):
        assert found_in(desks.owner, trace) == set()


def test_the_planner_forgets_without_being_told_to(
    desks: Desks, practice: Practice
) -> None:
    client_id, _ = plant(desks.owner, practice)
    factories.rows(desks.owner, "ANALYZE")
    samples = f"SELECT FROM pg_stats s WHERE to_jsonb(s)::text ~* '{MARK}|{PHONE[1:]}'"
    assert factories.rows(desks.owner, samples)
    Rights(desks.manager()).erase(client_id)
    assert not factories.rows(desks.owner, samples)


def test_what_was_asked_for_cannot_be_guessed_from_its_hash(
    desks: Desks, practice: Practice
) -> None:
    request = practice.request(client_id=None, new_client=factories.new_client())
    booked = Booking(desks.owner, factories.clock).book(request)
    Booking(desks.owner, factories.clock).cancel(factories.cancellation(booked))
    guess = request_hash(request).hex()
    assert found_in(desks.owner, guess) == {"idempotency_key"}
    Rights(desks.manager()).erase(booked.client_id)
    assert found_in(desks.owner, guess) == set()
    # The same wish, sent once more, still leads to the same appointment.
    again = Booking(desks.owner, factories.clock).book(request)
    assert (again.appointment_id, again.client_name) == (booked.appointment_id, ERASED)


def test_the_visits_stay_as_counts(desks: Desks, practice: Practice) -> None:
    client_id, before = plant(desks.owner, practice)
    Rights(desks.manager()).erase(client_id)
    after = Diary(desks.owner).get(before.appointment_id)
    assert after is not None
    assert (after.start, after.end, after.status) == (
        before.start,
        before.end,
        Status.CANCELLED,
    )
    assert (after.price, after.refund_due) == (before.price, before.refund_due)
    assert (after.client_name, after.client_phone, after.notes) == (ERASED, "", "")
    assert after.version > before.version
    kept = row(desks, client_id)
    assert (kept["is_active"], kept["search_text"]) == (False, " erased client  ")
    assert kept["erased_at"] is not None


def test_nobody_finds_who_was_erased(desks: Desks, practice: Practice) -> None:
    client_id, _ = plant(desks.owner, practice)
    clients = Clients(desks.receptionist())
    assert clients.find(MARK)
    Rights(desks.manager()).erase(client_id)
    assert clients.find(MARK) == clients.find(PHONE) == clients.find(ERASED) == ()


def test_other_desks_are_told(desks: Desks, practice: Practice) -> None:
    client_id, visit = plant(desks.owner, practice)
    rights = Rights(desks.manager())
    ear, never = Ear(desks.url), threading.Event()
    ear.connect(never)
    rights.erase(client_id)
    heard = set(ear.wait(never, 1.0))
    ear.close()
    assert heard >= {
        Notice(Kind.CLIENT, client_id),
        Notice(Kind.APPOINTMENT, visit.appointment_id),
    }


def test_a_client_with_visits_to_come_is_not_erased(
    desks: Desks, practice: Practice
) -> None:
    factories.rows(
        desks.owner,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) SELECT provider_id, :id, service_id, now(),"
        " now() + interval '1 h', 'PENDING' FROM service",
        id=practice.client_id,
    )
    with pytest.raises(Refused) as refused:
        Rights(desks.manager()).erase(practice.client_id)
    assert refused.value.policy == "visits_to_come"
    assert row(desks, practice.client_id)["name"] == "Anna Weiß"


def test_erasing_twice_is_erasing_once(desks: Desks, practice: Practice) -> None:
    rights = Rights(desks.manager())
    rights.erase(practice.client_id)
    first = row(desks, practice.client_id)
    rights.erase(practice.client_id)
    assert row(desks, practice.client_id) == first


def test_only_managers_erase(desks: Desks, practice: Practice) -> None:
    for desk in (desks.receptionist(), desks.provider(practice.provider_id)):
        with pytest.raises(NotAllowed):
            Rights(desk).erase(practice.client_id)
    with pytest.raises(NotFound):
        Rights(desks.manager()).erase(12345)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) SELECT provider_id, client_id, service_id,"
        " '2026-03-03 12:00+00', '2026-03-03 12:30+00', 'CONFIRMED'"
        " FROM service, client WHERE erased_at IS NOT NULL",
        "INSERT INTO waitlist_entry (client_id, notes) SELECT client_id, 'Anna'"
        " FROM client WHERE erased_at IS NOT NULL",
        "UPDATE appointment SET notes = 'Anna', version = version + 1",
        "UPDATE appointment SET meeting_link = 'https://anna.example',"
        " version = version + 1",
    ],
)
def test_nothing_new_is_written_about_them(
    desks: Desks, practice: Practice, statement: str
) -> None:
    client_id, _ = plant(desks.owner, practice)
    Rights(desks.manager()).erase(client_id)
    with pytest.raises(NotFound):
        factories.rows(desks.owner, statement)
    factories.rows(
        desks.owner, f"UPDATE client SET name = '{MARK}' WHERE NOT is_active"
    )
    assert found_in(desks.owner, MARK) == set()


def test_a_booking_that_comes_first_keeps_the_client(
    desks: Desks, practice: Practice
) -> None:
    manager = desks.manager()
    with ThreadPoolExecutor(1) as pool:
        with desks.owner.begin() as session:
            session.execute(
                text(
                    "INSERT INTO appointment (provider_id, client_id, service_id,"
                    " start_time, end_time, status) SELECT provider_id, :id,"
                    " service_id, now(), now() + interval '1 h', 'CONFIRMED'"
                    " FROM service"
                ),
                {"id": practice.client_id},
            )
            erasing = pool.submit(Rights(manager).erase, practice.client_id)
            wait_until(lambda: waits_for_a_lock(desks))
        with pytest.raises(Refused):
            erasing.result()


def test_a_booking_that_waited_for_the_erasure_is_refused(
    desks: Desks, practice: Practice
) -> None:
    booking = Booking(desks.receptionist(), factories.clock)
    with ThreadPoolExecutor(1) as pool:
        with desks.manager().begin() as session:
            session.execute(text(f"SELECT client_erase({practice.client_id})"))
            asked = pool.submit(booking.book, practice.request())
            wait_until(lambda: waits_for_a_lock(desks))
        with pytest.raises(NotFound):
            asked.result()
    assert factories.rows(desks.owner, "SELECT FROM appointment") == []


def waits_for_a_lock(desks: Desks) -> bool:
    found = factories.rows(
        desks.owner,
        "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND datname = current_database()",
    )
    return bool(found)


@pytest.mark.slow
def test_of_a_booking_and_an_erasure_at_once_one_is_refused(
    desks: Desks, practice: Practice
) -> None:
    factories.rows(desks.owner, "UPDATE service SET max_advance_days = 3650")
    rights, booking = Rights(desks.manager()), Booking(desks.receptionist())
    days = factories.rows(
        desks.owner,
        "SELECT now()::date + n FROM generate_series(2, :last) n",
        last=ROUNDS + 1,
    )
    for (day,) in days:
        client_id = factories.client(desks.owner)
        start = practice.at(9, day=day)
        wish = practice.request(client_id=client_id, start=start)
        asked, erased = at_once(
            partial(booking.book, wish), partial(rights.erase, client_id)
        )
        if erased is None:
            assert isinstance(asked, NotFound)
        else:
            assert isinstance(erased, Refused)
            assert asked.client_id == client_id
        assert (row(desks, client_id)["erased_at"] is None) == (erased is not None)
