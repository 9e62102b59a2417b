"""Appointments of a file: matched with providers, services and clients, and written.

Nobody is told of them by itself: visits that are over lead to nothing, those to come
to their reminders, but to no confirmation of what was agreed long ago.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from desk_app.db import locks
from desk_app.db.queries import imports, practice
from desk_app.db.queries.pipeline import ask
from desk_app.domain.appointment import Status
from desk_app.domain.importing.acquaintance import Acquaintance
from desk_app.domain.importing.columns import Field
from desk_app.domain.importing.days import Order
from desk_app.domain.importing.faults import fault
from desk_app.domain.importing.matching import UNDECIDED, Providers, Services
from desk_app.domain.importing.outcome import Checked
from desk_app.domain.importing.people import People
from desk_app.domain.importing.plan import Match
from desk_app.domain.importing.twins import unreachable
from desk_app.domain.importing.visits import (
    NewVisit,
    Times,
    collisions,
    until,
    with_buffers,
)
from desk_app.errors import Invalid
from desk_app.services import changes
from desk_app.services.importing.cleaning import Cleaning
from desk_app.services.importing.clients import LINES, in_batches
from desk_app.services.outbox import Outlook, after_importing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.locks import DayKey
    from desk_app.db.session import Sessions
    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.importing.plan import Reading
    from desk_app.domain.importing.table import Row
    from desk_app.domain.importing.twins import KnownClient, NewPerson
    from desk_app.domain.importing.visits import Taken
    from desk_app.domain.people import Provider, Service
    from desk_app.domain.progress import Work
    from desk_app.services.outbox import Moment


LONGEST_NAME = 200
# Whoever reads clients as providers is shown so many of them, not thousands.
MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the practice has, as far as rows are compared with it."""

    country: str
    providers: tuple[Provider, ...]
    services: tuple[Service, ...]
    clients: tuple[KnownClient, ...]
    now: datetime


def check(sessions: Sessions, reading: Reading, file_name: str, work: Work) -> Checked:
    """Return what importing the appointments of a file would do."""
    work.at(0, 0, "Looking at the practice")
    with sessions.begin(deadline=60) as session:
        facts = _Facts(
            ask(session, practice.practice()).country,
            ask(session, practice.active_providers()),
            ask(session, practice.active_services()),
            ask(session, imports.named_clients()),
            ask(session, practice.server_time()),
        )
    matching = _Matching(reading, facts)
    rows = reading.table.rows
    for number, row in enumerate(rows):
        if number % LINES == 0:
            work.at(number, len(rows), "Checking lines")
        matching.put(row)
    work.at(len(rows), len(rows), "Looking for times that are taken")
    buffers = {each.service_id: each.buffer for each in facts.services}
    visits = with_buffers(matching.visits, buffers, facts.now)
    taken = _taken(sessions, visits)
    faults = sorted({*matching.faults, *collisions(visits, taken)})
    past = sum(visit.end <= facts.now for visit in visits)
    return Checked(
        reading=reading,
        file_name=file_name,
        new=tuple(matching.newcomers),
        visits=tuple(visits),
        faults=tuple(faults),
        unreachable=unreachable(matching.newcomers),
        past=past,
        to_come=len(visits) - past,
        left_out=matching.left_out,
        providers=_open_first(matching.providers),
        services=_open_first(matching.services),
    )


@dataclass(frozen=True, slots=True)
class _Moments:
    """When an import is written, in a practice, for clients of any zone."""

    now: datetime
    said: practice.Practice

    def of(self, timezone: str) -> Moment:
        return changes.moment(self.now, self.said, timezone)


class Visits(Protocol):
    """What was checked of a file, as far as its visits are written."""

    @property
    def visits(self) -> tuple[NewVisit, ...]:
        """The visits."""


def write(
    session: Session,
    transfer_id: int,
    checked: Visits,
    numbers: Sequence[int],
    work: Work,
) -> int:
    """Write visits of an import; return how many reminders follow.

    `numbers` are those of the new clients, in their order. Raises SlotTaken where
    somebody has booked one of the times since the file was checked.
    """
    at = _Moments(
        ask(session, practice.server_time()), ask(session, practice.practice())
    )
    to_come = [visit for visit in checked.visits if visit.end > at.now]
    zones = _zones(session, to_come)
    touched = sorted({_day_of(visit, zones) for visit in to_come})
    if touched:
        locks.lock_days(session, touched)
    reminders, done = 0, 0
    for batch in in_batches(checked.visits):
        work.at(done, len(checked.visits), "Writing appointments")
        rows = [_as_row(visit, numbers) for visit in batch]
        written = ask(session, imports.write_appointments(transfer_id, rows))
        reminders += _follow_up(session, written, at)
        done += len(batch)
    if touched:
        locks.bump(session, touched)
    return reminders


def _open_first(matches: dict[str, Match]) -> tuple[Match, ...]:
    """Return the names of a file, first those of which nobody knows whom they mean."""
    sorted_ones = sorted(matches.values(), key=lambda match: match.number is not None)
    return tuple(sorted_ones[:MOST_NAMES])


def _taken(sessions: Sessions, visits: Sequence[NewVisit]) -> tuple[Taken, ...]:
    if not visits:
        return ()
    first = min(visit.start for visit in visits)
    last = max(visit.busy_until for visit in visits)
    providers = sorted({visit.provider_id for visit in visits})
    with sessions.begin(deadline=60) as session:
        return ask(session, imports.taken(providers, first, last))


