"""The server as its administrator sees it: databases by name, and who is in them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import conninfo, sql

from desk_app.db.connect import MIGRATION_OPTIONS, address_of, open_connection
from desk_app.db.failures import Foreign, translated
from desk_app.errors import Invalid, NeedsLogin, NotAllowed, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from psycopg import Connection

# A dump may take longer than the server lets a transaction of a desk be idle.
OPTIONS = f"{MIGRATION_OPTIONS} -c idle_in_transaction_session_timeout=0"
# One restore at a time on a server; the number is arbitrary.
_LOCK = 7_215_310_285

_IS_SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = session_user"
_WORKING = """
    SELECT usename || ' since ' || to_char(min(backend_start), 'HH24:MI')
    FROM pg_stat_activity
    WHERE datname = %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    GROUP BY usename ORDER BY usename
"""

# Tables of whoever has made any, but for those of extensions.
_TABLES = """
    SELECT count(*), count(*) FILTER (WHERE oid = to_regclass('public.staff_user')
        OR oid = to_regclass('public.alembic_version'))
    FROM pg_class c WHERE relkind IN ('r', 'p') AND relpersistence = 'p'
        AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid
            AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
"""


def require_administrator(url: str) -> None:
    """Raise unless this login may set up the server that `url` names.

    Invalid("database") for a database that is PostgreSQL's own, NeedsLogin where a
    password is missing or wrong, NotAllowed for a login that is no superuser or is not
    let in from here, Untrusted and Unavailable for a server that is not what it should
    be or does not answer, WrongSchema for one that is too old.
    """
    if name_of(url) in ("postgres", "template0", "template1"):
        raise Invalid("database", "Name a database of the practice's own.")
    user = str(conninfo.conninfo_to_dict(url).get("user") or "")
    try:
        address = address_of(beside(url, "postgres"), OPTIONS)
        with open_connection(address) as connection:
            row = connection.execute(_IS_SUPERUSER).fetchone()
    except psycopg.OperationalError as error:
        if "pg_hba.conf" in str(error):
            words = f"The server does not let {user} in from here (pg_hba.conf)."
            raise NotAllowed(words) from None
        known = translated(error)
        if isinstance(known, NotAllowed):
            refused = "no password supplied" not in str(error)
            raise NeedsLogin(login=user, was_refused=refused) from None
        raise known from None
    if row is None or not row[0]:
        raise NotAllowed(
            f"{user} is no superuser of this server; its administrator has to do this."
        )


@contextmanager
def connected(url: str) -> Iterator[Connection[Any]]:
    """Give a connection on which each statement stands for itself."""
    try:
        with open_connection(address_of(url, OPTIONS), autocommit=True) as connection:
            yield connection
    except Foreign as error:
        raise translated(error) from None


@contextmanager
def alone(url: str) -> Iterator[Connection[Any]]:
    """Give a connection beside the database of `url`, to the only restore there."""
    with connected(beside(url, "postgres")) as connection:
        got = connection.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
        if got is None or not got[0]:
            raise Unavailable("Another restore is under way on this server.")
        yield connection


def configured(url: str, names: Iterable[str]) -> dict[str, str]:
    """Return settings as the server gives them to whoever asks for none."""
    try:
        with open_connection(address_of(url, "")) as connection:
            found = connection.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)",
                [list(names)],
            )
            return dict(found.fetchall())
    except Foreign as error:
        raise translated(error) from None


def name_of(url: str) -> str:
    """Return the name of the database in an address; raises Invalid("database")."""
    name = conninfo.conninfo_to_dict(url).get("dbname")
    if not name:
        raise Invalid("database", "The address names no database.")
    return str(name)


def beside(url: str, database: str) -> str:
    """Return the address of another database of the same server."""
    # It stays the address of our own server, which needs no certificate.
    return type(url)(conninfo.make_conninfo(url, dbname=database))


def exists(connection: Connection[Any], database: str) -> bool:
    """Say whether the server has a database of this name."""
    known = "SELECT FROM pg_database WHERE datname = %s"
    return connection.execute(known, [database]).fetchone() is not None


def has_tables(connection: Connection[Any]) -> bool:
    """Say whether the database of this connection is a practice, or has no tables.

    Raises Invalid("database") for tables of another program.
    """
    row = connection.execute(_TABLES).fetchone() or (0, 0)
    if row[0] and row[1] < 2:
        raise Invalid(
            "database",
            f"The database {connection.info.dbname} holds tables of another program;"
            " name another one.",
        )
    return bool(row[0])


def major(connection: Connection[Any]) -> str:
    """Return the server's major version, such as "18"."""
    return str(connection.info.server_version // 10000)


def has_staff(url: str) -> bool:
    """Say whether people work already in the database that `url` names.

    As a superuser. Raises Invalid("database") for tables of another program.
    """
    with connected(beside(url, "postgres")) as connection:
        if not exists(connection, name_of(url)):
            return False
    with connected(url) as connection:
        if not has_tables(connection):
            return False
        found = connection.execute("SELECT FROM staff_user WHERE is_active LIMIT 1")
        return found.fetchone() is not None


def require_nobody(connection: Connection[Any], database: str) -> None:
    """Raise Unavailable, which says who, while anybody works in a database."""
    working = [words for (words,) in connection.execute(_WORKING, [database])]
    if working:
        raise Unavailable(
            "Somebody works in this practice; please close every desk first:"
            f" {', '.join(working)}."
        )


def drop(connection: Connection[Any], database: str) -> None:
    """Drop a database if it is there."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(statement.format(sql.Identifier(database)))


def rename(connection: Connection[Any], database: str, to: str) -> None:
    """Rename a database in which nobody is."""
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(statement.format(sql.Identifier(database), sql.Identifier(to)))
