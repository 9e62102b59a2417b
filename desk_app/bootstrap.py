"""Joins the parts into a Desk: the only place that knows all of them."""

from __future__ import annotations

import getpass
import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Self

from psycopg import conninfo

from desk_app.db import embedded, schema
from desk_app.db.connect import address_of
from desk_app.db.session import open_sessions
from desk_app.errors import Invalid
from desk_app.services.booking import Booking
from desk_app.services.clients import Clients
from desk_app.services.diary import Diary
from desk_app.worker.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.credentials import Secrets
    from desk_app.db.session import Sessions
    from desk_app.settings import Settings


@dataclass(frozen=True)
class Desk:
    """What a front desk works with; close it when the desk closes."""

    settings: Settings
    diary: Diary
    booking: Booking
    clients: Clients
    listener: Listener
    _closing: ExitStack = field(repr=False)

    def close(self) -> None:
        """Close the connections, and stop the bundled server if nobody else uses it."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Database:
    """An open database, whatever its schema; `is_ours` when we run the server."""

    url: str
    is_ours: bool
    sessions: Sessions


def build(settings: Settings, *, upgrade: bool = False) -> Desk:
    """Return the Desk for `settings`. Takes a moment: never on the GUI thread.

    A database on this computer is brought to this program's schema by itself, that of
    a server only with `upgrade`. Raises WrongSchema where they do not fit, and what
    else keeps the database from being opened.
    """
    with ExitStack() as opened:
        database = opened.enter_context(open_database(settings))
        if upgrade or database.is_ours:
            _upgrade(database)
        schema.require(database.sessions)
        if settings.demo:
            _fill_demo(database.sessions)
        return _joined(settings, database, opened.pop_all())


def migrate(settings: Settings) -> str:
    """Bring the database to this program's schema; return a sentence on what was done.

    Raises WrongSchema when the database is newer than the program.
    """
    with open_database(settings) as database:
        changed = _upgrade(database)
        schema.require(database.sessions)
    return "The database is up to date now." if changed else "It was up to date."


def keep_password(settings: Settings, password: str) -> str:
    """Keep the password of the practice's server; return a sentence on what was done.

    Raises Invalid when the practice is on this computer, Unavailable without keyring.
    """
    if not settings.database:
        raise Invalid("database", "The database on this computer has no password.")
    login = _login_of(settings.database)
    _secrets().keep_password(login.server, login.role, password)
    return f"The password of {login.role} at {login.server} is kept in the keyring."


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Give the database of `settings`, starting the bundled server when it is there."""
    with ExitStack() as opened:
        if settings.demo or not settings.database:
            name = "demo" if settings.demo else "practice"
            server = embedded.open_server(settings.data_folder)
            opened.callback(server.close)
            url = embedded.ensure_database(server, name)
            is_ours = True
        else:
            url, is_ours = _with_password(settings.database), False
        sessions = open_sessions(url)
        opened.callback(sessions.close)
        yield Database(url, is_ours, sessions)


def _joined(settings: Settings, database: Database, closing: ExitStack) -> Desk:
    diary = Diary(database.sessions)
    return Desk(
        settings=settings,
        diary=diary,
        booking=Booking(database.sessions),
        clients=Clients(database.sessions),
        listener=Listener(database.url, diary.get),
        _closing=closing,
    )


def _upgrade(database: Database) -> bool:
    """Upgrade a database that is empty or older; say whether that was needed."""
    if schema.status(database.sessions) not in (schema.Fit.EMPTY, schema.Fit.OLDER):
        return False
    schema.upgrade(database.url)
    return True


def _fill_demo(sessions: Sessions) -> None:
    """Fill the demo, unless it is filled and its dates are still around today."""
    from desk_app.services import demo

    now = datetime.now().astimezone()
    demo.fill(sessions, now.date(), now=now)


def _with_password(database: str) -> str:
    """Return the address with the password that the keyring has for it, if any."""
    given = conninfo.conninfo_to_dict(address_of(database))
    if "password" in given or "PGPASSWORD" in os.environ or not given.get("host"):
        return database
    login = _login_of(database)
    password = _secrets().password(login.server, login.role)
    return conninfo.make_conninfo(database, password=password) if password else database


@dataclass(frozen=True)
class Login:
    """Who signs in where; the name under which a password is kept."""

    server: str
    role: str


def _login_of(database: str) -> Login:
    given = conninfo.conninfo_to_dict(address_of(database))
    server = str(given.get("host") or "localhost")
    return Login(server, str(given.get("user") or getpass.getuser()))


def _secrets() -> Secrets:
    # The keyring takes a tenth of a second to import, and few need it.
    from desk_app.credentials import Secrets

    return Secrets()
