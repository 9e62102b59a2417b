"""Where a desk gets in: the practice's server, or the database of this computer.

Each makes of a login and a password an address to connect to. What was not typed comes
from the keyring of the operating system, or from libpq's own password file.
"""

from __future__ import annotations

import getpass
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import conninfo

from desk_app.db.connect import address_of
from desk_app.db.queries.pipeline import ask
from desk_app.db.queries.practice import practice_id
from desk_app.errors import Invalid
from desk_app.sealing import KeyRing

if TYPE_CHECKING:
    from desk_app.credentials import Secrets
    from desk_app.db.session import Sessions
    from desk_app.domain.staff import SignIn

KEYRING_PATIENCE = 2.0
# What systemd calls the practice's keys where it hands them to a service.
PRACTICE_KEY = "practice-key"

# NUL, and half characters.
_UNTOLD = re.compile("[\\0\ud800-\udfff]")
# What a form calls what libpq calls otherwise.
_FIELDS = {"user": "login", "dbname": "database", "sslrootcert": "certificate"}


@dataclass(frozen=True, slots=True)
class ServerDoor:
    """A server of the practice; `database` is its address without a password."""

    database: str

    @property
    def login(self) -> str:
        """Who the address itself says is signing in."""
        return self.given_login or getpass.getuser()

    @property
    def given_login(self) -> str:
        """The login that stands in the address, "" for none."""
        return str(self._given.get("user") or "")

    @property
    def server(self) -> str:
        """The name under which the keyring knows this server."""
        return str(self._given.get("host") or "localhost")

    def address(self, sign_in: SignIn) -> str:
        """Return the address for this person."""
        login = sign_in.login or self.login
        password = sign_in.password or self._kept(login)
        own = {"password": password} if password else {}
        return _address(self.database, user=login, **own)

    def keep(self, sign_in: SignIn) -> None:
        """Keep the password in the keyring; raises Unavailable without one."""
        secrets().keep_password(self.server, sign_in.login, sign_in.password)

    def keeps(self, login: str) -> bool:
        """Say whether the keyring has a password of this login."""
        return secrets().password(self.server, login) is not None

    @property
    def place(self) -> str:
        """The computer, the port and the database, as one word."""
        given = self._given
        port, name = given.get("port") or 5432, given.get("dbname") or ""
        return f"{self.server}:{port}/{name}"

    @property
    def _given(self) -> dict[str, object]:
        return dict(conninfo.conninfo_to_dict(address_of(self.database)))

    def _kept(self, login: str) -> str | None:
        """Return what the keyring has, unless libpq finds a password elsewhere."""
        given = self._given
        if "password" in given or "PGPASSWORD" in os.environ or not given.get("host"):
            return None
        return secrets().password(self.server, login)


@dataclass(frozen=True, slots=True)
class LocalDoor:
    """The database of this computer; `url` is that of the server's administrator."""

    url: str
    folder: str

    def address(self, sign_in: SignIn) -> str:
        """Return the address for this person."""
        given = conninfo.conninfo_to_dict(self.url) | {"user": sign_in.login}
        password = sign_in.password or secrets().password(self.folder, sign_in.login)
        if password:
            given["password"] = password
        # It stays the address of our own server, which needs no certificate.
        return type(self.url)(_address("", **given))

    def program(self, login: str) -> str:
        """Return the address for a program that this server lets in by name."""
        given = conninfo.conninfo_to_dict(self.url) | {"user": login}
        return type(self.url)(_address("", **given))

    def keep(self, sign_in: SignIn) -> None:
        """Keep the password in the keyring; raises Unavailable without one."""
        secrets().keep_password(self.folder, sign_in.login, sign_in.password)

    def keeps(self, login: str) -> bool:
        """Say whether the keyring has a password of this login."""
        return secrets().password(self.folder, login) is not None


class KeptRings:
    """The practice's keys in this desk's keyring, under the practice's own number."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def get(self) -> KeyRing | None:
        """Return the keys, None when this desk has none; raises Unavailable."""
        return secrets().key_ring(self._practice())

    def keep(self, ring: KeyRing) -> None:
        """Keep the keys; raises Unavailable where there is no place for them."""
        secrets().keep_key_ring(self._practice(), ring)

    def can_keep(self) -> bool:
        """Say whether this computer has a keyring."""
        return can_keep()

    def _practice(self) -> str:
        with self._sessions.begin() as session:
            return ask(session, practice_id())


class ServiceRings(KeptRings):
    """The practice's keys as a service has them, which may have no keyring.

    systemd keeps them sealed with the computer's own key and hands them over in a
    folder that nobody else can read: https://systemd.io/CREDENTIALS/
    """

    def get(self) -> KeyRing | None:
        """Return the keys; raises Unavailable, and Invalid for what is none."""
        file = Path(os.environ.get("CREDENTIALS_DIRECTORY", "")) / PRACTICE_KEY
        if not file.is_absolute() or not file.is_file():
            return super().get()
        try:
            return KeyRing.from_text(file.read_text("ascii").strip())
        except (OSError, ValueError):
            raise Invalid("key", f"{PRACTICE_KEY} is not a practice's key.") from None


@dataclass(frozen=True, slots=True)
class KeptDayKeys:
    """The keys of what this desk keeps of one database, in this desk's keyring."""

    place: str

    def get(self, login: str) -> KeyRing | None:
        """Return the key of a login, None when there is none; raises Unavailable."""
        return secrets().day_key(login, self.place)

    def keep(self, login: str, ring: KeyRing) -> None:
        """Keep the key of a login; raises Unavailable where there is no place."""
        secrets().keep_day_key(login, self.place, ring)

    def forget(self, login: str) -> None:
        """Remove the key of a login; raises Unavailable for a locked keyring."""
        secrets().forget_day_key(login, self.place)


def secrets() -> Secrets:
    """Return the keyring, imported only where a password is wanted: it takes 0.1 s."""
    from desk_app.credentials import Secrets

    return Secrets()


def can_keep() -> bool:
    """Say whether this computer has a keyring; a small question, soon given up."""
    from desk_app.credentials import Secrets

    return Secrets(time_limit=KEYRING_PATIENCE).can_keep()


def server_address(host: str, port: int, database: str, certificate: str) -> str:
    """Return the address of a practice's server.

    With the practice's own certificate (a file) the server has to prove itself by it.
    """
    proof = {"sslmode": "verify-full", "sslrootcert": certificate}
    return _address(
        "", host=host, port=port, dbname=database, **(proof if certificate else {})
    )


def place_of(database: str) -> tuple[str, str]:
    """Return the name of the database and of the computer in an address."""
    try:
        given = conninfo.conninfo_to_dict(database)
    except (psycopg.Error, UnicodeError):
        given = {}
    return str(given.get("dbname") or ""), str(given.get("host") or "localhost")


def _address(database: str, **given: str | int | None) -> str:
    """Return an address with these key words of libpq.

    Raises Invalid for one that libpq could not be told: an address ends at a NUL, and
    what stands behind it, such as how the server has to prove itself, is not heard.
    """
    for word, value in given.items():
        if _UNTOLD.search(str(value)):
            raise Invalid(
                _FIELDS.get(word, word), "This holds a character that cannot be shown."
            )
    return conninfo.make_conninfo(database, **given)
