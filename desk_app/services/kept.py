"""Sealed files on the desk's own disk: the days, and what was noted meanwhile.

Each login has a key of its own at each desk and for each database. It is kept in the
keyring of the operating system and nowhere else; without a keyring nothing is kept. A
file is called after its key's id, which tells nothing about anybody.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from desk_app import sealing
from desk_app.domain.kept import LASTS
from desk_app.errors import Invalid, KeyMissing, SealBroken, Unavailable
from desk_app.services import kept_text
from desk_app.services.private_file import write_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from uuid import UUID

    from desk_app.domain.kept import KeptDays, Noted
    from desk_app.sealing import KeyRing

_DAYS, _NOTE, _SEALED, _BROKEN = "days-", "note-", ".sealed", ".broken"


class DayKeys(Protocol):
    """Where this desk keeps the keys of one database; all raise Unavailable."""

    @property
    def place(self) -> str:
        """Which database the keys are for."""

    def get(self, login: str) -> KeyRing | None:
        """Return the key of a login, None when there is none."""

    def keep(self, login: str, ring: KeyRing) -> None:
        """Keep the key of a login."""

    def forget(self, login: str) -> None:
        """Remove the key of a login."""


class Kept:
    """What is kept for each login; only the one whose key opens it can read it.

    Without `keys` nothing is kept: the database is on the same disk then.
    """

    def __init__(
        self,
        folder: Path,
        keys: DayKeys | None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._folder, self._keys = folder, keys
        self._clock = clock or _now

    @property
    def is_wanted(self) -> bool:
        """Whether a copy would be of any use here."""
        return self._keys is not None

    def can_keep(self, login: str) -> bool:
        """Say whether there is a safe place, and make the key of this login."""
        return self._ring(login, is_new=True) is not None

    def keep_days(self, login: str, days: KeptDays) -> bool:
        """Keep days in place of older ones; say whether there is a safe place."""
        self.sweep()
        ring = self._ring(login, is_new=True)
        if ring is None:
            return False
        context = self._context(_DAYS, login)
        sealed = sealing.seal(ring, context, kept_text.days_to_text(days))
        self._write(_days_file(ring), sealed)
        return True

    def days(self, login: str) -> KeptDays | None:
        """Return the days of this login, None when there are none to be read.

        Raises SealBroken for a file that is damaged; it is thrown away then.
        """
        ring = self._ring(login)
        file = self._folder / _days_file(ring) if ring else None
        if ring is None or file is None or not file.is_file():
            return None
        try:
            text = self._unsealed(ring, file, self._context(_DAYS, login))
            kept = kept_text.days_from_text(text)
        except SealBroken:
            _remove(file)
            raise
        if kept.is_old(self._clock()):
            _remove(file)
            return None
        return kept

    def note(self, login: str, noted: Noted) -> None:
        """Write a note down at once; raises Invalid("folder"), KeyMissing."""
        ring = self._ring(login, is_new=True)
        if ring is None:
            raise KeyMissing("This computer has no keyring, so nothing is kept on it.")
        context = self._context(_NOTE, login)
        sealed = sealing.seal(ring, context, kept_text.note_to_text(noted))
        self._write(_note_file(ring, noted.note_id), sealed)

    def noted(self, login: str) -> tuple[Noted, ...]:
        """Return what this login noted, the oldest first.

        Raises SealBroken for a note that cannot be read any more; it is put aside, so
        that the next call returns the others.
        """
        ring = self._ring(login)
        if ring is None:
            return ()
        context = self._context(_NOTE, login)
        found = (self._note(ring, file, context) for file in self._notes_of(ring))
        return tuple(sorted(found, key=lambda one: (one.noted_at, one.note_id)))

    def tick_off(self, login: str, note_id: UUID) -> None:
        """Remove a note that is settled."""
        ring = self._ring(login)
        if ring is not None:
            _remove(self._folder / _note_file(ring, note_id))

    def forget(self, login: str) -> None:
        """Remove all that is kept for somebody, and the key that opened it."""
        ring = self._ring(login)
        if ring is None or self._keys is None:
            return
        for file in (self._folder / _days_file(ring), *self._notes_of(ring)):
            _remove(file)
        with suppress(Unavailable):
            self._keys.forget(login)

    def drop_days(self, login: str) -> None:
        """Remove the days of a login; what it noted stays."""
        ring = self._ring(login)
        if ring is not None:
            _remove(self._folder / _days_file(ring))

    def drop_all_days(self) -> None:
        """Remove the days of everybody at this desk."""
        for file in self._folder.glob(f"{_DAYS}*{_SEALED}"):
            _remove(file)

    def sweep(self) -> None:
        """Remove the days of anybody that are too old, and notes put aside."""
        before = (self._clock() - LASTS).timestamp()
        for pattern in (f"{_DAYS}*{_SEALED}", f"*{_BROKEN}"):
            for file in self._folder.glob(pattern):
                with suppress(OSError):
                    if file.stat().st_mtime < before:
                        _remove(file)

    def _ring(self, login: str, *, is_new: bool = False) -> KeyRing | None:
        """Return the key of a login, None where no keyring keeps one."""
        if self._keys is None:
            return None
        try:
            ring = self._keys.get(login)
            if ring is None and is_new:
                ring = sealing.new_ring()
                self._keys.keep(login, ring)
        except (Unavailable, Invalid):
            return None
        return ring

    def _context(self, kind: str, login: str) -> str:
        place = self._keys.place if self._keys else ""
        return f"{kind}{place}:{login}"

    def _notes_of(self, ring: KeyRing) -> Iterator[Path]:
        yield from self._folder.glob(f"{_NOTE}{ring.newest.id.hex()}-*{_SEALED}")

    def _note(self, ring: KeyRing, file: Path, context: str) -> Noted:
        try:
            return kept_text.note_from_text(self._unsealed(ring, file, context))
        except SealBroken:
            with suppress(OSError):
                file.replace(file.with_suffix(_BROKEN))
            raise

    def _unsealed(self, ring: KeyRing, file: Path, context: str) -> bytes:
        """Return what a file holds; raises SealBroken."""
        try:
            sealed = b64decode(file.read_bytes(), validate=True)
            return sealing.unseal(ring, context, sealed)
        except (OSError, ValueError, KeyMissing):
            raise SealBroken from None

    def _write(self, name: str, sealed: bytes) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise Invalid("folder", "This desk's disk cannot be written to.") from None
        write_over(self._folder, name, b64encode(sealed).decode())


def _days_file(ring: KeyRing) -> str:
    return f"{_DAYS}{ring.newest.id.hex()}{_SEALED}"


def _note_file(ring: KeyRing, note_id: UUID) -> str:
    return f"{_NOTE}{ring.newest.id.hex()}-{note_id.hex}{_SEALED}"


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


def _now() -> datetime:
    return datetime.now(UTC)
