"""What is kept of each deed, and how older ones follow when a later is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.deeds import Before, Undone
from desk_app.domain.desk_rules import DeskRules, Telling
from desk_app.domain.message_times import MessageTimes, QuietHours
from desk_app.ui.side.rows import DetailRole
from desk_app.ui.undo.deeds import MOST, Deeds, State
from desk_app.ui.undo.page import DeedsModel
from tests.ui.conftest import BERLIN
from tests.ui.grid.days import at, visit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desk_app.domain.appointment import Appointment

NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
GRACE = timedelta(minutes=3)
BOOKED = visit("10:00")
MOVED = replace(BOOKED, start=at("11:00"), end=at("11:30"), version=2)


def undone(was: Appointment | None, now: Appointment) -> Undone:
    """Return the way back."""
    made = was.version + 1 if was else None
    before = Before.of(was) if was else None
    return Undone(now.appointment_id, now.version, before, made)


def record(deeds: Deeds, was: Appointment | None, now: Appointment) -> None:
    """Keep a deed."""
    deeds.record("words", (undone(was, now),), (now,), NOW)


def changed(**values: object) -> Appointment:
    """Return the booked visit otherwise."""
    return replace(BOOKED, version=2, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("was", "now", "is_told"),
    [
        (None, BOOKED, True),
        (None, replace(BOOKED, status=Status.PENDING), False),
        (BOOKED, MOVED, True),
        (BOOKED, changed(end=at("11:00")), True),
        (BOOKED, changed(arrived_at=NOW), False),
        (BOOKED, changed(status=Status.COMPLETED), False),
        (BOOKED, changed(status=Status.NO_SHOW), True),
        (BOOKED, changed(status=Status.CANCELLED), True),
        (BOOKED, changed(notes="x-rays"), False),
    ],
)
def test_a_deed_knows_whether_clients_hear_of_it(
    was: Appointment | None, now: Appointment, is_told: bool
) -> None:
    deeds = Deeds()
    record(deeds, was, now)
    deed = deeds.latest_first[0]
    assert deed.is_told is is_told
    assert not deed.has_left(Telling(), NOW + GRACE - timedelta(seconds=1))
    assert deed.has_left(Telling(), NOW + GRACE) is is_told


def test_messages_about_a_deed_wait_until_quiet_hours_are_over() -> None:
    deeds = Deeds()
    record(deeds, BOOKED, replace(MOVED, start=at("11:00") + timedelta(days=1)))
    quiet = QuietHours(time(8), time(8, 50))
    rules = replace(DeskRules(), messages=MessageTimes(quiet=quiet))
    deed = deeds.latest_first[0]
    assert deed.leaves_at(Telling(rules)) == NOW + timedelta(minutes=50)
    late = replace(rules, messages=MessageTimes(quiet=replace(quiet, end=time(22))))
    # The client still expects the visit of this morning.
    assert deed.leaves_at(Telling(late)) == NOW + GRACE


def test_the_list_says_when_clients_hear_of_a_deed(qapp: QApplication) -> None:
    deeds = Deeds()
    later = BOOKED.start + timedelta(days=2)
    record(deeds, None, replace(BOOKED, start=later))
    quiet = QuietHours(time(8), time(20))
    night = Telling(DeskRules(messages=MessageTimes(quiet=quiet)))
    model = DeedsModel(deeds)
    for telling, words in (
        (Telling(), "nobody told yet, for another 3:00"),
        (night, "nobody told before Today, 21:00"),
    ):
        model.show(BERLIN, telling, NOW)
        assert words in model.index(0).data(DetailRole)


def test_an_older_deed_follows_to_the_version_that_stands_there_again() -> None:
    deeds = Deeds()
    record(deeds, None, BOOKED)
    record(deeds, BOOKED, MOVED)
    latest = deeds.latest()
    assert latest is not None
    deeds.set_state(latest.number, State.UNDONE, NOW)
    deeds.follow(latest.undone, (replace(BOOKED, version=3),))
    booking = deeds.latest()
    assert booking is not None
    way_back = booking.undone[0]
    assert (way_back.version, way_back.since, way_back.before) == (3, 1, None)


LINK = {"meeting_link": "https://video.example/1"}


def test_a_link_that_comes_does_not_keep_a_deed_from_being_undone() -> None:
    deeds = Deeds()
    record(deeds, None, BOOKED)
    deeds.see(replace(BOOKED, version=2, **LINK))
    record(deeds, replace(BOOKED, version=2, **LINK), replace(MOVED, version=3))
    deeds.see(replace(MOVED, version=5, **LINK))
    moved, booked = (deed.undone[0] for deed in deeds.latest_first)
    assert (moved.version, moved.since) == (5, 3)
    assert (booked.version, booked.since) == (2, 1)


def test_whatever_else_somebody_changed_keeps_a_deed_from_being_undone() -> None:
    deeds = Deeds()
    record(deeds, None, BOOKED)
    deeds.see(changed(notes="x-rays"))
    deeds.see(replace(visit("12:00"), appointment_id=99, version=7))
    deeds.see(replace(BOOKED, version=1))
    assert deeds.latest_first[0].undone[0].version == 1


def test_only_the_latest_deed_stands_by_an_appointment() -> None:
    deeds = Deeds()
    record(deeds, None, BOOKED)
    record(deeds, BOOKED, MOVED)
    record(deeds, MOVED, replace(BOOKED, version=3))
    deeds.see(replace(BOOKED, version=4, **LINK))
    versions = [deed.undone[0].version for deed in deeds.latest_first]
    assert versions == [4, 2, 1]


def test_a_deed_on_something_else_is_left_as_it_is() -> None:
    deeds = Deeds()
    other = visit("15:00")
    record(deeds, None, other)
    record(deeds, BOOKED, MOVED)
    deeds.follow((undone(BOOKED, MOVED),), (replace(BOOKED, version=3),))
    assert deeds.latest_first[1].undone == (undone(None, other),)


def test_what_was_undone_or_cannot_be_is_passed_over() -> None:
    deeds = Deeds()
    for _ in range(3):
        record(deeds, None, visit("09:00"))
    newest, second, oldest = deeds.latest_first
    deeds.set_state(newest.number, State.UNDONE, NOW)
    deeds.set_state(second.number, State.CHANGED)
    assert deeds.latest() == oldest


def test_only_the_last_are_kept() -> None:
    deeds = Deeds()
    for _ in range(MOST + 5):
        record(deeds, None, visit("09:00"))
    assert len(deeds.latest_first) == MOST
    assert deeds.latest_first[0].number == MOST + 5


def test_the_next_person_undoes_nothing_of_the_one_before() -> None:
    deeds = Deeds()
    record(deeds, None, BOOKED)
    deeds.clear()
    assert deeds.latest() is None
