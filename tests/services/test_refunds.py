"""Refunds: due, given once, or never paid; providers see and settle their own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.appointment import CancelledBy
from desk_app.domain.deeds import RefundRequest
from desk_app.domain.people import Money
from desk_app.errors import NotFound, Refused, Stale
from desk_app.services.booking import Booking
from desk_app.services.diary import Diary
from tests import factories
from tests.desks import Desks, login_of

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice


def gone(booking: Booking, practice: Practice, hour: int = 9) -> Appointment:
    """Return a visit that the practice has cancelled."""
    booked = booking.book(practice.request(hour))
    return booking.cancel(
        factories.cancellation(booked, cancelled_by=CancelledBy.PRACTICE)
    )


def settling(of: Appointment, *, was_paid: bool = True) -> RefundRequest:
    return RefundRequest(uuid4(), of.appointment_id, of.version, was_paid)


def test_a_refund_waits_until_it_is_given(
    practice: Practice, booking: Booking, diary: Diary
) -> None:
    first, second = gone(booking, practice, 9), gone(booking, practice, 11)
    assert diary.refunds() == (first, second)
    given = booking.settle_refund(settling(first))
    assert given.refund_given_at is not None
    assert given.refund_given_by
    assert given.refund_due == first.refund_due
    assert diary.refunds() == (second,)


def test_nothing_is_due_where_nothing_had_been_paid(
    practice: Practice, booking: Booking, diary: Diary
) -> None:
    settled = booking.settle_refund(settling(gone(booking, practice), was_paid=False))
    assert settled.refund_due == Money(Decimal(0), "EUR")
    assert (settled.refund_given_at, settled.refund_given_by) == (None, "")
    assert diary.refunds() == ()


def test_a_refund_is_given_once(practice: Practice, booking: Booking) -> None:
    waiting = gone(booking, practice)
    request = settling(waiting)
    given = booking.settle_refund(request)
    assert booking.settle_refund(request) == given
    with pytest.raises(Stale):
        booking.settle_refund(settling(waiting))
    with pytest.raises(Refused, match="no refund to give"):
        booking.settle_refund(settling(given))


def test_without_a_refund_there_is_none_to_give(
    practice: Practice, booking: Booking
) -> None:
    booked = booking.book(practice.request())
    with pytest.raises(Refused, match="no refund to give"):
        booking.settle_refund(settling(booked))


def test_a_provider_settles_their_own_and_sees_no_other(database_url: str) -> None:
    with Desks(database_url) as desks:
        weber = factories.open_practice(desks.owner)
        other = factories.provider(desks.owner, name="Dr Berg")
        waiting = gone(Booking(desks.receptionist(), factories.clock), weber)
        berg = desks.provider(other, "Dr Berg")
        assert Diary(berg).refunds() == ()
        with pytest.raises(NotFound):
            Booking(berg, factories.clock).settle_refund(settling(waiting))
        own = desks.provider(weber.provider_id)
        assert [one.appointment_id for one in Diary(own).refunds()] == [
            waiting.appointment_id
        ]
        given = Booking(own, factories.clock).settle_refund(settling(waiting))
        assert given.refund_given_by == login_of(own)
