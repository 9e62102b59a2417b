"""A month of counts, as each login may read it, in one transaction."""

from __future__ import annotations

from contextlib import closing
from datetime import date, time
from typing import TYPE_CHECKING

from psycopg import conninfo

from desk_app.db import roles
from desk_app.db.session import open_sessions
from desk_app.domain.month import DayCount
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.diary import Diary
from desk_app.services.staff import StaffList
from tests import factories, postgres

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice

TODAY, TOMORROW = factories.TODAY, factories.TOMORROW
DAY = 8 * 60


def test_each_day_says_what_is_booked_and_what_is_open(
    diary: Diary, booking: Booking, practice: Practice
) -> None:
    booking.book(practice.request(9))
    booking.cancel(factories.cancellation(booking.book(practice.request(11))))
    found = diary.month_counts(TODAY, 3, [practice.provider_id, 99_999])
    assert found == (
        DayCount(TODAY, 0, DAY, 0),
        DayCount(TOMORROW, 1, DAY, 40),
        DayCount(date(2026, 3, 4), 0, DAY, 0),
    )


def test_a_blocked_day_is_closed_and_still_counts_who_comes(
    diary: Diary, booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booking.book(practice.request(9))
    factories.override(sessions, practice.provider_id)
    (found,) = diary.month_counts(TOMORROW, 1, [practice.provider_id])
    assert found == DayCount(TOMORROW, 1, 0, 0)
    assert found.is_closed


def test_a_day_is_that_of_the_provider(diary: Diary, sessions: Sessions) -> None:
    practice = factories.open_practice(sessions, "Pacific/Auckland")
    early = {"provider_id": practice.provider_id, "service_id": practice.service_id}
    factories.rows(
        sessions,
        "INSERT INTO appointment (provider_id, service_id, client_id, start_time,"
        " end_time, status) VALUES (:provider_id, :service_id, :client_id, :start,"
        " :end, 'CONFIRMED')",
        **early,
        client_id=practice.client_id,
        start=practice.at(9),
        end=practice.at(10),
    )
    found = diary.month_counts(TODAY, 2, [practice.provider_id])
    assert [each.appointments for each in found] == [0, 1]


def test_the_night_of_a_clock_change_has_its_true_length(
    diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    factories.hours(sessions, practice.provider_id, time(1), time(4))
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    ids = [practice.provider_id]
    minutes = [
        diary.month_counts(day, 1, ids)[0].open_minutes for day in (spring, autumn)
    ]
    assert minutes == [DAY + 120, DAY + 240]


def test_whose_diary_one_may_not_see_is_left_out(
    database_url: str,
) -> None:
    with closing(open_sessions(database_url)) as sessions:
        own = factories.open_practice(sessions)
        other = factories.provider(sessions, name="Dr Lang")
        factories.hours(sessions, other)
        roles.secure_database(database_url)
        new = NewStaff(
            "weber", "Dr Weber", Role.PROVIDER, postgres.PASSWORD, own.provider_id
        )
        StaffList(sessions).add(new)
        asked = (TOMORROW, 1, [own.provider_id, other])
        assert Diary(sessions).month_counts(*asked)[0].open_minutes == 2 * DAY
        url = conninfo.make_conninfo(
            database_url, user="weber", password=postgres.PASSWORD
        )
        with closing(open_sessions(url)) as mine:
            assert Diary(mine).month_counts(*asked)[0].open_minutes == DAY
            factories.setting(sessions, "providers_read_all", True)
            assert Diary(mine).month_counts(*asked)[0].open_minutes == 2 * DAY


def test_nothing_asked_is_nothing_counted(diary: Diary, practice: Practice) -> None:
    assert diary.month_counts(TODAY, 0, [practice.provider_id]) == ()
    assert diary.month_counts(TODAY, 1, []) == (DayCount(TODAY),)
    assert diary.month_counts(date(1999, 12, 1), 3, [practice.provider_id]) == ()
