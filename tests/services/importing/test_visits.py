"""Appointments from a file: matched, written as they stand, told to nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.days import Order
from desk_app.domain.importing.outcome import SourceFile
from desk_app.domain.importing.plan import Match, Options
from desk_app.errors import SlotTaken

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.importing.outcome import Checked, Imported
    from desk_app.services.booking import Booking
    from desk_app.services.importing.importing import Importing
    from tests.factories import Practice

TITLES = "Datum;Beginn;Ende;Behandler;Leistung;Patient;Telefon;Status;Notiz\n"
PAST = (
    TITLES
    + "03.02.2026;09:00;09:30;Dr. med. Weber;Check-up;Weiß, Anna;;wahrgenommen;gut\n"
    + "03.02.2026;09:30;10:00;Weber;check-up;Groß, Jo;0151 23456789;no-show;\n"
    + "13.02.2026;11:00;;Dr Weber;Check-up;Groß, Jo;0151 23456789;abgesagt;\n"
)


def checked(importing: Importing, csv: str, options: Options | None = None) -> Checked:
    file = SourceFile("visits.csv", csv.encode())
    return importing.check(file, Subject.APPOINTMENTS, options)


def brought(importing: Importing, csv: str) -> Imported:
    found = checked(importing, csv)
    assert found.faults == ()
    return importing.write(found, Subject.APPOINTMENTS)


def rows(sessions: Sessions, sql: str) -> list[tuple[object, ...]]:
    with sessions.begin() as session:
        return [tuple(row) for row in session.execute(text(sql))]


def ahead(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d")


@pytest.mark.usefixtures("practice")
def test_past_visits_get_their_status_and_nobody_a_message(
    sessions: Sessions, importing: Importing
) -> None:
    imported = brought(importing, PAST)
    assert (imported.visits, imported.clients, imported.reminders) == (3, 1, 0)
    assert rows(
        sessions,
        "SELECT c.name, a.status, a.notes, a.start_time::text FROM appointment a"
        " JOIN client c USING (client_id) ORDER BY a.start_time",
    ) == [
        ("Anna Weiß", "COMPLETED", "gut", "2026-02-03 08:00:00+00"),
        ("Jo Groß", "NO_SHOW", "", "2026-02-03 08:30:00+00"),
        ("Jo Groß", "CANCELLED", "", "2026-02-13 10:00:00+00"),
    ]
    assert rows(sessions, "SELECT kind FROM outbox") == []
    missed = "SELECT no_show_count FROM client WHERE name = 'Jo Groß'"
    assert rows(sessions, missed) == [(1,)]


@pytest.mark.usefixtures("practice")
def test_visits_to_come_are_reminded_of_but_not_confirmed(
    sessions: Sessions, importing: Importing
) -> None:
    row = f"{ahead(9)};10:00;10:30;Weber;Check-up;Anna Weiß;;gebucht;\n"
    assert brought(importing, TITLES + row).reminders == 2
    kinds = rows(sessions, "SELECT kind FROM outbox ORDER BY kind")
    assert kinds == [("calendar_push",), ("reminder_1h",), ("reminder_48h",)]


@pytest.mark.usefixtures("practice")
def test_what_was_agreed_elsewhere_needs_no_buffer(
    sessions: Sessions, importing: Importing
) -> None:
    day = ahead(9)
    visits = "".join(
        f"{day};{clock};;Weber;Check-up;Anna Weiß;;;\n" for clock in ("10:00", "10:30")
    )
    brought(importing, TITLES + visits)
    kept_free = "SELECT busy_until - end_time FROM appointment ORDER BY start_time"
    assert rows(sessions, kept_free) == [(timedelta(0),), (timedelta(minutes=10),)]


@pytest.mark.usefixtures("practice")
def test_columns_that_say_yes_are_a_status_too(importing: Importing) -> None:
    csv = "Start;Patient;Cancelled at;Did not arrive\n"
    for day, words in enumerate((";", "01.02.2026;no", ";Yes", "false;0"), start=3):
        csv += f"{day:02}.02.2026 09:00;Anna Weiß;{words}\n"
    found = checked(importing, csv)
    assert found.faults == ()
    assert [visit.status for visit in found.visits] == [
        *("COMPLETED", "CANCELLED", "NO_SHOW", "COMPLETED"),
    ]


def test_collisions_are_named_by_line(
    importing: Importing, booking: Booking, practice: Practice
) -> None:
    booking.book(practice.request(9))
    faults = checked(
        importing,
        TITLES
        + "03.03.2026;09:15;;Weber;Check-up;Jo Groß;0151 23456789;gebucht;\n"
        + "13.03.2026;09:00;;Weber;Check-up;Jo Groß;0151 23456789;;\n"
        + "13.03.2026;09:20;;Weber;Check-up;Anna Weiß;;;\n"
        + "13.03.2026;09:20;;Weber;Check-up;Anna Weiß;;abgesagt;\n",
    ).faults
    assert [fault.line for fault in faults] == [2, 4]
    assert "Anna Weiß" in faults[0].words
    assert "line 3" in faults[1].words


BAD = (
    ("31.02.2026;09:00", "no such day"),
    ("02/13/2026;09:00", "no such day"),
    ("morgen;09:00", "no day"),
    ("45678;09:00", "Excel counts days"),
    ("13.02.2026;25:00", "no such time"),
    ("13.02.2026;", "time of day is missing"),
    (";09:00", "day is missing"),
    ("29.03.2026;02:30", "clocks"),
    ("13.02.1926;09:00", "between 2000"),
)


@pytest.mark.usefixtures("practice")
def test_days_that_are_none_are_named_by_line(importing: Importing) -> None:
    csv = TITLES + "14.02.2026;09:00;;Weber;Check-up;Anna Weiß;;;\n"
    for when, _ in BAD:
        csv += f"{when};;Weber;Check-up;Anna Weiß;;;\n"
    faults = checked(importing, csv).faults
    assert [fault.line for fault in faults] == [*range(3, 3 + len(BAD))]
    for fault, (_, says) in zip(faults, BAD, strict=True):
        assert says in fault.words


@pytest.mark.usefixtures("practice")
def test_an_order_of_days_that_is_open_is_asked_for(importing: Importing) -> None:
    csv = "Date,Time,Client,Phone\n03/04/2026,09:00,Jo Gross,0151 23456789\n"
    (fault,) = checked(importing, csv).faults
    assert (fault.line, fault.column) == (1, "Date")
    for order, month in ((Order.DMY, 4), (Order.MDY, 3)):
        (visit,) = checked(importing, csv, Options(order=order)).visits
        assert visit.start.month == month


def test_names_that_are_none_of_ours_are_asked_for(
    importing: Importing, practice: Practice
) -> None:
    csv = TITLES + "13.02.2026;09:00;;Dr. Who;Cleaning;Anna Weiß;;;\n"
    assert [fault.column for fault in checked(importing, csv).faults] == ["Behandler"]
    who = Match("Dr. Who", practice.provider_id)
    found = checked(importing, csv, Options(providers=(who,)))
    assert [fault.column for fault in found.faults] == ["Leistung"]
    what = Match("Cleaning", practice.service_id)
    found = checked(importing, csv, Options(providers=(who,), services=(what,)))
    assert (found.faults, len(found.visits)) == ((), 1)
    nobody = Match("Dr. Who", None)
    assert checked(importing, csv, Options(providers=(nobody,))).left_out == 1


def test_a_time_that_was_given_away_meanwhile_stops_everything(
    sessions: Sessions, importing: Importing, booking: Booking, practice: Practice
) -> None:
    found = checked(
        importing,
        TITLES
        + "02.03.2026;09:00;;Weber;Check-up;Jo Groß;0151 23456789;;\n"
        + "03.03.2026;09:00;;Weber;Check-up;Jo Groß;0151 23456789;abgesagt;\n"
        + "03.03.2026;09:10;;Weber;Check-up;Jo Groß;0151 23456789;;\n",
    )
    booking.book(practice.request(9))
    with pytest.raises(SlotTaken):
        importing.write(found, Subject.APPOINTMENTS)
    assert rows(sessions, "SELECT count(*) FROM appointment") == [(1,)]
    assert rows(sessions, "SELECT name FROM client") == [("Anna Weiß",)]


@pytest.mark.usefixtures("practice")
def test_visits_are_taken_back_with_their_clients(
    sessions: Sessions, importing: Importing
) -> None:
    imported = brought(importing, PAST)
    with sessions.begin() as session:
        session.execute(
            text(
                "UPDATE appointment SET notes = 'x', version = version + 1"
                " WHERE status = 'CANCELLED'"
            )
        )
    taken_back = importing.undo(imported.transfer_id)
    assert taken_back.removed == 2
    assert {kept.name for kept in taken_back.kept} == {"Jo Groß"}
    assert rows(sessions, "SELECT status FROM appointment") == [("CANCELLED",)]
