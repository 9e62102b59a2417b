"""Free times over providers, services and days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from desk_app.services.diary import OpeningQuery
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from desk_app.services.diary import Diary
    from tests.factories import Practice


def query(practice: Practice, days: int = 1, limit: int | None = None) -> OpeningQuery:
    """Ask for the practice's service from tomorrow."""
    return OpeningQuery((practice.service_id,), factories.TOMORROW, days, limit)


def test_a_free_day_has_all_its_slots(diary: Diary, practice: Practice) -> None:
    starts = [opening.start for opening in diary.openings(query(practice))]
    first = practice.at(9)
    assert starts == [first + factories.minutes(40) * slot for slot in range(12)]


def test_a_booked_slot_is_not_offered(
    booking: Booking, diary: Diary, practice: Practice
) -> None:
    booked = booking.book(practice.request(10, 20))
    starts = [opening.start for opening in diary.openings(query(practice))]
    assert len(starts) == 11
    assert booked.start not in starts


def test_openings_of_all_come_in_order_of_time_up_to_the_limit(
    diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    other = factories.provider(sessions, timezone="Europe/London")
    factories.hours(sessions, other)
    service = factories.service(sessions, other)
    both = OpeningQuery((service, practice.service_id), factories.TOMORROW, 9, 30)
    openings = diary.openings(both)
    assert len(openings) == 30
    assert list(openings) == sorted(openings)
    assert {opening.provider_id for opening in openings} == {
        other,
        practice.provider_id,
    }


def test_past_times_and_days_are_not_offered(diary: Diary, practice: Practice) -> None:
    long_ago = OpeningQuery((practice.service_id,), date(2020, 1, 1), 10_000)
    openings = diary.openings(long_ago)
    assert openings[0].start == practice.at(9, day=factories.TODAY)
    last = factories.TODAY + timedelta(days=90)
    assert openings[-1].start == practice.at(16, 20, day=last)


def test_a_query_without_services_or_days_finds_nothing(
    diary: Diary, practice: Practice
) -> None:
    assert diary.openings(OpeningQuery((), factories.TODAY, 9)) == ()
    assert diary.openings(OpeningQuery((99_999,), factories.TODAY, 9)) == ()
    assert diary.openings(query(practice, days=0)) == ()
    assert diary.openings(OpeningQuery((practice.service_id,), date.max, 9)) == ()


def test_what_is_not_active_is_not_offered(
    diary: Diary, practice: Practice, sessions: Sessions
) -> None:
    factories.rows(sessions, "UPDATE provider SET is_active = false")
    assert diary.openings(query(practice)) == ()
