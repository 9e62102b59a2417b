"""Files of an export: for their maker's eyes, whole or not there."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from desk_app.errors import Invalid
from desk_app.services.private_file import write_all, write_over
from desk_app.services.rights import Rights
from tests import factories

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.db.session import Sessions

TEXTS = {".html": "<p>Straße</p>", ".json": "{}\n"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_both_files_hold_what_they_should(tmp_path: Path) -> None:
    written = write_all(tmp_path, "client-1", TEXTS)
    assert names(tmp_path) == {"client-1.html", "client-1.json"}
    assert {end: path.read_text("utf-8") for end, path in written.items()} == TEXTS


@pytest.mark.skipif(sys.platform == "win32", reason="folders say who may read there")
def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        written = write_all(tmp_path, "client-1", TEXTS)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in written.values()} == {0o600}


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "client-1.json").write_text("older")
    write_all(tmp_path, "client-1", TEXTS)
    write_all(tmp_path, "client-1", TEXTS)
    assert (tmp_path / "client-1.json").read_text() == "older"
    assert names(tmp_path) == {"client-1.json"} | {
        f"client-1-{number}.{end}" for number in (2, 3) for end in ("html", "json")
    }


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no longer there") as refused:
        write_all(tmp_path / "gone", "client-1", TEXTS)
    assert refused.value.field == "folder"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Invalid, match="no longer there"):
        write_all(tmp_path / "file", "client-1", TEXTS)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        write_all(type(tmp_path)("/proc/self"), "client-1", TEXTS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_half_an_export_leaves_nothing(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(Invalid, match="not enough room"):
            write_all(tmp_path, "client-1", {".html": "fits", ".json": "x" * 20_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(tmp_path) == set()


def test_an_export_is_saved_as_both(sessions: Sessions, tmp_path: Path) -> None:
    client_id = factories.client(sessions)
    saved = Rights(sessions).save(client_id, tmp_path)
    assert saved.page.read_text("utf-8").startswith("<!doctype html>")
    assert '"Anna Weiß"' in saved.data.read_text("utf-8")
    assert "Anna" not in saved.page.name + saved.data.name


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    for text in ("before", "after"):
        write_over(tmp_path, "days", text)
    assert (tmp_path / "days").read_text("utf-8") == "after"
    assert names(tmp_path) == {"days"}


def test_what_cannot_replace_a_file_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "days").mkdir()
    with pytest.raises(Invalid):
        write_over(tmp_path, "days", "text")
    assert names(tmp_path) == {"days"}
