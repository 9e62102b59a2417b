"""Rules set aside: by whoever may, with a reason that stays in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain import history as told
from desk_app.domain.appointment import Override
from desk_app.domain.holds import HoldRequest
from desk_app.domain.policies import Policy, may_override
from desk_app.domain.staff import Role
from desk_app.errors import Invalid, Refused, SlotTaken
from desk_app.services.booking import Booking
from desk_app.services.history import History
from desk_app.services.holding import Holding
from tests import factories
from tests.desks import Desks, login_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import BookingRequest
    from tests.factories import Practice

WHY = "Pain since the night"


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


@pytest.fixture
def practice(desks: Desks) -> Practice:
    """A practice whose client has been at Dr Weber's before, who so knows her."""
    practice = factories.open_practice(desks.owner)
    booking = Booking(desks.owner, factories.clock)
    booking.cancel(factories.cancellation(booking.book(practice.request(15))))
    return practice


def desk_of(desks: Desks, practice: Practice, role: Role) -> Sessions:
    """Let somebody in this role in."""
    if role is Role.RECEPTIONIST:
        return desks.receptionist()
    if role is Role.MANAGER:
        return desks.manager()
    return desks.provider(practice.provider_id)


class Case:
    """A wish that one rule refuses, and when it is wished."""

    def __init__(self, desks: Desks, practice: Practice, policy: Policy) -> None:
        self._owner, self._practice = desks.owner, practice
        self.now = factories.NOW
        self.request = getattr(self, f"_{policy.value}")()

    def clock(self) -> datetime:
        return self.now

    def _closed(self) -> BookingRequest:
        return self._practice.request(20)

    def _runs_over(self) -> BookingRequest:
        return self._practice.request(16, 45)

    def _not_aligned(self) -> BookingRequest:
        return self._practice.request(9, 5)

    def _blocked(self) -> BookingRequest:
        factories.override(self._owner, self._practice.provider_id)
        return self._practice.request()

    def _day_limit(self) -> BookingRequest:
        factories.rows(self._owner, "UPDATE service SET max_advance_days = 0")
        return self._practice.request()

    def _past(self) -> BookingRequest:
        self.now = self._practice.at(9, 10)
        return self._practice.request()

    def _past_day(self) -> BookingRequest:
        self.now = self._practice.at(9) + timedelta(days=1)
        return self._practice.request()

    def _busy(self) -> BookingRequest:
        Booking(self._owner, factories.clock).book(self._practice.request())
        return self._practice.request()

    def _held(self) -> BookingRequest:
        request = self._practice.request()
        hold = HoldRequest(
            uuid4(),
            self._practice.provider_id,
            request.start,
            request.start + timedelta(minutes=40),
        )
        Holding(self._owner).hold(hold)
        return request

    def _locked_out(self) -> BookingRequest:
        factories.rows(
            self._owner,
            "UPDATE client SET same_day_locked_until = :until",
            until=self._practice.at(23),
        )
        self.now = self._practice.at(8)
        return self._practice.request()

    def _no_room(self) -> BookingRequest:
        other = factories.provider(self._owner, name="Dr Ito")
        factories.hours(self._owner, other)
        service = factories.service(self._owner, other)
        factories.room(self._owner, service, self._practice.service_id)
        there = replace(self._practice, provider_id=other, service_id=service)
        Booking(self._owner, factories.clock).book(there.request())
        return self._practice.request()

    def _inactive(self) -> BookingRequest:
        factories.rows(self._owner, "UPDATE service SET is_active = false")
        return self._practice.request()


RULES = [name.removeprefix("_") for name in vars(Case) if name[1:] in set(Policy)]


def test_every_rule_of_a_time_is_tried() -> None:
    others = {"status", "last_manager", "oneself", "visits_to_come", "enrolment_code"}
    assert set(RULES) >= {p.value for p in Policy if may_override(None, p)}
    assert {p.value for p in Policy} - set(RULES) >= others


@pytest.mark.parametrize("rule", RULES)
def test_without_an_override_the_rule_refuses(
    desks: Desks, practice: Practice, rule: str
) -> None:
    case = Case(desks, practice, Policy(rule))
    with pytest.raises((Refused, SlotTaken)) as refused:
        Booking(desks.manager(), case.clock).book(case.request)
    assert getattr(refused.value, "policy", "busy") == rule


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_gives_way_to_those_who_may_and_to_nobody_else(
    desks: Desks, practice: Practice, rule: str, role: Role
) -> None:
    case = Case(desks, practice, Policy(rule))
    desk = desk_of(desks, practice, role)
    booking = Booking(desk, case.clock)
    request = replace(case.request, override=Override((rule,), WHY))
    if not may_override(role, rule):
        with pytest.raises(Refused) as refused:
            booking.book(request)
        assert refused.value.policy == rule
        return
    booked = booking.book(request)
    assert (booked.overridden, booked.override_reason) == ((rule,), WHY)
    entry = History(desk).of_appointment(booked.appointment_id).entries[1]
    assert entry.change == told.SetAside((rule,), WHY)
    assert entry.author.login == login_of(desk)


