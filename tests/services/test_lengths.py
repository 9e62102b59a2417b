"""Appointments that last longer or shorter than their service."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import Override
from desk_app.domain.policies import Policy
from desk_app.errors import Invalid, Refused, SlotTaken
from desk_app.services.booking import Booking
from tests import factories
from tests.factories import minutes

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment, MoveRequest
    from tests.factories import Practice


@pytest.fixture
def booked(booking: Booking, practice: Practice) -> Appointment:
    """A visit of half an hour tomorrow at nine, with ten minutes of buffer."""
    return booking.book(practice.request(9))


def lasting(of: Appointment, length: int) -> MoveRequest:
    """Ask that a visit lasts so many minutes."""
    return replace(factories.move(of, of.start), length_minutes=length)


@pytest.mark.parametrize("length", [5, 25, 45, 120])
def test_only_the_end_and_the_buffer_after_it_move(
    booking: Booking, booked: Appointment, length: int
) -> None:
    changed = booking.move(lasting(booked, length))
    assert changed.start == booked.start
    assert changed.end == booked.start + minutes(length)
    assert changed.busy_until == changed.end + minutes(10)
    assert changed.price == booked.price


def test_the_buffer_counts_before_the_next_visit(
    booking: Booking, practice: Practice, booked: Appointment
) -> None:
    booking.book(practice.request(10, 20))
    booking.move(lasting(booked, 70))
    with pytest.raises(SlotTaken):
        booking.move(lasting(replace(booked, version=2), 75))


def test_what_is_given_back_is_free_for_others(
    booking: Booking, practice: Practice
) -> None:
    long = booking.book(practice.request(9, length_minutes=70))
    with pytest.raises(SlotTaken):
        booking.book(practice.request(9, 40))
    booking.move(lasting(long, 30))
    assert booking.book(practice.request(9, 40)).start == practice.at(9, 40)


def test_past_the_hours_only_with_a_reason(
    booking: Booking, practice: Practice
) -> None:
    last = booking.book(practice.request(16, 20))
    with pytest.raises(Refused) as refused:
        booking.move(lasting(last, 60))
    assert refused.value.policy == Policy.RUNS_OVER
    aside = Override((Policy.RUNS_OVER,), "the last one today")
    longer = booking.move(replace(lasting(last, 60), override=aside))
    assert longer.end == practice.at(17, 20)


def test_a_visit_that_goes_on_may_last_longer(
    sessions: Sessions, practice: Practice, booked: Appointment
) -> None:
    """Its start has passed, but nobody asks for that again."""
    during = Booking(sessions, lambda: practice.at(9, 20))
    assert during.move(lasting(booked, 60)).end == practice.at(10)


def test_another_start_in_the_past_is_refused_all_the_same(
    sessions: Sessions, practice: Practice, booked: Appointment
) -> None:
    during = Booking(sessions, lambda: practice.at(9, 20))
    with pytest.raises(Refused) as refused:
        during.move(factories.move(booked, practice.at(9, 10)))
    assert refused.value.policy == Policy.PAST


def test_a_length_of_its_own_goes_along(
    booking: Booking, practice: Practice, booked: Appointment
) -> None:
    longer = booking.move(lasting(booked, 55))
    moved = booking.move(factories.move(longer, practice.at(13, 5)))
    assert moved.end - moved.start == minutes(55)
    usual = booking.move(lasting(moved, 30))
    assert usual.own_minutes is None


@pytest.mark.parametrize("length", [-5, 24 * 60 + 1])
def test_no_visit_lasts_for_ever(
    booking: Booking, booked: Appointment, length: int
) -> None:
    with pytest.raises(Invalid):
        booking.move(lasting(booked, length))
