"""The logins of a practice, as data: who there is, in which group, with what verifier.

Roles belong to the whole server, so no dump of a database holds them. They are made
again from what is known of them here; nothing else can be said in a backup.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from psycopg import errors, sql

from desk_app.db import roles
from desk_app.db.roles import FOR_PROGRAMS, Group
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

OWN_ROLES = ("desk_owner", "desk_audit", "desk_staffing", "desk_staff", *Group)

_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,62}")
_SERVERS_OWN = re.compile(r"pg_|postgres$")
# As migrations/sql/0002_staff.sql: no password, and nothing that is not SCRAM.
_VERIFIER = re.compile(
    r"SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,64}"
    r"\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}"
)


@dataclass(frozen=True, slots=True)
class Login:
    """One login. Somebody who left is in no group and cannot sign in."""

    login: str
    groups: tuple[Group, ...]
    can_sign_in: bool
    most_connections: int
    verifier: str | None = field(repr=False)

    @property
    def is_program(self) -> bool:
        """Whether this is the worker, the webhook or the backup, and nobody."""
        return any(group in FOR_PROGRAMS for group in self.groups)


# The staff, those who left as well, and the programs that may enter the database.
_OF_DATABASE = """
    SELECT r.rolname, r.rolcanlogin, r.rolconnlimit, r.rolpassword,
        ARRAY(SELECT DISTINCT g.rolname
              FROM pg_auth_members m JOIN pg_authid g ON g.oid = m.roleid
              WHERE m.member = r.oid AND g.rolname = ANY(%(groups)s) ORDER BY 1)
    FROM pg_authid r
    WHERE NOT r.rolsuper AND (
        r.rolname IN (SELECT login FROM public.staff_user)
        OR r.oid IN (SELECT (aclexplode(datacl)).grantee FROM pg_database
                     WHERE datname = current_database())
            AND EXISTS (
                SELECT FROM pg_auth_members m JOIN pg_authid g ON g.oid = m.roleid
                WHERE m.member = r.oid AND g.rolname = ANY(%(programs)s)))
    ORDER BY r.rolname
"""

_MEMBERSHIPS = """
    SELECT g.rolname, pg_get_userbyid(m.grantor)
    FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
    WHERE m.member = (SELECT oid FROM pg_roles WHERE rolname = %s)
        AND g.rolname = ANY(%s)
"""
# More than this program makes of a login; or somebody who may sign in, but not here.
_IS_OTHERS = """
    WITH known AS (
        SELECT r.*, ARRAY(SELECT g.rolname::text FROM pg_auth_members m
            JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid) AS groups
        FROM pg_roles r)
    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication
        OR (rolbypassrls AND NOT groups @> ARRAY['desk_backup'])
        OR NOT groups <@ %s::text[]
        OR (rolcanlogin AND NOT groups && %s::text[])
    FROM known WHERE rolname = %s
