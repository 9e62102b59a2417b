"""The file of a backup: a zip archive that is whole, or is not there.

It is written aside, under its owner's eyes only, and gets its name at the end.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import zipfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from desk_app.db.backup import logins, manifest
from desk_app.errors import DeskError, Invalid, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk_app.db.backup.logins import Login
    from desk_app.db.backup.manifest import Manifest

DUMP = "database.dump"
LOGINS = "logins.json"
MANIFEST = "manifest.json"

PIECE = 1 << 20
# What is not the dump is read whole.
LONGEST_TEXT = 4_000_000
_ENTRY = b"PK\x03\x04"
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read and is what its manifest says."""

    manifest: Manifest
    logins: tuple[Login, ...]
    dump: IO[bytes] = field(repr=False)


class Draft:
    """An archive that is being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, str] = {}

    def copy(self, name: str, source: IO[bytes], told: Callable[[int], None]) -> None:
        """Add what `source` gives; `told` hears how many bytes there are so far."""
        digest, size = hashlib.sha256(), 0
        with self._archive.open(name, "w", force_zip64=True) as part:
            while piece := source.read(PIECE):
                part.write(piece)
                digest.update(piece)
                size += len(piece)
                told(size)
        self.parts[name] = digest.hexdigest()

    def write(self, name: str, text: bytes) -> None:
        """Add a small part."""
        self._archive.writestr(name, text)
        self.parts[name] = hashlib.sha256(text).hexdigest()


@contextmanager
def drafted(file: Path, *, overwrite: bool) -> Iterator[Draft]:
    """Give a Draft that becomes `file` when the block ends well, else nothing.

    Raises Invalid("file") for a file that is there already, Unavailable where none
    can be written.
    """
    _require_no_file(file, overwrite=overwrite)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
    except OSError as error:
        raise _unwritable(file, error) from None
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            # Stored as it is: PostgreSQL has compressed what is large.
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
                yield Draft(archive)
            raw.flush()
            os.fsync(raw.fileno())
        _require_no_file(file, overwrite=overwrite)
        aside.replace(file)
    except OSError as error:
        raise _unwritable(file, error) from None
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def opened(file: Path, folder: Path) -> Iterator[Backup]:
    """Give the backup in `file`, once every part of it is found to be whole.

    The dump is copied into `folder`, without a name there: what was checked is what
    will be used. Raises Invalid("file") for a file that is damaged or no backup,
    WrongSchema for one of a newer program.
    """
    with ExitStack() as open_files:
        try:
            dump = open_files.enter_context(tempfile.TemporaryFile(dir=folder))
            with zipfile.ZipFile(file) as archive:
                backup = _read(archive, dump)
        except zipfile.BadZipFile:
            raise _no_backup(file) from None
        except (ValueError, LookupError, TypeError, RuntimeError):
            raise Invalid("file", f"{file} is damaged.") from None
        except OSError as error:
            raise _unreadable(file, error) from None
        yield backup


def _read(archive: zipfile.ZipFile, dump: IO[bytes]) -> Backup:
    said = manifest.from_json(_text(archive, MANIFEST))
    people = _text(archive, LOGINS)
    if hashlib.sha256(people).hexdigest() != said.parts[LOGINS]:
        raise ValueError(LOGINS)
    digest = hashlib.sha256()
    with archive.open(_stored(archive, DUMP)) as part:
        while piece := part.read(PIECE):
            digest.update(piece)
            dump.write(piece)
    if digest.hexdigest() != said.parts[DUMP]:
        raise ValueError(DUMP)
    dump.flush()
    return Backup(said, logins.from_json(people), dump)


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    entry = _stored(archive, name)
    if entry.file_size > LONGEST_TEXT:
        raise ValueError(name)
    return archive.read(entry)


def _stored(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Return an entry that is not compressed, and so no larger than it looks."""
    entry = archive.getinfo(name)
    if entry.compress_type != zipfile.ZIP_STORED:
        raise ValueError(name)
    return entry


def _no_backup(file: Path) -> Invalid:
    start = b""
    with suppress(OSError), file.open("rb") as raw:
        start = raw.read(64)
    if start.startswith(_ENTRY) and DUMP.encode() in start:
        return Invalid("file", f"{file} is damaged: its end is missing.")
    return Invalid("file", f"{file} is no backup of desk-app.")


def _unreadable(file: Path, error: OSError) -> DeskError:
    if error.errno in _FULL:
        return Unavailable("There is no room to unpack the backup.")
    return Invalid("file", f"{file} cannot be read: {error.strerror}.")


def _require_no_file(file: Path, *, overwrite: bool) -> None:
    if not overwrite and file.exists():
        raise Invalid("file", f"{file} is there already; overwrite it with --force.")
    if file.is_dir():
        raise Invalid("file", f"{file} is a folder.")


def _unwritable(file: Path, error: OSError) -> Unavailable:
    if error.errno in _FULL:
        return Unavailable(f"There is no room for the backup in {file.parent}.")
    return Unavailable(f"{file} cannot be written: {error.strerror}.")
