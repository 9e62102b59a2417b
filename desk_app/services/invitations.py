"""Invitations for the calendars of clients: iCalendar by e-mail (RFC 5545, 5546).

The same UID each time and a SEQUENCE that rises with the appointment let a calendar
move what it has instead of showing it twice. Nothing in it says what a visit is for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from desk_app.domain.event_ids import event_id
from desk_app.domain.message_text import one_line
from desk_app.domain.messages import Invitation, Method
from desk_app.services.exporting.calendar_file import PRODUCT

if TYPE_CHECKING:
    from datetime import datetime

_EVENT = b"BEGIN:VEVENT"
_STATUS = {Method.REQUEST: "CONFIRMED", Method.CANCEL: "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with an e-mail address, and what they are called."""

    name: str = field(repr=False)
    email: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Invited:
    """A visit as a client's calendar shall have it.

    `timezone` is an IANA name; instants are aware. `place` and `link` may be "".
    """

    uid: str
    sequence: int
    title: str = field(repr=False)
    start: datetime
    end: datetime
    timezone: str
    organizer: Party
    attendee: Party
    place: str = field(default="", repr=False)
    link: str = field(default="", repr=False)


def uid_of(practice_id: str, appointment_id: int) -> str:
    """Return by what name calendars know an appointment, the same each time."""
    return f"{event_id(practice_id, appointment_id)}@desk-app"


def invitation(invited: Invited, method: Method, now: datetime) -> Invitation:
    """Return the file that puts a visit into a calendar, moves it, or takes it out."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", method.value)
    calendar.add_component(_event(invited, method, now))
    written = calendar.to_ical()
    for name in sorted(calendar.get_missing_tzids()):
        zone = _zone(name, invited.start.year)
        written = written.replace(_EVENT, zone + _EVENT, 1)
    return Invitation(method, written)


@lru_cache(maxsize=64)
def _zone(name: str, year: int) -> bytes:
    """Return a zone as it is around a year, b"" for one that is not known.

    All years since 1970 take ten times the room. Kept, for to write it takes as long
    as all else of an invitation.
    """
    try:
        zone = Timezone.from_tzid(
            name, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1)
        )
    except ValueError:
        return b""
    return bytes(zone.to_ical())


def _event(invited: Invited, method: Method, now: datetime) -> Event:
    event = Event()
    event.add("uid", invited.uid)
    event.add("sequence", invited.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    for name, instant in zip(("dtstart", "dtend"), _written(invited), strict=True):
        event.add(name, instant)
    event.add("summary", one_line(invited.title))
    event.add("status", _STATUS[method])
    event.add("transp", "OPAQUE")
    event.add("organizer", _address(invited.organizer))
    event.add("attendee", _attendee(invited.attendee))
    if invited.place:
        event.add("location", one_line(invited.place))
    if invited.link:
        _add_link(event, one_line(invited.link))
    return event


def _written(invited: Invited) -> tuple[datetime, datetime]:
    """Return start and end on the clock of their zone, as long as it tells them.

    A local time stands for the first of the two instants where a clock is put back;
    the second can be said by UTC only.
    """
    zone = ZoneInfo(invited.timezone)
    start, end = invited.start.astimezone(zone), invited.end.astimezone(zone)
    if any(
        each.utcoffset() != each.replace(fold=0).utcoffset() for each in (start, end)
    ):
        return invited.start.astimezone(UTC), invited.end.astimezone(UTC)
    return start, end


def _add_link(event: Event, link: str) -> None:
    event.add("url", link)
    event.add("conference", link, parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    # Few calendars show the two above.
    event.add("description", link)


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(party.email)}")
    address.params["CN"] = one_line(party.name)
    return address


def _attendee(party: Party) -> vCalAddress:
    address = _address(party)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "ACCEPTED"
    address.params["RSVP"] = "FALSE"
    return address
