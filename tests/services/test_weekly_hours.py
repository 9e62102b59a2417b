"""Changing weekly hours: nobody's visit is left without hours silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.stranding import Decision, Fate, Settlement
from desk_app.domain.weekly import WeeklyWindow
from desk_app.errors import DeskError, Invalid, Stale, Strands
from desk_app.services.weekly_hours import WeekChange, WeeklyHours
from tests import factories
from tests.factories import TOMORROW, clock

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.services.diary import Diary
    from tests.factories import Practice

AFTERNOON = frozenset(WeeklyWindow(day, time(12), time(17)) for day in range(7))


@pytest.fixture
def weekly(sessions: Sessions) -> WeeklyHours:
    """The hours, at a fixed time."""
    return WeeklyHours(sessions, clock)


@pytest.fixture
def change(weekly: WeeklyHours, practice: Practice) -> WeekChange:
    """Dr Weber works in the afternoon only."""
    return WeekChange(practice.provider_id, weekly.of(practice.provider_id), AFTERNOON)


def decided(change: WeekChange, seen: Appointment, fate: Fate, **where) -> WeekChange:
    decision = Decision(seen.appointment_id, seen.version, fate, **where)
    return replace(change, settlement=Settlement((decision,), "New hours"))


def test_hours_change_in_one_step_and_again_is_the_same(weekly, change):
    assert weekly.change(change) == AFTERNOON
    assert weekly.change(change) == AFTERNOON
    assert weekly.of(change.provider_id) == AFTERNOON


def test_patterns_and_validity_come_back_as_they_were_written(weekly, change):
    monday = TOMORROW - timedelta(days=TOMORROW.weekday())
    wanted = frozenset(
        {
            WeeklyWindow(0, time(9), time(12), every_other_from=monday),
            WeeklyWindow(0, time(13), time(0), None, monday, TOMORROW),
        }
    )
    assert weekly.change(replace(change, wanted=wanted)) == wanted
    assert weekly.of(change.provider_id) == wanted


def test_a_stranded_visit_is_named_and_nothing_changes(weekly, change, booked):
    with pytest.raises(Strands) as strands:
        weekly.change(change)
    assert [each.appointment_id for each in strands.value.appointments] == [
        booked.appointment_id
    ]
    assert weekly.of(change.provider_id) == change.known


def test_a_visit_that_stays_in_its_hours_is_no_question(
    weekly, change, booking, practice
):
    booking.book(practice.request(13))
    weekly.change(change)


def test_a_stranded_visit_may_stay(weekly, change, booked, diary: Diary):
    weekly.change(decided(change, booked, Fate.KEEP))
    assert diary.get(booked.appointment_id) == booked
    # It lay outside before the next change, so that one does not strand it.
    later = frozenset(WeeklyWindow(day, time(13), time(17)) for day in range(7))
    weekly.change(replace(change, known=AFTERNOON, wanted=later))


def test_a_stranded_visit_is_moved_into_the_new_hours(
    weekly, change, booked, diary, practice
):
    wanted = {"provider_id": practice.provider_id, "start": practice.at(12)}
    weekly.change(decided(change, booked, Fate.MOVE, **wanted))
    moved = diary.get(booked.appointment_id)
    assert (moved.start, moved.status) == (practice.at(12), Status.CONFIRMED)


def test_a_stranded_visit_is_cancelled_by_the_practice(weekly, change, booked, diary):
    weekly.change(decided(change, booked, Fate.CANCEL))
    cancelled = diary.get(booked.appointment_id)
    assert cancelled.status is Status.CANCELLED
    assert cancelled.cancelled_by is CancelledBy.PRACTICE
    assert cancelled.cancellation_reason == "New hours"
    assert cancelled.refund_due == booked.price


def test_a_move_that_cannot_be_made_changes_nothing(weekly, change, booked, practice):
    wanted = {"provider_id": practice.provider_id, "start": practice.at(9, 30)}
    with pytest.raises(DeskError):
        weekly.change(decided(change, booked, Fate.MOVE, **wanted))
    assert weekly.of(change.provider_id) == change.known


def test_a_decision_about_what_changed_since_does_not_count(
    weekly, change, booked, booking, practice
):
    old = decided(change, booked, Fate.CANCEL)
    booking.move(factories.move(booked, practice.at(10, 20)))
    with pytest.raises(Strands):
        weekly.change(old)


def test_hours_somebody_else_changed_are_not_written_over(weekly, change):
    weekly.change(change)
    evening = frozenset({WeeklyWindow(0, time(17), time(20))})
    with pytest.raises(Stale) as stale:
        weekly.change(replace(change, wanted=evening))
    assert stale.value.field == "hours"


def test_windows_that_overlap_are_refused(weekly, change):
    wanted = frozenset(
        {WeeklyWindow(0, time(9), time(12)), WeeklyWindow(0, time(11), time(13))}
    )
    with pytest.raises(Invalid) as invalid:
        weekly.change(replace(change, wanted=wanted))
    assert invalid.value.field == "hours"
