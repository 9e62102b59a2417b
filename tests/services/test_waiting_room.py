"""The waiting room: walk-ins, arrivals, who sees whom, and what becomes of a token."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.appointment import BookedVia
from desk_app.domain.deeds import Mark, MarkRequest, Undone, UndoRequest
from desk_app.domain.waiting_room import NewWalkIn, Waiting
from desk_app.errors import Invalid, NotAllowed, NotFound, Stale
from desk_app.services.booking import Booking
from desk_app.services.diary import Diary, OpeningQuery
from desk_app.services.waiting_room import WaitingRoom
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.factories import Practice


@pytest.fixture
def room(sessions: Sessions) -> WaitingRoom:
    return WaitingRoom(sessions)


@pytest.fixture
def live(sessions: Sessions) -> Booking:
    """The verbs at the server's own time, by which the room counts."""
    return Booking(sessions)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


def names(here: tuple[Waiting, ...]) -> list[str]:
    return [one.client_name for one in here]


def soon(sessions: Sessions, practice: Practice) -> int:
    """Make an appointment that begins in an hour, past all hours; return its id."""
    rows = factories.rows(
        sessions,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) VALUES (:provider, :client, :service,"
        " now() + interval '1 hour', now() + interval '90 minutes', 'CONFIRMED')"
        " RETURNING appointment_id",
        provider=practice.provider_id,
        client=practice.client_id,
        service=practice.service_id,
    )
    return int(rows[0][0])


def here_today(practice: Practice) -> date:
    return datetime.now(ZoneInfo(practice.timezone)).date()


def is_today(practice: Practice, start: datetime) -> bool:
    return start.astimezone(ZoneInfo(practice.timezone)).date() == here_today(practice)


def mark(booking: Booking, number: int, version: int, what: Mark) -> None:
    booking.mark(MarkRequest(uuid4(), number, version, what))


def test_who_walks_in_waits_without_a_time(
    room: WaitingRoom, practice: Practice
) -> None:
    entered = room.walk_in(NewWalkIn(practice.client_id, service_name="Check-up"))
    (waiting,) = room.look().here
    assert waiting == entered
    assert (waiting.client_name, waiting.provider_id) == ("Anna Weiß", None)
    assert waiting.appointment is None


def test_somebody_new_needs_a_name_and_a_phone_only(
    room: WaitingRoom, practice: Practice
) -> None:
    waiting = room.walk_in(NewWalkIn(new_client=factories.new_client()))
    assert waiting.client_name == "Berta Maß"
    assert waiting.client_phone == "0170 7654321"


def test_what_cannot_be_stored_enters_nobody(
    room: WaitingRoom, practice: Practice
) -> None:
    with pytest.raises(Invalid) as refused:
        room.walk_in(NewWalkIn(new_client=factories.new_client(phone="call me")))
    assert refused.value.field == "phone"
    assert room.look().here == ()


def test_nobody_waits_twice(room: WaitingRoom, practice: Practice) -> None:
    first = room.walk_in(NewWalkIn(practice.client_id))
    assert room.walk_in(NewWalkIn(practice.client_id, notes="again")) == first
    assert len(room.look().here) == 1


def test_somebody_new_is_entered_once_however_often_it_is_asked(
    room: WaitingRoom, practice: Practice, sessions: Sessions
) -> None:
    new = NewWalkIn(new_client=factories.new_client())
    assert room.walk_in(new) == room.walk_in(new)
    assert names(room.look().here) == ["Berta Maß"]
    assert factories.rows(sessions, "SELECT count(*) FROM client") == [(2,)]


def test_who_walks_in_and_gets_a_time_of_today_has_arrived(
    live: Booking, practice: Practice, sessions: Sessions
) -> None:
    open_now = "UPDATE availability SET start_time = '00:00', end_time = '00:00'"
    factories.rows(sessions, open_now)
    today = Diary(sessions).openings(
        OpeningQuery((practice.service_id,), here_today(practice), 2, 40)
    )
    walked_in = BookedVia.WALK_IN
    booked = [
        live.book(replace(practice.request_at(each.start), booked_via=walked_in))
        for each in (today[0], today[-1])
    ]
    local = [is_today(practice, each.start) for each in booked]
    assert [each.arrived_at is not None for each in booked] == local
    assert local[-1] is False


