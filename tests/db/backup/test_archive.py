"""The file of a backup is whole, its owner's alone, or refused in one sentence."""

from __future__ import annotations

import errno
import json
import os
import stat
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from desk_app.db.backup import archive, making
from desk_app.errors import DeskError, Invalid, Unavailable, WrongSchema
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("archive")


@pytest.fixture(scope="module")
def made(url_of: Callable[[str], str]) -> Iterator[Path]:
    """A backup of an empty practice."""
    with postgres.reachable_folder() as folder:
        making.back_up(url_of(postgres.TEMPLATE), folder / "made", folder)
        yield folder / "made"


def refused(file: Path) -> DeskError:
    with pytest.raises(DeskError) as caught, archive.opened(file, file.parent):
        pass
    assert str(caught.value).count("\n") == 0
    return caught.value


def rewritten(made: Path, to: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Copy a backup with another manifest."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == archive.MANIFEST:
                record = json.loads(text)
                change(record)
                text = json.dumps(record).encode()
            new.writestr(name, text)
    return to


def test_a_backup_is_read_as_it_was_written(made: Path) -> None:
    with archive.opened(made, made.parent) as backup:
        assert backup.manifest.database == postgres.TEMPLATE
        assert backup.manifest.rows["client"] == 0
        assert backup.dump.seek(0, os.SEEK_END) > 10_000


@pytest.mark.skipif(os.name != "posix", reason="others have no such permissions")
def test_only_its_owner_can_read_it(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_nothing_is_overwritten_unless_it_is_meant(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("dear")
    with pytest.raises(Invalid, match="--force"):
        archive.drafted(file, overwrite=False).__enter__()
    assert file.read_text() == "dear"
    with archive.drafted(file, overwrite=True) as draft:
        draft.write("x", b"y")
    assert zipfile.ZipFile(file).read("x") == b"y"


@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), Unavailable("gone")])
def test_half_a_backup_leaves_nothing(tmp_path: Path, trouble: BaseException) -> None:
    with (
        suppress(KeyboardInterrupt, Unavailable),
        archive.drafted(tmp_path / "new", overwrite=False) as draft,
    ):
        draft.write("x", b"y")
        raise trouble
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(Unavailable, match="no room"),
        archive.drafted(tmp_path / "new", overwrite=False),
    ):
        raise OSError(errno.ENOSPC, "full")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "none" / "file"
    with pytest.raises(Unavailable, match="cannot be written"):
        archive.drafted(file, overwrite=False).__enter__()


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_file_without_its_end_is_refused(
    made: Path, tmp_path: Path, part: float
) -> None:
    file = tmp_path / "cut"
    whole = made.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    assert "end is missing" in str(refused(file))


@pytest.mark.parametrize("at", [0.01, 0.2, 0.6, 0.9])
def test_a_byte_that_changed_is_noticed(made: Path, tmp_path: Path, at: float) -> None:
    file = tmp_path / "rotten"
    content = bytearray(made.read_bytes())
    content[int(len(content) * at)] ^= 0x55
    file.write_bytes(content)
    assert "damaged" in str(refused(file))


@pytest.mark.parametrize("content", [b"", b"SQLite format 3", b"PK\x03\x04", b"PK"])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "foreign"
    file.write_bytes(content)
    assert "no backup" in str(refused(file))


def test_another_archive_is_no_backup(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "foreign.zip"
    with zipfile.ZipFile(file, "w") as archived:
        archived.writestr("letter.txt", "dear")
    assert "damaged" in str(refused(file))
    other = rewritten(made, tmp_path / "x", lambda m: m.update(kind="other"))
    assert "no backup" in str(refused(other))


def test_a_backup_of_a_newer_program_is_left_alone(made: Path, tmp_path: Path) -> None:
    file = rewritten(made, tmp_path / "x", lambda m: m.update(format=2))
    assert isinstance(refused(file), WrongSchema)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("made_at", "yesterday"),
        ("made_at", "2026-11-24T10:12:00"),
        ("rows", {"client": -1}),
        ("rows", 5),
        ("parts", {}),
        ("schema", ["0002"]),
        ("database", "a\x1b[2Jb"),
    ],
)
def test_a_manifest_that_says_nonsense_is_damaged(
    made: Path, tmp_path: Path, name: str, value: object
) -> None:
    file = rewritten(made, tmp_path / "x", lambda m: m.update({name: value}))
    assert "damaged" in str(refused(file))


def test_a_small_file_cannot_become_a_large_one(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "bomb"
    with (
        zipfile.ZipFile(made) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "damaged" in str(refused(file))
