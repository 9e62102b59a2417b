"""What is recognised of files as other programs write them."""

from __future__ import annotations

import pytest

from desk_app.domain.importing.columns import FIELDS, Field, Subject, recognise
from desk_app.domain.importing.decoding import ENCODINGS, decode
from desk_app.domain.importing.people import People
from desk_app.domain.importing.plan import NameOrder, Options
from desk_app.domain.importing.reading import read

CLIENTS, VISITS = Subject.CLIENTS, Subject.APPOINTMENTS

# By program, or country: the names of its columns, a row, and who that is.
EXPORTS = {
    "Open Dental": (
        "PatNum,LName,FName,MiddleI,HmPhone,WkPhone,WirelessPhone,Email,TxtMsgOk\n"
        "1,Weiß,Anna,,030 1234567,,0151 7654321,a@b.de,Yes\n",
        ("Anna Weiß", "0151 7654321", "a@b.de", "Other phone: 030 1234567"),
    ),
    "Jane": (
        "Patient Number,First Name,Last Name,Email,Home Phone,Mobile Phone,Work Phone\n"
        "12,Anna,Weiß,a@b.de,030 1234567,0151 7654321,\n",
        ("Anna Weiß", "0151 7654321", "a@b.de", "Other phone: 030 1234567"),
    ),
    "Cliniko": (
        "Title,First name,Last name,Date of birth,Email,Phone numbers,Notes\n"
        'Ms,Anna,Weiß,1990-01-01,a@b.de,"Mobile: 0151 7654321, Home: 030 1","x"\n',
        ("Anna Weiß", "0151 7654321", "a@b.de", "x\nOther phone: 030 1"),
    ),
    "SimplePractice": (
        "First name,Last name,Client email,Mobile phone number,Status\n"
        "Anna,Weiß,a@b.de,0151 7654321,Active\n",
        ("Anna Weiß", "0151 7654321", "a@b.de", ""),
    ),
    "Excel in Germany": (
        "Nachname;Vorname;Handy;E-Mail-Adresse;Bemerkungen\r\n"
        'Weiß;Anna;="0151 7654321";a@b.de;"Raum 2;\r\nlinks"\r\n',
        ("Anna Weiß", "0151 7654321", "a@b.de", "Raum 2;\nlinks"),
    ),
    "Excel in France": (
        "Nom;Prénom;Téléphone portable;Courriel\r\n"
        "Dupont;Zoé;06 12 34 56 78;z@x.fr\r\n",
        ("Zoé Dupont", "06 12 34 56 78", "z@x.fr", ""),
    ),
    "Excel in Spain": (
        "Nombre;Apellidos;Teléfono móvil;Correo electrónico\r\n"
        "José;García;612 345 678;j@x.es\r\n",
        ("José García", "612 345 678", "j@x.es", ""),
    ),
    "last name first": (
        'Name\tTelefon\n"Weiß, Anna"\tTel: 0151 7654321 (mobil)\n',
        ("Anna Weiß", "0151 7654321", "", ""),
    ),
    "a report with a title": (
        "Patient list;;\nPrinted 24.11.2026;;\n\nName;Phone;E-mail\n"
        "Anna Weiß;0151 7654321;Anna <a@b.de>; \n",
        ("Anna Weiß", "0151 7654321", "a@b.de", ""),
    ),
    "Excel's own first line": (
        "sep=;\nName;Phone\nAnna Weiß;'0151 7654321\n",
        ("Anna Weiß", "0151 7654321", "", ""),
    ),
    "no names of columns": (
        "Anna Weiß|0151 7654321|a@b.de\nJo Groß|0151 7654322|j@b.de\n",
        ("Anna Weiß", "0151 7654321", "a@b.de", ""),
    ),
    "two numbers in a cell": (
        "Name,Phone\nAnna Weiß,0151 7654321 / 030 1234567 ext. 5\n",
        ("Anna Weiß", "0151 7654321", "", "Other phone: 030 1234567 ext. 5"),
    ),
    "Google": (
        "First Name,Last Name,Phonetic First Name,E-mail 1 - Label,E-mail 1 - Value,"
        "Phone 1 - Label,Phone 1 - Value\n"
        "Anna,Weiß,,* Home,a@b.de,Mobile,0151 7654321 ::: 030 1234567\n",
        ("Anna Weiß", "0151 7654321", "a@b.de", "Other phone: 030 1234567"),
    ),
    "single quotes": (
        "'Name','Phone'\n'Anna Weiß','0151 7654321'\n",
        ("Anna Weiß", "0151 7654321", "", ""),
    ),
    "fillers": (
        "Name,Phone,Email\nAnna Weiß,n/a,-\n",
        ("Anna Weiß", "", "", ""),
    ),
}


@pytest.mark.parametrize("program", EXPORTS)
def test_an_export_is_read_as_it_was_meant(program: str) -> None:
    text, wanted = EXPORTS[program]
    reading = read(text.encode(), CLIENTS)
    people = People(reading)
    person = people.of(reading.table.rows[0])
    assert (reading.faults, people.faults) == ((), [])
    assert person is not None
    assert (person.name, person.phone, person.email, person.notes) == wanted


