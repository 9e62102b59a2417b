"""A practice comes back from a backup: made aside, compared, and only then renamed.

What was there is kept under another name until the next restore, and can be taken
back. The tables, and who may do what in them, come from this program's migrations.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from desk_app.db import roles, schema, server
from desk_app.db.backup import erased, logins, rights, rows
from desk_app.db.programs import reading
from desk_app.errors import Invalid, NotFound, Unavailable, WrongSchema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from psycopg import Connection

    from desk_app.db.backup.archive import Backup
    from desk_app.db.backup.logins import Login

# PostgreSQL cuts names after 63 bytes.
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done.

    `kept_as` names the database that was there, "" if there was none. `has_its_rights`
    is False where the backup's database had other grants or policies than this program
    makes; None where two versions of PostgreSQL cannot be compared. `not_erased` counts
    clients who came back although they had been erased, for they have visits to come.
    """

    kept_as: str
    has_its_rights: bool | None
    not_erased: int


def what_is_there(url: str) -> dict[str, int]:
    """Return how many rows each table has that a restore would replace.

    Raises Unavailable, which says who, while anybody works there.
    """
    with server.connected(server.beside(url, "postgres")) as connection:
        if not server.exists(connection, server.name_of(url)):
            return {}
        server.require_nobody(connection, server.name_of(url))
    with server.connected(url) as connection:
        return rows.count(connection) if server.has_tables(connection) else {}


def restore(
    backup: Backup,
    url: str,
    folder: Path,
    now: datetime,
    told: Callable[[str], None] = lambda _: None,
) -> Restored:
    """Put the practice of a backup in place of the database of `url`.

    As a superuser; `folder` is where bundled programs run and what is needed for
    `undo` is kept; `told` hears what is done next. Nothing has changed when this
    raises: Invalid("file") for a backup whose rows do not fit, WrongSchema for that of
    a newer program, Unavailable while anybody works there, NotAllowed for a login that
    is no superuser.
    """
    _require_known(backup.manifest.schema)
    name = server.name_of(url)
    kept = f"{name[:_LONGEST_NAME]}_before_{now:%Y%m%d_%H%M%S}"
    with server.alone(url) as connection:
        server.require_nobody(connection, name)
        is_there = server.exists(connection, name)
        before = _before(url) if is_there else None
        told("making the tables, and putting the rows in")
        with _made_aside(connection, url) as fresh:
            has_its_rights = _fill(backup, server.beside(url, fresh), folder)
            left = _finish(server.beside(url, fresh), before)
            if before:
                _remember(folder / f"{kept}.json", before.people)
            told("letting the practice in")
            move = _Move(name, fresh, kept if is_there else "")
            leaving = before.people if before else ()
            _exchange(connection, move, leaving, backup.logins)
        roles.secure_database(url)
        kept = kept if before else ""
        _forget(connection, name, folder, but=kept)
    return Restored(kept, has_its_rights, left)


def undo(url: str, folder: Path) -> str:
    """Take the last restore back; return the name under which the practice was kept.

    What was restored is gone then. Raises NotFound when nothing is kept, Unavailable
    while anybody works there.
    """
    name = server.name_of(url)
    undone = f"{name[:_LONGEST_NAME]}_undone"
    with server.alone(url) as connection:
        server.require_nobody(connection, name)
        kept = max(_kept(connection, name), default="")
        if not kept:
            raise NotFound("There is no restore that could be taken back.")
        before = _remembered(folder / f"{kept}.json")
        server.drop(connection, undone)
        restored = _before(url)
        leaving = restored.people if restored else ()
        _exchange(connection, _Move(name, kept, undone), leaving, before)
        roles.secure_database(url)
        _forget(connection, name, folder)
        server.drop(connection, undone)
    return kept


@dataclass(frozen=True, slots=True)
class _Before:
    """What must be known of the practice that was there."""

    people: tuple[Login, ...]
    erased: tuple[tuple[int, datetime], ...]


@dataclass(frozen=True, slots=True)
class _Move:
    """`name` shall be the database `comes`; what was called so is `leaves` then."""

    name: str
    comes: str
    leaves: str


