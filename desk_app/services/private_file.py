"""Files that only who made them may read, and that are whole or not there."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from desk_app.errors import Invalid

_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR}


def write_all(folder: Path, name: str, contents: dict[str, str]) -> dict[str, Path]:
    """Write a file for each ending (".json") and its text; return where they are.

    What is there already is kept: "name-2" is taken then, for all. Raises
    Invalid("folder") with what to say, and leaves nothing behind.
    """
    written: dict[Path, Path] = {}
    try:
        free = _free_name(folder, name, list(contents))
        try:
            for ending, text in contents.items():
                written[_write_aside(folder, text)] = folder / f"{free}{ending}"
            for aside, target in written.items():
                aside.replace(target)
        except OSError:
            for path in (*written.keys(), *written.values()):
                with suppress(OSError):
                    path.unlink()
            raise
    except OSError as error:
        raise Invalid("folder", _words(error)) from None
    return dict(zip(contents, written.values(), strict=True))


def write_over(folder: Path, name: str, text: str) -> None:
    """Write a file in place of the one of this name; raises Invalid("folder")."""
    try:
        aside = _write_aside(folder, text)
        try:
            aside.replace(folder / name)
        except OSError:
            with suppress(OSError):
                aside.unlink()
            raise
    except OSError as error:
        raise Invalid("folder", _words(error)) from None


def _free_name(folder: Path, name: str, endings: list[str]) -> str:
    number, free = 1, name
    while any((folder / f"{free}{ending}").exists() for ending in endings):
        number += 1
        free = f"{name}-{number}"
    return free


def _write_aside(folder: Path, text: str) -> Path:
    """Write to a file that nobody else may open; it gets its name when it is whole."""
    handle, aside = tempfile.mkstemp(prefix=".desk_app-", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            Path(aside).unlink()
        raise
    return Path(aside)


def _words(error: OSError) -> str:
    if error.errno in _NOT_ALLOWED:
        return "Nothing can be written into this folder."
    if error.errno in _FULL:
        return "There is not enough room in this folder."
    if error.errno in _NOT_THERE:
        return "This folder is no longer there."
    return "The files cannot be written there."
