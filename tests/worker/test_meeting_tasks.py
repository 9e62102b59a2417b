"""Meetings go with their appointments, at a fake of Zoom and on the real database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from desk_app.domain.appointment import CancelRequest, ConfirmRequest, MoveRequest
from desk_app.domain.deeds import Before, Undone, UndoRequest
from desk_app.domain.event_ids import marker
from desk_app.domain.meetings import MOST_A_DAY, Step
from desk_app.domain.queue import Job, Outcome, State
from desk_app.errors import NeedsSignIn, Rejected, Transient
from desk_app.meetings.services import MeetingServices
from desk_app.net.http import Http
from desk_app.net.oauth import ServerAccount
from desk_app.services.booking import Booking
from desk_app.services.meeting_links import MeetingLinks
from desk_app.services.queue import Queue
from desk_app.worker.meeting_tasks import MeetingTasks
from tests import factories
from tests.desks import Desks
from tests.factories import rows
from tests.loopback import Fault, Loopback, Said
from tests.meetings import zoom_fake
from tests.meetings.zoom_fake import ZoomFake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.meetings import MeetingPlace
    from desk_app.domain.queue import Settled
    from desk_app.meetings.base import Meetings

ROOM = "https://video.practice.example/room"
ACCOUNT = ServerAccount(zoom_fake.ACCOUNT_ID, zoom_fake.CLIENT_ID, zoom_fake.SECRET)


@dataclass
class House:
    """A practice whose two providers meet clients at Zoom, and its courier."""

    sessions: Sessions
    server: Loopback
    fake: ZoomFake
    services: MeetingServices
    practice: factories.Practice
    other_id: int

    def __post_init__(self) -> None:
        self.booking = Booking(self.sessions)
        self.work_as(self.sessions)
        self.account: ServerAccount | None = ACCOUNT
        # What happens outside right before a service is asked.
        self.meanwhile: list[Any] = []

    def work_as(self, sessions: Sessions) -> None:
        """Let the courier work in somebody's name."""
        self.links = MeetingLinks(sessions)
        self.tasks = MeetingTasks(self.links, self.service_of)
        self.queue = Queue(sessions)

    def service_of(self, place: MeetingPlace) -> Meetings:
        """Return the service of a place, as the program does."""
        if self.meanwhile:
            self.meanwhile.pop()()
        return self.services.of(place)

    def book(self, hour: int = 9, **changes: Any) -> Appointment:
        """Book a visit in five days of ours."""
        day = datetime.now(UTC).date() + timedelta(days=5)
        request = self.practice.request_at(self.practice.at(hour, day=day))
        return self.booking.book(replace(request, **changes))

    def carry(self) -> list[Settled]:
        """Do the tasks about meetings that are due, in their order."""
        jobs = self.queue.claim(100, ["meeting_link"])
        done = [self.tasks.carry(job) for job in jobs]
        self.queue.settle(done)
        return done

    def again(self, visit: Appointment) -> Settled:
        """Do a task about a visit, whatever for."""
        now = datetime.now(UTC)
        return self.tasks.carry(
            Job(1, "meeting_link", visit.appointment_id, {}, now, 1, uuid4())
        )

    def link_of(self, visit: Appointment) -> str:
        """Return the link that stands on an appointment."""
        found = rows(
            self.sessions,
            "SELECT meeting_link FROM appointment WHERE appointment_id = :id",
            id=visit.appointment_id,
        )
        return str(found[0][0])

    def version_of(self, visit: Appointment) -> int:
        """Return the version of an appointment."""
        found = rows(
            self.sessions,
            "SELECT version FROM appointment WHERE appointment_id = :id",
            id=visit.appointment_id,
        )
        return int(found[0][0])

    def links_at_zoom(self) -> list[str]:
        """Return the links of all meetings that Zoom has."""
        return [meeting["join_url"] for meeting in self.fake.meetings.values()]

    def cancel(self, visit: Appointment) -> Appointment:
        """Cancel a visit."""
        number, version = visit.appointment_id, self.version_of(visit)
        return self.booking.cancel(CancelRequest(uuid4(), number, version, "ill"))

    def move(
        self, visit: Appointment, hours: int = 2, *, to: int | None = None
    ) -> Appointment:
        """Move a visit, perhaps to another provider."""
        return self.booking.move(
            MoveRequest(
                uuid4(),
                visit.appointment_id,
                self.version_of(visit),
                to or visit.provider_id,
                visit.start + timedelta(hours=hours),
            )
        )

    def put_back(self, visit: Appointment, before: Before | None) -> None:
        """Take back what was done to a visit."""
        number, version = visit.appointment_id, self.version_of(visit)
        undone = Undone(number, version, before)
        self.booking.undo(UndoRequest(uuid4(), (undone,)))


@pytest.fixture
def house(sessions: Sessions) -> Iterator[House]:
    """A practice that meets clients at Zoom."""
    with a_house(sessions) as house:
        yield house


