"""The roles of the server: the groups that migrations make, and logins in them.

What a group may do stands in `migrations/sql`. Here are their names, and what has to
be done for each database, since the right to enter one is no part of its contents.
"""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from psycopg import sql

from desk_app.db import server
from desk_app.db.connect import MIGRATION_OPTIONS, address_of, open_connection
from desk_app.db.failures import Foreign, translated
from desk_app.domain.staff import Role
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection


class Group(StrEnum):
    """What a login can be a member of; ARCHITECTURE section 8."""

    RECEPTIONIST = "desk_receptionist"
    PROVIDER = "desk_provider"
    MANAGER = "desk_manager"
    WORKER = "desk_worker"
    WEBHOOK = "desk_webhook"
    BACKUP = "desk_backup"


FOR_PROGRAMS = (Group.WORKER, Group.WEBHOOK, Group.BACKUP)
# Many desks may share a login; whoever has stolen it must not fill the server.
MOST_CONNECTIONS = 40


def secure_database(url: str) -> None:
    """Close the database to all but those who work there; as a superuser.

    To be done for each database that was made, copied or restored: a new one lets
    everybody in. Raises NotAllowed for a login that is no superuser.
    """
    with _connected(url) as connection:
        # PostgreSQL refuses two changes at once to who may enter a database.
        connection.execute("LOCK TABLE staff_user IN SHARE ROW EXCLUSIVE MODE")
        database = _database(connection)
        connection.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database)
        )
        connection.execute(
            sql.SQL(
                "GRANT CONNECT ON DATABASE {} TO desk_staffing WITH GRANT OPTION"
            ).format(database)
        )
        connection.execute("SELECT staff_open_database()")


def make_program_login(url: str, login: str, group: Group, password: str) -> None:
    """Make a login for a program, such as the worker; or give it a new password.

    Raises Invalid for a group of people, who are added by a manager, and for a login
    or password that cannot be one; NotAllowed for a login that is no superuser.
    """
    if group not in FOR_PROGRAMS:
        raise Invalid("login", "People are added by a manager, in the program.")
    with _connected(url) as connection:
        # One that cannot be one is refused before anything is made.
        verifier(connection, login, password)
        _make_program(connection, login, group, password)
        if group is Group.BACKUP:
            # Not inherited from a group, and a dump under policies would have holes.
            connection.execute(
                sql.SQL("ALTER ROLE {} BYPASSRLS").format(sql.Identifier(login))
            )


def ensure_worker(url: str, login: str) -> None:
    """Let a worker in by name, as the bundled server does; as a superuser.

    Raises Invalid("login") where somebody is called so.
    """
    known = (
        "SELECT FROM pg_roles WHERE rolname = %s"
        " AND pg_has_role(rolname, 'desk_worker', 'MEMBER')"
        " AND has_database_privilege(rolname, current_database(), 'CONNECT')"
    )
    with _connected(url) as connection:
        if connection.execute(known, [login]).fetchone() is None:
            # Two desks that open it first take turns.
            connection.execute("LOCK TABLE staff_user IN SHARE ROW EXCLUSIVE MODE")
            # On a port, which others may try, it shares that of the server's owner.
            _make_program(connection, login, Group.WORKER, connection.info.password)


def ensure_manager(url: str, login: str, name: str) -> None:
    """Let one person manage a practice that nobody works for yet; as a superuser."""
    with _connected(url) as connection:
        # Two desks that open it first take turns.
        connection.execute("LOCK TABLE staff_user IN SHARE ROW EXCLUSIVE MODE")
        some = connection.execute("SELECT FROM staff_user LIMIT 1").fetchone()
        if some is None:
            let_in_without_password(connection, login, name, Role.MANAGER)