"""


def of_database(connection: Connection[Any]) -> tuple[Login, ...]:
    """Return the logins of the database that a superuser is connected to."""
    found = connection.execute(
        _OF_DATABASE, {"groups": list(Group), "programs": list(FOR_PROGRAMS)}
    )
    return tuple(
        Login(name, tuple(map(Group, groups)), can, most, _scram_or_none(verifier))
        for name, can, most, verifier, groups in found
    )


def to_json(logins: Iterable[Login]) -> bytes:
    """Return logins as they stand in a backup."""
    return json.dumps([asdict(login) for login in logins], indent=2).encode()


def from_json(text: bytes) -> tuple[Login, ...]:
    """Read logins that anybody may have written.

    Raises ValueError, KeyError or TypeError for what is damaged, and Invalid("file")
    for logins of another kind than this program makes.
    """
    return tuple(_login(record) for record in json.loads(text))


def put(connection: Connection[Any], logins: Iterable[Login]) -> None:
    """Make the logins that are missing, and all of them what they are said to be.

    As a superuser. The owner of the staff functions hands out the groups and may
    change the logins, as if each had been added by a manager. Raises Invalid("file")
    for a login that is somebody else's on this server.
    """
    for login in logins:
        _require_ours(connection, login.login)
        _make(connection, login)
        _set_groups(connection, login)


def let_in(connection: Connection[Any], database: str, logins: Iterable[Login]) -> None:
    """Let the programs enter the database; staff is let in by `secure_database`."""
    for login in logins:
        if login.is_program and login.can_sign_in:
            _say(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, login)


def shut_out(
    connection: Connection[Any], database: str, logins: Iterable[Login]
) -> None:
    """Let nobody but a superuser enter the database."""
    _say(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    _say(connection, "REVOKE ALL ON DATABASE {} FROM desk_staffing CASCADE", database)
    for login in logins:
        _say(connection, "REVOKE ALL ON DATABASE {} FROM {}", database, login)


def drop(connection: Connection[Any], logins: Iterable[Login]) -> None:
    """Drop logins, but for those that another database of the server knows."""
    for login in logins:
        try:
            with connection.transaction():
                _say(connection, "DROP ROLE {}", login)
        except errors.DependentObjectsStillExist:
            continue


def _make(connection: Connection[Any], login: Login) -> None:
    known = "SELECT FROM pg_roles WHERE rolname = %s"
    if connection.execute(known, [login.login]).fetchone() is None:
        _say(connection, "CREATE ROLE {}", login)
    bypass = "BYPASSRLS" if Group.BACKUP in login.groups else "NOBYPASSRLS"
    sign_in = "LOGIN" if login.can_sign_in else "NOLOGIN"
    change = sql.SQL("ALTER ROLE {} {} {} CONNECTION LIMIT {} PASSWORD {}").format(
        sql.Identifier(login.login),
        sql.SQL(sign_in),
        sql.SQL(bypass),
        sql.Literal(login.most_connections),
        sql.Literal(login.verifier),
    )
    connection.execute(change)


def _set_groups(connection: Connection[Any], login: Login) -> None:
    # A membership is ended in the name of who has granted it.
    found = connection.execute(_MEMBERSHIPS, [login.login, list(Group)]).fetchall()
    for group, grantor in found:
        _say(connection, "REVOKE {} FROM {} GRANTED BY {}", group, login, grantor)
    if login.is_program:
        for group in login.groups:
            _say(connection, "GRANT {} TO {}", group, login)
    else:
        roles.entrust(connection, login.login, next(iter(login.groups), None))


def _require_ours(connection: Connection[Any], login: str) -> None:
    """Refuse to touch a role that this program would not have made."""
    found = connection.execute(_IS_OTHERS, [list(Group), list(Group), login])
    if (row := found.fetchone()) is not None and row[0]:
        raise Invalid(
            "file", f"The login {login} is not one of this practice on this server."
        )


def _login(record: dict[str, Any]) -> Login:
    if set(record) != {known.name for known in fields(Login)}:
        raise ValueError(record)
    name, most, can_sign_in = (
        record[word] for word in ("login", "most_connections", "can_sign_in")
    )
    if not _NAME.fullmatch(name) or _SERVERS_OWN.match(name) or name in OWN_ROLES:
        raise Invalid("file", f"{name!r} cannot be a login of a practice.")
    if type(most) is not int or not -1 <= most <= 1000 or type(can_sign_in) is not bool:
        raise ValueError(name)
    verifier = record["verifier"]
    if verifier is not None and not _VERIFIER.fullmatch(verifier):
        raise Invalid("file", f"The password of {name} is not kept as SCRAM wants it.")
    return Login(name, _groups(record["groups"]), can_sign_in, most, verifier)


def _groups(names: list[str]) -> tuple[Group, ...]:
    """Return one group of people, or groups of programs, but never both."""
    groups = tuple(map(Group, names))
    if len(groups) > 1 and not all(group in FOR_PROGRAMS for group in groups):
        raise ValueError(names)
    return groups


def _scram_or_none(verifier: str | None) -> str | None:
    """Return the verifier, unless it is of an old kind that no server should accept."""
    return verifier if verifier and _VERIFIER.fullmatch(verifier) else None


def _say(connection: Connection[Any], statement: str, *names: str | Login) -> None:
    identifiers = [
        sql.Identifier(name.login if isinstance(name, Login) else str(name))
        for name in names
    ]
    connection.execute(sql.SQL(statement).format(*identifiers))