@contextmanager
def a_house(sessions: Sessions) -> Iterator[House]:
    """Make a practice with a virtual service, open all week."""
    practice = factories.open_practice(sessions)
    virtual = factories.service(
        sessions, practice.provider_id, name="By video", is_virtual=True
    )
    meet_at(sessions, practice.provider_id, zoom_fake.HOST)
    other = factories.provider(sessions, name="Dr Vogel")
    factories.hours(sessions, other)
    meet_at(sessions, other, zoom_fake.OTHER_HOST)
    fake, http = ZoomFake(), Http(step_seconds=5.0)
    with Loopback(fake) as server:
        services = MeetingServices(
            http,
            lambda: built.account,
            no_google,
            zoom_url=f"{server.url}/v2",
            zoom_sign_in_url=server.url,
        )
        practice = replace(practice, service_id=virtual)
        built = House(sessions, server, fake, services, practice, other)
        yield built
    http.close()


def no_google(provider_id: int) -> str:
    raise NeedsSignIn


def meet_at(
    sessions: Sessions, provider_id: int, host: str = "", kind: str = "ZOOM"
) -> None:
    """Let a provider meet clients somewhere."""
    rows(
        sessions,
        "UPDATE provider SET meeting_kind = :kind, meeting_host = :host,"
        " meeting_room = :room WHERE provider_id = :id",
        kind=kind,
        host=host,
        room=ROOM if kind == "ROOM" else "",
        id=provider_id,
    )


def offer_at_other(house: House, *, is_virtual: bool) -> None:
    """Let the other provider offer the same service."""
    factories.service(
        house.sessions, house.other_id, name="By video", is_virtual=is_virtual
    )


def test_a_confirmed_visit_has_a_link_of_its_own(house: House) -> None:
    first, second = house.book(9), house.book(11)
    house.carry()
    links = [house.link_of(first), house.link_of(second)]
    assert links == house.links_at_zoom()
    assert len(set(links)) == 2


def test_a_pending_visit_has_none_until_it_is_confirmed(house: House) -> None:
    visit = house.book(pending=True)
    assert house.carry() == []
    number = visit.appointment_id
    house.booking.confirm(ConfirmRequest(uuid4(), number, visit.version))
    house.carry()
    assert [house.link_of(visit)] == house.links_at_zoom()


def test_moving_keeps_the_link(house: House) -> None:
    visit = house.book()
    house.carry()
    link = house.link_of(visit)
    moved = house.move(visit)
    house.carry()
    assert house.link_of(visit) == link
    (meeting,) = house.fake.meetings.values()
    assert datetime.fromisoformat(meeting["start_time"]) == moved.start


def test_cancelling_ends_it(house: House) -> None:
    visit = house.book()
    house.carry()
    house.cancel(visit)
    house.carry()
    assert (house.fake.meetings, house.link_of(visit)) == ({}, "")


def test_what_is_cancelled_before_it_was_made_is_never_made(house: House) -> None:
    house.cancel(house.book())
    done = house.carry()
    assert {each.outcome for each in done} == {Outcome.NOTHING_TO_DO}
    assert house.server.asked == []


def test_taking_a_cancellation_back_gives_another_link(house: House) -> None:
    visit = house.book()
    house.carry()
    link, before = house.link_of(visit), Before.of(visit)
    cancelled = house.cancel(visit)
    house.carry()
    house.put_back(cancelled, before)
    house.carry()
    assert house.link_of(visit) not in ("", link)
    assert [house.link_of(visit)] == house.links_at_zoom()


def test_taking_a_confirmation_back_ends_it(house: House) -> None:
    pending = house.book(pending=True)
    request = ConfirmRequest(uuid4(), pending.appointment_id, pending.version)
    house.booking.confirm(request)
    house.carry()
    house.put_back(pending, Before.of(pending))
    house.carry()
    assert (house.fake.meetings, house.link_of(pending)) == ({}, "")


def test_another_provider_meets_at_their_own_place(house: House) -> None:
    visit = house.book()
    house.carry()
    link = house.link_of(visit)
    offer_at_other(house, is_virtual=True)
    house.move(visit, to=house.other_id)
    house.carry()
    (meeting,) = house.fake.meetings.values()
    assert meeting["host_email"] == zoom_fake.OTHER_HOST
    assert house.link_of(visit) == meeting["join_url"] != link


def test_who_comes_to_the_practice_after_all_needs_no_link(house: House) -> None:
    visit = house.book()
    house.carry()
    offer_at_other(house, is_virtual=False)
    house.move(visit, to=house.other_id)
    house.carry()
    assert (house.fake.meetings, house.link_of(visit)) == ({}, "")


