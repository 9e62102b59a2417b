"""Managers import by their own login; desks stay quick, clients keep their rights."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.db.notices import Ear, Kind, Notice
from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.outcome import SourceFile
from desk_app.errors import NotAllowed
from desk_app.services.importing.importing import Importing
from desk_app.services.rights import Rights
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.importing.outcome import Imported

MANY = 150
FILE = SourceFile(
    "\u202eclients.csv",
    b"Name,Phone\n"
    + b"".join(b"Person %d,0151 2000%04d\n" % (n, n) for n in range(MANY)),
)
VISIT = SourceFile(
    "visits.csv",
    b"Date,Time,Client,Phone\n13.02.2026,09:00,Person 3,0151 20000003\n",
)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        factories.open_practice(desks.owner)
        yield desks


def brought(sessions: Sessions, file: SourceFile, subject: Subject) -> Imported:
    importing = Importing(sessions)
    return importing.write(importing.check(file, subject), subject)


def test_a_manager_imports_and_nobody_else_does(desks: Desks) -> None:
    manager = desks.manager()
    imported = brought(manager, FILE, Subject.CLIENTS)
    assert imported.clients == MANY
    visits = brought(manager, VISIT, Subject.APPOINTMENTS)
    assert (visits.visits, visits.clients) == (1, 0)
    (last, first) = Importing(manager).imports()
    assert (first.by, first.file_name) == ("Miriam Hoffmann", "_clients.csv")
    more = SourceFile("x.csv", b"Name\nSomebody Else\n")
    later = SourceFile("y.csv", VISIT.data.replace(b"13.02", b"14.02"))
    for others in (desks.receptionist(), desks.provider(1)):
        with pytest.raises(NotAllowed):
            brought(others, more, Subject.CLIENTS)
        with pytest.raises(NotAllowed):
            brought(others, later, Subject.APPOINTMENTS)
        with pytest.raises(NotAllowed):
            Importing(others).undo(first.transfer_id)
        assert Importing(others).imports() == ()
    assert Importing(manager).undo(last.transfer_id).removed == 1
    assert Importing(manager).undo(first.transfer_id).removed == MANY


def test_many_rows_are_one_notice(desks: Desks) -> None:
    manager = desks.manager()
    ear, never = Ear(desks.url), threading.Event()
    ear.connect(never)
    imported = brought(manager, FILE, Subject.CLIENTS)
    assert set(ear.wait(never, 5)) == {Notice(Kind.REFRESH, 0)}
    Importing(manager).undo(imported.transfer_id)
    assert set(ear.wait(never, 5)) == {Notice(Kind.REFRESH, 0)}
    ear.close()


def test_who_was_imported_can_be_merged_and_erased(desks: Desks) -> None:
    manager = desks.manager()
    imported = brought(manager, FILE, Subject.CLIENTS)
    kept, gone, erased = number(manager, 1), number(manager, 2), number(manager, 3)
    assert Rights(manager).export(erased).client.import_id == imported.transfer_id
    with manager.begin() as session:
        session.execute(text(f"SELECT client_merge({kept}, {gone})"))
    Rights(manager).erase(erased)
    assert Rights(manager).export(erased).client.import_id is None
    taken_back = Importing(manager).undo(imported.transfer_id)
    assert taken_back.removed == MANY - 3
    assert {each.name for each in taken_back.kept} == {"Person 1", "Person 2"}
    with desks.owner.begin() as session:
        lines = session.scalars(text("SELECT to_jsonb(t)::text FROM transfer t")).all()
    assert "Person" not in "".join(lines)


def number(sessions: Sessions, which: int) -> int:
    with sessions.begin() as session:
        found = text(f"SELECT client_id FROM client WHERE name = 'Person {which}'")
        return int(session.scalars(found).one())
