"""A practice whose providers meet clients at a fake of Zoom, and its courier."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from desk_app.domain.appointment import CancelRequest, MoveRequest
from desk_app.domain.deeds import Before, Undone, UndoRequest
from desk_app.domain.queue import Job
from desk_app.errors import NeedsSignIn
from desk_app.meetings.services import MeetingServices
from desk_app.net.http import Http
from desk_app.net.oauth import ServerAccount
from desk_app.services.booking import Booking
from desk_app.services.meeting_links import MeetingLinks
from desk_app.services.queue import Queue
from desk_app.worker.meeting_tasks import MeetingTasks
from tests import factories
from tests.factories import rows
from tests.loopback import Loopback
from tests.meetings import zoom_fake
from tests.meetings.zoom_fake import ZoomFake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.meetings import (
        MadeMeeting,
        MeetingPlace,
        MeetingSight,
        Step,
    )
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

    def again(self, visit: Appointment, attempts: int = 1) -> Settled:
        """Do a task about a visit, whatever for."""
        now = datetime.now(UTC)
        return self.tasks.carry(
            Job(1, "meeting_link", visit.appointment_id, {}, now, attempts, uuid4())
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
    fake = ZoomFake()
    with Loopback(fake) as server, closing(Http(step_seconds=5.0)) as http:
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


def begun(house: House, visit: Appointment, step: Step) -> MeetingSight:
    """Begin a step as a worker does that sleeps then."""
    seen = house.links.look(visit.appointment_id)
    assert seen
    sight = house.links.begin(seen, step)
    assert sight
    return sight


def made_of(house: House, visit: Appointment) -> MadeMeeting | None:
    """Return the meeting of a visit as it is noted."""
    sight = house.links.look(visit.appointment_id)
    assert sight
    return sight.made