def _require_known(revision: str) -> None:
    fit = schema.fit_of(revision)
    if fit is schema.Fit.NEWER:
        raise WrongSchema(
            "This backup was made by a newer desk-app. Please update this one."
        )


@contextmanager
def _made_aside(connection: Connection[Any], url: str) -> Iterator[str]:
    """Give the name of a new database, which is dropped unless it was renamed."""
    fresh = f"{server.name_of(url)[:_LONGEST_NAME]}_being_restored"
    server.drop(connection, fresh)
    try:
        roles.make_database(server.beside(url, fresh))
        yield fresh
    finally:
        server.drop(connection, fresh)


def _fill(backup: Backup, url: str, folder: Path) -> bool | None:
    """Make the tables, put in the rows, compare; say whether rights are the same."""
    said = backup.manifest
    schema.upgrade(url, revision=said.schema)
    backup.dump.seek(0)
    script = reading(
        "pg_restore", "--data-only", "--file=-", folder=folder, fed=backup.dump
    )
    with server.connected(url) as connection:
        try:
            with script as lines:
                rows.load(connection, lines)
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError):
            raise Invalid("file", "The rows of this backup do not fit.") from None
        if rows.count(connection) != said.rows:
            raise Invalid("file", "The backup has not all rows that it should have.")
        is_comparable = server.major(connection) == said.major
        return rights.of_database(connection) == said.rights if is_comparable else None


def _finish(url: str, before: _Before | None) -> int:
    """Bring the tables up to date; return how many clients could not be erased."""
    schema.upgrade(url)
    with server.connected(url) as connection:
        left = erased.erase_again(connection, before.erased) if before else 0
        connection.execute("ANALYZE")
    return left


def _exchange(
    connection: Connection[Any],
    move: _Move,
    leaving: tuple[Login, ...],
    coming: tuple[Login, ...],
) -> None:
    """Give a database the name, and its people their logins, in one transaction."""
    try:
        with connection.transaction():
            logins.put(connection, coming)
            if move.leaves:
                logins.shut_out(connection, move.name, leaving)
                server.rename(connection, move.name, move.leaves)
            server.rename(connection, move.comes, move.name)
            known = {login.login for login in coming}
            others = [login for login in leaving if login.login not in known]
            # The worker and the like are the server's, whatever practice is on it.
            programs = [login for login in others if login.is_program]
            logins.let_in(connection, move.name, (*coming, *programs))
            logins.drop(connection, [o for o in others if o not in programs])
    except psycopg.errors.ObjectInUse:
        raise Unavailable(
            "Somebody has come in meanwhile; please close every desk and try again."
        ) from None


def _before(url: str) -> _Before | None:
    """Return what must be known of a practice, None for a database without tables."""
    with server.connected(url) as connection:
        if not server.has_tables(connection):
            return None
        return _Before(
            logins.of_database(connection), tuple(erased.of_database(connection))
        )


def _remember(file: Path, people: tuple[Login, ...]) -> None:
    """Keep the logins beside the database that is kept, for nobody else to read."""
    file.touch(mode=0o600)
    file.write_bytes(logins.to_json(people))


def _remembered(file: Path) -> tuple[Login, ...]:
    try:
        return logins.from_json(file.read_bytes())
    except (OSError, ValueError, LookupError, TypeError):
        raise Unavailable(f"The logins of that time are missing: {file}") from None


def _forget(
    connection: Connection[Any], name: str, folder: Path, but: str = ""
) -> None:
    """Drop what earlier restores have kept."""
    for kept in _kept(connection, name):
        if kept != but:
            server.drop(connection, kept)
            (folder / f"{kept}.json").unlink(missing_ok=True)


def _kept(connection: Connection[Any], name: str) -> list[str]:
    pattern = rf"^{re.escape(name[:_LONGEST_NAME])}_before_[0-9]{{8}}_[0-9]{{6}}$"
    found = connection.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s", [pattern]
    )
    return [kept for (kept,) in found]
