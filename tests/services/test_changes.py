"""Confirming, cancelling and moving."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import CancelledBy, CancelRequest, Status
from desk_app.errors import Invalid, NotFound, Refused, SlotTaken
from desk_app.services.booking import Booking
from tests import factories
from tests.factories import minutes, rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.diary import Diary
    from tests.factories import Practice


def test_a_pending_booking_is_confirmed(booking: Booking, practice: Practice) -> None:
    pending = booking.book(practice.request(pending=True))
    confirmed = booking.confirm(factories.confirmation(pending))
    assert confirmed == replace(pending, status=Status.CONFIRMED, version=2)


def test_only_a_pending_booking_is_confirmed(
    booking: Booking, practice: Practice
) -> None:
    booked = booking.book(practice.request())
    with pytest.raises(Refused) as refusal:
        booking.confirm(factories.confirmation(booked))
    assert refusal.value.policy == "status"


def test_a_cancellation_keeps_time_reason_and_refund(
    booking: Booking, diary: Diary, practice: Practice
) -> None:
    booked = booking.book(practice.request())
    cancelled = booking.cancel(factories.cancellation(booked, reason=" ill\n"))
    assert cancelled.status is Status.CANCELLED
    assert cancelled.cancelled_at == factories.NOW
    assert cancelled.cancellation_reason == "ill"
    assert cancelled.refund_due == booked.price
    assert diary.get(booked.appointment_id) == cancelled


@pytest.mark.parametrize(
    ("wish", "before", "refund"),
    [
        (CancelledBy.CLIENT, timedelta(hours=24), 60),
        (CancelledBy.CLIENT, timedelta(hours=24, microseconds=-1), 0),
        (CancelledBy.CLIENT, timedelta(0), 0),
        (CancelledBy.PRACTICE, timedelta(hours=1), 60),
    ],
)
def test_the_refund_follows_the_window_agreed_at_booking(
    sessions: Sessions,
    practice: Practice,
    wish: CancelledBy,
    before: timedelta,
    refund: int,
) -> None:
    booked = Booking(sessions, factories.clock).book(practice.request())
    rows(sessions, "UPDATE service SET cancellation_hours = 1")
    late = Booking(sessions, lambda: booked.start - before)
    cancelled = late.cancel(factories.cancellation(booked, cancelled_by=wish))
    assert cancelled.refund_due is not None
    assert cancelled.refund_due.amount == Decimal(refund)
    assert rows(sessions, "SELECT cancelled_by FROM appointment") == [(wish.value,)]


def test_a_cancelled_time_is_free_again(booking: Booking, practice: Practice) -> None:
    booked = booking.book(practice.request())
    booking.cancel(factories.cancellation(booked))
    assert booking.book(practice.request()).start == booked.start


def test_a_cancelled_booking_is_not_changed_again(
    booking: Booking, practice: Practice
) -> None:
    booked = booking.book(practice.request())
    cancelled = booking.cancel(factories.cancellation(booked))
    for again in (
        lambda: booking.cancel(factories.cancellation(cancelled)),
        lambda: booking.move(factories.move(cancelled, practice.at(11))),
        lambda: booking.confirm(factories.confirmation(cancelled)),
    ):
        with pytest.raises(Refused) as refusal:
            again()
        assert refusal.value.policy == "status"


def test_a_move_frees_the_old_time_and_takes_the_new_one(
    booking: Booking, practice: Practice
) -> None:
    booked = booking.book(practice.request(9))
    moved = booking.move(factories.move(booked, practice.at(11)))
    assert (moved.start, moved.end) == (practice.at(11), practice.at(11, 30))
    assert (moved.busy_until, moved.version) == (practice.at(11, 40), 2)
    booking.book(practice.request(9))
    with pytest.raises(SlotTaken):
        booking.book(practice.request(11))


def test_a_locked_out_client_is_not_moved_to_today(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booked = booking.book(practice.request(9))
    until = factories.NOW + timedelta(hours=17)
    rows(sessions, "UPDATE client SET same_day_locked_until = :until", until=until)
    today = factories.move(booked, practice.at(9, day=factories.TODAY))
    with pytest.raises(Refused) as refusal:
        booking.move(today)
    assert refusal.value.policy == "locked_out"
    assert booking.move(factories.move(booked, practice.at(11))).version == 2


def test_a_move_onto_another_booking_tells_free_times(
    booking: Booking, practice: Practice
) -> None:
    booked = booking.book(practice.request(9))
    booking.book(practice.request(11))
    with pytest.raises(SlotTaken) as taken:
        booking.move(factories.move(booked, practice.at(11)))
    assert taken.value.alternatives[0].start == practice.at(10, 20)


def test_a_visit_may_move_over_its_own_time(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    factories.setting(sessions, "slot_alignment", {"kind": "EVERY", "minutes": 5})
    booked = booking.book(practice.request(9))
    moved = booking.move(factories.move(booked, booked.start + minutes(5)))
    assert moved.start == booked.start + minutes(5)


def test_a_visit_may_move_to_the_time_offered_behind_it(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    factories.setting(sessions, "slot_alignment", {"kind": "EVERY", "minutes": 5})
    booked = booking.book(practice.request(9, 5))
    rows(
        sessions,
        """UPDATE practice_setting SET value = '{"kind": "AFTER_LAST"}'
                      WHERE name = 'slot_alignment'""",
    )
    moved = booking.move(factories.move(booked, booked.busy_until))
    assert moved.start == booked.busy_until


def test_another_providers_service_of_the_same_name_is_used(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    other = factories.provider(sessions, name="Dr Kaya")
    factories.hours(sessions, other)
    longer = factories.service(
        sessions, other, duration_minutes=50, buffer_time_minutes=5, price=99
    )
    booked = booking.book(practice.request(9))
    moved = booking.move(factories.move(booked, practice.at(9, 55), other))
    assert (moved.provider_id, moved.service_id) == (other, longer)
    assert moved.end - moved.start == minutes(50)
    assert moved.busy_until - moved.end == minutes(5)
    assert moved.price == booked.price


def test_a_provider_without_that_service_takes_nothing_over(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    other = factories.provider(sessions)
    factories.service(sessions, other, name="Massage")
    booked = booking.book(practice.request(9))
    with pytest.raises(NotFound):
        booking.move(factories.move(booked, practice.at(11), other))


def test_a_move_raises_the_versions_of_both_days(
    booking: Booking, diary: Diary, practice: Practice
) -> None:
    booked = booking.book(practice.request(9))
    day_after = factories.TOMORROW + timedelta(days=1)
    booking.move(factories.move(booked, practice.at(9, day=day_after)))
    days = diary.days(factories.TOMORROW, 2, [practice.provider_id])
    assert [day.version for day in days] == [2, 1]


def test_what_is_gone_is_not_found(booking: Booking, practice: Practice) -> None:
    booked = booking.book(practice.request())
    gone = replace(booked, appointment_id=booked.appointment_id + 1)
    with pytest.raises(NotFound):
        booking.cancel(factories.cancellation(gone))


def test_a_reason_that_cannot_be_stored_is_invalid(
    booking: Booking, practice: Practice
) -> None:
    booked = booking.book(practice.request())
    requests: list[CancelRequest] = [
        factories.cancellation(booked, reason=reason) for reason in ("x" * 1001, "\0")
    ]
    for request in requests:
        with pytest.raises(Invalid) as refusal:
            booking.cancel(request)
        assert refusal.value.field == "reason"
