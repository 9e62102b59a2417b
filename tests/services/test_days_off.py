"""Days that are not the usual ones: a range in one step, never what is outside's."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.overrides import DaysRequest, Kind
from desk_app.domain.schedule import LocalWindow
from desk_app.errors import Invalid, NotAllowed, Strands
from desk_app.services.overrides import Overrides, RemoveRequest, YearWanted
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.services.diary import Diary
    from tests.factories import Practice

TOMORROW = factories.TOMORROW
A_DAY = timedelta(days=1)
EVENING = (LocalWindow(time(17), time(20)),)
ENTERED = "SELECT count(*) FROM availability_override WHERE source = 'MANUAL'"


@pytest.fixture
def overrides(sessions: Sessions) -> Overrides:
    return Overrides(sessions, factories.clock)


def wish(
    practice: Practice, kind: Kind = Kind.AWAY, days: int = 1, windows=(), **more
) -> DaysRequest:
    last = TOMORROW + (days - 1) * A_DAY
    return DaysRequest(practice.provider_id, TOMORROW, last, kind, windows, **more)


def open_hours(diary: Diary, practice: Practice, day: date = TOMORROW):
    """Return when a day is open, as hours of the clock."""
    column = diary.days(day, 1, [practice.provider_id])[0]
    start = practice.at(0, day=day)
    hour = timedelta(hours=1)
    return [
        ((w.start - start) / hour, (w.end - start) / hour) for w in column.open_windows
    ]


def test_two_weeks_of_vacation_are_one_step_and_taken_back_in_one(
    overrides: Overrides, diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    vacation = wish(practice, days=14, reason="Vacation")
    assert len(overrides.change(vacation)) == 14
    overrides.change(vacation)
    assert factories.rows(sessions, ENTERED) == [(14,)]
    assert open_hours(diary, practice, TOMORROW + 13 * A_DAY) == []
    overrides.change(wish(practice, Kind.USUAL, days=14))
    assert open_hours(diary, practice) == [(9, 17)]


def test_other_hours_are_the_only_ones_and_extra_ones_come_on_top(
    overrides: Overrides, diary: Diary, practice: Practice
) -> None:
    overrides.change(wish(practice, Kind.EXTRA, windows=EVENING))
    assert open_hours(diary, practice) == [(9, 20)]
    overrides.change(wish(practice, Kind.OTHER, windows=EVENING))
    assert open_hours(diary, practice) == [(17, 20)]


def test_what_an_outside_calendar_blocks_stays(
    overrides: Overrides, diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    values = {"start_time": time(12), "end_time": time(13), "source": "GOOGLE"}
    number = factories.override(sessions, practice.provider_id, **values)
    overrides.change(wish(practice, Kind.USUAL))
    assert open_hours(diary, practice) == [(9, 12), (13, 17)]
    with pytest.raises(NotAllowed):
        overrides.remove(RemoveRequest(number))


def test_nobody_is_stranded_silently(
    overrides: Overrides, practice: Practice, booked: Appointment, sessions: Sessions
) -> None:
    with pytest.raises(Strands) as caught:
        overrides.change(wish(practice, days=14))
    assert caught.value.appointments == (booked,)
    assert factories.rows(sessions, ENTERED) == [(0,)]


def test_extra_time_goes_again(
    overrides: Overrides, diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    overrides.change(wish(practice, Kind.EXTRA, windows=EVENING))
    found = factories.rows(sessions, "SELECT override_id FROM availability_override")
    overrides.remove(RemoveRequest(found[0][0]))
    overrides.remove(RemoveRequest(found[0][0]))
    assert open_hours(diary, practice) == [(9, 17)]


@pytest.mark.parametrize(
    ("kind", "days", "windows"),
    [
        (Kind.AWAY, 0, ()),
        (Kind.AWAY, 400, ()),
        (Kind.OTHER, 1, ()),
        (Kind.EXTRA, 1, (LocalWindow(time(12), time(9)),)),
    ],
)
def test_what_makes_no_sense_is_refused(
    overrides: Overrides, practice: Practice, kind: Kind, days: int, windows
) -> None:
    with pytest.raises(Invalid):
        overrides.change(wish(practice, kind, days, windows))


def test_a_year_shows_what_is_unusual(overrides: Overrides, practice: Practice) -> None:
    overrides.change(wish(practice, days=2, reason="Congress"))
    year = overrides.year(YearWanted(practice.provider_id, 2026))
    assert len(year) == 365
    unusual = [look for look in year if look.has_block]
    assert [look.day for look in unusual] == [TOMORROW, TOMORROW + A_DAY]
    assert unusual[0].is_away
    assert unusual[0].reasons == ("Congress",)
    assert (year[0].minutes, year[0].usual) == (480, 480)


def test_providers_change_their_own_days_only(database_url: str) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        other = factories.provider(desks.owner, name="Dr Brandt")
        own = Overrides(desks.provider(practice.provider_id), factories.clock)
        own.change(wish(practice))
        with pytest.raises(NotAllowed):
            own.change(DaysRequest(other, TOMORROW, TOMORROW, Kind.AWAY))
        at_desk = Overrides(desks.receptionist(), factories.clock)
        at_desk.change(DaysRequest(other, TOMORROW, TOMORROW, Kind.AWAY))
