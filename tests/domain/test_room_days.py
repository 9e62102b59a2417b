"""The day by rooms, and what is heard about rooms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.room_days import room_days
from desk_app.domain.rooms import Room, changed_times
from desk_app.domain.spans import span
from tests.ui.grid.days import DAY, ZONE, provider, provider_day, visit

ROOMS = (Room(1, "Room 1"), Room(2, "Room 2"))
TEN = visit("10:00", room_id=1)
ELEVEN = visit("11:00", room_id=1, provider_id=2)


def test_each_room_has_a_column_and_what_lacks_one_the_last():
    loose = visit("09:00")
    needing = frozenset({loose.service_id})
    gone = visit("12:00", room_id=2, status=Status.CANCELLED)
    days = [
        provider_day(loose, TEN, gone),
        provider_day(ELEVEN, who=provider(2)),
    ]
    first, second, last = room_days(days, ROOMS, ZONE, needing)
    assert first.appointments == (TEN, ELEVEN)
    assert second.appointments == ()
    assert (last.room, last.appointments) == (None, (loose,))
    assert {column.day for column in (first, second, last)} == {DAY}


def test_there_is_no_last_column_without_need():
    needing = frozenset({TEN.service_id})
    assert len(room_days([provider_day(TEN)], ROOMS, ZONE, needing)) == 2
    assert room_days([], ROOMS, ZONE, needing) == ()


def test_what_needs_no_room_is_in_no_column():
    loose = visit("09:00")
    columns = room_days([provider_day(loose)], ROOMS, ZONE, frozenset())
    assert [column.appointments for column in columns] == [(), ()]


LATER = replace(TEN, start=ELEVEN.start, end=ELEVEN.end, busy_until=ELEVEN.end)


@pytest.mark.parametrize(
    ("before", "after", "known", "expected"),
    [
        (None, TEN, {}, {1: [span(TEN.busy)]}),
        (TEN, None, {1: [span(TEN.busy)]}, {1: []}),
        (TEN, LATER, {1: [span(TEN.busy)]}, {1: [span(LATER.busy)]}),
        (
            TEN,
            replace(TEN, room_id=2),
            {1: [span(TEN.busy)]},
            {1: [], 2: [span(TEN.busy)]},
        ),
        (TEN, replace(TEN, status=Status.CANCELLED), {1: [span(TEN.busy)]}, {1: []}),
        (None, LATER, {1: [span(ELEVEN.busy)]}, {1: [span(LATER.busy)]}),
    ],
)
def test_rooms_are_busy_as_the_appointment_is_now(before, after, known, expected):
    assert changed_times(known, before, after) == expected


def test_what_says_nothing_about_rooms_changes_nothing():
    known = {1: [span(TEN.busy)]}
    assert changed_times(known, TEN, replace(TEN, notes="late")) is known
    assert changed_times(known, None, visit("12:00")) is known
