"""Whether program and database fit together, and the one way to make them fit."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import text

from desk_app import paths
from desk_app.db.failures import Foreign, translated
from desk_app.db.roles import secure_database
from desk_app.errors import Unavailable, WrongSchema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions

# Any program that migrates this schema takes this lock; the number is arbitrary.
LOCK = 7_215_310_284
LOCK_PATIENCE = 60.0

# Alembic keeps its state in module globals.
_one_at_a_time = threading.Lock()


class Fit(StrEnum):
    """How the database's schema relates to this program."""

    OK = "OK"
    EMPTY = "EMPTY"
    OLDER = "OLDER"
    NEWER = "NEWER"


def status(sessions: Sessions) -> Fit:
    """Say how the database's schema relates to this program."""
    with sessions.begin() as session:
        return fit_of(_revision(session))


def fit_of(revision: str | None) -> Fit:
    """Say how a database at this revision relates to this program."""
    known = _known_revisions()
    if revision is None:
        return Fit.EMPTY
    if revision not in known:
        return Fit.NEWER
    return Fit.OK if revision == known[-1] else Fit.OLDER


def newest() -> str:
    """Return the revision that this program needs."""
    return _known_revisions()[-1]


def require(sessions: Sessions) -> None:
    """Raise WrongSchema unless program and database fit together."""
    fit = status(sessions)
    if fit is Fit.OK:
        return
    if fit is Fit.NEWER:
        raise WrongSchema("The database is newer than this program. Please update it.")
    with sessions.begin() as session:
        may_upgrade = bool(session.scalar(_MAY_UPGRADE))
    raise WrongSchema(
        "The database has no tables of this program yet."
        if fit is Fit.EMPTY
        else "The database is older than this program.",
        can_upgrade=may_upgrade,
    )


def upgrade(
    url: str, *, revision: str = "head", patience: float = LOCK_PATIENCE
) -> None:
    """Bring the database to this program's schema and close it to strangers.

    Safe to call from many desks; an older `revision` is for the rows of a backup.
    Raises WrongSchema when the database is newer, NotAllowed for a login that is no
    superuser (roles and policies need one), and Unavailable when another program
    migrates for `patience` seconds.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    config.attributes.update(database=url, patience=patience)
    try:
        with _one_at_a_time:
            command.upgrade(config, revision)
    except CommandError as error:  # above all: a revision this program has not
        raise WrongSchema from error
    except Foreign as error:
        raise translated(error) from None
    secure_database(url)


@contextmanager
def migration_lock(
    connection: Connection, patience: float = LOCK_PATIENCE
) -> Iterator[None]:
    """Keep every other program from migrating; held by the session, not by a
    transaction, so that a migration may commit in between.
    """
    deadline = time.monotonic() + patience
    while not connection.scalar(
        text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK}
    ):
        connection.rollback()
        if time.monotonic() > deadline:
            raise Unavailable("Another program is changing the database.")
        time.sleep(0.1)
    connection.rollback()
    try:
        yield
    finally:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})


_MAY_UPGRADE = text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")


def _revision(session: Session) -> str | None:
    if session.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _known_revisions() -> list[str]:
    """Return the revisions this program has, oldest first.

    By the names of their files, which saves the start of the program from importing
    Alembic; a test compares.
    """
    scripts = (paths.migrations() / "versions").glob("[0-9]*_*.py")
    return sorted(script.name.partition("_")[0] for script in scripts)
