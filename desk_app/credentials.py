"""Passwords and practice keys, in the keyring of the operating system only.

A locked keyring may wait for a person for as long as it likes. So each call runs
on a thread of its own and is given up after a while; it still makes its caller
wait, and must never be made on the GUI thread.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

import keyring
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringError, NoKeyringError, PasswordDeleteError

from desk_app.errors import Unavailable
from desk_app.sealing import KeyRing

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

T = TypeVar("T")

# Only keyring's own backends talk to the operating system. Others (keyrings.alt)
# register themselves when installed and write files that anyone can read.
_TRUSTED = "keyring.backends."

# Beside "desk-app/SERVER" of the passwords; no server can have this name.
_PRACTICE_KEYS = "desk-app practice key"
_DAY_KEYS = "desk-app kept days"


class Secrets:
    """The keyring, asked with a time limit in seconds.

    `backend` is for tests; without it the one that keyring chooses is used, unless
    it would keep passwords in a file.
    """

    def __init__(
        self, backend: KeyringBackend | None = None, *, time_limit: float = 5.0
    ) -> None:
        self._backend = backend
        self._time_limit = time_limit

    def can_keep(self) -> bool:
        """Say whether this computer has a keyring at all, locked or not."""
        try:
            return self._ask(_keeps)
        except (NoKeyringError, Unavailable):
            return False

    def password(self, server: str, role: str) -> str | None:
        """Return the password of `role` at `server`, None when none is kept.

        None also where the computer has no keyring: a password file of libpq or a
        login without password may do. Raises `Unavailable` for a locked keyring.
        """
        return self._read(_entry(server), role)

    def keep_password(self, server: str, role: str, password: str) -> None:
        """Keep `password`; raises `Unavailable` when there is no place for it."""
        self._write(_entry(server), role, password)

    def forget_password(self, server: str, role: str) -> None:
        """Remove the password of `role` at `server`, if one is kept."""
        self._remove(_entry(server), role)

    def key_ring(self, practice_id: str) -> KeyRing | None:
        """Return the keys of a practice, None when none are kept.

        Raises `Unavailable` for a locked keyring, `Invalid` for an entry that holds
        something else.
        """
        kept = self._read(_PRACTICE_KEYS, practice_id)
        return KeyRing.from_text(kept) if kept else None

    def keep_key_ring(self, practice_id: str, keys: KeyRing) -> None:
        """Keep the keys of a practice; raises `Unavailable` unless they are kept.

        They are read back at once, for what a lost key has sealed is lost.
        """
        self._write(_PRACTICE_KEYS, practice_id, keys.to_text())
        if self._read(_PRACTICE_KEYS, practice_id) != keys.to_text():
            raise Unavailable("The keyring did not keep the key of the practice.")

    def forget_key_ring(self, practice_id: str) -> None:
        """Remove the keys of a practice, if they are kept."""
        self._remove(_PRACTICE_KEYS, practice_id)

    def day_key(self, login: str, place: str) -> KeyRing | None:
        """Return what opens the days kept here for a login; raises as `key_ring`."""
        kept = self._read(_DAY_KEYS, f"{login}@{place}")
        return KeyRing.from_text(kept) if kept else None

    def keep_day_key(self, login: str, place: str, key: KeyRing) -> None:
        """Keep the key of a login's days; raises Unavailable unless it is kept."""
        name = f"{login}@{place}"
        self._write(_DAY_KEYS, name, key.to_text())
        if self._read(_DAY_KEYS, name) != key.to_text():
            raise Unavailable("The keyring did not keep the key of the days.")

    def forget_day_key(self, login: str, place: str) -> None:
        """Remove the key of a login's days, if it is kept."""
        self._remove(_DAY_KEYS, f"{login}@{place}")

    def _read(self, entry: str, name: str) -> str | None:
        try:
            return self._ask(lambda ring: ring.get_password(entry, name))
        except NoKeyringError:
            return None

    def _write(self, entry: str, name: str, secret: str) -> None:
        try:
            self._ask(lambda ring: ring.set_password(entry, name, secret))
        except NoKeyringError as error:
            raise Unavailable("This computer has no keyring for passwords.") from error

    def _remove(self, entry: str, name: str) -> None:
        try:
            self._ask(lambda ring: ring.delete_password(entry, name))
        except (NoKeyringError, PasswordDeleteError):
            return

    def _ask(self, question: Callable[[KeyringBackend], T]) -> T:
        answer: Future[T] = Future()
        # Daemon: a keyring that never answers must not keep the program alive.
        threading.Thread(
            target=self._answer, args=(question, answer), name="keyring", daemon=True
        ).start()
        try:
            return answer.result(self._time_limit)
        except TimeoutError as error:
            raise Unavailable("The keyring is locked or does not answer.") from error
        except (NoKeyringError, PasswordDeleteError):
            raise
        except KeyringError as error:
            raise Unavailable(f"The keyring refused: {error}") from error

    def _answer(
        self, question: Callable[[KeyringBackend], T], answer: Future[T]
    ) -> None:
        try:
            answer.set_result(question(self._backend or _system_keyring()))
        except KeyringError as error:
            answer.set_exception(error)
        except Exception as error:  # noqa: BLE001 - D-Bus libraries raise what they like
            answer.set_exception(KeyringError(type(error).__name__))


def _entry(server: str) -> str:
    return f"desk-app/{server}"


def _keeps(backend: KeyringBackend) -> bool:
    return not isinstance(backend, (fail.Keyring, null.Keyring))


def _system_keyring() -> KeyringBackend:
    chosen = keyring.get_keyring()
    candidates = [chosen]
    if isinstance(chosen, chainer.ChainerBackend):
        candidates = list(chosen.backends)
    for backend in candidates:
        if type(backend).__module__.startswith(_TRUSTED):
            return backend
    raise NoKeyringError("no keyring of the operating system")