VISIT_EXPORTS = {
    "Cal.com": (
        "id,title,status,startTime,endTime,attendeeName,attendeeEmail,host\n"
        "1,30 min,accepted,2026-03-03T09:00:00.000Z,2026-03-03T09:30:00.000Z,A B,"
        "a@b.de,Dr Weber\n",
        {Field.SERVICE, Field.STATUS, Field.DATE, Field.END, Field.NAME}
        | {Field.EMAIL, Field.PROVIDER},
    ),
    "Calendly": (
        "Invitee Name,Invitee Email,Event Type Name,Start Date & Time,"
        "End Date & Time,Canceled\n"
        "A B,a@b.de,Visit,2026-03-05 09:00 am,2026-03-05 09:30 am,false\n",
        {Field.NAME, Field.EMAIL, Field.SERVICE, Field.DATE, Field.END}
        | {Field.CANCELLED},
    ),
    "Acuity": (
        "Start Time,End Time,First Name,Last Name,Type,Calendar,Date Scheduled\n"
        '"March 5, 2026 9:00 am","March 5, 2026 9:30 am",A,B,Visit,W,2026-02-01\n',
        {Field.DATE, Field.END, Field.FIRST_NAME, Field.LAST_NAME, Field.SERVICE}
        | {Field.PROVIDER},
    ),
    "German": (
        "Datum;Von;Bis;Behandler;Leistung;Patient;Handy;Status\n"
        "03.03.2026;09:00;09:30;Weber;Check-up;Anna;0151 7654321;gebucht\n",
        {Field.DATE, Field.TIME, Field.END, Field.PROVIDER, Field.SERVICE}
        | {Field.NAME, Field.PHONE, Field.STATUS},
    ),
    "French": (
        "Date du rendez-vous;Heure de début;Durée;Praticien;Motif;Nom;Prénom;Statut\n"
        "03/13/2026;14h30;30;Weber;Bilan;Dupont;Zoé;honoré\n",
        {Field.DATE, Field.TIME, Field.DURATION, Field.PROVIDER, Field.SERVICE}
        | {Field.LAST_NAME, Field.FIRST_NAME, Field.STATUS},
    ),
    "Jane": (
        "start_at,end_at,staff_member_name,treatment_name,patient_name,state\n"
        '"March 3, 2026 at 9:00 AM","March 3, 2026 at 9:30 AM",W,Visit,A B,arrived\n',
        {Field.DATE, Field.END, Field.SERVICE, Field.NAME, Field.STATUS}
        | {Field.PROVIDER},
    ),
}


@pytest.mark.parametrize("program", VISIT_EXPORTS)
def test_the_columns_of_appointments_are_recognised(program: str) -> None:
    text, wanted = VISIT_EXPORTS[program]
    reading = read(text.encode(), VISITS)
    assert reading.faults == ()
    assert {*reading.fields} - {Field.IGNORED} == wanted


def test_no_field_is_recognised_that_the_rows_have_no_place_for() -> None:
    for subject in Subject:
        every = ("Phone", "Home phone", "Work phone", "Language", "Date", "Status", "?")
        fields = recognise(every, [[]] * len(every), subject)
        assert set(fields) <= set(FIELDS[subject])


def test_a_column_of_addresses_is_no_phone() -> None:
    text = "Name,Phone,Home\nAnna,0151 7654321,Elm Street\n"
    assert read(text.encode(), CLIENTS).fields[2] is Field.IGNORED


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "Zoë Ångström"),
        ("utf-8-sig", "Łukasz 江"),
        ("utf-16", "Jörg Groß"),
        ("utf-16-le", "Jörg Groß"),
        ("utf-16-be", "Jörg Groß"),
        ("utf-32", "Jörg Groß"),
        ("cp1252", "Jörg Groß, O’Neil"),
        ("cp1252", "ANDRÉ MÜLLER"),
        ("mac_roman", "Jörg Groß, Müller"),
        ("cp850", "Jörg Groß, Müller"),
        ("cp1250", "Paweł Wójcik, Jiří Dvořák"),
        ("cp1251", "Анна Иванова"),
    ],
)
def test_letters_are_read_in_their_alphabet(encoding: str, name: str) -> None:
    found = decode(f"Name;Phone\r\n{name};1\r\n".encode(encoding))
    assert found.text == f"Name;Phone\n{name};1\n"
    is_told = encoding.startswith("utf")
    assert bool(found.doubt) is not is_told


def test_an_alphabet_that_was_chosen_counts() -> None:
    data = "Name\nΓιάννης\n".encode("cp1253")
    assert decode(data, "cp1253").text == "Name\nΓιάννης\n"
    assert decode(data, "utf-8").faults
    assert all("".encode(name) == b"" for name in ENCODINGS if name != "utf-16")


def test_what_a_person_decides_counts_more_than_what_is_recognised() -> None:
    text = "Name,Phone\nWeiß,0151 7654321\n"
    options = Options(
        fields=(Field.NOTES, Field.NAME), names=NameOrder.LAST_FIRST, has_header=False
    )
    reading = read(text.encode(), CLIENTS, options)
    assert reading.fields == (Field.NOTES, Field.NAME)
    assert len(reading.table.rows) == 2
