"""Reading the schedule: the catalogue, the days of the grid, one appointment."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.interval import Interval
from desk_app.errors import Invalid
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from desk_app.services.diary import Diary
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