def test_two_desks_enter_a_client_once(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    rooms = [WaitingRoom(desks.receptionist()), WaitingRoom(desks.manager())]
    wish = NewWalkIn(practice.client_id)
    with ThreadPoolExecutor(2) as both:
        given = list(both.map(lambda room: room.walk_in(wish).walk_in_id, rooms))
    assert given[0] == given[1]


def test_who_left_waits_no_more_until_they_are_back(
    room: WaitingRoom, practice: Practice
) -> None:
    number = room.walk_in(NewWalkIn(practice.client_id)).walk_in_id
    assert number is not None
    room.leave(number)
    assert room.look().here == ()
    room.come_back(number)
    assert len(room.look().here) == 1


def test_a_token_turns_into_an_appointment_of_somebody_who_is_here(
    room: WaitingRoom, live: Booking, practice: Practice, sessions: Sessions
) -> None:
    number = room.walk_in(NewWalkIn(practice.client_id)).walk_in_id
    request = replace(
        practice.request_at(factories.next_free(sessions, practice)),
        walk_in_id=number,
        booked_via=BookedVia.WALK_IN,
    )
    booked = live.book(request)
    assert booked.arrived_at is not None
    assert [one.walk_in_id for one in room.look().here if one.walk_in_id] == []
    with pytest.raises(Stale):
        room.leave(number or 0)


def test_a_token_is_given_one_time_only(
    room: WaitingRoom, live: Booking, practice: Practice, sessions: Sessions
) -> None:
    number = room.walk_in(NewWalkIn(practice.client_id)).walk_in_id
    first = practice.request_at(factories.next_free(sessions, practice))
    live.book(replace(first, walk_in_id=number))
    second = practice.request_at(factories.next_free(sessions, practice))
    with pytest.raises(Stale):
        live.book(replace(second, walk_in_id=number))


def test_a_booking_that_is_undone_lets_them_wait_again(
    room: WaitingRoom, live: Booking, practice: Practice, sessions: Sessions
) -> None:
    number = room.walk_in(NewWalkIn(practice.client_id)).walk_in_id
    request = practice.request_at(factories.next_free(sessions, practice))
    booked = live.book(replace(request, walk_in_id=number))
    undone = Undone(booked.appointment_id, booked.version, None)
    live.undo(UndoRequest(uuid4(), (undone,)))
    assert [one.walk_in_id for one in room.look().here] == [number]


def test_arrivals_stand_beside_walk_ins_until_they_leave(
    room: WaitingRoom, live: Booking, practice: Practice, sessions: Sessions
) -> None:
    number = soon(sessions, practice)
    assert room.look().here == ()
    mark(live, number, 1, Mark.ARRIVED)
    (waiting,) = room.look().here
    assert waiting.appointment is not None
    assert not waiting.is_with_provider
    mark(live, number, 2, Mark.WITH_PROVIDER)
    assert room.look().here[0].is_with_provider
    mark(live, number, 3, Mark.LEFT)
    assert room.look().here == ()


def test_who_is_seen_stands_below_those_who_wait(
    room: WaitingRoom, live: Booking, practice: Practice, sessions: Sessions
) -> None:
    number = soon(sessions, practice)
    mark(live, number, 1, Mark.WITH_PROVIDER)
    other = factories.client(sessions, name="Berta Maß", phone="+491707654321")
    room.walk_in(NewWalkIn(other))
    assert names(room.look().here) == ["Berta Maß", "Anna Weiß"]


def test_who_should_be_here_is_expected_until_they_arrive(
    room: WaitingRoom, live: Booking, practice: Practice, sessions: Sessions
) -> None:
    number = soon(sessions, practice)
    assert room.look().expected == ()
    factories.rows(
        sessions,
        "UPDATE appointment SET start_time = now() - interval '20 minutes',"
        " version = version + 1",
    )
    assert [one.appointment_id for one in room.look().expected] == [number]
    mark(live, number, 2, Mark.ARRIVED)
    assert room.look().expected == ()


def test_a_provider_sees_who_waits_for_them_or_for_anybody(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    others = factories.provider(desks.owner, name="Dr Lang")
    reception = WaitingRoom(desks.receptionist())
    for number, (name, provider_id) in enumerate(
        (("Mine", practice.provider_id), ("Anybody's", None), ("Other's", others))
    ):
        client = factories.client(desks.owner, name=name, phone=f"+49170000000{number}")
        reception.walk_in(NewWalkIn(client, provider_id=provider_id))
    weber = WaitingRoom(desks.provider(practice.provider_id))
    assert names(weber.look().here) == ["Mine", "Anybody's"]
    with pytest.raises((NotAllowed, NotFound)):
        weber.walk_in(NewWalkIn(practice.client_id))
