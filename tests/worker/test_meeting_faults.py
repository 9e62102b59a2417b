"""Who is killed, sleeps or meets others leaves no meeting that should not be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.deeds import Before
from desk_app.domain.event_ids import marker
from desk_app.domain.meetings import MOST_A_DAY, Step
from desk_app.domain.queue import State
from desk_app.errors import Transient
from tests.desks import Desks
from tests.factories import rows
from tests.loopback import Fault, Said
from tests.meetings import zoom_fake
from tests.worker.meeting_house import (
    House,
    a_house,
    begun,
    made_of,
    meet_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment


@pytest.fixture
def house(sessions: Sessions) -> Iterator[House]:
    """A practice that meets clients at Zoom."""
    with a_house(sessions) as house:
        yield house


def test_what_a_killed_worker_made_is_found_again(house: House) -> None:
    visit = house.book()
    sight = house.links.look(visit.appointment_id)
    assert sight
    assert house.links.begin(sight, Step.MAKE)
    marked = marker(sight.practice_id, visit.appointment_id)
    house.fake.add(marked, age=timedelta(minutes=1))
    house.again(visit)
    assert [house.link_of(visit)] == house.links_at_zoom()
    assert house.server.count("POST", "meetings") == 0


def test_what_was_begun_and_cancelled_leaves_nothing(house: House) -> None:
    visit = house.book()
    house.server.trouble(Said.json(200, {"meetings": []}), "GET", "meetings")
    house.server.trouble(Fault.LOST, "POST", "meetings")
    house.server.trouble(Said(503), "GET", "meetings")
    with pytest.raises(Transient):
        house.again(visit)
    assert house.fake.meetings
    house.cancel(visit)
    house.again(visit)
    assert house.fake.meetings == {}


def test_a_visit_that_is_cancelled_meanwhile_keeps_no_meeting(house: House) -> None:
    visit = house.book()
    house.meanwhile.append(lambda: house.cancel(visit))
    house.again(visit)
    assert (house.fake.meetings, house.link_of(visit)) == ({}, "")


def test_a_visit_that_is_moved_meanwhile_is_followed(house: House) -> None:
    visit = house.book()
    house.meanwhile.append(lambda: house.move(visit, 2))
    house.again(visit)
    (meeting,) = house.fake.meetings.values()
    start = datetime.fromisoformat(meeting["start_time"])
    assert start == visit.start + timedelta(hours=2)
    assert house.link_of(visit) == meeting["join_url"]


def test_who_slept_over_a_move_says_it_again(house: House) -> None:
    visit = house.book()
    house.carry()
    house.move(visit, 2)

    def another_worker() -> None:
        house.move(visit, 4)
        house.again(visit)

    house.meanwhile.append(another_worker)
    house.again(visit)
    (meeting,) = house.fake.meetings.values()
    start = datetime.fromisoformat(meeting["start_time"])
    assert start == visit.start + timedelta(hours=4)


def test_who_slept_over_a_cancellation_that_was_taken_back(house: House) -> None:
    visit = house.book()
    house.carry()
    before, cancelled = Before.of(visit), house.cancel(visit)

    def another_worker() -> None:
        house.put_back(cancelled, before)
        house.again(visit)

    house.meanwhile.append(another_worker)
    house.again(visit)
    assert [house.link_of(visit)] == house.links_at_zoom()


def test_a_worker_that_died_while_it_ended_one_leaves_no_dead_link(
    house: House,
) -> None:
    visit = house.book()
    house.carry()
    before, cancelled = Before.of(visit), house.cancel(visit)
    sight = house.links.look(visit.appointment_id)
    assert sight
    assert house.links.begin(sight, Step.END)
    house.fake.meetings.clear()
    house.put_back(cancelled, before)
    house.again(visit)
    assert [house.link_of(visit)] == house.links_at_zoom()


def give_meetings(house: House, visit: Appointment, count: int, made: str) -> None:
    """Let a host have had some meetings before."""
    rows(
        house.sessions,
        "INSERT INTO meeting (appointment_id, provider_id, kind, host, made_at,"
        "  ended_at)"
        " SELECT :id, :provider, 'ZOOM', :host, CAST(:made AS timestamptz), now()"
        " FROM generate_series(1, :count)",
        id=visit.appointment_id,
        provider=house.practice.provider_id,
        host=zoom_fake.HOST,
        made=made,
        count=count,
    )


def test_a_day_has_ninety_meetings_for_a_host(house: House) -> None:
    visit, other = house.book(9), house.book(11)
    give_meetings(house, visit, MOST_A_DAY - 1, "now")
    house.again(other)
    with pytest.raises(Transient) as raised:
        house.again(visit)
    assert raised.value.after
    assert 0 < raised.value.after <= 86_400
    assert len(house.fake.meetings) == 1


def test_what_was_made_yesterday_does_not_count(house: House) -> None:
    visit = house.book()
    give_meetings(house, visit, MOST_A_DAY, "yesterday")
    house.again(visit)
    assert len(house.fake.meetings) == 1


def test_desks_at_once_do_not_make_more_than_a_day_has(database_url: str) -> None:
    with Desks(database_url) as desks, a_house(desks.owner) as house:
        house.work_as(desks.worker())
        visits = [house.book(hour) for hour in (9, 11, 13, 15)]
        give_meetings(house, visits[0], MOST_A_DAY - 2, "now")

        def again(visit: Appointment) -> bool:
            try:
                return house.again(visit).state is State.DONE
            except Transient:
                return False

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(again, visits)) == 2
        assert len(house.fake.meetings) == 2


def test_who_was_heard_last_is_not_known_after_two_said_different(
    house: House,
) -> None:
    visit = house.book()
    house.carry()
    made = made_of(house, visit)
    assert made
    house.move(visit, 2)
    first = begun(house, visit, Step.MOVE)
    house.move(visit, 4)
    second = begun(house, visit, Step.MOVE)
    assert house.links.keep(first, made.external_id, made.link)
    assert house.links.keep(second, made.external_id, made.link)
    assert made_of(house, visit) == replace(made, start=None, end=None)


def test_of_two_meetings_the_one_that_is_not_noted_is_ended(house: House) -> None:
    visit = house.book()
    number = house.fake.add("by another worker", age=timedelta())
    (link,) = house.links_at_zoom()

    def another_worker() -> None:
        sight = house.links.look(visit.appointment_id)
        assert sight
        house.links.keep(sight, str(number), link)

    house.meanwhile.append(another_worker)
    house.again(visit)
    assert house.links_at_zoom() == [house.link_of(visit)] == [link]


def test_what_was_ended_meanwhile_is_superfluous_unless_it_is_there_anew(
    house: House,
) -> None:
    visit = house.book()
    sight = begun(house, visit, Step.MAKE)
    house.links.ended(sight)
    assert not house.links.keep(sight, "1", "https://zoom.example/j/1")
    anew = begun(house, visit, Step.MAKE)
    assert not house.links.keep(sight, "1", "https://zoom.example/j/1")
    assert house.links.keep(anew, "1", "https://zoom.example/j/1")
    assert house.links.keep(sight, "1", "https://zoom.example/j/1")


def test_a_room_that_was_begun_and_cancelled_needs_no_link(house: House) -> None:
    meet_at(house.sessions, house.practice.provider_id, kind="ROOM")
    visit = house.book()
    begun(house, visit, Step.MAKE)
    house.cancel(visit)
    meet_at(house.sessions, house.practice.provider_id, kind="")
    house.again(visit)
    assert made_of(house, visit) is None


def test_workers_at_once_make_one_meeting(database_url: str) -> None:
    with Desks(database_url) as desks, a_house(desks.owner) as house:
        house.work_as(desks.worker())
        visit = house.book()
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(house.again, [visit] * 6))
        assert [house.link_of(visit)] == house.links_at_zoom()
        assert house.version_of(visit) == 2


def test_who_saw_another_state_begins_nothing(house: House) -> None:
    visit = house.book()
    seen = house.links.look(visit.appointment_id)
    assert seen
    house.move(visit)
    assert house.links.begin(seen, Step.MAKE) is None
    assert made_of(house, visit) is None


def test_a_cancelled_visit_shows_no_link(house: House) -> None:
    visit = house.book()
    sight = begun(house, visit, Step.MAKE)
    house.links.keep(sight, "1", "https://zoom.example/j/1")
    house.cancel(visit)
    house.links.show(sight)
    assert house.link_of(visit) == ""


def test_who_slept_until_it_was_ended_and_died_then_leaves_nothing(
    house: House,
) -> None:
    visit = house.book()
    begun(house, visit, Step.MAKE)
    house.cancel(visit)
    house.again(visit)
    # Now it wakes, makes the meeting and dies; its task is done again.
    sight = house.links.look(visit.appointment_id)
    assert sight
    marked = marker(sight.practice_id, visit.appointment_id)
    house.fake.add(marked, age=timedelta())
    house.again(visit, attempts=2)
    assert house.fake.meetings == {}


def test_what_was_lost_once_does_not_harm_what_stands(house: House) -> None:
    visit = house.book()
    house.links.ended(begun(house, visit, Step.MAKE))
    house.again(visit)
    house.again(visit, attempts=2)
    assert [house.link_of(visit)] == house.links_at_zoom()


def test_what_took_the_place_of_another_and_was_lost_is_ended(house: House) -> None:
    visit = house.book()
    house.carry()
    house.move(visit)
    sight = begun(house, visit, Step.MOVE)
    # Somebody had removed it; another is made, and the worker dies.
    house.fake.meetings.clear()
    house.fake.add(marker(sight.practice_id, visit.appointment_id), age=timedelta())
    house.cancel(visit)
    house.again(visit)
    assert house.fake.meetings == {}


def test_a_link_that_was_replaced_and_not_shown_yet_is_taken_off(
    house: House,
) -> None:
    visit = house.book()
    house.carry()
    house.move(visit)
    sight = begun(house, visit, Step.MOVE)
    house.links.keep(sight, "999", "https://zoom.example/j/999")
    house.cancel(visit)
    house.again(visit)
    assert house.link_of(visit) == ""


def test_who_said_an_older_time_at_last_and_died_is_put_right(house: House) -> None:
    visit = house.book()
    house.carry()
    (meeting,) = house.fake.meetings.values()
    meeting["start_time"] = "2026-01-01T09:00:00Z"
    house.again(visit, attempts=2)
    assert datetime.fromisoformat(meeting["start_time"]) == visit.start
