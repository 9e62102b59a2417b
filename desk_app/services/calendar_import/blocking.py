"""Events that become blocked times of a provider."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.locks import DayKey, bump
from desk_app.db.queries import calendar_imports, practice
from desk_app.db.queries.pipeline import ask
from desk_app.domain.calendar_file.becoming import CalendarChecked, NewBlock
from desk_app.domain.calendar_file.events import wall_spans
from desk_app.domain.importing.faults import Fault, fault
from desk_app.domain.interval import Interval
from desk_app.errors import NotFound
from desk_app.services.importing.clients import LINES, in_batches
from desk_app.services.recheck import Attempt
from desk_app.services.stranding import carry_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.calendar_file.becoming import CalendarWish, Lying
    from desk_app.domain.calendar_file.events import CalendarRead, Event
    from desk_app.domain.people import Provider
    from desk_app.domain.progress import Work
    from desk_app.domain.stranding import Settlement

_A_DAY = timedelta(days=1)
_WHEN = "%Y-%m-%d %H:%M"


def check(
    sessions: Sessions, read: CalendarRead, wish: CalendarWish, work: Work
) -> CalendarChecked:
    """Return which times would be blocked; raises NotFound for the provider."""
    wanted = [event for event in read.events if wish.wants(event)]
    with sessions.begin() as session:
        provider = _provider(session, wish)
        found = _Blocks(wish, ZoneInfo(provider.timezone))
        if wanted:
            _look(session, found, wanted)
    for number, event in enumerate(wanted):
        if number % LINES == 0:
            work.at(number, len(wanted), "Checking events")
        found.put(event)
    return CalendarChecked(
        read,
        wish,
        blocks=tuple(found.new),
        faults=tuple(sorted(found.faults)),
        known=found.known,
        booked=len(found.booked),
    )


def write(
    session: Session,
    transfer_id: int,
    checked: CalendarChecked,
    settlement: Settlement,
    work: Work,
) -> None:
    """Block the times; raises Strands for what was booked there and not settled."""
    number = checked.wish.provider_id

    def insert() -> None:
        done = 0
        for batch in in_batches(checked.blocks):
            work.at(done, len(checked.blocks), "Blocking times")
            ask(session, calendar_imports.insert_blocks(number, transfer_id, batch))
            done += len(batch)
        # What was shown of these days is old.
        bump(session, {DayKey(number, block.day) for block in checked.blocks})

    carry_out(session, [number], insert, settlement, Attempt())


def _provider(session: Session, wish: CalendarWish) -> Provider:
    found = ask(session, practice.providers([wish.provider_id]))
    if not found:
        raise NotFound("This provider no longer exists.")
    return found[0]


def _look(session: Session, found: _Blocks, wanted: Sequence[Event]) -> None:
    """Read what is blocked and booked where there are events."""
    number = found.wish.provider_id
    within = Interval(
        min(event.start for event in wanted), max(event.end for event in wanted)
    )
    first, last = (
        instant.astimezone(found.zone).date() for instant in (within.start, within.end)
    )
    found.there = ask(session, calendar_imports.blocks(number, first, last))
    found.lying = ask(session, calendar_imports.lying(number, within))


@dataclass
class _Blocks:
    """Makes blocks of events; finds what is there already, and who is booked."""

    wish: CalendarWish
    zone: ZoneInfo
    there: frozenset[NewBlock] = frozenset()
    lying: tuple[Lying, ...] = ()
    new: dict[NewBlock, None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    booked: set[Lying] = field(default_factory=set)
    known: int = 0

    def put(self, event: Event) -> None:
        """Take the next event, by start."""
        reason = event.title if self.wish.takes_titles else ""
        spans = list(wall_spans(event.start, event.end, self.zone))
        for span in spans:
            block = NewBlock(span.day, span.start, span.end, reason)
            if block in self.there:
                self.known += 1
            else:
                self.new[block] = None
        for visit in self._within(event):
            if self.wish.stays_booked:
                self.booked.add(visit)
            else:
                self.faults.append(self._booked(event, visit))

    def _within(self, event: Event) -> Iterator[Lying]:
        # Events come by start, and a visit lasts a day at most.
        self.lying = tuple(v for v in self.lying if v.end > event.start - _A_DAY)
        for visit in self.lying:
            if visit.start >= event.end:
                return
            if visit.end > event.start:
                yield visit

    def _booked(self, event: Event, visit: Lying) -> Fault:
        when = f"{visit.start.astimezone(self.zone):{_WHEN}}"
        words = (
            f"{visit.client_name} has an appointment in this time ({when})."
            " Move it first, or let appointments stay."
        )
        return fault(event.line, words, event.title)
