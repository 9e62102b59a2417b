"""Booking: what is free is booked, as it was offered; everything else is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.people import Money, NewClient
from desk_app.errors import Invalid, NotFound, Refused, SlotTaken
from desk_app.services.booking import Booking
from tests import factories
from tests.factories import minutes, rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.clients import Clients
    from desk_app.services.diary import Diary
    from tests.factories import Practice


def test_a_booking_is_what_every_desk_then_reads(
    booking: Booking, diary: Diary, practice: Practice
) -> None:
    booked = booking.book(practice.request(9, 40, notes=" first visit "))
    assert booked == diary.get(booked.appointment_id)
    assert (booked.start, booked.end) == (practice.at(9, 40), practice.at(10, 10))
    assert booked.busy_until == practice.at(10, 20)
    assert (booked.status, booked.version) == (Status.CONFIRMED, 1)
    assert (booked.client_name, booked.client_phone) == ("Anna Weiß", "0170 1234567")
    assert booked.price == Money(Decimal("60.00"), "EUR")
    assert booked.notes == "first visit"


def test_a_pending_booking_holds_its_time(booking: Booking, practice: Practice) -> None:
    booked = booking.book(practice.request(9, pending=True))
    assert booked.status is Status.PENDING
    with pytest.raises(SlotTaken):
        booking.book(practice.request(9))


def test_a_taken_time_tells_the_three_nearest_free_ones(
    booking: Booking, practice: Practice
) -> None:
    booking.book(practice.request(10, 20))
    with pytest.raises(SlotTaken) as taken:
        booking.book(practice.request(10, 20))
    starts = [opening.start for opening in taken.value.alternatives]
    assert starts == [practice.at(9, 40), practice.at(11, 0), practice.at(9, 0)]


def test_a_full_day_leads_to_the_next_one(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    for slot in range(12):
        booking.book(practice.request_at(practice.at(9) + slot * minutes(40)))
    with pytest.raises(SlotTaken) as taken:
        booking.book(practice.request(16, 20))
    nearest = taken.value.alternatives[0]
    assert nearest.start == practice.at(9, day=factories.TOMORROW + timedelta(days=1))


@pytest.mark.parametrize(
    ("hour", "minute", "policy"),
    [
        (8, 20, "closed"),
        (17, 0, "closed"),
        (16, 40, "runs_over"),
        (9, 10, "not_aligned"),
    ],
)
def test_a_start_that_is_not_offered_is_refused(
    booking: Booking, practice: Practice, hour: int, minute: int, policy: str
) -> None:
    with pytest.raises(Refused) as refusal:
        booking.book(practice.request(hour, minute))
    assert refusal.value.policy == policy


def test_the_day_limit_counts_the_providers_days(
    booking: Booking, practice: Practice
) -> None:
    last = factories.TODAY + timedelta(days=90)
    booking.book(practice.request(start=practice.at(9, day=last)))
    after = practice.request(start=practice.at(9, day=last + timedelta(days=1)))
    with pytest.raises(Refused) as refusal:
        booking.book(after)
    assert refusal.value.policy == "day_limit"


def test_what_has_passed_is_refused(booking: Booking, practice: Practice) -> None:
    yesterday = practice.at(9, day=factories.TODAY - timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        booking.book(practice.request(start=yesterday))
    assert refusal.value.policy == "past_day"


def test_a_blocked_time_is_refused(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    factories.override(sessions, practice.provider_id)
    with pytest.raises(Refused) as refusal:
        booking.book(practice.request())
    assert refusal.value.policy == "blocked"


def test_a_refused_booking_leaves_nothing_behind(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    new = NewClient("Berta", "0170 7654321")
    with pytest.raises(Refused):
        booking.book(practice.request(8, client_id=None, new_client=new))
    left = rows(
        sessions,
        "SELECT (SELECT count(*) FROM client), (SELECT count(*) FROM idempotency_key),"
        " (SELECT count(*) FROM outbox), (SELECT count(*) FROM schedule_day)",
    )
    assert left == [(1, 0, 0, 0)]


def test_a_new_client_is_made_with_the_booking(
    booking: Booking, practice: Practice, clients: Clients
) -> None:
    new = NewClient(" Berta  Maß ", "0170/7654321", "Berta@EXAMPLE.org")
    booked = booking.book(practice.request(client_id=None, new_client=new))
    made = clients.get(booked.client_id)
    assert (made.name, made.phone) == ("Berta Maß", "+491707654321")
    assert made.email == "Berta@example.org"


def test_a_client_is_locked_out_for_the_same_day_only(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    until = factories.NOW + timedelta(hours=17)
    missed = factories.client(sessions, same_day_locked_until=until)
    booking.book(practice.request(9, client_id=missed))
    today = practice.request(start=practice.at(9, day=factories.TODAY))
    with pytest.raises(Refused) as refusal:
        booking.book(replace(today, client_id=missed))
    assert refusal.value.policy == "locked_out"


@pytest.mark.parametrize("gone", ["client", "service", "provider"])
def test_who_is_not_active_is_not_booked(
    booking: Booking, practice: Practice, sessions: Sessions, gone: str
) -> None:
    rows(sessions, f"UPDATE {gone} SET is_active = false")
    with pytest.raises((Refused, NotFound)):
        booking.book(practice.request())


@pytest.mark.parametrize("field", ["client_id", "service_id", "provider_id"])
def test_what_does_not_exist_is_not_found(
    booking: Booking, practice: Practice, field: str
) -> None:
    with pytest.raises(NotFound):
        booking.book(replace(practice.request(), **{field: 99_999_999}))


def test_another_providers_service_is_not_found(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    other = factories.provider(sessions)
    with pytest.raises(NotFound):
        booking.book(practice.request(provider_id=other))


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 3, 3, 9),  # noqa: DTZ001 - that is the point
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
    ],
)
def test_a_start_without_a_zone_or_sense_is_invalid(
    booking: Booking, practice: Practice, start: datetime
) -> None:
    with pytest.raises(Invalid) as refusal:
        booking.book(practice.request(start=start))
    assert refusal.value.field == "start"


def test_each_booking_raises_the_version_of_its_day(
    booking: Booking, diary: Diary, practice: Practice
) -> None:
    for hour in (9, 11):
        booking.book(practice.request(hour))
    (day,) = diary.days(factories.TOMORROW, 1, [practice.provider_id])
    assert day.version == 2


def test_rules_are_asked_by_the_servers_clock_if_none_is_given(
    sessions: Sessions, practice: Practice
) -> None:
    with pytest.raises(Refused) as refusal:
        Booking(sessions).book(
            practice.request(start=practice.at(9, day=factories.TODAY))
        )
    assert refusal.value.policy == "past_day"
