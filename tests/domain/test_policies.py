"""Policies: every refusal names its rule, and agrees with what is offered."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from desk_app.domain.appointment import Appointment, CancelledBy, Override, Status
from desk_app.domain.holds import Hold
from desk_app.domain.people import Client, Money
from desk_app.domain.policies import (
    Policy,
    check_client,
    check_hold,
    check_override,
    check_status,
    is_late_cancellation,
    may_become,
    may_override,
    objections,
    refund_due,
    who_overrides,
    why_not,
)
from desk_app.domain.slots import (
    Alignment,
    AlignmentKind,
    DayFacts,
    blocks_of,
    free_slots,
    open_windows,
)
from desk_app.domain.staff import Role
from desk_app.errors import Invalid, Refused
from tests.domain import oracle
from tests.domain.examples import examples
from tests.domain.facts import (
    between,
    blocked,
    clock,
    provider,
    service,
    trials,
    window,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
BLOCKS = [blocked("12:00-13:00")]
FACTS = DayFacts(
    provider=provider(),
    day=MONDAY,
    today=MONDAY,
    open_windows=open_windows(MONDAY, BERLIN, [window("9:00-17:00")], BLOCKS),
    busy=(between(MONDAY, BERLIN, "10:20-11:00"),),
    blocks=blocks_of(MONDAY, BERLIN, BLOCKS),
)


def at(text):
    """Return the instant of a wall-clock time on Monday."""
    return datetime.combine(MONDAY, clock(text), BERLIN)


def changed(**changes):
    """Return the facts with something else."""
    given = {name: getattr(FACTS, name) for name in DayFacts.__slots__}
    return DayFacts(**{**given, **changes})


@pytest.mark.parametrize("start", ["9:40", "11:00", "13:00", "16:20"])
def test_what_is_offered_is_not_refused(start):
    assert why_not(service(), at(start), FACTS, NOW) is None


@pytest.mark.parametrize(
    ("start", "policy", "words"),
    [
        ("9:00", Policy.PAST, "This time has passed."),
        ("8:00", Policy.PAST, "This time has passed."),
        ("18:00", Policy.CLOSED, "Dr Weber does not work at that time."),
        ("17:00", Policy.CLOSED, "Dr Weber does not work at that time."),
        ("16:40", Policy.RUNS_OVER,
         "Check-up would end at 17:10, but Dr Weber closes at 17:00."),
        ("12:30", Policy.BLOCKED, "Dr Weber is not available from 12:00 to 13:00."),
        ("11:40", Policy.BLOCKED, "Dr Weber is not available from 12:00 to 13:00."),
        ("10:20", Policy.BUSY,
         "This overlaps the 10:20 appointment (with its buffer until 11:00)."),
        ("10:50", Policy.BUSY,
         "This overlaps the 10:20 appointment (with its buffer until 11:00)."),
        ("9:45", Policy.BUSY,
         "The buffer after this overlaps the 10:20 appointment"
         " (with its buffer until 11:00)."),
        ("15:10", Policy.NOT_ALIGNED,
         "Check-up does not start at that time; the nearest free start is"
         " 15:00 or 15:40."),
        ("16:30", Policy.NOT_ALIGNED,
         "Check-up does not start at that time; the nearest free start is 16:20."),
    ],
)  # fmt: skip
def test_a_refusal_says_which_rule_and_why(start, policy, words):
    refused = why_not(service(), at(start), FACTS, NOW)
    assert refused is not None
    assert (refused.policy, str(refused)) == (policy, words)


def test_a_day_too_far_ahead_says_until_when():
    facts = changed(today=MONDAY - timedelta(days=8))
    refused = why_not(service(max_advance_days=7), at("9:40"), facts, NOW)
    assert refused is not None
    assert refused.policy == Policy.DAY_LIMIT
    assert str(refused) == (
        "Check-up can be booked 7 days ahead at most, until 2026-03-01."
    )


def test_a_day_that_is_over_is_another_rule_than_a_time_that_has_passed():
    yesterday = changed(today=MONDAY + timedelta(days=1))
    refused = why_not(service(), at("9:40"), yesterday, NOW)
    assert refused is not None
    assert (refused.policy, str(refused)) == (Policy.PAST_DAY, "This day is over.")


@pytest.mark.parametrize(
    ("start", "minutes", "policies"),
    [
        ("9:40", 30, []),
        ("9:00", 30, [Policy.PAST]),
        ("8:00", 30, [Policy.PAST, Policy.CLOSED]),
        ("12:00", 30, [Policy.BLOCKED]),
        ("11:40", 30, [Policy.BLOCKED]),
        ("16:40", 30, [Policy.RUNS_OVER]),
        ("18:00", 30, [Policy.CLOSED]),
        # A visit through blocked time that also runs past the hours.
        ("12:30", 300, [Policy.BLOCKED, Policy.CLOSED]),
        ("11:40", 400, [Policy.BLOCKED, Policy.RUNS_OVER]),
        ("10:20", 110, [Policy.BLOCKED, Policy.BUSY]),
        ("15:10", 30, [Policy.NOT_ALIGNED]),
    ],
)
def test_every_rule_in_the_way_is_named(start, minutes, policies):
    said = list(objections(service(minutes), at(start), FACTS, NOW))
    assert [refused.policy for refused in said] == policies
    first = why_not(service(minutes), at(start), FACTS, NOW)
    assert (first and first.policy) == next(iter(policies), None)


def test_hours_that_end_within_a_visit_are_named_beside_a_later_block():
    blocks = [blocked("12:30-13:00")]
    facts = changed(
        open_windows=open_windows(MONDAY, BERLIN, [window("9:00-12:00")], blocks),
        blocks=blocks_of(MONDAY, BERLIN, blocks),
    )
    said = objections(service(60), at("11:40"), facts, NOW)
    assert {refused.policy for refused in said} == {Policy.BLOCKED, Policy.RUNS_OVER}


@pytest.mark.parametrize(
    ("offer", "facts", "words"),
    [
        (service(is_active=False), FACTS, "Check-up is not offered at present."),
        (
            service(),
            changed(provider=provider(is_active=False)),
            "Dr Weber sees no clients at present.",
        ),
    ],
)
def test_who_or_what_is_inactive_is_refused(offer, facts, words):
    refused = why_not(offer, at("9:40"), facts, NOW)
    assert refused is not None
    assert (refused.policy, str(refused)) == (Policy.INACTIVE, words)


def test_finer_steps_allow_more_starts():
    quarter = Alignment(AlignmentKind.EVERY, 15)
    assert why_not(service(), at("15:15"), FACTS, NOW, quarter) is None
    assert why_not(service(), at("15:10"), FACTS, NOW, quarter) is not None


@examples(60)
@given(trials())
def test_a_reason_is_given_exactly_when_a_start_is_not_offered(trial):
    offered = {
        slot.start
        for slot in free_slots(trial.service, trial.facts, trial.now, trial.alignment)
    }
    minutes = list(oracle.clock_readings(trial.day, trial.zone))
    moments = {oracle.moment_of(minute) for minute in minutes[::7]} | offered
    moments |= {start + timedelta(microseconds=1) for start in offered}
    for moment in moments:
        refused = why_not(
            trial.service, moment, trial.facts, trial.now, trial.alignment
        )
        assert (refused is None) == (moment in offered)
        assert refused is None or refused.policy in set(Policy)


@pytest.mark.parametrize(
    ("start", "now", "locked"),
    [
        (at("16:00"), NOW, True),
        (at("16:00"), datetime(2026, 3, 2, 17, 0, tzinfo=UTC), False),
        (at("16:00") + timedelta(days=1), NOW, False),
        # Past midnight in Berlin, though not yet in Greenwich.
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), NOW, False),
    ],
)
def test_a_lock_out_is_for_the_same_day_only(start, now, locked):
    until = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    client = Client(1, "Ana", locked_out_until=until)
    if not locked:
        check_client(client, start, BERLIN, now)
        return
    with pytest.raises(Refused, match="until 2026-03-02 18:00") as refused:
        check_client(client, start, BERLIN, now)
    assert refused.value.policy == Policy.LOCKED_OUT


def test_a_client_without_a_lock_may_come_today():
    check_client(Client(1, "Ana"), at("16:00"), BERLIN, NOW)


DESK, DOCTOR, MANAGER = Role.RECEPTIONIST, Role.PROVIDER, Role.MANAGER
OVERRIDES = {
    Policy.HELD: (DESK, DOCTOR, MANAGER),
    Policy.LOCKED_OUT: (DESK, DOCTOR, MANAGER),
    Policy.NOT_ALIGNED: (DESK, DOCTOR, MANAGER),
    Policy.RUNS_OVER: (DESK, DOCTOR, MANAGER),
    Policy.DAY_LIMIT: (DESK, DOCTOR, MANAGER),
    Policy.PAST: (DESK, DOCTOR, MANAGER),
    Policy.NO_ROOM: (DESK, DOCTOR, MANAGER),
    Policy.CLOSED: (DOCTOR, MANAGER),
    Policy.BLOCKED: (DOCTOR, MANAGER),
}


@pytest.mark.parametrize("policy", Policy)
def test_who_may_set_a_rule_aside_follows_the_table(policy):
    roles = OVERRIDES.get(policy, ())
    assert who_overrides(policy) == roles
    for role in Role:
        assert may_override(role, policy) == (role in roles)
    # The server's administrator is no member of the staff, and bound by walls too.
    assert may_override(None, policy) == (policy in OVERRIDES)


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("policy", Policy)
def test_an_override_passes_for_who_may_and_with_a_reason_only(policy, role):
    override = Override((policy,), "Emergency")
    if not may_override(role, policy):
        with pytest.raises(Refused) as refused:
            check_override(override, role)
        assert refused.value.policy == policy
        return
    check_override(override, role)
    if policy is Policy.HELD:
        check_override(Override((policy,)), role)
        return
    for reason in ("", "  \n"):
        with pytest.raises(Invalid) as wrong:
            check_override(Override((policy, Policy.HELD), reason), role)
        assert wrong.value.field == "override_reason"


def test_one_rule_that_may_not_be_set_aside_refuses_the_whole():
    with pytest.raises(Refused) as refused:
        check_override(Override((Policy.PAST, Policy.BUSY), "Please"), MANAGER)
    assert refused.value.policy == Policy.BUSY


def test_an_override_of_nothing_needs_nothing():
    check_override(Override(()), DESK)


HOLDS = {
    "mine": ("10:00-10:40", "9:31"),
    "earlier": ("10:20-11:00", "9:30"),
    "later": ("10:20-11:00", "9:32"),
    "beside": ("10:40-11:20", "9:30"),
    "over": ("10:00-10:40", "9:00"),
}


@pytest.mark.parametrize(
    ("others", "has_own", "is_held"),
    [
        ([], False, False),
        (["earlier"], False, True),
        (["later"], False, True),
        (["beside"], False, False),
        (["over"], False, False),
        (["earlier"], True, True),
        (["later"], True, False),
        (["later", "earlier"], True, True),
        (["beside", "over"], True, False),
    ],
)
def test_a_hold_of_another_desk_counts_if_it_was_there_first(others, has_own, is_held):
    holds = [held(number, *HOLDS[name]) for number, name in enumerate(others, 2)]
    own = held(1, *HOLDS["mine"]) if has_own else None
    every = [*holds, own] if own else holds
    wanted = between(MONDAY, BERLIN, "10:00-10:40")
    refused = (
        pytest.raises(Refused, match="Mia is booking") if is_held else nullcontext()
    )
    with refused:
        check_hold(every, wanted, own and own.hold_id, NOW + timedelta(minutes=2))


def held(number, span, since):
    """Return a hold that began then and lasts five minutes."""
    when = between(MONDAY, BERLIN, span)
    began = at(since)
    ends = began + timedelta(minutes=5)
    return Hold(
        UUID(int=number), 1, when.start, when.end, "mia", "Mia", "", began, ends
    )


def test_status_changes_follow_the_table():
    allowed = {
        (old, new) for old, new in product(Status, Status) if may_become(old, new)
    }
    assert allowed == {
        (Status.PENDING, Status.CONFIRMED),
        (Status.PENDING, Status.CANCELLED),
        (Status.PENDING, Status.NO_SHOW),
        (Status.CONFIRMED, Status.COMPLETED),
        (Status.CONFIRMED, Status.CANCELLED),
        (Status.CONFIRMED, Status.NO_SHOW),
        # What was set by mistake can be taken back.
        (Status.CONFIRMED, Status.PENDING),
        (Status.COMPLETED, Status.CONFIRMED),
        (Status.NO_SHOW, Status.CONFIRMED),
        (Status.NO_SHOW, Status.PENDING),
        (Status.CANCELLED, Status.CONFIRMED),
        (Status.CANCELLED, Status.PENDING),
    }


def test_an_impossible_change_is_refused_in_words():
    check_status(Status.PENDING, Status.CONFIRMED)
    with pytest.raises(Refused, match="A cancelled appointment cannot") as refused:
        check_status(Status.CANCELLED, Status.COMPLETED)
    assert refused.value.policy == Policy.STATUS


@pytest.mark.parametrize(
    ("cancelled_by", "hours_before", "amount"),
    [
        (CancelledBy.CLIENT, 24, 40),
        (CancelledBy.CLIENT, 25, 40),
        (CancelledBy.CLIENT, 23.99, 0),
        (CancelledBy.CLIENT, -1, 0),
        (CancelledBy.PRACTICE, 1, 40),
        (CancelledBy.PRACTICE, -1, 40),
        (CancelledBy.UNDO, 48, 0),
    ],
)
def test_a_refund_is_due_in_time_or_if_the_practice_cancels(
    cancelled_by, hours_before, amount
):
    visit = between(MONDAY, BERLIN, "10:00-10:30")
    appointment = Appointment(
        appointment_id=1,
        provider_id=1,
        service_id=1,
        client_id=1,
        client_name="Ana",
        client_phone="",
        service_name="Check-up",
        start=visit.start,
        end=visit.end,
        busy_until=visit.end,
        status=Status.CONFIRMED,
        version=1,
        price=Money(Decimal(40), "EUR"),
        cancellation_hours=24,
    )
    now = visit.start - timedelta(hours=hours_before)
    assert refund_due(appointment, cancelled_by, now) == Money(Decimal(amount), "EUR")
    cancelled = replace(appointment, cancelled_at=now, cancelled_by=cancelled_by)
    is_late = cancelled_by is CancelledBy.CLIENT and not amount
    assert is_late_cancellation(cancelled) == is_late
    assert not is_late_cancellation(appointment)
