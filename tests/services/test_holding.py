"""Times that desks are booking at this moment: seen, renewed, let go, and ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from desk_app.domain.appointment import Override
from desk_app.domain.holds import LASTS, LONGEST, HoldRequest
from desk_app.domain.policies import Policy
from desk_app.errors import Refused
from desk_app.services.booking import Booking
from desk_app.services.holding import Holding
from tests import factories
from tests.factories import minutes, rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.diary import Diary
    from tests.factories import Practice

A_MOMENT = timedelta(seconds=5)


@pytest.fixture
def holding(sessions: Sessions) -> Holding:
    """The holds of one desk."""
    return Holding(sessions)


def hold_of(practice: Practice, hour: int = 9, **changes: Any) -> HoldRequest:
    """Ask to hold a check-up of tomorrow with its buffer."""
    start = practice.at(hour)
    request = HoldRequest(
        uuid4(), practice.provider_id, start, start + minutes(40), "Reception 2"
    )
    return replace(request, **changes)


def grow_old(sessions: Sessions, by: timedelta) -> None:
    """Let every hold be as it will be once that time has passed."""
    rows(
        sessions,
        "UPDATE slot_hold SET held_since = held_since - :by,"
        " expires_at = expires_at - :by",
        by=by,
    )


def test_a_hold_tells_who_where_and_how_long(
    holding: Holding, diary: Diary, practice: Practice
) -> None:
    request = hold_of(practice)
    assert holding.hold(request)
    (hold,) = diary.holds()
    assert (hold.hold_id, hold.desk) == (request.hold_id, "Reception 2")
    assert hold.span.start == practice.at(9)
    assert LASTS - A_MOMENT < hold.left <= LASTS
    assert timedelta(0) <= hold.held_for < A_MOMENT


def test_a_hold_that_nobody_renews_ends(
    sessions: Sessions, holding: Holding, diary: Diary, practice: Practice
) -> None:
    holding.hold(hold_of(practice))
    grow_old(sessions, LASTS)
    assert diary.holds() == ()


def test_a_renewed_hold_lasts_on_but_keeps_its_beginning(
    sessions: Sessions, holding: Holding, diary: Diary, practice: Practice
) -> None:
    request = hold_of(practice)
    holding.hold(request)
    grow_old(sessions, LASTS / 2)
    assert holding.hold(request)
    (hold,) = diary.holds()
    assert hold.left > LASTS - A_MOMENT
    assert hold.held_for >= LASTS / 2


def test_nobody_holds_a_time_for_ever(
    sessions: Sessions, holding: Holding, diary: Diary, practice: Practice
) -> None:
    """However often its desk renews it, even once it has ended."""
    request = hold_of(practice)
    holding.hold(request)
    grow_old(sessions, LONGEST - A_MOMENT)
    assert holding.hold(request)
    assert diary.holds()[0].left <= A_MOMENT
    grow_old(sessions, A_MOMENT)
    assert not holding.hold(request)
    assert not holding.hold(request)
    assert diary.holds() == ()


def test_what_dead_desks_left_is_swept_away(
    sessions: Sessions, holding: Holding, practice: Practice
) -> None:
    holding.hold(hold_of(practice))
    grow_old(sessions, LONGEST * 2)
    holding.hold(hold_of(practice, 11))
    assert rows(sessions, "SELECT count(*) FROM slot_hold") == [(1,)]


def test_letting_go_twice_is_no_error(
    holding: Holding, diary: Diary, practice: Practice
) -> None:
    request = hold_of(practice)
    holding.hold(request)
    holding.release(request.hold_id)
    holding.release(request.hold_id)
    assert diary.holds() == ()


def test_two_desks_may_hold_the_same_time(
    holding: Holding, diary: Diary, practice: Practice
) -> None:
    assert holding.hold(hold_of(practice))
    assert holding.hold(hold_of(practice, desk="Reception 1"))
    assert [hold.desk for hold in diary.holds()] == ["Reception 2", "Reception 1"]


class TestBookingUnderAHold:
    """Whose hold it is decides, and whether somebody says "book anyway"."""

    @pytest.fixture
    def booking(self, sessions: Sessions) -> Booking:
        """The verbs, by the server's clock, which is that of holds."""
        return Booking(sessions)

    @pytest.fixture
    def start(self, practice: Practice) -> datetime:
        """A start that is free, some days ahead."""
        day = (datetime.now(UTC) + timedelta(days=2)).date()
        return practice.at(9, day=day)

    @staticmethod
    def hold(holding: Holding, practice: Practice, start: datetime) -> HoldRequest:
        """Let a desk hold a time."""
        request = hold_of(practice, start=start, end=start + minutes(40))
        holding.hold(request)
        return request

    def test_a_foreign_hold_refuses_a_booking(
        self, holding: Holding, booking: Booking, start: datetime, practice: Practice
    ) -> None:
        self.hold(holding, practice, start)
        with pytest.raises(Refused) as refused:
            booking.book(practice.request_at(start))
        assert refused.value.policy == Policy.HELD

    def test_it_may_be_booked_anyway_without_a_reason(
        self, holding: Holding, booking: Booking, start: datetime, practice: Practice
    ) -> None:
        self.hold(holding, practice, start)
        anyway = Override((Policy.HELD,))
        booked = booking.book(replace(practice.request_at(start), override=anyway))
        assert booked.overridden == (Policy.HELD,)

    def test_the_own_hold_is_used_up_by_the_booking(
        self,
        holding: Holding,
        booking: Booking,
        diary: Diary,
        practice: Practice,
        start: datetime,
    ) -> None:
        own = self.hold(holding, practice, start)
        booking.book(replace(practice.request_at(start), hold_id=own.hold_id))
        assert diary.holds() == ()

    def test_a_hold_of_a_desk_that_died_blocks_nothing(
        self,
        sessions: Sessions,
        holding: Holding,
        booking: Booking,
        practice: Practice,
        start: datetime,
    ) -> None:
        self.hold(holding, practice, start)
        grow_old(sessions, LASTS)
        assert booking.book(practice.request_at(start)).start == start

    def test_a_move_asks_for_holds_too(
        self, holding: Holding, booking: Booking, start: datetime, practice: Practice
    ) -> None:
        there = start + minutes(80)
        booked = booking.book(practice.request_at(start))
        own = self.hold(holding, practice, there)
        with pytest.raises(Refused, match="booking this time now"):
            booking.move(factories.move(booked, there))
        request = replace(factories.move(booked, there), hold_id=own.hold_id)
        assert booking.move(request).start == there
