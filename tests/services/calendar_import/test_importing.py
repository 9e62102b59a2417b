"""Calendars become blocked times or appointments: all of it, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.calendar_file.becoming import Becoming, CalendarWish, NewBlock
from desk_app.domain.calendar_file.events import Days
from desk_app.domain.exports import ExportWish, FileFormat, Subject
from desk_app.domain.importing.outcome import SourceFile
from desk_app.domain.progress import CancelToken, Progress, Work
from desk_app.errors import Cancelled, Invalid, NotAllowed, Refused
from desk_app.services.booking import Booking
from desk_app.services.calendar_import.importing import CalendarImport
from desk_app.services.exporting.exports import Exports
from desk_app.services.importing.importing import Importing
from tests import factories
from tests.desks import Desks
from tests.services.calendar_import.calendars import calendar, event

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.db.session import Sessions
    from desk_app.domain.calendar_file.becoming import CalendarChecked
    from tests.factories import Practice

# Long after any day on which tests run.
DAYS = Days(date(2090, 1, 1), date(2090, 12, 31), factories.BERLIN)
DAY = date(2090, 3, 1)


def at(hour: str, *lines: str, uid: str = "1", end: str = "") -> str:
    """Return an event of 1 March 2090, an hour long if no `end` is said."""
    until = f"DTEND:20900301T{end}00" if end else "DURATION:PT1H"
    return event(f"DTSTART:20900301T{hour}00", until, *lines, uid=uid)


@pytest.fixture
def imports(sessions: Sessions) -> CalendarImport:
    return CalendarImport(sessions)


@pytest.fixture
def blocks(practice: Practice) -> CalendarWish:
    return CalendarWish(Becoming.BLOCKS, practice.provider_id)


@pytest.fixture
def visits(practice: Practice) -> CalendarWish:
    return CalendarWish(
        Becoming.APPOINTMENTS, practice.provider_id, practice.service_id
    )


def checked(
    imports: CalendarImport, wish: CalendarWish, *events: str
) -> CalendarChecked:
    read = imports.read(SourceFile("x.ics", calendar(*events)), DAYS)
    return imports.check(read, wish)


def overrides(sessions: Sessions) -> list[tuple[object, ...]]:
    return factories.rows(
        sessions,
        "SELECT date, start_time, end_time, reason FROM availability_override"
        " WHERE is_blocked ORDER BY date, start_time",
    )


def test_events_become_blocked_times_that_can_be_taken_back(
    sessions: Sessions, imports: CalendarImport, blocks: CalendarWish
) -> None:
    found = checked(
        imports,
        blocks,
        at("0900", "SUMMARY:Course", uid="1"),
        at("2300", "SUMMARY:Night", uid="2"),
        event("DTSTART;VALUE=DATE:20900305", "DTEND;VALUE=DATE:20900307", uid="3"),
        at("1500", "SUMMARY:Maybe", "TRANSP:TRANSPARENT", uid="4"),
    )
    assert (found.faults, found.left_out, found.rows) == ((), 1, 4)
    done = imports.write(found)
    assert overrides(sessions) == [
        (DAY, time(9), time(10), "Course"),
        (DAY, time(23), time(0), "Night"),
        (date(2090, 3, 5), time(0), time(0), ""),
        (date(2090, 3, 6), time(0), time(0), ""),
    ]
    Importing(sessions).undo(done.transfer_id)
    assert overrides(sessions) == []


def test_the_same_file_again_blocks_nothing_twice(
    sessions: Sessions, imports: CalendarImport, blocks: CalendarWish
) -> None:
    imports.write(checked(imports, blocks, at("0900")))
    again = checked(imports, blocks, at("0900"), at("1100", uid="2"))
    assert (again.known, again.rows) == (1, 1)


def test_whole_days_free_times_and_titles_are_taken_as_wished(
    imports: CalendarImport, blocks: CalendarWish
) -> None:
    events = (
        event("DTSTART;VALUE=DATE:20900305", uid="1"),
        at("1500", "SUMMARY:Maybe", "TRANSP:TRANSPARENT", uid="2"),
    )
    wish = replace(blocks, takes_days=False, takes_free=True, takes_titles=False)
    found = checked(imports, wish, *events)
    assert found.blocks == (NewBlock(DAY, time(15), time(16)),)
    assert found.left_out == 1


def test_appointments_in_a_blocked_time_are_faults_unless_they_may_stay(
    sessions: Sessions, imports: CalendarImport, blocks: CalendarWish,
    visits: CalendarWish,
) -> None:  # fmt: skip
    imports.write(checked(imports, visits, at("0930", "SUMMARY:Anna Weiß")))
    events = (at("0900", "SUMMARY:Course"), at("1400", uid="2"))
    found = checked(imports, blocks, *events)
    (bad,) = found.faults
    assert (bad.line, bad.text) == (4, "Course")
    assert "Anna Weiß" in bad.words
    assert "2090-03-01 09:30" in bad.words
    with pytest.raises(Invalid):
        imports.write(found)
    stays = checked(imports, replace(blocks, stays_booked=True), *events)
    assert (stays.faults, stays.booked) == ((), 1)
    assert imports.write(stays).blocks == 2


def test_what_is_booked_between_checking_and_writing_keeps_everything_out(
    sessions: Sessions, imports: CalendarImport, blocks: CalendarWish,
    visits: CalendarWish,
) -> None:  # fmt: skip
    found = checked(imports, blocks, at("0900"), at("1400", uid="2"))
    imports.write(checked(imports, visits, at("0930", "SUMMARY:Anna Weiß")))
    with pytest.raises(Refused, match="Check the file again"):
        imports.write(found)
    assert overrides(sessions) == []


def test_events_become_appointments_of_known_and_new_clients(
    sessions: Sessions, imports: CalendarImport, visits: CalendarWish
) -> None:
    clara = "ATTENDEE;CN=Clara Neu:mailto:clara@x.example"
    found = checked(
        imports,
        visits,
        at("0900", "SUMMARY:Anna Weiß – Check-up", uid="1"),
        at("1100", "SUMMARY:Appointment", clara, uid="2"),
        at("1300", "SUMMARY:Again", clara, "STATUS:TENTATIVE", uid="3"),
        event("DTSTART;VALUE=DATE:20900305", "SUMMARY:Holiday", uid="4"),
    )
    assert (found.faults, found.left_out, len(found.new)) == ((), 1, 1)
    done = imports.write(found)
    assert (done.visits, done.clients) == (3, 1)
    rows = factories.rows(
        sessions,
        "SELECT c.name, c.email, a.status, a.end_time - a.start_time FROM appointment a"
        " JOIN client c USING (client_id) ORDER BY a.start_time",
    )
    hour = timedelta(hours=1)
    assert rows == [
        ("Anna Weiß", "", "CONFIRMED", hour),
        ("Clara Neu", "clara@x.example", "CONFIRMED", hour),
        ("Clara Neu", "clara@x.example", "PENDING", hour),
    ]
    Importing(sessions).undo(done.transfer_id)
    assert factories.rows(sessions, "SELECT count(*) FROM appointment") == [(0,)]
    assert factories.rows(sessions, "SELECT count(*) FROM client") == [(1,)]


def test_appointments_that_cannot_be_are_named_by_event(
    sessions: Sessions, imports: CalendarImport, visits: CalendarWish
) -> None:
    factories.client(sessions, name="Max Doppelt", phone="+4930111111")
    factories.client(sessions, name="Max Doppelt", phone="+4930222222")
    found = checked(
        imports,
        visits,
        at("0900", "SUMMARY:Anna Weiß", uid="1"),
        at("0930", "SUMMARY:Berta", uid="2"),
        at("1100", uid="3"),
        at("1300", "SUMMARY:Max Doppelt", uid="4"),
        at("1500", "SUMMARY:Long", "X-A:1", uid="5").replace("PT1H", "PT25H"),
    )
    said = [(bad.line, bad.words.split()[0]) for bad in found.faults]
    assert said == [(10, "At"), (16, "This"), (21, "Several"), (27, "An")]
    with pytest.raises(Invalid):
        imports.write(found)


def test_a_cancelled_import_leaves_nothing_behind(
    sessions: Sessions, imports: CalendarImport, blocks: CalendarWish
) -> None:
    found = checked(imports, blocks, at("0900"))
    token = CancelToken()

    def hear(_progress: Progress) -> None:
        token.cancel()

    with pytest.raises(Cancelled):
        imports.write(found, Work(hear, token))
    assert overrides(sessions) == []
    assert factories.rows(sessions, "SELECT count(*) FROM transfer") == [(0,)]


def test_faults_of_a_file_are_faults_of_its_import(
    imports: CalendarImport, blocks: CalendarWish
) -> None:
    found = checked(imports, blocks, at("0900", "RRULE:FREQ=SECONDLY"))
    assert found.faults == found.read.faults != ()


def test_a_file_that_is_not_there_or_too_large_is_refused(
    imports: CalendarImport, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        imports.open(tmp_path / "gone.ics")
    large = tmp_path / "large.ics"
    with large.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(Invalid, match="50 megabytes"):
        imports.open(large)


def test_reminders_of_what_came_in_leave_when_the_practice_says(
    sessions: Sessions, imports: CalendarImport, visits: CalendarWish
) -> None:
    factories.setting(sessions, "short_reminder_hours", 0)
    factories.setting(sessions, "long_reminder_hours", 24)
    imports.write(checked(imports, visits, at("0900", "SUMMARY:Anna Weiß")))
    reminders = factories.rows(
        sessions,
        "SELECT a.start_time - o.run_at FROM outbox o"
        " JOIN appointment a USING (appointment_id) WHERE o.kind LIKE 'reminder%'",
    )
    assert reminders == [(timedelta(hours=24),)]


def test_only_managers_bring_a_calendar_in(database_url: str) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        wish = CalendarWish(Becoming.BLOCKS, practice.provider_id)
        manager = CalendarImport(desks.manager())
        found = checked(manager, wish, at("0900"))
        for desk in (desks.receptionist(), desks.provider(practice.provider_id)):
            with pytest.raises(NotAllowed):
                CalendarImport(desk).write(found)
        done = manager.write(found)
        assert done.blocks == 1
        visits = replace(
            wish, becoming=Becoming.APPOINTMENTS, service_id=practice.service_id
        )
        again = checked(manager, visits, at("1100", "SUMMARY:Berta Neu"))
        assert manager.write(again).clients == 1


def test_what_was_exported_comes_back_at_the_same_instants(
    sessions: Sessions, imports: CalendarImport, practice: Practice, tmp_path: Path
) -> None:
    booking = Booking(sessions, factories.clock)
    booked = [booking.book(practice.request(9)), booking.book(practice.request(13))]
    wish = ExportWish(Subject.APPOINTMENTS, FileFormat.ICALENDAR, tmp_path)
    (path,) = Exports(sessions).export(wish).files
    days = Days(factories.TODAY, date(2026, 12, 31), factories.BERLIN)
    read = imports.read(imports.open(path), days)
    assert [(e.start, e.end, e.title) for e in read.events] == [
        (visit.start, visit.end, "Anna Weiß – Check-up") for visit in booked
    ]
