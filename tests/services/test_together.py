"""Several appointments at once: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.deeds import CancelAllRequest, Move, MoveAllRequest, Seen
from desk_app.domain.policies import Policy
from desk_app.errors import Invalid, KeyReused, NotFound, Refused, SlotTaken, Stale
from tests import factories
from tests.factories import minutes, rows

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.services.booking import Booking
    from tests.factories import Practice

CANCELLED_TASKS = "SELECT kind FROM outbox WHERE state = 'DROPPED' ORDER BY kind"


@pytest.fixture
def two(booking: Booking, practice: Practice) -> tuple[Appointment, Appointment]:
    """A visit at nine and one at eleven."""
    return booking.book(practice.request(9)), booking.book(practice.request(11))


def to(of: Appointment, start: datetime, provider_id: int | None = None) -> Move:
    """Say where one shall go."""
    owner = of.provider_id if provider_id is None else provider_id
    return Move(of.appointment_id, of.version, owner, start)


def moving(*moves: Move) -> MoveAllRequest:
    """Ask for moves together."""
    return MoveAllRequest(uuid4(), moves)


def swapping(one: Appointment, other: Appointment) -> MoveAllRequest:
    """Ask that two change places."""
    return moving(
        to(one, other.start, other.provider_id), to(other, one.start, one.provider_id)
    )


def cancelling(*seen: Appointment, by: CancelledBy = CancelledBy.CLIENT) -> object:
    """Ask that all are cancelled."""
    named = tuple(Seen(each.appointment_id, each.version) for each in seen)
    return CancelAllRequest(uuid4(), named, "ill", by)


def test_two_change_places(
    booking: Booking, two: tuple[Appointment, Appointment]
) -> None:
    one, other = two
    first, second = booking.move_all(swapping(one, other))
    assert (first.start, second.start) == (other.start, one.start)
    assert (first.version, second.version) == (2, 2)


def test_two_of_different_providers_change_places(
    sessions: Sessions, booking: Booking, practice: Practice
) -> None:
    there = factories.provider(sessions, name="Dr Ito")
    factories.hours(sessions, there)
    service = factories.service(sessions, there, price=80)
    one = booking.book(practice.request(9))
    other = booking.book(practice.request(11, provider_id=there, service_id=service))
    first, second = booking.move_all(swapping(one, other))
    assert (first.provider_id, first.start) == (there, other.start)
    assert (second.provider_id, second.start) == (practice.provider_id, one.start)
    assert (first.price, second.price) == (one.price, other.price)


def test_neighbours_change_places_without_a_gap(
    booking: Booking, practice: Practice
) -> None:
    one, other = (
        booking.book(practice.request(9)),
        booking.book(practice.request(9, 40)),
    )
    first, second = booking.move_all(swapping(one, other))
    assert (first.start, second.start) == (other.start, one.start)


def test_a_visit_too_long_for_the_others_place_moves_nobody(
    sessions: Sessions, booking: Booking, practice: Practice
) -> None:
    long = factories.service(
        sessions, practice.provider_id, name="Check-in", duration_minutes=70
    )
    one = booking.book(practice.request(9, service_id=long))
    short = booking.book(practice.request(11))
    booking.book(practice.request(11, 40))
    with pytest.raises(SlotTaken):
        booking.move_all(swapping(one, short))
    assert rows(sessions, "SELECT DISTINCT version FROM appointment") == [(1,)]


def test_three_go_round_in_a_circle(booking: Booking, practice: Practice) -> None:
    a, b, c = (booking.book(practice.request(hour)) for hour in (9, 11, 13))
    moved = booking.move_all(moving(to(a, b.start), to(b, c.start), to(c, a.start)))
    assert [each.start for each in moved] == [b.start, c.start, a.start]


def test_two_cannot_go_to_one_time(
    booking: Booking, practice: Practice, two: tuple[Appointment, Appointment]
) -> None:
    there = practice.at(13)
    with pytest.raises(SlotTaken):
        booking.move_all(moving(to(two[0], there), to(two[1], there)))


def test_what_was_changed_meanwhile_moves_nobody(
    booking: Booking, two: tuple[Appointment, Appointment]
) -> None:
    one, other = two
    request = swapping(one, other)
    booking.cancel(factories.cancellation(other))
    with pytest.raises(Stale):
        booking.move_all(request)


def test_a_cancelled_one_cannot_be_swapped(
    booking: Booking, two: tuple[Appointment, Appointment]
) -> None:
    gone = booking.cancel(factories.cancellation(two[1]))
    with pytest.raises(Refused) as refused:
        booking.move_all(swapping(two[0], gone))
    assert refused.value.policy == Policy.STATUS


def test_a_time_outside_the_hours_moves_nobody(
    sessions: Sessions,
    booking: Booking,
    practice: Practice,
    two: tuple[Appointment, Appointment],
) -> None:
    late = moving(to(two[0], practice.at(13)), to(two[1], practice.at(20)))
    with pytest.raises(Refused) as refused:
        booking.move_all(late)
    assert refused.value.policy == Policy.CLOSED
    assert rows(sessions, "SELECT DISTINCT version FROM appointment") == [(1,)]


def test_the_same_request_twice_swaps_once(
    booking: Booking, two: tuple[Appointment, Appointment]
) -> None:
    request = swapping(*two)
    first, again = booking.move_all(request), booking.move_all(request)
    assert again == first


def test_a_key_is_good_for_one_wish(
    booking: Booking, practice: Practice, two: tuple[Appointment, Appointment]
) -> None:
    request = swapping(*two)
    booking.move_all(request)
    other = MoveAllRequest(request.idempotency_key, (to(two[0], practice.at(15)),))
    with pytest.raises(KeyReused):
        booking.move_all(other)


def test_nobody_and_twice_the_same_are_no_wish(
    booking: Booking, two: tuple[Appointment, Appointment]
) -> None:
    for moves in ((), (to(two[0], two[1].start),) * 2):
        with pytest.raises(Invalid):
            booking.move_all(MoveAllRequest(uuid4(), moves))


def test_one_that_is_gone_is_said(
    booking: Booking, practice: Practice, two: tuple[Appointment, Appointment]
) -> None:
    with pytest.raises(NotFound):
        booking.move_all(
            moving(to(two[0], practice.at(13)), Move(10**6, 1, 1, practice.at(15)))
        )


def test_each_who_was_moved_is_told_once(
    sessions: Sessions, booking: Booking, two: tuple[Appointment, Appointment]
) -> None:
    booking.move_all(swapping(*two))
    told = rows(
        sessions,
        "SELECT appointment_id FROM outbox WHERE kind = 'change_notice'"
        " ORDER BY appointment_id",
    )
    assert told == [(each.appointment_id,) for each in two]


def test_a_visit_keeps_a_length_of_its_own(
    booking: Booking, practice: Practice, two: tuple[Appointment, Appointment]
) -> None:
    one = booking.move_all(
        moving(Move(two[0].appointment_id, 1, practice.provider_id, practice.at(9), 50))
    )[0]
    moved = booking.move_all(swapping(one, two[1]))[0]
    assert moved.end - moved.start == minutes(50)


def test_all_are_cancelled_or_none(
    sessions: Sessions, booking: Booking, two: tuple[Appointment, Appointment]
) -> None:
    one, other = two
    stale = cancelling(one, other)
    other = booking.move(factories.move(other, other.start + minutes(80)))
    with pytest.raises(Stale):
        booking.cancel_all(stale)
    gone = booking.cancel_all(cancelling(one, other, by=CancelledBy.PRACTICE))
    assert {each.status for each in gone} == {Status.CANCELLED}
    assert [each.refund_due for each in gone] == [one.price, other.price]
    kinds = {kind for (kind,) in rows(sessions, CANCELLED_TASKS)}
    assert kinds == {"reminder_1h"}
