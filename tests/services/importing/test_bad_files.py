"""Of a file with which anything is wrong nothing is written; each line is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.outcome import SourceFile
from desk_app.errors import Invalid
from tests.domain.importing.bad_files import BAD_FILES, Bad

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.importing.importing import Importing


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_by_line(
    sessions: Sessions, importing: Importing, bad: Bad
) -> None:
    before = everything(sessions)
    checked = importing.check(SourceFile("bad.csv", bad.data), Subject.CLIENTS)
    assert tuple(dict.fromkeys(fault.line for fault in checked.faults)) == bad.lines
    assert all(bad.says in fault.words for fault in checked.faults), checked.faults
    with pytest.raises(Invalid):
        importing.write(checked, Subject.CLIENTS)
    assert everything(sessions) == before


def test_the_table_has_more_than_twenty_kinds() -> None:
    assert len({bad.name for bad in BAD_FILES}) == len(BAD_FILES) > 40


def everything(sessions: Sessions) -> list[object]:
    """Return all clients, appointments and imports there are."""
    with sessions.begin() as session:
        return [
            session.execute(text(f"SELECT count(*), max({key}) FROM {table}")).one()
            for table, key in (
                ("client", "client_id"),
                ("appointment", "appointment_id"),
                ("transfer", "transfer_id"),
            )
        ]
