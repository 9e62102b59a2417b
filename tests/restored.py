"""A practice that is lost and comes back, by the ways that the README tells."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg
from psycopg import conninfo

from desk_app.db import roles, schema, server
from desk_app.db.backup import archive, making, restoring
from desk_app.db.cluster import MAJOR
from desk_app.db.roles import Group
from tests import postgres

if TYPE_CHECKING:
    from pathlib import Path

KEEPER = "keeper.of.backups"


def restored(url: str) -> str:
    """Back a practice up, drop its database, restore it; return its address.

    Nobody may be at work in it. By this program on the bundled server, by PostgreSQL's
    own on another one.
    """
    with psycopg.connect(url) as connection:
        version = str(connection.info.server_version // 10000)
    with postgres.reachable_folder() as folder:
        if version == MAJOR:
            by_this_program(url, url, folder)
        else:
            by_postgresql(url, version, folder)
    return url


def by_this_program(url: str, to: str, folder: Path) -> None:
    """Back up, lose and restore as `desk-app backup` and `desk-app restore` do."""
    making.back_up(url, folder / "backup", folder)
    drop(url)
    with archive.opened(folder / "backup", folder) as backup:
        restoring.restore(backup, to, folder, datetime.now(UTC))


def by_postgresql(url: str, version: str, folder: Path) -> None:
    """Back up, lose and restore as whoever keeps a practice's server does."""
    roles.make_program_login(url, KEEPER, Group.BACKUP, postgres.PASSWORD)
    keeper = conninfo.make_conninfo(url, user=KEEPER, password=postgres.PASSWORD)
    elsewhere = conninfo.make_conninfo(url, dbname="postgres")
    dump, people = str(folder / "practice.dump"), str(folder / "roles.sql")
    run(version, "pg_dump", "--format=custom", "--create", f"--file={dump}", keeper)
    run(version, "pg_dumpall", "--globals-only", f"--file={people}",
        f"--dbname={elsewhere}")  # fmt: skip
    drop(url)
    # Says of each role that is still there that it is.
    run(version, "psql", "--quiet", f"--file={people}", elsewhere)
    run(version, "pg_restore", "--create", "--exit-on-error", f"--dbname={elsewhere}",
        dump)  # fmt: skip
    schema.upgrade(url)


def drop(url: str) -> None:
    """Lose a database."""
    with server.connected(server.beside(url, "postgres")) as connection:
        server.drop(connection, server.name_of(url))


def run(version: str, program: str, *arguments: str) -> None:
    """Run one of the programs that Debian installed."""
    subprocess.run(
        [postgres.INSTALLED / version / "bin" / program, *arguments],
        check=True,
        capture_output=True,
    )
