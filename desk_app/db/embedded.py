"""The bundled PostgreSQL: a server for one machine, shared by its desks.

Each desk holds a shared lock on one file while it uses the server. The system frees
the lock of a desk that is killed, so there is no record that could go stale, and the
one that finds itself alone stops the server.
"""

from __future__ import annotations

import atexit
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Self

import fasteners
import psycopg
from psycopg import sql

from desk_app.db import programs
from desk_app.db.cluster import Cluster
from desk_app.db.connect import MIGRATION_OPTIONS, address_of, open_connection
from desk_app.errors import DeskError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Starting takes a second, starting after a crash as long as the last minutes' work.
PATIENCE = 60.0
LOOK_EVERY = 2.0

_open: dict[Path, EmbeddedServer] = {}
_opening = threading.Lock()


def open_server(
    data_dir: Path, settings: Mapping[str, str] | None = None
) -> EmbeddedServer:
    """Start the server whose files are in `data_dir`, or join the desks using it.

    `settings` are added to those of the server when this call starts it. Each call
    needs its own `close()`. Raises Unavailable when no server can be had.
    """
    folder = data_dir.expanduser().resolve()
    with _opening:
        server = _open.get(folder)
        if server is None:
            server = EmbeddedServer(Cluster(folder, dict(settings or {})))
        server.join()
        _open[folder] = server
        return server


def is_made(data_dir: Path) -> bool:
    """Say whether there is a server's data in this folder."""
    return Cluster(data_dir.expanduser().resolve()).is_made


def has_database(server: EmbeddedServer, name: str) -> bool:
    """Say whether the server has this database."""
    known = "SELECT FROM pg_database WHERE datname = %s"
    address = address_of(server.url, MIGRATION_OPTIONS)
    with open_connection(address, autocommit=True) as connection:
        return connection.execute(known, (name,)).fetchone() is not None


def ensure_database(server: EmbeddedServer, name: str) -> str:
    """Return the URL of the database `name`, which is made if it is missing."""
    create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    address = address_of(server.url, MIGRATION_OPTIONS)
    if not has_database(server, name):
        with (
            open_connection(address, autocommit=True) as connection,
            suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation),
        ):  # when another desk is faster
            connection.execute(create)
    return server.url_of(name)


class EmbeddedServer:
    """This program's share of a running server; made by `open_server`."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._holders = 0
        self._left = threading.Event()
        programs.make_folder(cluster.folder)
        self._desks = fasteners.InterProcessReaderWriterLock(
            str(cluster.folder / "desks.lock")
        )

    @property
    def url(self) -> str:
        """The libpq URL of the database "postgres", for making others."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        """Return the libpq URL of a database."""
        return self._cluster.url_of(database)

    def join(self) -> None:
        """Count one more user; start the server unless it runs."""
        with self._alone():
            self._cluster.ensure_running(PATIENCE)
            if self._holders == 0:
                self._desks.acquire_read_lock()
                atexit.register(self._leave)
                threading.Thread(
                    target=self._keep, name="bundled server", daemon=True
                ).start()
        self._holders += 1

    def close(self) -> None:
        """Take back one `open_server`; the last desk of this machine stops it."""
        with _opening:
            self._holders = max(0, self._holders - 1)
            if self._holders == 0 and _open.get(self._cluster.folder) is self:
                self._leave()
                atexit.unregister(self._leave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _keep(self) -> None:
        """Start the server again when it was killed, for example for its memory."""
        while not self._left.wait(LOOK_EVERY):
            if self._cluster.postmaster() is None:
                with _opening, suppress(DeskError):
                    if not self._left.is_set():
                        with self._alone():
                            self._cluster.ensure_running(PATIENCE)

    def _leave(self) -> None:
        self._left.set()
        _open.pop(self._cluster.folder, None)
        with self._alone():
            self._desks.release_read_lock()
            if self._desks.acquire_write_lock(blocking=False):
                self._cluster.stop()
                self._desks.release_write_lock()
            elif self._desks.lockfile is not None:
                self._desks.lockfile.close()
                self._desks.lockfile = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other desks from starting, joining and stopping meanwhile."""
        lock = fasteners.InterProcessLock(str(self._cluster.folder / "start.lock"))
        if not lock.acquire(timeout=PATIENCE, delay=0.01, max_delay=0.05):
            raise Unavailable("Another program keeps the database from starting.")
        try:
            yield
        finally:
            lock.release()