def test_nothing_of_a_host_is_kept_anywhere(house: House) -> None:
    visit = house.book()
    house.carry()
    house.move(visit)
    house.carry()
    assert house.link_of(visit)
    tables = rows(
        house.sessions,
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    for (table,) in tables:
        for (row,) in rows(house.sessions, f'SELECT t::text FROM "{table}" t'):
            assert zoom_fake.HOST_KEY not in row


def test_a_meeting_says_nothing_of_who_comes_and_what_for(house: House) -> None:
    house.book()
    house.carry()
    (meeting,) = house.fake.meetings.values()
    said = f"{meeting['topic']} {meeting['agenda']}"
    assert "Anna" not in said
    assert "video" not in said


def test_an_own_room_is_the_link(house: House) -> None:
    meet_at(house.sessions, house.practice.provider_id, kind="ROOM")
    visit = house.book()
    house.carry()
    assert house.link_of(visit) == ROOM
    house.cancel(visit)
    house.carry()
    assert house.link_of(visit) == ""
    assert house.server.asked == []


def test_who_leaves_zoom_for_a_room_takes_the_visit_along(house: House) -> None:
    visit = house.book()
    house.carry()
    meet_at(house.sessions, house.practice.provider_id, kind="ROOM")
    house.again(visit)
    assert (house.fake.meetings, house.link_of(visit)) == ({}, ROOM)


def test_who_meets_nowhere_gets_no_link(house: House) -> None:
    meet_at(house.sessions, house.practice.provider_id, kind="")
    visit = house.book()
    (done,) = house.carry()
    assert (done.state, done.outcome) == (State.DONE, Outcome.NOTHING_TO_DO)
    assert house.link_of(visit) == ""


def test_without_an_account_somebody_must_set_it_up(house: House) -> None:
    house.account = None
    with pytest.raises(NeedsSignIn):
        house.again(house.book())


def test_doing_it_again_changes_nothing(house: House) -> None:
    visit = house.book()
    house.carry()
    version, count = house.version_of(visit), len(house.server.asked)
    assert house.again(visit).outcome == Outcome.NOTHING_TO_DO
    assert (house.version_of(visit), len(house.server.asked)) == (version, count)


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


def test_what_somebody_removed_outside_is_made_anew_when_moved(house: House) -> None:
    visit = house.book()
    house.carry()
    link = house.link_of(visit)
    house.fake.meetings.clear()
    house.move(visit)
    house.carry()
    assert house.link_of(visit) != link
    assert [house.link_of(visit)] == house.links_at_zoom()


def test_a_day_has_ninety_meetings_for_a_host(house: House) -> None:
    visit, other = house.book(9), house.book(11)
    house.again(other)
    given = {"provider": house.practice.provider_id, "host": zoom_fake.HOST}
    rows(
        house.sessions,
        "INSERT INTO meeting (appointment_id, provider_id, kind, host, ended_at)"
        " SELECT :id, :provider, 'ZOOM', :host, now()"
        " FROM generate_series(1, :count)",
        id=other.appointment_id,
        count=MOST_A_DAY - 1,
        **given,
    )
    with pytest.raises(Transient) as raised:
        house.again(visit)
    assert raised.value.after
    assert 0 < raised.value.after <= 86_400
    assert len(house.fake.meetings) == 1
    rows(house.sessions, "DELETE FROM meeting WHERE ended_at IS NOT NULL")
    house.again(visit)
    assert len(house.fake.meetings) == 2


def test_a_host_whom_zoom_does_not_know_can_be_put_right(house: House) -> None:
    meet_at(house.sessions, house.practice.provider_id, "nobody@practice.example")
    visit = house.book()
    with pytest.raises(Rejected):
        house.again(visit)
    meet_at(house.sessions, house.practice.provider_id, zoom_fake.HOST)
    house.again(visit)
    assert [house.link_of(visit)] == house.links_at_zoom()


@pytest.mark.parametrize(("has_link", "is_told"), [(0, 1), (1, 0)])
def test_who_was_told_before_there_was_a_link_is_told_again(
    house: House, has_link: int, is_told: int
) -> None:
    visit = house.book()
    payload = {"version": 1, "has_link": has_link}
    factories.delivery(house.sessions, visit.appointment_id, payload=payload)
    house.carry()
    house.again(visit)
    notices = rows(
        house.sessions,
        "SELECT run_at <= clock_timestamp() FROM outbox"
        " WHERE kind = 'change_notice' AND state = 'WAITING'",
    )
    assert notices == [(True,)] * is_told


def test_the_workers_login_may_do_all_of_it(database_url: str) -> None:
    with Desks(database_url) as desks, a_house(desks.owner) as house:
        house.work_as(desks.worker())
        visit = house.book()
        house.carry()
        assert [house.link_of(visit)] == house.links_at_zoom()
        house.move(visit)
        house.carry()
        house.cancel(visit)
        house.carry()
        assert (house.fake.meetings, house.link_of(visit)) == ({}, "")


def test_workers_at_once_make_one_meeting(database_url: str) -> None:
    with Desks(database_url) as desks, a_house(desks.owner) as house:
        house.work_as(desks.worker())
        visit = house.book()
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(house.again, [visit] * 6))
        assert [house.link_of(visit)] == house.links_at_zoom()
        assert house.version_of(visit) == 2
