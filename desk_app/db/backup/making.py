"""A backup is made while desks work: everything as it was at one moment."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

import psycopg
from psycopg import conninfo

from desk_app import __version__
from desk_app.db import programs, server
from desk_app.db.backup import archive, logins, manifest, rights, rows
from desk_app.db.backup.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from psycopg import Connection


def back_up(
    url: str,
    file: Path,
    folder: Path,
    *,
    overwrite: bool = False,
    told: Callable[[int], None] = lambda _: None,
) -> Manifest:
    """Write the practice of the bundled server into `file`; return what is in it.

    `folder` is the server's, `told` hears how many bytes are written. Raises
    Invalid("file") for a file that is there, Unavailable when there is no room or
    the database fails; then there is no file.
    """
    with (
        archive.drafted(file, overwrite=overwrite) as draft,
        server.connected(url) as connection,
        _moment(connection) as snapshot,
    ):
        known = _manifest(connection)
        with _dump(url, snapshot, folder) as dump:
            draft.copy(archive.DUMP, dump, told)
        draft.write(archive.LOGINS, logins.to_json(logins.of_database(connection)))
        known = replace(known, parts=dict(draft.parts))
        draft.write(archive.MANIFEST, manifest.to_json(known))
    return known


@contextmanager
def _moment(connection: Connection[Any]) -> Iterator[str]:
    """Hold on to the database as it is now; gives the name for others to join."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with connection.transaction():
        yield _one(connection, "SELECT pg_export_snapshot()")


def _dump(url: str, snapshot: str, folder: Path) -> AbstractContextManager[IO[bytes]]:
    given = conninfo.conninfo_to_dict(url)
    # A command line can be read by every user of the machine.
    password = given.pop("password", None)
    secret = {"PGPASSWORD": str(password)} if password else {}
    return programs.reading(
        "pg_dump",
        "--format=custom",
        "--create",
        f"--snapshot={snapshot}",
        f"--dbname={conninfo.make_conninfo('', **given)}",
        folder=folder,
        environment=secret,
    )


def _manifest(connection: Connection[Any]) -> Manifest:
    return Manifest(
        program=__version__,
        schema=_one(connection, "SELECT version_num FROM public.alembic_version"),
        server=_one(connection, "SHOW server_version"),
        database=connection.info.dbname,
        made_at=datetime.now(UTC).replace(microsecond=0),
        rows=rows.count(connection),
        rights=rights.of_database(connection),
        parts={},
    )


def _one(connection: Connection[Any], question: str) -> str:
    row = connection.execute(question).fetchone()
    return str(row[0]) if row else ""
