"""Reminders over eight weeks: none lost without a reason, none of what is not true."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from functools import cache
from itertools import pairwise

import pytest

from desk_app.domain.message_times import MessageTimes, QuietHours
from desk_app.domain.messages import MessageKind
from desk_app.domain.queue import Outcome, State
from desk_app.domain.telling import REMINDERS
from tests.domain.reminding import Practice, hours, shifted, without

VISITS = 400
WEEK = hours(time(8), time(18))
ALWAYS = hours(time(0), time(23, 55), range(7))
# The third week: one that was planned, or one in which nothing would go on.
NO_WEEK = without(WEEK, date(2030, 3, 18), date(2030, 3, 24))
USUAL = MessageTimes()
QUIET = MessageTimes(quiet=QuietHours(time(20), time(7)))
AHEAD = MessageTimes(brought_forward=True)
QUIET_AHEAD = MessageTimes(quiet=QuietHours(time(20), time(7)), brought_forward=True)
THREE_HOURS = timedelta(hours=3)
NEAR = timedelta(minutes=10)


PRACTICES = {
    "always on": (QUIET, WEEK, ALWAYS),
    "off at night and at weekends": (USUAL, WEEK, WEEK),
    "the same, with quiet hours": (QUIET, WEEK, WEEK),
    "brought forward": (AHEAD, WEEK, WEEK),
    "brought forward, with quiet hours": (QUIET_AHEAD, WEEK, WEEK),
    "closed for a week": (QUIET_AHEAD, NO_WEEK, NO_WEEK),
    "off for a week": (QUIET, WEEK, NO_WEEK),
    "clocks three hours fast": (QUIET, WEEK, shifted(WEEK, -THREE_HOURS)),
    "clocks three hours slow": (QUIET_AHEAD, WEEK, shifted(WEEK, THREE_HOURS)),
    "one day a week": (QUIET, WEEK, hours(time(8), time(18), range(1))),
}


@cache
def passed(name: str) -> Practice:
    """Return a practice after eight weeks."""
    practice = Practice(*PRACTICES[name])
    practice.run(VISITS)
    return practice


@pytest.mark.parametrize("name", PRACTICES)
def test_none_is_lost_and_none_is_untrue(name: str) -> None:
    practice, ends = passed(name), PRACTICES[name][2][-1].end
    assert practice.untrue == []
    assert len(practice.tasks()) > VISITS
    for task in practice.tasks():
        if task.state is State.WAITING:
            assert task.run_at >= ends - timedelta(minutes=5)
        else:
            assert practice.reasons[task.outbox_id]
    for visit in practice.visits:
        for row in visit.rows.values():
            is_over = row.state is not State.WAITING or row.run_at >= ends
            assert is_over or not row.recipient


@pytest.mark.parametrize("name", PRACTICES)
def test_nobody_gets_two_at_once_or_one_twice(name: str) -> None:
    practice = passed(name)
    told: dict[tuple[int, str], list[tuple[object, str]]] = {}
    for left in practice.left:
        key = (left.visit, f"{left.recipient} {left.place.start}")
        told.setdefault(key, []).append((left.at, left.kind))
    for times in told.values():
        # The channels of one reminder leave together.
        each = sorted(set(times))
        assert len({kind for _, kind in each}) == len(each)
        for (one, _), (other, _) in pairwise(each):
            assert other - one > NEAR  # type: ignore[operator]


def ended(practice: Practice, kind: MessageKind) -> Counter[Outcome]:
    """Count how the reminders of a kind ended."""
    reasons, tasks = practice.reasons, practice.tasks()
    numbers = [task.outbox_id for task in tasks if task.kind == kind]
    return Counter(reasons[number] for number in numbers if number in reasons)


def test_who_brings_them_forward_misses_none_at_nights_and_weekends() -> None:
    late, ahead = passed("off at night and at weekends"), passed("brought forward")
    for kind in REMINDERS:
        assert ended(ahead, kind)[Outcome.TOO_LATE] == 0
    assert sum(ended(late, kind)[Outcome.TOO_LATE] for kind in REMINDERS) > 10


def test_who_is_always_on_misses_none() -> None:
    practice = passed("always on")
    for kind in REMINDERS:
        assert {*ended(practice, kind)} == {Outcome.PLANNED, Outcome.NOT_DUE}


def test_a_week_without_desks_is_listed_reminder_by_reminder() -> None:
    practice = passed("off for a week")
    long = ended(practice, MessageKind.REMINDER_48H)
    assert long[Outcome.TOO_LATE] > 20
    assert long[Outcome.PLANNED] > 100
