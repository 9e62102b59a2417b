"""Reading the schedule: the catalogue, the days of the grid, one appointment."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo

from desk_app.db.session import open_sessions
from desk_app.domain.interval import Interval
from desk_app.domain.staff import NewStaff, Role
from desk_app.errors import Invalid
from desk_app.services.diary import Diary
from desk_app.services.staff import StaffList
from tests import factories, postgres

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice


def test_the_catalogue_holds_what_is_active(
    diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    factories.setting(sessions, "practice_name", "Praxis am Park")
    left = factories.provider(sessions, name="Dr Gone", is_active=False)
    factories.service(sessions, left, name="Gone with the doctor")
    factories.service(sessions, practice.provider_id, name="Gone", is_active=False)
    catalogue = diary.catalogue()
    assert (catalogue.practice_name, catalogue.country) == ("Praxis am Park", "DE")
    assert [provider.name for provider in catalogue.providers] == ["Dr Weber"]
    assert [service.name for service in catalogue.services] == ["Check-up"]


def test_a_practice_without_settings_has_a_catalogue(diary: Diary) -> None:
    catalogue = diary.catalogue()
    assert (catalogue.practice_name, catalogue.timezone) == ("", "UTC")


def test_the_catalogue_names_the_people_of_the_practice(
    diary: Diary, sessions: Sessions
) -> None:
    StaffList(sessions).add(
        NewStaff("jonas", "Jonas Krüger", Role.RECEPTIONIST, postgres.PASSWORD)
    )
    catalogue = diary.catalogue()
    assert catalogue.name_of("jonas") == "Jonas Krüger"
    assert catalogue.name_of("nobody") == "nobody"


@pytest.mark.parametrize(
    ("value", "minutes"), [(25, 25), (0, 0), (-1, 10), ("soon", 10), (True, 10)]
)
def test_a_practice_says_when_its_desks_lock_themselves(
    diary: Diary, sessions: Sessions, value: object, minutes: int
) -> None:
    assert diary.catalogue().lock_minutes == 10
    factories.setting(sessions, "lock_minutes", value)
    assert diary.catalogue().lock_minutes == minutes


@pytest.mark.parametrize(
    ("reads_all", "names"), [(True, ["Dr Weber", "Dr Lang"]), (False, ["Dr Weber"])]
)
def test_providers_find_themselves_first_or_alone(
    database_url: str, *, reads_all: bool, names: list[str]
) -> None:
    with closing(open_sessions(database_url)) as sessions:
        own = factories.provider(sessions, name="Dr Weber")
        other = factories.provider(sessions, name="Dr Lang")
        for number in (own, other):
            factories.service(sessions, number)
        factories.setting(sessions, "providers_read_all", reads_all)
        new = NewStaff("weber", "Dr Weber", Role.PROVIDER, postgres.PASSWORD, own)
        StaffList(sessions).add(new)
    url = conninfo.make_conninfo(database_url, user="weber", password=postgres.PASSWORD)
    with closing(open_sessions(url)) as sessions:
        catalogue = Diary(sessions).catalogue()
    assert [provider.name for provider in catalogue.providers] == names
    assert len(catalogue.services) == len(names)


def test_days_come_by_provider_as_given_then_by_day(
    diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    other = factories.provider(sessions, timezone="America/New_York")
    wanted = [other, practice.provider_id, 99_999]
    days = diary.days(factories.TODAY, 2, wanted)
    assert [(day.provider.provider_id, day.day) for day in days] == [
        (other, factories.TODAY),
        (other, factories.TOMORROW),
        (practice.provider_id, factories.TODAY),
        (practice.provider_id, factories.TOMORROW),
    ]


def test_a_day_has_hours_blocks_and_visits_but_nothing_cancelled(
    booking: Booking, diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    at = practice.at
    end = time(14)
    factories.override(
        sessions, practice.provider_id, start_time=time(13), end_time=end
    )
    booked = booking.book(practice.request(10, 20))
    gone = booking.book(practice.request(9))
    booking.cancel(factories.cancellation(gone))
    (day,) = diary.days(factories.TOMORROW, 1, [practice.provider_id])
    assert day.open_windows == (Interval(at(9), at(13)), Interval(at(14), at(17)))
    assert [block.span for block in day.blocks] == [Interval(at(13), at(14))]
    assert day.appointments == (booked,)
    assert day.version == 3


def test_a_visit_busy_past_midnight_stands_in_both_days(
    sessions: Sessions, diary: Diary, booking: Booking, practice: Practice
) -> None:
    factories.hours(sessions, practice.provider_id, time(23, 30), time(0))
    booking.book(practice.request(23, 30))
    days = diary.days(factories.TOMORROW, 2, [practice.provider_id])
    assert [len(day.appointments) for day in days] == [1, 1]


def test_the_day_of_a_clock_change_has_its_true_hours(
    sessions: Sessions, diary: Diary, practice: Practice
) -> None:
    factories.hours(sessions, practice.provider_id, time(1), time(4))
    (day,) = diary.days(date(2026, 3, 29), 1, [practice.provider_id])
    assert day.open_windows[0].length == timedelta(hours=2)


def test_outside_events_block_exactly(
    sessions: Sessions, diary: Diary, practice: Practice
) -> None:
    span = Interval(
        datetime(2026, 3, 3, 9, 7, tzinfo=UTC), datetime(2026, 3, 3, 9, 23, tzinfo=UTC)
    )
    factories.override(
        sessions,
        practice.provider_id,
        source="GOOGLE",
        starts_at=span.start,
        ends_at=span.end,
    )
    (day,) = diary.days(factories.TOMORROW, 1, [practice.provider_id])
    assert [block.span for block in day.blocks] == [span]


def test_nothing_asked_is_nothing_read(diary: Diary, practice: Practice) -> None:
    assert diary.days(factories.TODAY, 0, [practice.provider_id]) == ()
    assert diary.days(factories.TODAY, 1, []) == ()
    assert diary.get(99_999_999) is None


def test_a_day_outside_the_schedules_years_is_invalid(
    diary: Diary, practice: Practice
) -> None:
    with pytest.raises(Invalid):
        diary.days(date(1999, 12, 31), 1, [practice.provider_id])
    with pytest.raises(Invalid):
        diary.days(date.max, 2, [practice.provider_id])
