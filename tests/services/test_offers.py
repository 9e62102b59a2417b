"""Every time that is offered can be booked, and no other minute can."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.errors import Refused, SlotTaken
from desk_app.services.booking import Booking
from desk_app.services.diary import Diary, OpeningQuery
from tests import factories
from tests.factories import minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.factories import Practice

PLAIN = date(2026, 3, 24)
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)
ALIGNMENTS = [
    {"kind": "BACK_TO_BACK"},
    {"kind": "EVERY", "minutes": 15},
    {"kind": "AFTER_LAST"},
]


@pytest.fixture
def night_practice(sessions: Sessions) -> Practice:
    """Open from 0:30 to 5:00 and 6:00 to 7:10, with a break and odd visits."""
    practice = factories.open_practice(sessions)
    number = practice.provider_id
    factories.rows(sessions, "DELETE FROM availability")
    factories.hours(sessions, number, time(0, 30), time(5))
    factories.hours(sessions, number, time(6), time(7, 10))
    for day in (PLAIN, SPRING, AUTUMN):
        start, end = time(3, 20), time(3, 45)
        factories.override(sessions, number, date=day, start_time=start, end_time=end)
    return practice


@pytest.mark.slow
@pytest.mark.parametrize("day", [PLAIN, SPRING, AUTUMN])
@pytest.mark.parametrize("alignment", ALIGNMENTS, ids=lambda given: given["kind"])
def test_what_is_offered_books_and_no_other_minute_does(
    sessions: Sessions,
    night_practice: Practice,
    day: date,
    alignment: dict[str, object],
) -> None:
    midnight = datetime.combine(day, time(), UTC)
    booking = Booking(sessions, lambda: midnight - timedelta(days=2))
    factories.setting(sessions, "slot_alignment", {"kind": "EVERY", "minutes": 5})
    for busy in (night_practice.at(1, 5, day), night_practice.at(6, 20, day)):
        booking.book(night_practice.request_at(busy))
    factories.rows(sessions, "DELETE FROM practice_setting WHERE name LIKE 'slot%'")
    factories.setting(sessions, "slot_alignment", alignment)
    offered = set(_offered(sessions, night_practice, day))
    tried = {*_minutes_tried(night_practice, day)}
    assert offered
    assert offered < tried
    booked = {start for start in tried if _books(booking, night_practice, start)}
    assert booked == offered


def test_what_a_room_is_free_for_books_and_no_other_minute_does(
    sessions: Sessions, night_practice: Practice
) -> None:
    midnight = datetime.combine(PLAIN, time(), UTC)
    booking = Booking(sessions, lambda: midnight - timedelta(days=2))
    other = factories.provider(sessions, name="Dr Ito")
    factories.hours(sessions, other, time(0, 5), time(8))
    service = factories.service(sessions, other)
    there = replace(night_practice, provider_id=other, service_id=service)
    factories.room(sessions, night_practice.service_id, there.service_id)
    factories.setting(sessions, "slot_alignment", {"kind": "EVERY", "minutes": 5})
    for busy in (there.at(1, 5, PLAIN), there.at(4, 40, PLAIN)):
        booking.book(there.request_at(busy))
    offered = set(_offered(sessions, night_practice, PLAIN))
    every_step = {midnight + minutes(count) for count in range(-120, 420, 5)}
    booked = {start for start in every_step if _books(booking, night_practice, start)}
    assert booked == offered
    assert night_practice.at(1, 45, PLAIN) in offered
    assert night_practice.at(1, 10, PLAIN) not in offered


def _offered(sessions: Sessions, practice: Practice, day: date) -> Iterator[datetime]:
    clock = datetime.combine(day - timedelta(days=2), time(), UTC)
    query = OpeningQuery((practice.service_id,), day, 1)
    for opening in Diary(sessions, lambda: clock).openings(query):
        yield opening.start


def _minutes_tried(practice: Practice, day: date) -> Iterator[datetime]:
    """Yield every minute about the hours of the practice, and some of the others."""
    minute = practice.at(0, 0, day)
    while minute <= practice.at(23, 59, day):
        if minute <= practice.at(8, 30, day) or not minute.minute % 30:
            yield minute
        minute += minutes(1)


def _books(booking: Booking, practice: Practice, start: datetime) -> bool:
    """Say whether a start can be booked; leave everything as it was."""
    try:
        booked = booking.book(practice.request_at(start))
    except (Refused, SlotTaken):
        return False
    booking.cancel(factories.cancellation(booked))
    return True
