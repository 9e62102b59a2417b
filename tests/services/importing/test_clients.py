"""Clients from a file: all of them or none, and taken back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.outcome import SourceFile
from desk_app.domain.importing.plan import Known, Options, Twins
from desk_app.domain.progress import CancelToken, Progress, Work
from desk_app.errors import Cancelled, Refused

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.importing.outcome import Imported
    from desk_app.services.importing.importing import Importing
    from tests.factories import Practice

EXCEL = (
    "Nachname;Vorname;Telefon;E-Mail;Bemerkungen\r\n"
    "Groß;Jörg;0151 23456789;jg@example.org;\r\n"
    'Öztürk;Ayşe;+49 (0)30 2312 5003;;"Raum 2;\nbitte anrufen"\r\n'
)


def source(text: str, encoding: str = "utf-8") -> SourceFile:
    return SourceFile("clients.csv", text.encode(encoding))


def brought(
    importing: Importing, file: SourceFile, options: Options | None = None
) -> Imported:
    checked = importing.check(file, Subject.CLIENTS, options)
    assert checked.faults == ()
    return importing.write(checked, Subject.CLIENTS)


def names(sessions: Sessions) -> list[str]:
    with sessions.begin() as session:
        return [*session.scalars(text("SELECT name FROM client ORDER BY client_id"))]


def row(sessions: Sessions, name: str) -> tuple[object, ...]:
    with sessions.begin() as session:
        found = session.execute(
            text("SELECT phone, email, notes FROM client WHERE name = :name"),
            {"name": name},
        )
        return tuple(found.one())


@pytest.mark.usefixtures("practice")
def test_what_excel_saved_is_stored_as_if_it_had_been_typed(
    sessions: Sessions, importing: Importing
) -> None:
    imported = brought(importing, source(EXCEL, "utf-8-sig"))
    assert imported.clients == 2
    assert row(sessions, "Jörg Groß") == ("+4915123456789", "jg@example.org", "")
    assert row(sessions, "Ayşe Öztürk") == (
        "+493023125003",
        "",
        "Raum 2;\nbitte anrufen",
    )
    (line,) = importing.imports()
    assert (line.file_name, line.rows, line.undone_at) == ("clients.csv", 2, None)


@pytest.mark.usefixtures("practice")
def test_who_is_known_is_skipped_and_listed(
    sessions: Sessions, importing: Importing
) -> None:
    file = source(EXCEL)
    brought(importing, file)
    checked = importing.check(file, Subject.CLIENTS)
    assert (checked.new, checked.faults) == ((), ())
    assert [(d.line, d.name) for d in checked.duplicates] == [
        (2, "Jörg Groß"),
        (3, "Ayşe Öztürk"),
    ]


@pytest.mark.usefixtures("practice")
def test_empty_fields_are_filled_in_and_empty_again_when_taken_back(
    sessions: Sessions, importing: Importing
) -> None:
    brought(importing, source("Name,Phone\nJo Groß,0151 23456789\n"))
    more = source("Name,Phone,Email\nJo Groß,+4915123456789,jo@example.org\n")
    imported = brought(importing, more, Options(known=Known.FILL))
    assert (imported.clients, imported.filled) == (0, 1)
    assert row(sessions, "Jo Groß")[1] == "jo@example.org"
    taken_back = importing.undo(imported.transfer_id)
    assert taken_back.kept == ()
    assert row(sessions, "Jo Groß") == ("+4915123456789", "", "")


FAMILY = "Name,Phone\nTim Groß,0151 23456789\nEva Groß,0151 23456789\n"


@pytest.mark.usefixtures("practice")
def test_a_phone_that_stands_twice_waits_for_a_decision(
    sessions: Sessions, importing: Importing
) -> None:
    before = names(sessions)
    (fault,) = importing.check(source(FAMILY), Subject.CLIENTS).faults
    assert (fault.line, fault.column) == (3, "Phone")
    assert "line 2" in fault.words
    first = importing.check(source(FAMILY), Subject.CLIENTS, Options(twins=Twins.FIRST))
    assert [person.name for person in first.new] == ["Tim Groß"]
    brought(importing, source(FAMILY), Options(twins=Twins.ALL))
    assert names(sessions) == [*before, "Tim Groß", "Eva Groß"]


@pytest.mark.usefixtures("practice")
def test_what_is_cancelled_leaves_nothing(
    sessions: Sessions, importing: Importing
) -> None:
    before = names(sessions)
    checked = importing.check(source(EXCEL), Subject.CLIENTS)
    token = CancelToken()

    def cancel(progress: Progress) -> None:
        if progress.done:
            token.cancel()

    with pytest.raises(Cancelled):
        importing.write(checked, Subject.CLIENTS, Work(cancel, token))
    assert names(sessions) == before
    assert importing.imports() == ()


def test_taking_back_leaves_who_was_used_and_says_so(
    sessions: Sessions, importing: Importing, practice: Practice
) -> None:
    del practice
    before = names(sessions)
    imported = brought(importing, source(EXCEL))
    with sessions.begin() as session:
        session.execute(text("UPDATE client SET notes = 'x' WHERE name = 'Jörg Groß'"))
    taken_back = importing.undo(imported.transfer_id)
    assert taken_back.removed == 1
    assert [kept.name for kept in taken_back.kept] == ["Jörg Groß"]
    assert names(sessions) == [*before, "Jörg Groß"]
    with pytest.raises(Refused):
        importing.undo(imported.transfer_id)


@pytest.mark.usefixtures("practice")
def test_the_log_forgets_who_was_taken_back(
    sessions: Sessions, importing: Importing
) -> None:
    imported = brought(importing, source(EXCEL))
    importing.undo(imported.transfer_id)
    with sessions.begin() as session:
        log = session.scalars(
            text("SELECT concat(old, new) FROM audit_log WHERE table_name = 'client'")
        ).all()
    assert len(log) >= 4
    assert not [line for line in log if "Groß" in line or "23456789" in line]
