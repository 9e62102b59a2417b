"""How a desk connects: what libpq and the server are told stands here, once.

Several hosts with `target_session_attrs` pass through to libpq untouched.
"""

from __future__ import annotations

import json
import logging
import socket
import time
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import conninfo
from psycopg.types.json import set_json_loads
from sqlalchemy import create_engine, event, exc

from desk_app.db.line import OwnServer, secured
from desk_app.errors import Invalid, WrongSchema

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

    from desk_app.db.watchdog import Watchdog

# The driver logs what the server said, and that holds whole rows. What is wrong
# reaches us as exceptions anyway.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)

OLDEST_SERVER = 15

# Seconds for what the driver asks a server that has let it in.
FIRST_WORDS = 5.0

# What every desk asks of its session. A lock is waited for at most five seconds, and
# a desk that vanished in the middle of a booking lets go after ten.
DESK_OPTIONS = (
    "-c timezone=UTC -c jit=off -c synchronous_commit=on -c lock_timeout=5s"
    " -c statement_timeout=15s -c idle_in_transaction_session_timeout=10s"
)
# A migration takes the time it needs, but does not queue for ever behind a desk.
MIGRATION_OPTIONS = "-c timezone=UTC -c jit=off -c lock_timeout=30s"

# A cable that was pulled shows after some ten seconds, not after two hours. Whoever
# writes one of these into the address means it.
LINE = {
    "application_name": "desk-app",
    "client_encoding": "UTF8",
    "connect_timeout": "5",
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}


def address_of(url: str, options: str = DESK_OPTIONS, **settings: str) -> str:
    """Return `url` (libpq URL or key words) as libpq key words, with our settings.

    `settings` are further key words of libpq; what the URL says comes before them,
    but never before what makes the line safe (`desk_app/db/line.py`).

    Raises Invalid("database") for an address that is none or a line that is too weak,
    without repeating what was given: it may hold a password.
    """
    is_own = isinstance(url, OwnServer)
    try:
        given = conninfo.conninfo_to_dict(
            url.replace("postgresql+psycopg:", "postgresql:")
        )
    except (psycopg.Error, UnicodeError):
        given = {}
    if not given:
        raise Invalid("database", "This is not the address of a PostgreSQL database.")
    theirs = given.pop("options", None) or ""
    told: dict[str, Any] = {**LINE, **settings, **given}
    told |= secured(given, is_own=is_own)
    return conninfo.make_conninfo(**told | {"options": f"{options} {theirs}".strip()})


def open_connection(address: str, **kwargs: Any) -> psycopg.Connection[Any]:
    """Connect to what `address_of` returned; refuse a server that is too old."""
    connection = psycopg.connect(address, **kwargs)
    set_json_loads(_loads, connection)
    if connection.info.server_version < OLDEST_SERVER * 10000:
        version = connection.info.server_version // 10000
        connection.close()
        raise WrongSchema(
            f"PostgreSQL {OLDEST_SERVER} or newer is needed; this server is {version}."
        )
    return connection


def line_of(connection: psycopg.Connection[Any]) -> socket.socket:
    """Return a second handle of the connection's socket.

    Another thread may shut it down at any time: unlike the number of the socket,
    which the system gives to the next one, this handle stays what it is.
    """
    return socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)


def engine_for(
    url: str,
    options: str = DESK_OPTIONS,
    *,
    watchdog: Watchdog | None = None,
    **kwargs: Any,
) -> Engine:
    """Return an engine; `connection.info["line"]` is the handle of each socket.

    `watchdog` guards the first words with a new connection, before any call does.
    """
    address = address_of(url, options)
    engine = create_engine("postgresql+psycopg://", hide_parameters=True, **kwargs)

    @event.listens_for(engine, "do_connect")
    def connect(
        dialect: Dialect,
        record: ConnectionPoolEntry,
        cargs: list[Any],
        cparams: dict[str, Any],
    ) -> psycopg.Connection[Any]:
        del dialect, cargs
        connection = open_connection(address, **cparams)
        line = record.info["line"] = line_of(connection)
        # A connection that is lost while it is set up is dropped without a "close".
        weakref.finalize(connection, line.close)
        if watchdog is not None:
            watchdog.guard(line, time.monotonic() + FIRST_WORDS)
        return connection

    @event.listens_for(engine, "checkout")
    def check_out(dbapi: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
        del dbapi, proxy
        line = record.info["line"]
        if watchdog is not None:
            watchdog.release(line)
        if not _is_quiet(line):
            raise exc.DisconnectionError

    event.listen(engine, "close", _close_line)
    return engine


def _loads(said: str | bytes) -> Any:
    """Read JSON; a number or a nesting beyond what Python reads is nothing.

    PostgreSQL takes both, and such a row would fail every desk that reads it.
    """
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return None


def _is_quiet(line: socket.socket) -> bool:
    """Say whether nothing has come from the server since it was last asked.

    It says nothing unasked but farewell, so one look at the socket finds connections
    that ended while they lay in the pool, without a ping and its round trip.
    """
    try:
        line.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _close_line(dbapi: Any, record: ConnectionPoolEntry) -> None:
    del dbapi
    with suppress(KeyError, OSError):
        record.info.pop("line").close()
