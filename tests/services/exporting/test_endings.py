"""How an export ends: whole, or with nothing left behind; and who may have it."""

from __future__ import annotations

import resource
import stat
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.exports import ExportWish, FileFormat, Selection, Subject
from desk_app.domain.progress import CancelToken, Progress, Work
from desk_app.errors import Cancelled, Invalid, NotAllowed
from desk_app.services.exporting.exports import Exports
from tests import factories
from tests.desks import Desks
from tests.services.exporting.wishes import of_appointments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desk_app.db.session import Sessions
    from tests.factories import Practice


def test_only_who_exports_may_open_the_file_and_nothing_is_overwritten(
    exports: Exports, wish: ExportWish
) -> None:
    first, second = (exports.export(wish).files[0] for _ in range(2))
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert (first.stem + "-2", len(list(wish.folder.iterdir()))) == (second.stem, 2)


@pytest.mark.parametrize("format_", FileFormat)
@pytest.mark.usefixtures("two_visits", "small_pieces")
def test_a_cancelled_export_leaves_nothing_behind(
    sessions: Sessions, exports: Exports, wish: ExportWish, format_: FileFormat
) -> None:
    token, told = CancelToken(), []

    def hear(progress: Progress) -> None:
        told.append(progress)
        if progress.done:
            token.cancel()

    with pytest.raises(Cancelled):
        exports.export(of_appointments(wish, format_), Work(hear, token))
    assert told == [Progress(0, 2, "Writing"), Progress(1, 2, "Writing")]
    assert list(wish.folder.iterdir()) == []
    assert factories.rows(sessions, "SELECT count(*) FROM transfer") == [(0,)]


def test_who_cancels_while_a_file_is_packed_gets_none(
    exports: Exports, wish: ExportWish, practice: Practice
) -> None:
    token = CancelToken()

    def hear(progress: Progress) -> None:
        if progress.words.startswith("Packing"):
            token.cancel()

    with pytest.raises(Cancelled):
        exports.export(replace(wish, format=FileFormat.XLSX), Work(hear, token))
    assert list(wish.folder.iterdir()) == []


def test_a_folder_that_takes_nothing_is_said_in_a_sentence(
    exports: Exports, wish: ExportWish, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="no longer there") as refused:
        exports.export(replace(wish, folder=tmp_path / "gone"))
    assert refused.value.field == "folder"


@contextmanager
def hardly_any_room() -> Iterator[None]:
    """Let no file of this process grow past a hundred kilobytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("format_", [FileFormat.CSV, FileFormat.XLSX])
def test_a_full_disk_leaves_nothing_behind(
    sessions: Sessions, exports: Exports, wish: ExportWish, format_: FileFormat
) -> None:
    for number in range(40):
        factories.client(sessions, name=f"Client {number}", notes="Ω" * 4000)
    with hardly_any_room(), pytest.raises(Invalid, match="not enough room"):
        exports.export(replace(wish, format=format_))
    assert list(wish.folder.iterdir()) == []


def test_managers_export_lists_and_a_provider_their_own_calendar(
    database_url: str, tmp_path: Path
) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        other = factories.provider(desks.owner, name="Dr Other")
        factories.rows(desks.owner, VISITS, mine=practice.provider_id, other=other,
                       client=practice.client_id, service=practice.service_id,
                       theirs=factories.service(desks.owner, other))  # fmt: skip
        lists = ExportWish(Subject.APPOINTMENTS, FileFormat.CSV, tmp_path)
        calendar = replace(lists, format=FileFormat.ICALENDAR)
        assert Exports(desks.manager()).export(lists).rows == 2
        provider = Exports(desks.provider(practice.provider_id))
        assert provider.export(calendar).rows == 1
        own = (other, practice.provider_id)
        assert provider.count(replace(calendar, selection=Selection(provider_ids=own)))
        for who, wish in (
            (provider, lists),
            (provider, replace(lists, subject=Subject.CLIENTS)),
            (Exports(desks.receptionist()), lists),
            (Exports(desks.receptionist()), calendar),
        ):
            with pytest.raises(NotAllowed):
                who.export(wish)
        written = factories.rows(
            desks.owner, "SELECT kind, by, rows FROM transfer ORDER BY transfer_id"
        )
        assert [(kind, rows) for kind, _, rows in written] == [
            ("EXPORT_APPOINTMENTS", 2),
            ("EXPORT_CALENDAR", 1),
        ]
    assert len(list(tmp_path.iterdir())) == 2


VISITS = """
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
        status, booked_via)
    VALUES (:mine, :client, :service, '2031-01-01 9:00Z', '2031-01-01 9:30Z',
            'CONFIRMED', 'DESK'),
        (:other, :client, :theirs, '2031-01-01 9:00Z', '2031-01-01 9:30Z',
            'CONFIRMED', 'DESK')
"""
