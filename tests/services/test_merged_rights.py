"""Clients' rights where two entries were made one: exported and erased together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.db.queries.settings_rows import RETENTION_YEARS
from desk_app.domain.client_file import MergeWish
from desk_app.errors import Refused
from desk_app.services.client_file import ClientFiles
from desk_app.services.history import History
from desk_app.services.rights import Rights
from tests import factories
from tests.services.planted import MARK, found_in, plant
from tests.services.twins import busy, column, twin

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from tests.factories import Practice


@pytest.fixture
def files(sessions: Sessions) -> ClientFiles:
    return ClientFiles(sessions)


def test_erasing_the_kept_one_erases_all_that_was_merged_into_it(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    middle = twin(sessions)
    gone, _ = plant(sessions, practice)
    files.merge(MergeWish(middle, gone))
    files.merge(MergeWish(practice.client_id, middle))
    assert "client_merge" in found_in(sessions, MARK)
    with pytest.raises(Refused), sessions.begin() as session:
        session.execute(text(f"SELECT client_erase({gone})"))
    Rights(sessions).erase(practice.client_id)
    assert found_in(sessions, MARK) == set()
    names = factories.rows(sessions, "SELECT DISTINCT name FROM client")
    assert names == [("Erased client",)]


def test_erasing_after_a_merge_was_taken_back_leaves_no_trace(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone, visited = plant(sessions, practice)
    made = files.merge(MergeWish(practice.client_id, gone))
    for statement in (
        f"UPDATE waitlist_entry SET notes = '{MARK} again'",
        f"UPDATE appointment SET notes = '{MARK} again', version = version + 1"
        f" WHERE appointment_id = {visited.appointment_id}",
    ):
        factories.rows(sessions, statement)
    files.unmerge(made)
    Rights(sessions).erase(gone)
    assert found_in(sessions, MARK) == set()


def test_an_export_holds_all_entries_and_their_history(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone, _ = plant(sessions, practice)
    files.merge(MergeWish(practice.client_id, gone))
    data = Rights(sessions).export(practice.client_id)
    assert [entry.client_id for entry in data.merged_entries] == [gone]
    assert [(merge.kept_id, merge.gone_id) for merge in data.merges] == [
        (practice.client_id, gone)
    ]
    entered = [c.row_id for c in data.changes if c.action == "INSERT"]
    assert {str(practice.client_id), str(gone)} <= set(entered)
    assert MARK in data.to_page()


def test_who_was_merged_is_not_due_by_themselves(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions)
    factories.rows(sessions, "UPDATE client SET created_at = now() - interval '9 y'")
    factories.setting(sessions, RETENTION_YEARS, 3)
    rights = Rights(sessions)
    assert len(rights.due_for_erasure()) == 2
    files.merge(MergeWish(practice.client_id, gone))
    assert [one.client_id for one in rights.due_for_erasure()] == [practice.client_id]
    assert rights.erase_due() == 1
    assert column(sessions, "name", gone) == "Erased client"


def test_the_history_tells_of_both_entries_and_of_the_merge(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions)
    busy(sessions, practice, gone)
    made = files.merge(MergeWish(practice.client_id, gone))
    story = History(sessions).of_client(practice.client_id)
    told = [type(entry.change).__name__ for entry in story.entries]
    assert told.count("ClientAdded") == 2
    assert (told.count("Taken"), told.count("Merged")) == (2, 1)
    files.unmerge(made)
    story = History(sessions).of_client(gone)
    assert type(story.entries[-1].change).__name__ == "Separated"
