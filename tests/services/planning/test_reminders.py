"""Reminders: in time, late while of use, listed as missed, never of what is untrue."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from desk_app.db.notices import Ear, Kind, Notice
from tests import factories
from tests.carrying import DAY, HOUR, MINUTE
from tests.slips import undoing

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from tests.carrying import Carrying, Sent

LONG, SHORT = "reminder_48h", "reminder_1h"


def ways(sent: list[Sent]) -> set[tuple[str, str, str]]:
    """Return what reached whom by which channel."""
    return {(each.kind, each.recipient, each.channel) for each in sent}


def reminded(carrying: Carrying, kind: str) -> list[Sent]:
    """Do what is due; return the reminders of a kind that left."""
    return [each for each in carrying.carry() if each.kind == kind]


def states(carrying: Carrying, kind: str) -> list[tuple[str, str]]:
    """Return how the tasks of a reminder ended."""
    return [
        (state, outcome)
        for state, outcome in carrying.rows(
            "SELECT state, outcome FROM outbox WHERE kind = :kind AND channel = ''"
            " ORDER BY outbox_id",
            kind=kind,
        )
    ]


def only(carrying: Carrying, kind: str) -> None:
    """Leave nothing to be done but one kind of reminder."""
    carrying.rows("DELETE FROM outbox WHERE kind <> :kind", kind=kind)


@pytest.fixture
def booked(carrying: Carrying) -> Appointment:
    """A visit in five days of which Anna has heard."""
    return carrying.confirmed()


def test_two_days_before_both_are_reminded(
    carrying: Carrying, booked: Appointment
) -> None:
    carrying.pass_until(booked, 48 * HOUR + MINUTE)
    assert carrying.carry() == []
    carrying.pass_time(2 * MINUTE)
    assert ways(carrying.carry()) == {
        (LONG, recipient, channel)
        for recipient in ("CLIENT", "PROVIDER")
        for channel in ("EMAIL", "PUSH")
    }
    assert carrying.carry() == []


def test_an_hour_before_they_are_and_the_desk_of_the_provider(
    carrying: Carrying, booked: Appointment
) -> None:
    carrying.pass_until(booked, HOUR - MINUTE)
    only(carrying, SHORT)
    ear, stop = Ear(carrying.url), Event()
    ear.connect(stop)
    assert ways(carrying.carry()) == {
        (SHORT, "CLIENT", "PUSH"),
        (SHORT, "PROVIDER", "PUSH"),
    }
    heard = ear.wait(stop, 10)
    ear.close()
    assert Notice(Kind.REMIND, booked.appointment_id) in heard
    desk = "SELECT state, outcome FROM outbox WHERE channel = 'DESKTOP'"
    assert carrying.rows(desk) == [("DONE", "sent")]


def test_nobody_is_reminded_of_a_visit_that_is_cancelled_or_elsewhere(
    carrying: Carrying, booked: Appointment
) -> None:
    other = carrying.confirmed(hour=11)
    carrying.booking.cancel(factories.cancellation(booked))
    carrying.booking.move(factories.move(other, carrying.at(12, days=20)))
    carrying.pass_until(booked, 47 * HOUR)
    assert reminded(carrying, LONG) == []


@pytest.mark.parametrize("is_planned", [False, True])
def test_nor_of_one_that_was_cancelled_just_as_it_was_due(
    carrying: Carrying, booked: Appointment, *, is_planned: bool
) -> None:
    only(carrying, LONG)
    carrying.pass_until(booked, 48 * HOUR - MINUTE)
    job = carrying.claim(LONG)
    if is_planned:
        carrying.planning.plan(job)
    carrying.booking.cancel(factories.cancellation(carrying.now(booked)))
    if not is_planned:
        carrying.planning.plan(job)
    assert reminded(carrying, LONG) == []
    left = "SELECT FROM outbox WHERE channel <> '' AND state <> 'DROPPED'"
    assert carrying.rows(left) == []


def test_nor_of_one_that_moved_just_as_it_was_due(
    carrying: Carrying, booked: Appointment
) -> None:
    only(carrying, LONG)
    carrying.pass_until(booked, 48 * HOUR - MINUTE)
    job = carrying.claim(LONG)
    moved = factories.move(carrying.now(booked), carrying.at(11, days=20))
    carrying.booking.move(moved)
    carrying.planning.plan(job)
    assert reminded(carrying, LONG) == []
    assert states(carrying, LONG)[0] == ("DROPPED", "moved")


@pytest.mark.parametrize(
    ("kind", "left", "ended"),
    [
        (LONG, 5 * HOUR, ("DONE", "planned")),
        (LONG, 3 * HOUR, ("MISSED", "too_late")),
        (LONG, -HOUR, ("MISSED", "too_late")),
        (SHORT, 12 * MINUTE, ("DONE", "planned")),
        (SHORT, 9 * MINUTE, ("MISSED", "too_late")),
    ],
)
def test_a_late_one_leaves_while_it_is_of_use(
    carrying: Carrying,
    booked: Appointment,
    kind: str,
    left: timedelta,
    ended: tuple[str, str],
) -> None:
    only(carrying, kind)
    carrying.pass_until(booked, left)
    assert bool(reminded(carrying, kind)) == (ended[0] == "DONE")
    assert states(carrying, kind) == [ended]


def test_how_long_it_is_of_use_is_the_practices(
    carrying: Carrying, booked: Appointment
) -> None:
    factories.setting(carrying.admin, "useful_hours", 2)
    only(carrying, LONG)
    carrying.pass_until(booked, 3 * HOUR)
    assert len(reminded(carrying, LONG)) == 4


def test_of_two_that_are_due_together_each_gets_one(
    carrying: Carrying, booked: Appointment
) -> None:
    factories.setting(carrying.admin, "useful_hours", 0)
    carrying.rows("UPDATE provider SET push_address = ''")
    plan = {SHORT: {"client": ["PUSH"], "provider": ["PUSH"]}}
    factories.setting(carrying.admin, "message_plan", plan)
    carrying.pass_until(booked, 50 * MINUTE)
    # The client has a push address; the provider is reached by mail alone.
    assert ways(carrying.carry()) == {
        (SHORT, "CLIENT", "PUSH"),
        (LONG, "PROVIDER", "EMAIL"),
    }


def test_nobody_in_tokyo_is_woken_for_a_practice_in_berlin(
    carrying: Carrying, booked: Appointment
) -> None:
    carrying.rows("UPDATE client SET timezone = 'Asia/Tokyo'")
    carrying.quiet_now("Asia/Tokyo", 3 * HOUR)
    carrying.pass_until(booked, 40 * HOUR)
    assert reminded(carrying, LONG) == []
    waiting = "SELECT run_at - now() FROM outbox WHERE kind = :kind"
    [(until,)] = carrying.rows(waiting, kind=LONG)
    assert 2 * HOUR < until <= 3 * HOUR
    carrying.rows("DELETE FROM practice_setting WHERE name = 'quiet_hours'")
    carrying.pass_time(3 * HOUR)
    assert len(reminded(carrying, LONG)) == 4


def test_what_is_of_no_use_after_the_night_is_listed(
    carrying: Carrying, booked: Appointment
) -> None:
    only(carrying, LONG)
    carrying.quiet_now(factories.BERLIN, 3 * HOUR)
    carrying.pass_until(booked, 6 * HOUR)
    assert reminded(carrying, LONG) == []
    assert states(carrying, LONG) == [("MISSED", "quiet_hours")]


def test_a_retry_that_comes_too_late_is_listed(
    carrying: Carrying, booked: Appointment
) -> None:
    only(carrying, SHORT)
    carrying.pass_until(booked, HOUR - MINUTE)
    carrying.plan_only()
    carrying.pass_time(50 * MINUTE)
    assert carrying.carry() == []
    listed = {(channel, state) for channel, state, _ in carrying.ended(SHORT)}
    assert listed == {("PUSH", "MISSED")}


def test_a_reminder_that_was_heard_is_not_said_again_after_a_move_back(
    carrying: Carrying, booked: Appointment
) -> None:
    carrying.pass_until(booked, 47 * HOUR)
    assert reminded(carrying, LONG)
    carrying.rows(
        "INSERT INTO outbox (kind, appointment_id, dedupe_key, payload)"
        " SELECT kind, appointment_id, 'again', payload FROM outbox"
        " WHERE kind = :kind AND channel = ''",
        kind=LONG,
    )
    assert reminded(carrying, LONG) == []
    assert states(carrying, LONG)[1] == ("DONE", "nothing_to_do")


def test_after_a_week_without_desks_each_reminder_left_or_is_listed(
    carrying: Carrying,
) -> None:
    for days in range(5, 14):
        carrying.confirmed(days=days)
    carrying.pass_time(7 * DAY)
    left = Counter(each.kind for each in carrying.carry() if each.channel == "PUSH")
    ended = Counter(
        kind
        for (kind,) in carrying.rows(
            "SELECT kind FROM outbox WHERE state IN ('MISSED', 'DROPPED')"
            " AND channel = '' AND outcome <> ''"
        )
    )
    waiting = Counter(
        kind
        for (kind,) in carrying.rows("SELECT kind FROM outbox WHERE state = 'WAITING'")
    )
    for kind in (LONG, SHORT):
        assert left[kind] / 2 + ended[kind] + waiting[kind] == 9
    assert all((left[LONG], ended[LONG], ended[SHORT], waiting[LONG]))


class TestBroughtForward:
    """What is due while the practice is closed can leave in its last opening hours."""

    @staticmethod
    def closes_in(carrying: Carrying, left: timedelta) -> None:
        """Let it close soon, until the day after tomorrow."""
        # Where it is noon, so that nothing here lies over midnight.
        zone = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
        now = datetime.now(ZoneInfo(zone))
        carrying.rows("UPDATE provider SET timezone = :zone", zone=zone)
        carrying.rows("DELETE FROM availability")
        weekdays = range(now.weekday(), now.weekday() + 1)
        until = (now + left).time()
        number = carrying.practice.provider_id
        factories.hours(carrying.admin, number, end=until, weekdays=weekdays)
        later = (now.weekday() + 2) % 7
        weekdays = range(later, later + 1)
        factories.hours(carrying.admin, number, weekdays=weekdays)

    def test_if_the_practice_wishes(
        self, carrying: Carrying, booked: Appointment
    ) -> None:
        carrying.pass_until(booked, 60 * HOUR)
        self.closes_in(carrying, 20 * MINUTE)
        assert carrying.planning.bring_forward() == 0
        factories.setting(carrying.admin, "reminders_brought_forward", value=True)
        assert carrying.planning.bring_forward() == 1
        assert len(reminded(carrying, LONG)) == 4
        assert carrying.planning.bring_forward() == 0

    def test_in_the_last_half_hour_only(
        self, carrying: Carrying, booked: Appointment
    ) -> None:
        factories.setting(carrying.admin, "reminders_brought_forward", value=True)
        carrying.pass_until(booked, 60 * HOUR)
        self.closes_in(carrying, 40 * MINUTE)
        assert carrying.planning.bring_forward() == 0

    def test_not_what_is_due_once_it_is_open_again(
        self, carrying: Carrying, booked: Appointment
    ) -> None:
        factories.setting(carrying.admin, "reminders_brought_forward", value=True)
        carrying.pass_until(booked, 48 * HOUR + 3 * DAY)
        self.closes_in(carrying, 20 * MINUTE)
        assert carrying.planning.bring_forward() == 0

    def test_nobody_is_woken_for_it(
        self, carrying: Carrying, booked: Appointment
    ) -> None:
        factories.setting(carrying.admin, "reminders_brought_forward", value=True)
        carrying.rows("UPDATE client SET timezone = 'Asia/Tokyo'")
        carrying.quiet_now("Asia/Tokyo", 3 * HOUR)
        carrying.pass_until(booked, 60 * HOUR)
        self.closes_in(carrying, 20 * MINUTE)
        assert carrying.planning.bring_forward() == 0


def test_a_reminder_that_fell_due_during_a_slip_leaves_once_it_is_undone(
    carrying: Carrying, booked: Appointment
) -> None:
    carrying.pass_until(booked, 48 * HOUR + MINUTE)
    before = carrying.now(booked)
    moved = carrying.booking.move(factories.move(before, carrying.at(11, days=20)))
    carrying.pass_time(2 * MINUTE)
    before = replace(before, start=before.start - 2 * MINUTE)
    before = replace(before, end=before.end - 2 * MINUTE)
    carrying.booking.undo(undoing((before, carrying.now(moved))))
    assert len(reminded(carrying, LONG)) == 4
    assert "change_notice" not in {each.kind for each in carrying.carry()}