@pytest.mark.parametrize("rule", ["closed", "locked_out", "past"])
def test_a_reason_is_needed(desks: Desks, practice: Practice, rule: str) -> None:
    case = Case(desks, practice, Policy(rule))
    for reason in ("", "   "):
        request = replace(case.request, override=Override((rule,), reason))
        with pytest.raises(Invalid) as wrong:
            Booking(desks.owner, case.clock).book(request)
        assert wrong.value.field == "override_reason"


def test_a_hold_gives_way_without_a_reason(desks: Desks, practice: Practice) -> None:
    case = Case(desks, practice, Policy.HELD)
    request = replace(case.request, override=Override(("held",)))
    booked = Booking(desks.receptionist(), case.clock).book(request)
    assert booked.overridden == ("held",)


def test_of_two_who_hold_a_time_the_first_books_it(
    desks: Desks, practice: Practice
) -> None:
    wanted = [practice.request(), practice.request()]
    desk, other = desks.receptionist(), desks.manager()
    holds = []
    for sessions, request in zip((desk, other), wanted, strict=True):
        end = request.start + timedelta(minutes=40)
        hold = HoldRequest(uuid4(), practice.provider_id, request.start, end)
        assert Holding(sessions).hold(hold)
        holds.append(hold.hold_id)
    first, second = (
        replace(request, hold_id=hold_id)
        for request, hold_id in zip(wanted, holds, strict=True)
    )
    with pytest.raises(Refused) as refused:
        Booking(other, factories.clock).book(second)
    assert refused.value.policy == Policy.HELD
    assert Booking(desk, factories.clock).book(first).start == first.start


def test_setting_one_rule_aside_leaves_the_others(
    desks: Desks, practice: Practice
) -> None:
    factories.override(desks.owner, practice.provider_id)
    desk = desks.receptionist()
    request = practice.request(16, 45, override=Override(("runs_over",), WHY))
    with pytest.raises(Refused) as refused:
        Booking(desk, factories.clock).book(request)
    assert refused.value.policy == Policy.BLOCKED


def test_nothing_makes_two_visits_overlap(desks: Desks, practice: Practice) -> None:
    case = Case(desks, practice, Policy.BUSY)
    every = tuple(p.value for p in Policy if may_override(Role.MANAGER, p))
    request = replace(case.request, override=Override(every, WHY))
    with pytest.raises(SlotTaken):
        Booking(desks.manager(), case.clock).book(request)


def test_a_move_sets_aside_what_stands_against_its_new_place_only(
    desks: Desks, practice: Practice
) -> None:
    booking = Booking(desks.manager(), factories.clock)
    override = Override(("closed",), WHY)
    booked = booking.book(practice.request(20, override=override))
    late = replace(factories.move(booked, practice.at(19)), override=override)
    moved = booking.move(late)
    assert (moved.start, moved.overridden) == (practice.at(19), ("closed",))
    back = booking.move(factories.move(moved, practice.at(9)))
    assert (back.overridden, back.override_reason) == ((), "")


def test_a_client_who_is_locked_out_is_not_moved_to_today_but_by_an_override(
    desks: Desks, practice: Practice
) -> None:
    later = practice.at(9, day=factories.TOMORROW + timedelta(days=1))
    booked = Booking(desks.owner, factories.clock).book(practice.request_at(later))
    case = Case(desks, practice, Policy.LOCKED_OUT)
    booking = Booking(desks.receptionist(), case.clock)
    to_today = factories.move(booked, practice.at(11))
    with pytest.raises(Refused) as refused:
        booking.move(to_today)
    assert refused.value.policy == Policy.LOCKED_OUT
    moved = booking.move(replace(to_today, override=Override(("locked_out",), WHY)))
    assert moved.overridden == ("locked_out",)


def test_what_is_set_aside_belongs_to_the_wish(
    desks: Desks, practice: Practice
) -> None:
    booking = Booking(desks.manager(), factories.clock)
    request = practice.request(20, override=Override(("closed",), WHY))
    assert booking.book(request) == booking.book(request)
