"""Events that become appointments with a provider, for one service."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.db.queries import imports, practice
from desk_app.db.queries.pipeline import ask
from desk_app.domain.appointment import Status
from desk_app.domain.calendar_file.becoming import CalendarChecked
from desk_app.domain.importing.acquaintance import Acquaintance
from desk_app.domain.importing.faults import Fault, fault
from desk_app.domain.importing.twins import NewPerson
from desk_app.domain.importing.visits import NewVisit, collisions, with_buffers
from desk_app.errors import Invalid, NotFound
from desk_app.services.contact import clean_email, clean_name
from desk_app.services.importing.clients import LINES

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.calendar_file.becoming import CalendarWish
    from desk_app.domain.calendar_file.events import CalendarRead, Event
    from desk_app.domain.importing.twins import KnownClient
    from desk_app.domain.importing.visits import Taken
    from desk_app.domain.people import Service
    from desk_app.domain.progress import Work

_LONGEST = timedelta(days=1)


def check(
    sessions: Sessions, read: CalendarRead, wish: CalendarWish, work: Work
) -> CalendarChecked:
    """Return which appointments would be made; raises NotFound for the service."""
    work.at(0, 0, "Looking at the practice")
    with sessions.begin(deadline=60) as session:
        offered = ask(session, practice.offered(wish.service_id, wish.provider_id))
        if offered is None:
            raise NotFound("This provider does not offer this service.")
        clients = ask(session, imports.named_clients())
        now = ask(session, practice.server_time())
    timed = [event for event in read.events if wish.wants(event)]
    found = _Visits(offered.service, now, clients)
    for number, event in enumerate(timed):
        if number % LINES == 0:
            work.at(number, len(timed), "Checking events")
        found.put(event)
    service = offered.service
    visits = with_buffers(found.visits, {service.service_id: service.buffer}, now)
    with sessions.begin(deadline=60) as session:
        taken = () if not visits else ask(session, _taken(visits))
    return CalendarChecked(
        read,
        wish,
        visits=tuple(visits),
        new=tuple(found.people.newcomers),
        faults=tuple(sorted({*found.faults, *collisions(visits, taken)})),
    )


def _taken(visits: list[NewVisit]) -> Query[tuple[Taken, ...]]:
    return imports.taken(
        [visits[0].provider_id],
        min(visit.start for visit in visits),
        max(visit.busy_until for visit in visits),
    )


@dataclass
class _Visits:
    """Makes appointments of events; meets the people, notes what is wrong."""

    service: Service
    now: datetime
    clients: tuple[KnownClient, ...]
    visits: list[NewVisit] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = Acquaintance(self.clients)

    def put(self, event: Event) -> None:
        """Take the next event."""
        try:
            person = NewPerson(event.line, self._name(event), email=self._email(event))
            if event.end - event.start > _LONGEST:
                raise Invalid("end", "An appointment lasts a day at most.")
            met = self.people.meet(person)
        except Invalid as error:
            words = str(error)
            self.faults.append(fault(event.line, words, event.title))
            return
        visit = NewVisit(
            line=event.line,
            provider_id=self.service.provider_id,
            service_id=self.service.service_id,
            start=event.start,
            end=event.end,
            busy_until=event.end,
            status=self._status(event),
            client_name=person.name,
        )
        self.visits.append(
            replace(visit, client_id=met.client_id, newcomer=met.newcomer)
        )

    def _name(self, event: Event) -> str:
        """Return who takes part, else the title without the service after it."""
        if event.person:
            return clean_name(event.person, "client")
        title = event.title
        for sign in (" – ", " - ", ", ", ": "):
            title = title.removesuffix(f"{sign}{self.service.name}")
        if not title:
            raise Invalid("client", "This event does not say who comes.")
        return clean_name(title, "client")

    def _email(self, event: Event) -> str:
        return clean_email(event.email)

    def _status(self, event: Event) -> Status:
        if event.end <= self.now:
            return Status.COMPLETED
        return Status.PENDING if event.is_tentative else Status.CONFIRMED
