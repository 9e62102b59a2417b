"""Everything the program reads from the database, one function for each.

What is stored past the program must come back through all of them: a row that makes
one of them fail would keep every desk from working.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import inspect

from desk_app.db.models import Base
from desk_app.db.queries import message_texts, practice
from desk_app.db.queries.pipeline import ask
from desk_app.domain.client_file import MergeWish
from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.outcome import SourceFile
from desk_app.services.client_file import ClientFiles
from desk_app.services.clients import Clients
from desk_app.services.composing import Way, compose
from desk_app.services.diary import Diary, OpeningQuery
from desk_app.services.history import History
from desk_app.services.importing.importing import Importing
from desk_app.services.message_example import example
from desk_app.services.message_texts import MessageTexts, text_keys
from desk_app.services.practice import PracticeSettings
from desk_app.services.rights import Rights
from desk_app.services.staff import StaffList
from desk_app.ui.practice import Practice
from tests import factories
from tests.hostile.rows import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.db.session import Sessions
    from tests.hostile.rows import Rows

MONDAY = NOON.date()


def catalogue(sessions: Sessions, rows: Rows) -> None:
    """Read the practice as a window does when it opens."""
    known = Practice(Diary(sessions).catalogue())
    known.today()
    assert len(known.providers) >= 1


def days(sessions: Sessions, rows: Rows) -> None:
    """Read a week of the grid."""
    provider_id = rows["provider"]["provider_id"]
    found = Diary(sessions, factories.clock).days(MONDAY, 7, [provider_id])
    assert any(day.appointments for day in found)


def appointment(sessions: Sessions, rows: Rows) -> None:
    """Read one appointment."""
    number = rows["appointment"]["appointment_id"]
    assert Diary(sessions).get(number) is not None


def beside_the_grid(sessions: Sessions, rows: Rows) -> None:
    """Read what is held, what is to be given back, what was booked together."""
    diary = Diary(sessions)
    diary.holds()
    diary.refunds()
    assert diary.series(rows["appointment"]["series_id"])


def openings(sessions: Sessions, rows: Rows) -> None:
    """Look for free times."""
    query = OpeningQuery((rows["service"]["service_id"],), MONDAY, 7, limit=None)
    assert Diary(sessions, factories.clock).openings(query)


def clients(sessions: Sessions, rows: Rows) -> None:
    """Read one client, and find it by its phone number."""
    number = rows["client"]["client_id"]
    Clients(sessions).get(number)
    Clients(sessions).find("+4930")


def files(sessions: Sessions, rows: Rows) -> None:
    """Read all about a client, and compare them with another one."""
    number, reader = rows["client"]["client_id"], ClientFiles(sessions)
    file = reader.read(number)
    reader.duplicates(file.client)
    other = factories.client(sessions)
    assert reader.compare(MergeWish(number, other)).merged.client_id == number


def zones(sessions: Sessions, rows: Rows) -> None:
    """Read what `desk-app doctor` compares."""
    with sessions.begin() as session:
        ask(session, practice.practice())
        ask(session, practice.active_providers())


def histories(sessions: Sessions, rows: Rows) -> None:
    """Read what was done with an appointment and with a client."""
    told = History(sessions)
    told.of_appointment(rows["appointment"]["appointment_id"])
    told.of_client(rows["client"]["client_id"])


def export(sessions: Sessions, rows: Rows) -> None:
    """Read everything about a client, as a page and as a file for programs."""
    data = Rights(sessions).export(rows["client"]["client_id"])
    assert json.loads(data.to_json())
    assert data.to_page()


def managing(sessions: Sessions, rows: Rows) -> None:
    """Read the staff, the settings of access, and who is due to be erased."""
    StaffList(sessions).everybody()
    PracticeSettings(sessions).choices()
    PracticeSettings(sessions).last_changes()
    Rights(sessions).retention()


def imports(sessions: Sessions, rows: Rows) -> None:
    """Look at what was imported, and compare a file with the clients there are."""
    del rows
    importing = Importing(sessions)
    importing.imports()
    file = SourceFile("x.csv", b"Name,Phone\nAnna,+493023125001\n")
    importing.check(file, Subject.CLIENTS)


def messages(sessions: Sessions, rows: Rows) -> None:
    """Read the texts of messages, and write messages in them."""
    del rows
    texts = MessageTexts(sessions)
    assert texts.languages()
    assert texts.all("en")
    with sessions.begin() as session:
        own = ask(session, message_texts.own_texts())
        speaker = ask(session, message_texts.speaking_practice())
    for key in {*text_keys("en")[:3], *own}:
        told = example(speaker, key, NOON, virtual=True)
        assert compose(told, Way(key.channel, "x@example.org"), own, NOON).text


def every_row(sessions: Sessions, rows: Rows) -> None:
    """Read every row of every table with all its columns."""
    with sessions.begin() as session:
        for mapper in Base.registry.mappers:
            for found in session.scalars(sa.select(mapper.class_)):
                assert inspect(found).persistent


READS: tuple[Callable[[Sessions, Rows], object], ...] = (
    catalogue,
    days,
    appointment,
    beside_the_grid,
    openings,
    clients,
    files,
    zones,
    histories,
    export,
    managing,
    imports,
    messages,
    every_row,
)