def _as_row(visit: NewVisit, numbers: Sequence[int]) -> dict[str, Any]:
    return {
        "provider_id": visit.provider_id,
        "client_id": visit.client_id or numbers[visit.newcomer],
        "service_id": visit.service_id,
        "start_time": visit.start.isoformat(),
        "end_time": visit.end.isoformat(),
        "busy_until": visit.busy_until.isoformat(),
        "status": visit.status.value,
        "notes": visit.notes,
    }


def _zones(session: Session, visits: Iterable[NewVisit]) -> dict[int, ZoneInfo]:
    providers = {visit.provider_id for visit in visits}
    found = ask(session, practice.providers(sorted(providers)))
    return {each.provider_id: ZoneInfo(each.timezone) for each in found}


def _day_of(visit: NewVisit, zones: dict[int, ZoneInfo]) -> DayKey:
    day = visit.start.astimezone(zones[visit.provider_id]).date()
    return locks.DayKey(visit.provider_id, day)


def _follow_up(
    session: Session, written: Sequence[imports.ToCome], at: _Moments
) -> int:
    """Leave to the courier what has to happen outside; return how many reminders."""
    tasks = []
    numbers = [visit.appointment_id for visit in written]
    zones = ask(session, imports.own_zones(numbers))
    for visit in written:
        moment = at.of(zones.get(visit.appointment_id, ""))
        outlook = Outlook(
            visit.provider_id, visit.start, Status(visit.status), visit.is_virtual
        )
        for task in after_importing(outlook, moment):
            tasks.append(imports.Following(visit.appointment_id, task))
    if tasks:
        ask(session, imports.insert_tasks(tasks))
    return sum(each.task.kind.startswith("reminder") for each in tasks)


@dataclass
class _Matching:
    """Goes through the rows; gathers visits, newcomers, and what is wrong."""

    reading: Reading
    facts: _Facts
    visits: list[NewVisit] = field(default_factory=list)
    providers: dict[str, Match] = field(default_factory=dict)
    services: dict[str, Match] = field(default_factory=dict)
    left_out: int = 0

    def __post_init__(self) -> None:
        options, facts = self.reading.options, self.facts
        self._people = People(self.reading)
        self._cleaning = Cleaning(self._people, facts.country)
        self._times = Times(self._people, options.order or Order.YMD, facts.now)
        self._who = Providers(facts.providers, options.providers)
        self._what = Services(facts.services, options.services)
        self._zones = {p.provider_id: ZoneInfo(p.timezone) for p in facts.providers}
        self._names = {p.provider_id: p.name for p in facts.providers}
        self._people_known = Acquaintance(facts.clients)

    @property
    def newcomers(self) -> list[NewPerson]:
        """Who comes with this file."""
        return self._people_known.newcomers

    @property
    def faults(self) -> list[Fault]:
        """What is wrong, in no order."""
        return [*self._people.faults, *self._cleaning.faults]

    def put(self, row: Row) -> None:
        """Read a row; it becomes a visit, a fault, or is left out."""
        provider_id = self._provider(row)
        if provider_id is None or self._is_left_out(row):
            self.left_out += 1
            return
        read = self._people.of(row)
        person = self._cleaning.of(read) if read else None
        if provider_id == UNDECIDED:
            return
        service = self._service(row, provider_id)
        when = self._times.of(row, self._zones[provider_id])
        status = self._times.status(row, when) if when else None
        if service is None or when is None or status is None or person is None:
            return
        end = until(when, service)
        visit = NewVisit(
            line=row.line,
            provider_id=provider_id,
            service_id=service.service_id,
            start=when.start,
            end=end,
            busy_until=end,
            status=status,
            notes=person.notes,
            client_name=person.name,
        )
        self.visits += self._with_client(visit, replace(person, notes=""))

    def _provider(self, row: Row) -> int | None:
        text = self._named(row, Field.PROVIDER)
        found = self._who.find(text)
        number = None if found == UNDECIDED else found
        self.providers.setdefault(text, Match(text, number))
        if found == UNDECIDED:
            words = "Nobody here is called so. Say who that is."
            if not text:
                words = "The file does not say with whom. Say who it is."
            self._people.refuse(row, Field.PROVIDER, words)
        return found

    def _is_left_out(self, row: Row) -> bool:
        return self._what.is_left_out(self._named(row, Field.SERVICE))

    def _named(self, row: Row, field: Field) -> str:
        """Return a name as it is matched; nothing of ours is called longer."""
        return self._people.text(row, field)[:LONGEST_NAME]

    def _service(self, row: Row, provider_id: int) -> Service | None:
        text = self._named(row, Field.SERVICE)
        found = self._what.find(text, provider_id)
        number = found.service_id if found else None
        if found is None or text not in self.services:
            self.services[text] = Match(text, number)
        if found is None:
            name = self._names[provider_id]
            words = f"{name} offers nothing of this name. Say which service it is."
            if not text:
                words = "The file does not say which service. Say which one it is."
            self._people.refuse(row, Field.SERVICE, words)
        return found

    def _with_client(self, visit: NewVisit, person: NewPerson) -> Iterator[NewVisit]:
        """Yield the visit of whom it is about, who may come with this file."""
        try:
            met = self._people_known.meet(person)
        except Invalid as error:
            self._people.faults.append(fault(visit.line, str(error), person.name))
            return
        yield replace(visit, client_id=met.client_id, newcomer=met.newcomer)