def let_in_without_password(
    connection: Connection[Any], login: str, name: str, role: Role
) -> None:
    """Make somebody whom the bundled server lets in by name; as a superuser."""
    connection.execute(
        "INSERT INTO staff_user (login, name, role) VALUES (%s, %s, %s)"
        " ON CONFLICT (login) DO UPDATE SET name = excluded.name",
        [login, name, role.value],
    )
    who = sql.Identifier(login)
    known = "SELECT FROM pg_roles WHERE rolname = %s"
    # The server outlives its databases, and so may the role.
    if connection.execute(known, [login]).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(who))
    connection.execute(sql.SQL("ALTER ROLE {} LOGIN").format(who))
    if connection.info.password:
        # On a port, which others may try, it shares the one of the server's owner.
        secret = sql.Literal(verifier(connection, login, connection.info.password))
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(who, secret))
    entrust(connection, login, Group[role.name])
    connection.execute("SELECT staff_open_database()")


def entrust(connection: Connection[Any], login: str, group: Group | None) -> None:
    """Put a login into a group of people, as if a manager had added it.

    As a superuser. The owner of the staff functions hands out the group, for only who
    has given it can take it away; and from PostgreSQL 16 on it may change only logins
    that it was given. None is the group of somebody who left.
    """
    who = sql.Identifier(login)
    if connection.info.server_version >= 160000:
        connection.execute(
            sql.SQL(
                "GRANT {} TO desk_staffing WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
            ).format(who)
        )
    if group is not None:
        connection.execute(
            sql.SQL("GRANT {} TO {} GRANTED BY desk_staffing").format(
                sql.Identifier(group.value), who
            )
        )


def make_database(url: str) -> None:
    """Make the database that `url` names unless it is there; as a superuser."""
    name = server.name_of(url)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        address = address_of(server.beside(url, "postgres"), MIGRATION_OPTIONS)
        with open_connection(address, autocommit=True) as connection:
            known = "SELECT FROM pg_database WHERE datname = %s"
            if connection.execute(known, [name]).fetchone() is None:
                connection.execute(create.format(sql.Identifier(name)))
    except Foreign as error:
        raise translated(error) from None


def signs_in(url: str, login: str) -> bool:
    """Say whether this login belongs to somebody who works here."""
    with _connected(url) as connection:
        found = connection.execute(
            "SELECT FROM staff_user WHERE login = %s AND is_active", [login]
        )
        return found.fetchone() is not None


def verifier(connection: Connection[Any], login: str, password: str) -> str:
    """Return the SCRAM verifier of a password, which is all that a server is told.

    Raises Invalid("password") for one that is empty or cannot be typed again.
    """
    if not password or "\0" in password:
        raise Invalid("password", "A password needs at least one character.")
    try:
        return connection.pgconn.encrypt_password(
            password.encode(), login.encode(), b"scram-sha-256"
        ).decode("ascii")
    except UnicodeEncodeError:
        raise Invalid("password", "This holds half a character.") from None


def _make_program(
    connection: Connection[Any], login: str, group: Group, password: str
) -> None:
    """Make a login of a program; an empty password lets nobody in by it."""
    role = sql.Identifier(login)
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [login])
    if known.fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(role))
    elif not _is_member(connection, login, group):
        raise Invalid("login", f"{login} is a login of somebody else already.")
    secret = verifier(connection, login, password) if password else None
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN CONNECTION LIMIT {} PASSWORD {}").format(
            role, sql.Literal(MOST_CONNECTIONS), sql.Literal(secret)
        )
    )
    connection.execute(
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(group.value), role)
    )
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
            _database(connection), role
        )
    )


def _is_member(connection: Connection[Any], login: str, group: Group) -> bool:
    found = connection.execute(
        "SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
        " WHERE r.rolname = %s AND m.roleid = %s::regrole",
        [login, group.value],
    )
    return found.fetchone() is not None


def _database(connection: Connection[Any]) -> sql.Identifier:
    return sql.Identifier(connection.info.dbname)


@contextmanager
def _connected(url: str) -> Iterator[Connection[Any]]:
    """Give a connection in one transaction."""
    try:
        with open_connection(address_of(url, MIGRATION_OPTIONS)) as connection:
            yield connection
    except Foreign as error:
        raise translated(error) from None
