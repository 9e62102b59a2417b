"""A calendar's file read: its events within a period, and what is wrong by line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.calendar_file.events import (
    MOST_EVENTS,
    CalendarRead,
    Days,
    Event,
    LeftOut,
)
from desk_app.domain.calendar_file.lines import unescaped
from desk_app.domain.calendar_file.scan import MOST_FAULTS, scan
from desk_app.domain.importing.faults import fault
from desk_app.services.calendar_import.series import (
    Unreadable,
    dates_of,
    recurrence_of,
)
from desk_app.services.calendar_import.zones import Zones

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from desk_app.domain.calendar_file.scan import Component, Scanned
    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.interval import Interval
    from desk_app.domain.progress import Work

LONGEST_TITLE = 200
# So many events are read before somebody is told, and heard.
TOLD = 200
_NOT_PEOPLE = ("RESOURCE", "ROOM", "GROUP")


def read(file_name: str, data: bytes, days: Days, work: Work) -> CalendarRead:
    """Return the events of a file that touch the days; raises Cancelled."""
    work.at(0, 0, "Reading the file")
    scanned = scan(data)
    if scanned.faults:
        return CalendarRead(file_name, faults=tuple(scanned.faults))
    reader = _Reader(scanned, days, work)
    reader.read()
    faults = sorted(reader.faults)
    return CalendarRead(
        file_name,
        tuple(sorted(reader.events, key=lambda event: (event.start, event.line))),
        LeftOut(reader.cancelled, reader.outside, reader.endless, scanned.others),
        reader.series,
        tuple(reader.zones.unknown),
        tuple(faults[:MOST_FAULTS]),
    )


@dataclass
class _Reader:
    """Goes through the events; gathers dates, faults, and counts what is left out."""

    scanned: Scanned
    days: Days
    work: Work
    events: list[Event] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cancelled: int = 0
    outside: int = 0
    endless: int = 0
    series: int = 0

    def __post_init__(self) -> None:
        self.zones = Zones(self.scanned, ZoneInfo(self.days.zone))
        self._period = self.days.period
        # By event, the dates that another event of the file stands for.
        self._moved: dict[str, set[datetime]] = defaultdict(set)
        self._dates = 0

    def read(self) -> None:
        """Read all events; what stands for a date of a series first."""
        total = len(self.scanned.events)
        for event in self.scanned.events:
            self._reading(event, self._note_move)
        for number, event in enumerate(self.scanned.events):
            if number % TOLD == 0:
                self.work.at(number, total, "Reading events")
            self.work.token.check()
            if len(self.faults) >= MOST_FAULTS:
                return
            self._reading(event, self._take)

    def _reading(self, event: Component, take: Callable[[Component], None]) -> None:
        try:
            take(event)
        except Unreadable as bad:
            found = fault(bad.line.number, bad.words, bad.line.value)
            if found not in self.faults:
                self.faults.append(found)

    def _note_move(self, event: Component) -> None:
        when = recurrence_of(event, self.zones)
        if when is not None:
            self._moved[event.value("UID")].add(when)

    def _take(self, event: Component) -> None:
        if event.value("STATUS").upper() == "CANCELLED":
            self.cancelled += 1
            return
        dates = dates_of(event, self.zones)
        if not dates.length:
            self.endless += 1
            return
        self.series += dates.repeats
        moved: set[datetime] = set()
        if event.first("RECURRENCE-ID") is None:
            moved = self._moved[event.value("UID")]
        made = _Maker(event, is_all_day=dates.is_all_day)
        before = len(self.events)
        for span in dates.within(self._period):
            self._count(event)
            if span.start in moved:
                continue
            self.events.append(made.event(span))
        self.outside += len(self.events) == before

    def _count(self, event: Component) -> None:
        """Raise for events that come more often than anybody reads."""
        self._dates += 1
        if self._dates % TOLD == 0:
            self.work.token.check()
        if len(self.events) >= MOST_EVENTS:
            line = event.first("RRULE") or event.lines[0]
            words = (
                f"There are more than {MOST_EVENTS:,} events on these days."
                " Choose a shorter period."
            )
            raise Unreadable(line, words)


class _Maker:
    """Makes the dates of one event, whose words are the same each time."""

    def __init__(self, event: Component, *, is_all_day: bool) -> None:
        self._line = event.line
        self._is_all_day = is_all_day
        self._title = _one_line(unescaped(event.value("SUMMARY")))
        self._is_tentative = event.value("STATUS").upper() == "TENTATIVE"
        busy = event.value("X-MICROSOFT-CDO-BUSYSTATUS").upper()
        self._is_free = "TRANSPARENT" in event.value("TRANSP").upper() or busy == "FREE"
        self._person, self._email = _who(event)

    def event(self, span: Interval) -> Event:
        """Return the event on one of its dates."""
        return Event(
            self._line,
            span.start,
            span.end,
            self._title,
            self._is_all_day,
            self._is_tentative,
            self._is_free,
            self._person,
            self._email,
        )


def _who(event: Component) -> tuple[str, str]:
    """Return the one person who takes part beside who has made it."""
    made_by = event.value("ORGANIZER").lower()
    people = [
        line
        for line in event.every("ATTENDEE")
        if line.value.lower() != made_by
        and line.parameters.get("CUTYPE", "").upper() not in _NOT_PEOPLE
    ]
    if len(people) != 1:
        return "", ""
    address = people[0].value.strip()
    is_mail = address.lower().startswith("mailto:")
    name = _one_line(people[0].parameters.get("CN", ""))
    email = _one_line(address[7:]) if is_mail else ""
    return ("" if "@" in name else name), email


def _one_line(text: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text[:1_000])
    return " ".join(plain.split())[:LONGEST_TITLE].rstrip()
