"""One key per wish: sent once or ten times, it happens once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.appointment import Status
from desk_app.errors import KeyReused, Refused, SlotTaken, Stale
from desk_app.services.idempotency import request_hash
from tests import factories
from tests.factories import minutes, rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice

PURGE = "DELETE FROM idempotency_key"


def test_the_same_request_gives_the_same_appointment(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    request = practice.request()
    booked = booking.book(request)
    assert booking.book(request) == booked
    assert rows(sessions, "SELECT count(*) FROM appointment") == [(1,)]
    assert rows(sessions, "SELECT version FROM schedule_day") == [(1,)]


def test_one_instant_in_two_zones_is_one_request(practice: Practice) -> None:
    request = practice.request()
    same = replace(request, start=request.start.astimezone(ZoneInfo("Asia/Tokyo")))
    assert request_hash(same) == request_hash(request)


@pytest.mark.parametrize(
    "change", [{"notes": "x"}, {"pending": True}, {"service_id": 7}, {"client_id": 7}]
)
def test_one_key_for_two_requests_is_refused(
    booking: Booking, practice: Practice, change: dict[str, object]
) -> None:
    request = practice.request()
    booking.book(request)
    with pytest.raises(KeyReused):
        booking.book(replace(request, **change))


def test_one_key_for_two_verbs_is_refused(booking: Booking, practice: Practice) -> None:
    request = practice.request()
    booked = booking.book(request)
    other = replace(
        factories.cancellation(booked), idempotency_key=request.idempotency_key
    )
    with pytest.raises(KeyReused):
        booking.cancel(other)


def test_a_retry_after_the_purge_gives_the_same_appointment(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    request = practice.request()
    booked = booking.book(request)
    rows(sessions, PURGE)
    assert booking.book(request) == booked
    kept = "SELECT appointment_id FROM idempotency_key"
    assert rows(sessions, kept) == [(booked.appointment_id,)]


def test_a_changes_retry_after_the_purge_gives_its_result(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booked = booking.book(practice.request())
    move = factories.move(booked, practice.at(11))
    moved = booking.move(move)
    rows(sessions, PURGE)
    assert booking.move(move) == moved
    cancel = factories.cancellation(moved)
    cancelled = booking.cancel(cancel)
    rows(sessions, PURGE)
    assert booking.cancel(cancel) == cancelled


def test_a_retry_that_comes_late_is_told_how_things_stand(
    booking: Booking, practice: Practice
) -> None:
    request = practice.request()
    booked = booking.book(request)
    booking.cancel(factories.cancellation(booked))
    assert booking.book(request).status is Status.CANCELLED


def test_a_refusal_leaves_the_key_free(booking: Booking, practice: Practice) -> None:
    first = booking.book(practice.request(9))
    request = practice.request(9)
    with pytest.raises(SlotTaken):
        booking.book(request)
    booking.cancel(factories.cancellation(first))
    assert booking.book(request).status is Status.CONFIRMED


def test_a_change_of_an_older_version_is_stale(
    booking: Booking, practice: Practice
) -> None:
    booked = booking.book(practice.request())
    booking.move(factories.move(booked, booked.start + minutes(40)))
    for late in (
        lambda: booking.cancel(factories.cancellation(booked)),
        lambda: booking.move(factories.move(booked, practice.at(11))),
        lambda: booking.confirm(factories.confirmation(booked)),
    ):
        with pytest.raises(Stale):
            late()


def test_a_key_is_kept_for_days(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booking.book(practice.request())
    kept = rows(sessions, "SELECT expires_at - created_at FROM idempotency_key")
    assert kept == [(timedelta(days=7),)]


def test_a_refused_twin_is_refused_again(booking: Booking, practice: Practice) -> None:
    request = practice.request(8)
    for _ in range(2):
        with pytest.raises(Refused):
            booking.book(request)
