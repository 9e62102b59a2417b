"""Invitations as other programs read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from desk_app.domain.messages import Method
from desk_app.services.invitations import Invited, Party, invitation, uid_of
from tests.domain.examples import examples
from tests.domain.test_message_text import HOSTILE

NOW = datetime(2026, 11, 24, 9, 0, 30, 5, tzinfo=UTC)
START = datetime(2027, 1, 5, 13, 30, tzinfo=UTC)
INVITED = Invited(
    uid="abc@desk-app",
    sequence=3,
    title="Termin bei Dr. Jörg; Weber, Praxis",
    start=START,
    end=START + timedelta(minutes=50),
    timezone="Europe/Berlin",
    organizer=Party('Praxis "Nord"; A, B: c', "praxis@example.org"),
    attendee=Party("Anna Weber", "anna@example.org"),
)


def opened(content: bytes) -> tuple[Calendar, Event]:
    """Return a file and its only event, as a calendar reads them."""
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def made(method: Method = Method.REQUEST, **changed: object) -> Event:
    """Return the event of an invitation."""
    return opened(invitation(replace(INVITED, **changed), method, NOW).content)[1]


def test_a_request_puts_a_visit_into_the_clients_calendar() -> None:
    file = invitation(INVITED, Method.REQUEST, NOW)
    calendar, event = opened(file.content)
    assert file.method is Method.REQUEST
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (event["UID"], event["SEQUENCE"]) == ("abc@desk-app", 3)
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert event["SUMMARY"] == "Termin bei Dr. Jörg; Weber, Praxis"
    assert event["DTSTAMP"].dt == NOW.replace(microsecond=0)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (INVITED.start, INVITED.end)
    assert not calendar.walk("VALARM")


def test_client_and_practice_are_known_by_their_addresses() -> None:
    event = made()
    organizer, attendee = event["ORGANIZER"], event["ATTENDEE"]
    assert organizer == "mailto:praxis@example.org"
    assert attendee == "mailto:anna@example.org"
    assert attendee.params["CN"] == "Anna Weber"
    assert (attendee.params["RSVP"], attendee.params["PARTSTAT"]) == (
        "FALSE",
        "ACCEPTED",
    )


def test_a_cancellation_speaks_of_the_same_visit() -> None:
    file = invitation(replace(INVITED, sequence=4), Method.CANCEL, NOW)
    calendar, event = opened(file.content)
    assert calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"]) == (INVITED.uid, 4)
    assert event["STATUS"] == "CANCELLED"


def test_lines_end_in_crlf_and_are_short() -> None:
    content = invitation(replace(INVITED, place="ü" * 200), Method.REQUEST, NOW).content
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert content.decode("utf-8").startswith("BEGIN:VCALENDAR")


def test_a_link_and_a_place_are_shown() -> None:
    event = made(link="https://meet.example.org/a,b;c?d=1", place="Room 1, Main St 1")
    assert event["LOCATION"] == "Room 1, Main St 1"
    assert event["URL"] == "https://meet.example.org/a,b;c?d=1"
    assert event["CONFERENCE"] == event["URL"]
    assert event["CONFERENCE"].params["VALUE"] == "URI"
    assert event["DESCRIPTION"] == event["URL"]
    assert not {"LOCATION", "URL", "CONFERENCE", "DESCRIPTION"} & set(made())


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Casablanca"]
)
def test_times_stand_on_the_clock_of_a_zone_that_comes_along(zone: str) -> None:
    file = invitation(replace(INVITED, timezone=zone), Method.REQUEST, NOW)
    calendar, event = opened(file.content)
    assert event["DTSTART"].params["TZID"] == zone
    (described,) = calendar.walk("VTIMEZONE")
    assert described["TZID"] == zone
    # Also for a program that knows no zones but those of the file.
    local = START.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    told = local.replace(tzinfo=described.to_tz(lookup_tzid=False))
    assert told.astimezone(UTC) == START
    assert len(file.content) < 3000


def test_a_zone_without_changes_needs_no_description() -> None:
    file = invitation(replace(INVITED, timezone="UTC"), Method.REQUEST, NOW)
    assert b"DTSTART:20270105T133000Z" in file.content
    assert b"VTIMEZONE" not in file.content


BEFORE_BACK = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "minutes"),
    [
        # Into the hour that is there twice, within it, out of it.
        (BEFORE_BACK - timedelta(hours=1), 90),
        (BEFORE_BACK, 30),
        (BEFORE_BACK, 60),
        (BEFORE_BACK + timedelta(hours=1), 30),
        (BEFORE_BACK + timedelta(hours=1), 60),
        # Over the hour that is not there in spring.
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 60),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), 60),
    ],
)
def test_a_visit_keeps_its_time_and_length_where_clocks_change(
    start: datetime, minutes: int
) -> None:
    event = made(start=start, end=start + timedelta(minutes=minutes))
    begin, end = event["DTSTART"].dt, event["DTEND"].dt
    assert begin.astimezone(UTC) == start
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(minutes=minutes)


@examples(60)
@given(st.text() | st.sampled_from(HOSTILE))
def test_nothing_that_anybody_is_called_adds_a_line(name: str) -> None:
    party = Party(name, "a@example.org")
    plain = made(place="x", link="https://x.example")
    event = made(title=name, place=name, organizer=party, attendee=party)
    allowed = set(plain)
    assert set(event) <= allowed
    assert len(event.property_items()) <= len(plain.property_items())


def test_a_visit_is_known_by_the_same_name_each_time() -> None:
    ids = {uid_of("2F1C", 12), uid_of("2f1c", 12)}
    assert len(ids) == 1
    others = {uid_of("2f1c", 13), uid_of("2f1d", 12)}
    assert not ids & others
    (uid,) = ids
    name, _, place = uid.partition("@")
    assert place == "desk-app"
    assert int(name, 16)
