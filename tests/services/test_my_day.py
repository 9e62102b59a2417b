"""A provider's day: who waits when it runs late, and where all go who cannot come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.appointment import Override
from desk_app.domain.blocking import Absence, BlockRequest
from desk_app.domain.deeds import Before, Move, MoveAllRequest, Undone, UndoRequest
from desk_app.domain.running_late import delays
from desk_app.errors import NotFound
from desk_app.services.booking import Booking
from desk_app.services.diary import Diary
from desk_app.services.my_day import MyDay
from desk_app.services.schedule_blocks import ScheduleBlocks
from tests import factories
from tests.desks import Desks
from tests.factories import TOMORROW, minutes, rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice

NEXT = TOMORROW + timedelta(days=1)


@pytest.fixture
def my_day(sessions: Sessions, diary: Diary) -> MyDay:
    """The day, at a fixed time."""
    return MyDay(sessions, diary, factories.clock)


@pytest.fixture
def morning(booking: Booking, practice: Practice) -> list[Appointment]:
    """Three back to back from nine on."""
    starts = [practice.at(9), practice.at(9, 40), practice.at(10, 20)]
    return [booking.book(practice.request_at(start)) for start in starts]


def test_a_delay_moves_together_and_tells_each_once(
    my_day: MyDay,
    booking: Booking,
    practice: Practice,
    morning: list[Appointment],
    sessions: Sessions,
) -> None:
    column = my_day.day(practice.provider_id, TOMORROW)
    found = delays(column, 15, practice.at(9, 10))
    moves = tuple(
        Move(
            each.appointment.appointment_id,
            each.appointment.version,
            practice.provider_id,
            each.start,
        )
        for each in found
        if each.start
    )
    aside = Override(("not_aligned", "runs_over"), "Running late")
    after = booking.move_all(MoveAllRequest(uuid4(), moves, aside))
    assert [each.start for each in after] == [
        practice.at(9, 45),
        practice.at(10, 25),
    ]
    told = "SELECT count(*) FROM outbox WHERE kind = 'change_notice'"
    assert rows(sessions, f"{told} AND state = 'WAITING'") == [(2,)]
    back = tuple(
        Undone(now.appointment_id, now.version, Before.of(was))
        for was, now in zip(morning[1:], after, strict=True)
    )
    undone = booking.undo(UndoRequest(uuid4(), back))
    assert [each.start for each in undone] == [each.start for each in morning[1:]]
    assert rows(sessions, f"{told} AND state = 'WAITING'") == [(0,)]


def test_everybody_of_an_ill_day_gets_another_time(
    my_day: MyDay, practice: Practice, morning: list[Appointment], sessions: Sessions
) -> None:
    start = practice.at(0)
    end = start + timedelta(days=1)
    seen = tuple(each.appointment_id for each in morning)
    ill = BlockRequest(practice.provider_id, start, end, "Ill", seen)
    ScheduleBlocks(sessions).block(ill)
    found = my_day.rebook(Absence(practice.provider_id, start))
    assert [each.appointment for each in found] == morning
    best = [each.openings[0].start for each in found]
    assert best == [each.start + timedelta(days=1) for each in morning]
    assert all(len(each.openings) == 3 for each in found)


def test_others_who_offer_the_same_stand_in_on_the_same_day(
    my_day: MyDay, practice: Practice, morning: list[Appointment], sessions: Sessions
) -> None:
    other = factories.provider(sessions, name="Dr Other")
    factories.hours(sessions, other)
    factories.service(sessions, other)
    factories.override(sessions, practice.provider_id, date=NEXT)
    seen = tuple(each.appointment_id for each in morning)
    start, end = practice.at(0), practice.at(0) + timedelta(days=1)
    ill = BlockRequest(practice.provider_id, start, end, "Ill", seen)
    ScheduleBlocks(sessions).block(ill)
    found = my_day.rebook(Absence(practice.provider_id, start))
    assert {each.openings[0].provider_id for each in found} == {other}
    assert [each.openings[0].start for each in found] == [e.start for e in morning]


def test_who_came_before_the_absence_is_left_alone(
    my_day: MyDay, practice: Practice, morning: list[Appointment]
) -> None:
    away = Absence(practice.provider_id, practice.at(9, 10))
    assert [each.appointment for each in my_day.rebook(away)] == morning[1:]


def test_a_provider_is_offered_the_own_diary_only(database_url: str) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        other = factories.provider(desks.owner, name="Dr Other")
        factories.hours(desks.owner, other)
        factories.service(desks.owner, other)
        booking = Booking(desks.owner, factories.clock)
        booking.book(practice.request(9))
        factories.override(desks.owner, practice.provider_id)
        away = Absence(practice.provider_id, practice.at(0), days=1)
        for sessions, found in (
            (desks.provider(practice.provider_id), set()),
            (desks.receptionist(), {other}),
        ):
            my_day = MyDay(sessions, Diary(sessions), factories.clock)
            (proposal,) = my_day.rebook(away)
            assert {each.provider_id for each in proposal.openings} == found


def test_a_provider_who_is_gone_has_no_day(my_day: MyDay, practice: Practice) -> None:
    with pytest.raises(NotFound):
        my_day.day(0, TOMORROW)
    with pytest.raises(NotFound):
        my_day.rebook(Absence(0, practice.at(9) + minutes(1)))
