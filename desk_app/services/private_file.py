"""Files that only who made them may read, and that are whole or not there."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

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
        free = _free_name(folder, name, contents)
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A file while it is being written, and what it will be called."""

    path: Path
    target: Path


class Drafts:
    """The drafts of files that come together, or not at all."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._placed: list[Path] = []

    @property
    def files(self) -> tuple[Draft, ...]:
        """The drafts, in the order in which they were asked for."""
        return tuple(self._drafts)

    def begin(self, target: Path) -> None:
        """Begin one more."""
        handle, aside = tempfile.mkstemp(prefix=".desk_app-", dir=target.parent)
        os.close(handle)
        self._drafts.append(Draft(Path(aside), target))

    def keep(self) -> tuple[Path, ...]:
        """Give each its name; return where they are."""
        for draft in self._drafts:
            with draft.path.open("r+b") as file:
                os.fsync(file.fileno())
        for draft in self._drafts:
            draft.path.replace(draft.target)
            self._placed.append(draft.target)
        kept, self._drafts, self._placed = tuple(self._placed), [], []
        return kept

    def drop(self) -> None:
        """Leave nothing behind of what was not kept."""
        for path in (*(draft.path for draft in self._drafts), *self._placed):
            with suppress(OSError):
                path.unlink()


@contextmanager
def drafts(folder: Path, name: str, endings: Collection[str]) -> Iterator[Drafts]:
    """Give an empty draft for each ending (".csv"), which nobody else may open.

    They stand beside where they go, so that keeping them takes no room and no time;
    without `keep` they are gone at the end. What is there already is kept: "name-2"
    is taken then, for all. Raises Invalid("folder"), also for what befalls a draft
    within the block, such as a full disk.
    """
    begun = Drafts()
    try:
        free = _free_name(folder, name, endings)
        for ending in endings:
            begun.begin(folder / f"{free}{ending}")
        yield begun
    except OSError as error:
        raise Invalid("folder", _words(error)) from None
    finally:
        begun.drop()


def _free_name(folder: Path, name: str, endings: Collection[str]) -> str:
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
