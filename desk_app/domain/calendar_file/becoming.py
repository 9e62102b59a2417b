"""What shall become of the events of a calendar, and what did: frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from desk_app.domain.calendar_file.events import CalendarRead, Event
    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.importing.twins import NewPerson
    from desk_app.domain.importing.visits import NewVisit


class Becoming(StrEnum):
    """What shall become of events."""

    BLOCKS = "BLOCKS"
    APPOINTMENTS = "APPOINTMENTS"


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """Let events be blocked times of a provider, or appointments for a service.

    Of blocks: `takes_titles` keeps the titles as their reasons, `takes_days` blocks
    whole days for events of whole days, `takes_free` blocks what the calendar marks as
    free, and with `stays_booked` appointments in these times stay; without, they are
    faults.
    """

    becoming: Becoming
    provider_id: int
    service_id: int = 0
    takes_titles: bool = True
    takes_days: bool = True
    takes_free: bool = False
    stays_booked: bool = False

    def wants(self, event: Event) -> bool:
        """Say whether an event becomes anything."""
        if self.becoming is Becoming.APPOINTMENTS:
            return not event.is_all_day
        if event.is_all_day and not self.takes_days:
            return False
        return self.takes_free or not event.is_free


@dataclass(frozen=True, slots=True)
class NewBlock:
    """Time of one day that will be blocked; an `end` of 00:00 is its midnight."""

    day: date
    start: time
    end: time
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lying:
    """An appointment that lies in a time which is to be blocked."""

    start: datetime
    end: datetime
    client_name: str


@dataclass(frozen=True, slots=True)
class CalendarChecked:
    """What importing a calendar would do. With faults nothing is written.

    `known` blocks are there already, `booked` appointments lie in what is blocked and
    stay.
    """

    read: CalendarRead
    wish: CalendarWish
    blocks: tuple[NewBlock, ...] = ()
    visits: tuple[NewVisit, ...] = ()
    new: tuple[NewPerson, ...] = ()
    faults: tuple[Fault, ...] = ()
    known: int = 0
    booked: int = 0

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that become something."""
        return tuple(filter(self.wish.wants, self.read.events))

    @property
    def left_out(self) -> int:
        """How many do not."""
        return len(self.read.events) - len(self.events)

    @property
    def rows(self) -> int:
        """How many blocks or appointments will be written."""
        return len(self.blocks) + len(self.visits)


@dataclass(frozen=True, slots=True)
class CalendarImported:
    """What importing a calendar has written."""

    transfer_id: int
    blocks: int = 0
    visits: int = 0
    clients: int = 0
    reminders: int = 0
