"""Who waits, who waits too long, whom to ask about, and what a no-show leads to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.deeds import Mark
from desk_app.domain.desk_rules import DeskRules, NoShowPolicy
from desk_app.domain.people import Money
from desk_app.domain.waiting_room import (
    Waiting,
    consequences,
    in_order,
    next_steps,
    stage_of,
    to_ask_about,
    waited,
    waiting_of,
    waits_too_long,
)

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
RULES = DeskRules(waiting_minutes=15)
PRICE = Money(Decimal(60), "EUR")


def ago(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


def visit(minutes_ago: int = 0, **values: Any) -> Appointment:
    """Return a visit that began so many minutes ago."""
    start = ago(minutes_ago)
    made = Appointment(
        appointment_id=minutes_ago + 1000,
        provider_id=1,
        service_id=1,
        client_id=1,
        client_name="Anna",
        client_phone="",
        service_name="Check-up",
        start=start,
        end=start + timedelta(minutes=30),
        busy_until=start + timedelta(minutes=30),
        status=Status.CONFIRMED,
        version=1,
        price=PRICE,
        cancellation_hours=24,
    )
    return replace(made, **values)


def here(minutes: int, seen: bool = False, **values: Any) -> Waiting:
    """Return somebody who arrived so many minutes ago."""
    seen_at = NOW if seen else None
    found = waiting_of(visit(arrived_at=ago(minutes), seen_at=seen_at, **values))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "stage"),
    [
        ({}, Mark.EXPECTED),
        ({"arrived_at": NOW}, Mark.ARRIVED),
        ({"arrived_at": NOW, "seen_at": NOW}, Mark.WITH_PROVIDER),
        ({"arrived_at": NOW, "left_at": NOW}, Mark.LEFT),
        ({"arrived_at": NOW, "status": Status.COMPLETED}, Mark.EXPECTED),
    ],
)
def test_a_visit_stands_where_its_client_is(
    values: dict[str, Any], stage: Mark
) -> None:
    assert stage_of(visit(**values)) is stage


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ({}, {Mark.ARRIVED, Mark.WITH_PROVIDER, Mark.NO_SHOW}),
        ({"arrived_at": NOW}, {Mark.WITH_PROVIDER, Mark.LEFT, Mark.EXPECTED}),
        ({"seen_at": NOW}, {Mark.LEFT, Mark.COMPLETED, Mark.EXPECTED}),
        ({"left_at": NOW}, {Mark.COMPLETED, Mark.EXPECTED}),
        ({"status": Status.NO_SHOW}, {Mark.EXPECTED}),
        ({"status": Status.COMPLETED}, {Mark.EXPECTED}),
        ({"status": Status.CANCELLED}, set()),
    ],
)
def test_the_steps_offered_follow_from_where_a_visit_stands(
    values: dict[str, Any], steps: set[Mark]
) -> None:
    assert set(next_steps(visit(**values), NOW)) == steps


@pytest.mark.parametrize(("minutes", "may"), [(-60, False), (-2, False), (0, True)])
def test_nobody_is_offered_as_missed_before_the_visit(minutes: int, may: bool) -> None:
    assert (Mark.NO_SHOW in next_steps(visit(minutes), NOW)) is may


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"arrived_at": NOW, "left_at": NOW},
        {"arrived_at": NOW, "status": Status.COMPLETED},
        {"arrived_at": NOW, "status": Status.CANCELLED},
    ],
)
def test_who_did_not_come_or_is_gone_does_not_wait(values: dict[str, Any]) -> None:
    assert waiting_of(visit(**values)) is None


def test_the_clock_of_another_desk_makes_no_negative_wait() -> None:
    assert waited(here(-1), NOW) == timedelta(0)


@pytest.mark.parametrize(
    ("waiting", "too_long"),
    [
        (here(15, start=ago(30)), False),
        (here(16, start=ago(30)), True),
        (here(60, start=ago(10)), False),
        (here(60, start=ago(20)), True),
        (here(60, seen=True, start=ago(60)), False),
        (Waiting(1, "Anna", "", ago(16), None, walk_in_id=1), True),
        (Waiting(1, "Anna", "", ago(14), None, walk_in_id=1), False),
    ],
)
def test_too_long_is_past_the_limit_from_the_agreed_time_on(
    waiting: Waiting, too_long: bool
) -> None:
    assert waits_too_long(waiting, NOW, RULES) is too_long


def test_who_waits_the_longest_stands_above_and_who_is_seen_below() -> None:
    first, second, seen = here(30), here(10), here(60, seen=True)
    assert in_order([seen, second, first]) == (first, second, seen)


@pytest.mark.parametrize(
    ("values", "is_asked"),
    [
        ({}, True),
        ({"status": Status.PENDING}, True),
        ({"start": ago(9)}, False),
        ({"arrived_at": NOW}, False),
        ({"status": Status.NO_SHOW}, False),
        ({"status": Status.CANCELLED}, False),
        ({"status": Status.COMPLETED}, False),
    ],
)
def test_the_desk_is_asked_about_who_should_be_here(
    values: dict[str, Any], is_asked: bool
) -> None:
    one = visit(10, **values)
    asked = to_ask_about([one], NOW, NoShowPolicy(asks_after_minutes=10), {})
    assert asked == ((one,) if is_asked else ())


@pytest.mark.parametrize(("minutes", "is_asked"), [(1, False), (0, True), (-1, True)])
def test_who_comes_later_is_asked_about_again_then(
    minutes: int, is_asked: bool
) -> None:
    one = visit(20)
    put_off = {one.appointment_id: NOW + timedelta(minutes=minutes)}
    asked = to_ask_about([one], NOW, NoShowPolicy(), put_off)
    assert bool(asked) is is_asked


def test_all_consequences_of_the_policy_are_told() -> None:
    follows = consequences(visit(), NoShowPolicy(), 0, NOW)
    assert (follows.kept, follows.is_flagged) == (PRICE, True)
    assert follows.locked_until == NOW + timedelta(days=30)


@pytest.mark.parametrize(
    ("policy", "count", "told"),
    [
        (NoShowPolicy(keeps_price=False), 0, (False, True, True)),
        (NoShowPolicy(flags=False), 5, (True, False, True)),
        (NoShowPolicy(flags_after=3), 1, (True, False, True)),
        (NoShowPolicy(flags_after=3), 2, (True, True, True)),
        (NoShowPolicy(locks_out=False), 0, (True, True, False)),
    ],
)
def test_a_consequence_that_is_off_is_not_told(
    policy: NoShowPolicy, count: int, told: tuple[bool, bool, bool]
) -> None:
    follows = consequences(visit(), policy, count, NOW)
    is_locked = follows.locked_until is not None
    assert (follows.kept is not None, follows.is_flagged, is_locked) == told


def test_of_a_visit_that_costs_nothing_nothing_is_kept() -> None:
    free = visit(price=Money(Decimal(0), "EUR"))
    assert consequences(free, NoShowPolicy(), 0, NOW).kept is None


def test_without_a_limit_nobody_waits_too_long() -> None:
    assert not waits_too_long(here(600, start=ago(600)), NOW, DeskRules(0, 0))
