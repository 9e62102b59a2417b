"""Free slots: tables of cases, and a brute-force oracle over zones and changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.schedule import ProviderDay
from desk_app.domain.slots import (
    Alignment,
    AlignmentKind,
    DayFacts,
    Pace,
    facts_of,
    free_slots,
    open_windows,
    sweep,
)
from tests.domain import oracle
from tests.domain.examples import examples
from tests.domain.facts import between, provider, readings, service, trials, window

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
LONG_AGO = datetime(2026, 3, 1, 12, tzinfo=UTC)
EVERY_15 = Alignment(AlignmentKind.EVERY, 15)
AFTER_LAST = Alignment(AlignmentKind.AFTER_LAST)


def facts(hours, busy=(), day=MONDAY, today=date(2026, 3, 1)):
    """Return the facts of a day in Berlin."""
    return DayFacts(
        provider=provider(),
        day=day,
        today=today,
        open_windows=open_windows(day, BERLIN, [window(each) for each in hours], []),
        busy=tuple(between(day, BERLIN, each) for each in busy),
    )


def starts(slots):
    """Return the wall-clock starts of slots."""
    return [reading.partition("-")[0] for reading in readings(slots, BERLIN)]


def test_slots_step_by_duration_and_buffer():
    slots = free_slots(service(30, 10), facts(["9:00-11:00"]), LONG_AGO)
    assert readings(slots, BERLIN) == ["09:00-09:30", "09:40-10:10", "10:20-10:50"]


@pytest.mark.parametrize(
    ("hours", "busy", "expected"),
    [
        # The last slot must end within the window, its buffer may run past it.
        (["9:00-10:10"], [], ["09:00", "09:40"]),
        (["9:00-10:09"], [], ["09:00"]),
        (["9:00-9:30"], [], ["09:00"]),
        (["9:00-9:29"], [], []),
        # Each window steps from its own start.
        (["9:00-10:00", "10:05-11:00"], [], ["09:00", "10:05"]),
        (["9:00-9:30", "9:35-10:05"], [], ["09:00", "09:35"]),
        # A busy time takes every slot whose time or buffer meets it.
        (["9:00-11:00"], ["9:40-10:20"], ["09:00", "10:20"]),
        (["9:00-11:00"], ["9:39-9:40"], ["09:40", "10:20"]),
        (["9:00-11:00"], ["9:39-9:41"], ["10:20"]),
        (["9:00-11:00"], ["10:59-11:30"], ["09:00", "09:40"]),
        (["9:00-11:00"], ["11:00-11:30"], ["09:00", "09:40", "10:20"]),
        (["9:00-10:10"], ["10:15-10:45"], ["09:00"]),
        (["9:00-11:00"], ["8:30-9:00"], ["09:00", "09:40", "10:20"]),
        (["9:00-11:00"], ["8:30-9:10"], ["09:40", "10:20"]),
        (["9:00-11:00"], ["9:00-11:00"], []),
        # Busy times may lie over one another.
        (["9:00-11:00"], ["9:00-10:20", "9:10-9:20"], ["10:20"]),
        ([], [], []),
    ],
)
def test_a_slot_is_offered_where_nothing_is_busy(hours, busy, expected):
    slots = free_slots(service(30, 10), facts(hours, busy), LONG_AGO)
    assert starts(slots) == expected


@pytest.mark.parametrize(
    ("busy", "expected"),
    [
        ([], ["09:00", "09:15", "09:30"]),
        (["9:50-10:10"], ["09:00"]),
        (["9:00-9:10"], ["09:15", "09:30"]),
    ],
)
def test_finer_steps_start_at_the_window(busy, expected):
    slots = free_slots(service(30, 10), facts(["9:00-10:00"], busy), LONG_AGO, EVERY_15)
    assert starts(slots) == expected


@pytest.mark.parametrize(
    ("busy", "expected"),
    [
        ([], ["09:00", "09:40", "10:20"]),
        (["9:00-9:20"], ["09:20", "10:00", "10:40"]),
        (["9:50-10:05"], ["09:00", "10:05"]),
        (["8:00-9:07"], ["09:07", "09:47", "10:27"]),
        (["8:00-9:00"], ["09:00", "09:40", "10:20"]),
        (["9:00-10:40", "9:10-9:20"], ["10:40"]),
    ],
)
def test_after_the_last_appointment_the_steps_start_anew(busy, expected):
    day = facts(["9:00-11:10"], busy)
    assert starts(free_slots(service(30, 10), day, LONG_AGO, AFTER_LAST)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, ["09:40", "10:20"]), (1, ["10:20"])]
)
def test_what_starts_before_now_is_past(seconds, expected):
    now = datetime(2026, 3, 2, 8, 40, seconds, tzinfo=UTC)
    day = facts(["9:00-11:00"], today=MONDAY)
    assert starts(free_slots(service(30, 10), day, now)) == expected


@pytest.mark.parametrize(
    ("ahead", "offered"), [(-1, 0), (0, 3), (1, 3), (7, 3), (8, 0)]
)
def test_slots_reach_as_many_days_ahead_as_the_service_allows(ahead, offered):
    day = facts(["9:00-11:00"], today=MONDAY - timedelta(days=ahead))
    offer = service(30, 10, max_advance_days=7)
    assert len(free_slots(offer, day, LONG_AGO)) == offered


def test_nothing_is_free_with_who_or_what_is_inactive():
    day = facts(["9:00-11:00"])
    assert free_slots(service(is_active=False), day, LONG_AGO) == ()
    gone = DayFacts(
        provider(is_active=False), day.day, day.today, day.open_windows, day.busy
    )
    assert free_slots(service(), gone, LONG_AGO) == ()


@pytest.mark.parametrize("minutes", [0, -15, 1441])
def test_an_alignment_has_a_sensible_step(minutes):
    with pytest.raises(ValueError, match="1 to 1440"):
        Alignment(AlignmentKind.EVERY, minutes)


def test_over_a_clock_change_slots_step_in_true_time():
    spring = date(2026, 3, 29)
    day = facts(["1:00-4:00"], day=spring, today=spring)
    found = free_slots(service(30, 10), day, LONG_AGO)
    assert starts(found) == ["01:00", "01:40", "03:20"]
    autumn = date(2026, 10, 25)
    day = facts(["1:00-3:00"], day=autumn, today=autumn)
    found = free_slots(service(60, 0), day, LONG_AGO)
    assert starts(found) == ["01:00", "02:00", "02:00"]


def test_the_grid_computes_offers_from_what_it_shows():
    hours = open_windows(MONDAY, BERLIN, [window("9:00-11:00")], [])
    column = ProviderDay(provider("Pacific/Apia"), MONDAY, 0, hours, (), ())
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    seen = facts_of(column, now)
    assert (seen.day, seen.today) == (MONDAY, date(2026, 3, 2))
    assert seen.open_windows == hours


@examples(400)
@given(trials())
def test_slots_agree_with_a_minute_by_minute_oracle(trial):
    found = free_slots(trial.service, trial.facts, trial.now, trial.alignment)
    expected = []
    ahead = (trial.facts.day - trial.facts.today).days
    if 0 <= ahead <= trial.service.max_advance_days:
        minutes = oracle.open_minutes(
            trial.day, trial.zone, trial.weekly, trial.overrides
        )
        expected = oracle.starts(
            trial.service,
            oracle.windows(minutes),
            trial.facts.busy,
            trial.now,
            trial.alignment,
            in_rooms=trial.in_rooms,
        )
    assert [oracle.minute_of(slot.start) for slot in found] == expected
    assert all(slot.length == trial.service.duration for slot in found)


@examples(100)
@given(trials())
def test_a_booked_slot_leaves_the_others_of_its_step_free(trial):
    before = free_slots(trial.service, trial.facts, trial.now)
    for booked in before[:3]:
        busy = type(booked)(booked.start, booked.end + trial.service.buffer)
        facts = DayFacts(
            trial.facts.provider,
            trial.facts.day,
            trial.facts.today,
            trial.facts.open_windows,
            tuple(sorted([*trial.facts.busy, busy])),
            rooms=trial.facts.rooms,
        )
        after = free_slots(trial.service, facts, trial.now)
        assert after == tuple(
            slot
            for slot in before
            if not busy.overlaps(
                type(slot)(slot.start, slot.end + trial.service.buffer)
            )
        )


@st.composite
def spans(draw, most):
    """Draw spans sorted by start."""
    edges = st.tuples(st.integers(0, 400), st.integers(1, 120))
    drawn = draw(st.lists(edges, max_size=most))
    return sorted((start, start + length) for start, length in drawn)


@examples(500)
@given(spans(8), st.integers(1, 40), st.integers(0, 20), st.integers(-10, 500))
def test_one_sweep_over_many_windows_is_as_many_sweeps(busy, visit, buffer, earliest):
    windows = [(0, 90), (100, 220), (220, 300), (410, 480)]
    pace = Pace(visit, visit + buffer, visit + buffer, restarts=False)
    apart = [sweep([one], busy, pace, earliest) for one in windows]
    assert sweep(windows, busy, pace, earliest) == [*chain(*apart)]


@examples(500)
@given(spans(8), st.integers(1, 40), st.integers(0, 20), st.integers(-10, 500))
def test_a_sweep_offers_each_step_that_meets_nothing(busy, visit, buffer, earliest):
    hold = visit + buffer
    found = sweep([(50, 300)], busy, Pace(visit, hold, hold, restarts=False), earliest)
    assert found == [
        start
        for start in range(50, 300 - visit + 1, hold)
        if start >= earliest
        and not any(start < end and begin < start + hold for begin, end in busy)
    ]
