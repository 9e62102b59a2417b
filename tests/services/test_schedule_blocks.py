"""Blocks by hand: seen before they are made, safe from bookings, opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.blocking import BlockRequest, from_now, until_end_of_day
from desk_app.errors import Invalid, NotAllowed, NotFound, Refused
from desk_app.services.schedule_blocks import ScheduleBlocks
from tests import factories
from tests.desks import Desks
from tests.factories import NOW, TODAY, TOMORROW, minutes, rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from desk_app.services.diary import Diary
    from tests.factories import Practice


@pytest.fixture
def blocks(sessions: Sessions) -> ScheduleBlocks:
    """The blocks."""
    return ScheduleBlocks(sessions)


def noon(practice: Practice) -> BlockRequest:
    """Block tomorrow from twelve to one."""
    start, end = practice.at(12), practice.at(13)
    return BlockRequest(practice.provider_id, start, end, " Team  meeting ")


def test_a_block_closes_its_time_for_bookings(
    blocks: ScheduleBlocks, booking: Booking, diary: Diary, practice: Practice
) -> None:
    made = blocks.block(noon(practice))
    (column,) = diary.days(TOMORROW, 1, [practice.provider_id])
    assert column.blocks == (made,)
    assert made.reason == "Team meeting"
    with pytest.raises(Refused, match="12:00 to 13:00"):
        booking.book(practice.request(12, 20))


def test_appointments_in_it_have_to_be_seen_first(
    blocks: ScheduleBlocks, booking: Booking, practice: Practice
) -> None:
    booked = booking.book(practice.request(12, 20))
    asked = noon(practice)
    assert blocks.lying_in(asked) == (booked,)
    with pytest.raises(Refused):
        blocks.block(asked)
    blocks.block(replace(asked, accepted=(booked.appointment_id,)))


def test_the_buffer_of_what_ends_before_does_not_matter(
    blocks: ScheduleBlocks, booking: Booking, practice: Practice
) -> None:
    booking.book(practice.request(11, 40, length_minutes=20))
    assert blocks.lying_in(noon(practice)) == ()


def test_a_block_that_is_opened_can_be_booked(
    blocks: ScheduleBlocks, booking: Booking, practice: Practice
) -> None:
    made = blocks.block(noon(practice))
    blocks.unblock(made.override_id)
    blocks.unblock(made.override_id)
    assert booking.book(practice.request(12, 20)).start == practice.at(12, 20)


def test_a_retry_blocks_once(
    blocks: ScheduleBlocks, practice: Practice, sessions: Sessions
) -> None:
    assert blocks.block(noon(practice)) == blocks.block(noon(practice))
    assert rows(sessions, "SELECT count(*) FROM availability_override") == [(1,)]


def test_a_whole_day_is_blocked_to_its_midnight(
    blocks: ScheduleBlocks, diary: Diary, practice: Practice
) -> None:
    start, end = until_end_of_day(practice.at(0), ZoneInfo(factories.BERLIN))
    blocks.block(BlockRequest(practice.provider_id, start, end, "Ill"))
    (column,) = diary.days(TOMORROW, 1, [practice.provider_id])
    assert column.open_windows == ()
    assert column.blocks[0].span.length == timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end": NOW}, "end"),
        ({"end": NOW + timedelta(days=3)}, "end"),
        ({"reason": "x" * 501}, "reason"),
    ],
)
def test_what_cannot_be_blocked_is_refused(
    blocks: ScheduleBlocks, practice: Practice, changes, field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        blocks.block(replace(noon(practice), **changes))
    assert wrong.value.field == field


def test_nobody_blocks_for_a_provider_who_is_gone(
    blocks: ScheduleBlocks, practice: Practice
) -> None:
    with pytest.raises(NotFound):
        blocks.block(replace(noon(practice), provider_id=0))


def test_from_now_is_whole_minutes_of_the_same_day() -> None:
    zone = ZoneInfo(factories.BERLIN)
    start, end = from_now(NOW + timedelta(seconds=42), 30, zone)
    assert (start, end) == (NOW, NOW + minutes(30))
    _, midnight = from_now(NOW, 9999, zone)
    assert midnight.astimezone(zone).date() == TODAY + timedelta(days=1)


def test_providers_block_their_own_day_only(database_url: str) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        other = factories.provider(desks.owner, name="Dr Other")
        own = ScheduleBlocks(desks.provider(practice.provider_id))
        assert own.block(noon(practice)).reason == "Team meeting"
        with pytest.raises(NotAllowed):
            own.block(replace(noon(practice), provider_id=other))
        reception = ScheduleBlocks(desks.receptionist())
        assert reception.block(replace(noon(practice), provider_id=other))
