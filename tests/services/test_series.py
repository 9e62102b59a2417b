"""Series: looked at without locks, booked all together or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from desk_app.domain.appointment import Override, Status
from desk_app.domain.deeds import CancelAllRequest, Move, MoveAllRequest, Seen
from desk_app.domain.deeds import SeriesRequest as Request
from desk_app.domain.holds import HoldRequest
from desk_app.domain.recurrence import Repetition
from desk_app.domain.series import SeriesWish, ShiftWish
from desk_app.errors import DatesTaken, Invalid, KeyReused, NotFound
from desk_app.services.holding import Holding
from desk_app.services.series import Series
from tests import factories
from tests.desks import Desks
from tests.factories import TOMORROW, minutes, rows

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.db.session import Sessions
    from desk_app.domain.series import Planned
    from desk_app.services.booking import Booking
    from desk_app.services.clients import Clients
    from desk_app.services.diary import Diary
    from tests.factories import Practice

WEEK = timedelta(weeks=1)


@pytest.fixture
def series(sessions: Sessions) -> Series:
    """The series, at a fixed time."""
    return Series(sessions, factories.clock)


def weekly(practice: Practice, times: int = 4, **changes: Any) -> SeriesWish:
    """Wish for the same time every week from tomorrow on."""
    wish = SeriesWish(
        practice.provider_id,
        practice.service_id,
        practice.at(9, 40),
        Repetition(1, times=times),
    )
    return replace(wish, **changes)


def request(practice: Practice, *starts: datetime, **changes: Any) -> Request:
    """Ask for these starts."""
    asked = Request(
        uuid4(),
        practice.provider_id,
        practice.service_id,
        starts,
        client_id=practice.client_id,
    )
    return replace(asked, **changes)


def starts_of(practice: Practice, times: int = 4) -> list[datetime]:
    """Return tomorrow at 9:40 and the same time of the weeks after it."""
    days = [TOMORROW + number * WEEK for number in range(times)]
    return [practice.at(9, 40, day) for day in days]


def readings(planned: tuple[Planned, ...]) -> list[str]:
    """Say of each date what speaks against it."""
    return [each.against[0].policy if each.against else "free" for each in planned]


def test_all_dates_are_looked_at_first(
    series: Series, booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booking.book(practice.request_at(starts_of(practice)[1]))
    away = TOMORROW + 2 * WEEK
    factories.override(sessions, practice.provider_id, date=away)
    planned = series.plan(weekly(practice))
    assert readings(planned) == ["free", "busy", "blocked", "free"]
    assert [each.start for each in planned] == starts_of(practice)


def test_a_clash_comes_with_three_free_times_of_the_same_day(
    series: Series, booking: Booking, practice: Practice
) -> None:
    taken = starts_of(practice)[1]
    booking.book(practice.request_at(taken))
    clash = series.plan(weekly(practice))[1]
    found = [opening.start for opening in clash.alternatives]
    assert found == [taken - minutes(40), taken + minutes(40), taken + minutes(80)]


def test_a_day_without_free_times_leads_to_days_near_it(
    series: Series, practice: Practice, sessions: Sessions
) -> None:
    factories.override(sessions, practice.provider_id, date=TOMORROW + WEEK)
    clash = series.plan(weekly(practice))[1]
    found = [opening.start for opening in clash.alternatives]
    before, after = (TOMORROW + timedelta(days=days) for days in (6, 8))
    same_clock = [practice.at(9, 40, before), practice.at(9, 40, after)]
    assert found == sorted([*same_clock, practice.at(9, 0, before)])


def test_dates_past_the_day_limit_say_so(
    series: Series, practice: Practice, sessions: Sessions
) -> None:
    rows(sessions, "UPDATE service SET max_advance_days = 14")
    assert readings(series.plan(weekly(practice))) == [
        "free",
        "free",
        "day_limit",
        "day_limit",
    ]


def test_a_time_that_does_not_exist_offers_others(
    series: Series, practice: Practice, sessions: Sessions
) -> None:
    factories.hours(sessions, practice.provider_id, time(0), time(6))
    first = practice.at(2, 0, date(2026, 3, 22))
    planned = series.plan(weekly(practice, first=first, times=2))
    assert (planned[1].day, planned[1].start) == (date(2026, 3, 29), None)
    assert not planned[1].is_free
    assert planned[1].alternatives


def test_a_free_plan_can_be_booked(
    series: Series, diary: Diary, practice: Practice
) -> None:
    planned = series.plan(weekly(practice, client_id=practice.client_id))
    asked = request(practice, *(each.start for each in planned if each.start))
    booked = series.book(replace(asked, notes=" back pain "))
    assert [each.start for each in booked] == starts_of(practice)
    assert {each.series_id for each in booked} == {asked.idempotency_key}
    assert {each.notes for each in booked} == {"back pain"}
    assert diary.series(asked.idempotency_key) == booked


def test_the_wall_clock_stays_over_the_clock_change(
    series: Series, practice: Practice
) -> None:
    booked = series.book(request(practice, *starts_of(practice)))
    hours = [each.start.hour for each in booked]
    assert hours == [8, 8, 8, 8]
    later = series.plan(weekly(practice, times=5))[-1].start
    assert later is not None
    assert later.hour == 7


def test_a_clash_refuses_all_and_names_the_dates(
    series: Series, booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    starts = starts_of(practice)
    booking.book(practice.request_at(starts[1]))
    booking.book(practice.request_at(starts[3]))
    with pytest.raises(DatesTaken) as clash:
        series.book(request(practice, *starts))
    assert list(clash.value.starts) == [starts[1], starts[3]]
    assert rows(sessions, "SELECT count(*) FROM appointment") == [(2,)]


def test_a_retry_books_once(
    series: Series, practice: Practice, sessions: Sessions
) -> None:
    asked = request(practice, *starts_of(practice))
    assert series.book(asked) == series.book(asked)
    rows(sessions, "DELETE FROM idempotency_key")
    assert len(series.book(asked)) == 4
    assert rows(sessions, "SELECT count(*) FROM appointment") == [(4,)]


def test_a_key_is_for_one_series_only(series: Series, practice: Practice) -> None:
    asked = request(practice, *starts_of(practice))
    series.book(asked)
    with pytest.raises(KeyReused):
        series.book(replace(asked, notes="another"))


def test_a_new_client_is_entered_once(
    series: Series, clients: Clients, practice: Practice
) -> None:
    new = factories.new_client()
    asked = request(practice, *starts_of(practice), client_id=None, new_client=new)
    booked = series.book(asked)
    assert {each.client_name for each in booked} == {"Berta Maß"}
    assert len(clients.find("Berta Maß")) == 1


def test_a_clash_enters_no_client(
    series: Series, booking: Booking, clients: Clients, practice: Practice
) -> None:
    booking.book(practice.request_at(starts_of(practice)[2]))
    new = factories.new_client()
    asked = request(practice, *starts_of(practice), client_id=None, new_client=new)
    with pytest.raises(DatesTaken):
        series.book(asked)
    assert clients.find("Berta Maß") == ()


def test_an_override_is_written_where_it_is_needed(
    series: Series, practice: Practice, sessions: Sessions
) -> None:
    rows(sessions, "UPDATE service SET max_advance_days = 7")
    asked = request(practice, *starts_of(practice))
    with pytest.raises(DatesTaken):
        series.book(asked)
    aside = Override(("day_limit",), "a course of eight")
    booked = series.book(replace(asked, override=aside))
    within, beyond = {*booked[:1]}, booked[1:]
    assert {each.overridden for each in within} == {()}
    assert {each.overridden for each in beyond} == {("day_limit",)}
    assert beyond[0].override_reason == "a course of eight"


def test_the_hold_of_the_dialog_does_not_stand_in_its_own_way(
    series: Series, practice: Practice, sessions: Sessions
) -> None:
    start = starts_of(practice)[0]
    own, end = uuid4(), start + minutes(40)
    holding = Holding(sessions)
    assert holding.hold(HoldRequest(own, practice.provider_id, start, end))
    series.book(request(practice, *starts_of(practice), hold_id=own))
    assert rows(sessions, "SELECT count(*) FROM slot_hold") == [(0,)]


@pytest.mark.parametrize("starts", [0, 53])
def test_a_series_has_one_to_52_dates(
    series: Series, practice: Practice, starts: int
) -> None:
    with pytest.raises(Invalid):
        series.book(request(practice, *starts_of(practice, starts)))


def test_dates_that_overlap_each_other_are_refused(
    series: Series, practice: Practice
) -> None:
    start = practice.at(9)
    with pytest.raises(Invalid):
        series.book(request(practice, start, start + minutes(10)))


def test_what_is_not_offered_is_not_found(series: Series, practice: Practice) -> None:
    with pytest.raises(NotFound):
        series.plan(weekly(practice, service_id=0))


def test_every_date_has_its_own_calendar_entry_and_reminders(
    series: Series, practice: Practice, sessions: Sessions
) -> None:
    series.book(request(practice, *starts_of(practice, 3)))
    found = rows(
        sessions,
        "SELECT kind, count(DISTINCT appointment_id) FROM outbox GROUP BY kind",
    )
    counts = dict(found)
    assert counts["calendar_push"] == counts["confirmation"] == 3
    # The first date is tomorrow: too near for the reminder of two days ahead.
    assert (counts["reminder_48h"], counts["reminder_1h"]) == (2, 3)


def test_receptionists_and_the_provider_book_series(database_url: str) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        reception = Series(desks.receptionist(), factories.clock)
        starts = starts_of(practice)
        assert len(reception.book(request(practice, *starts))) == 4
        own = Series(desks.provider(practice.provider_id), factories.clock)
        later = [start + minutes(40) for start in starts]
        booked = own.book(request(practice, *later))
        assert own.following(booked[1]) == booked[1:]


# -- one, or all that follow


def test_what_follows_leaves_out_what_came_before_and_what_is_cancelled(
    series: Series, booking: Booking, practice: Practice
) -> None:
    booked = series.book(request(practice, *starts_of(practice)))
    booking.cancel(factories.cancellation(booked[2]))
    assert series.following(booked[1]) == (booked[1], booked[3])


def test_an_appointment_of_no_series_follows_itself(
    series: Series, booking: Booking, practice: Practice
) -> None:
    alone = booking.book(practice.request(9))
    assert series.following(alone) == (alone,)


def test_all_that_follow_move_by_the_same_days_and_clock(
    series: Series, booking: Booking, practice: Practice
) -> None:
    booked = series.book(request(practice, *starts_of(practice, 5)))
    first = practice.at(11, 0, TOMORROW + WEEK + timedelta(days=1))
    wish = ShiftWish(booked[1].appointment_id, practice.provider_id, first)
    planned = series.plan_shift(wish)
    assert [each.appointment for each in planned] == list(booked[1:])
    assert readings(planned) == ["free"] * 4
    moved = booking.move_all(_moves(planned, practice))
    days = [TOMORROW + number * WEEK + timedelta(days=1) for number in range(1, 5)]
    assert [each.start for each in moved] == [practice.at(11, 0, day) for day in days]


def test_their_own_times_are_free_for_those_that_move(
    series: Series, practice: Practice
) -> None:
    booked = series.book(request(practice, *starts_of(practice)))
    first = booked[0].start + WEEK
    wish = ShiftWish(booked[0].appointment_id, practice.provider_id, first)
    assert readings(series.plan_shift(wish)) == ["free"] * 4


def test_a_clash_on_the_way_is_shown_before_anything_moves(
    series: Series, booking: Booking, practice: Practice
) -> None:
    booked = series.book(request(practice, *starts_of(practice)))
    booking.book(practice.request_at(booked[2].start + minutes(40)))
    first = booked[0].start + minutes(40)
    wish = ShiftWish(booked[0].appointment_id, practice.provider_id, first)
    planned = series.plan_shift(wish)
    assert readings(planned) == ["free", "free", "busy", "free"]
    # Their own old times are among what is near.
    near = [opening.start for opening in planned[2].alternatives]
    assert booked[2].start in near


def test_all_that_follow_are_cancelled_together(
    series: Series, booking: Booking, practice: Practice
) -> None:
    booked = series.book(request(practice, *starts_of(practice)))
    seen = tuple(
        Seen(each.appointment_id, each.version) for each in series.following(booked[1])
    )
    gone = booking.cancel_all(CancelAllRequest(uuid4(), seen, "moved away"))
    assert {each.status for each in gone} == {Status.CANCELLED}
    assert series.following(booked[0]) == (booked[0],)


def _moves(planned: tuple[Planned, ...], practice: Practice) -> MoveAllRequest:
    moves = tuple(
        Move(
            each.appointment.appointment_id,
            each.appointment.version,
            practice.provider_id,
            each.start,
        )
        for each in planned
        if each.appointment and each.start
    )
    return MoveAllRequest(uuid4(), moves)
