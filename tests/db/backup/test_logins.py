"""A backup cannot make anybody more than a login of a practice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from desk_app.db import roles
from desk_app.db.backup import logins
from desk_app.db.roles import Group
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from desk_app.db.backup.logins import Login

VERIFIER = f"SCRAM-SHA-256$4096:{'a' * 24}${'b' * 44}:{'c' * 44}"
ANNA = {
    "login": "anna",
    "groups": ["desk_receptionist"],
    "can_sign_in": True,
    "most_connections": 40,
    "verifier": VERIFIER,
}


def read(**changes: Any) -> Login:
    (login,) = logins.from_json(json.dumps([ANNA | changes]).encode())
    return login


def test_a_login_is_read_as_it_was_written() -> None:
    anna = read()
    assert logins.from_json(logins.to_json([anna])) == (anna,)
    assert VERIFIER not in repr(anna)


@pytest.mark.parametrize(
    "changes",
    [
        {"login": "postgres"},
        {"login": "pg_monitor"},
        {"login": "desk_owner"},
        {"login": "desk_manager"},
        {"login": 'x"; DROP DATABASE practice; --'},
        {"login": "Anna"},
        {"login": ""},
        {"verifier": "plain"},
        {"verifier": "md5d41d8cd98f00b204e9800998ecf8427e"},
        {"verifier": f"{VERIFIER}' SUPERUSER --"},
        {"verifier": VERIFIER + "\n"},
    ],
)
def test_what_is_no_login_of_ours_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        read(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"login": 5},
        {"groups": ["pg_execute_server_program"]},
        {"groups": ["desk_owner"]},
        {"groups": ["desk_manager", "desk_worker"]},
        {"groups": ["desk_manager", "desk_provider"]},
        {"can_sign_in": "yes"},
        {"most_connections": 10**9},
        {"most_connections": True},
        {"superuser": True},
    ],
)
def test_what_this_program_never_writes_is_damaged(changes: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        read(**changes)


@pytest.fixture
def server(database_url: str) -> Iterator[Connection[Any]]:
    """The server, whose roles are as before at the end."""
    roles.secure_database(database_url)
    with psycopg.connect(database_url) as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize(
    "kind",
    [
        "SUPERUSER",
        "CREATEROLE",
        "CREATEDB",
        "REPLICATION",
        "BYPASSRLS",
        "LOGIN",
        "IN ROLE pg_monitor",
        "IN ROLE desk_owner",
    ],
)
def test_a_role_of_somebody_else_is_not_touched(
    server: Connection[Any], kind: str
) -> None:
    server.execute(f"CREATE ROLE theirs {kind}")
    with pytest.raises(Invalid, match="theirs"):
        logins.put(server, [read(login="theirs")])


def test_who_is_there_becomes_what_the_backup_says(server: Connection[Any]) -> None:
    logins.put(server, [read(groups=["desk_manager"])])
    leaver = read(groups=[], can_sign_in=False)
    logins.put(server, [leaver])
    found = server.execute(
        "SELECT rolcanlogin, rolbypassrls, pg_has_role(oid, 'desk_staff', 'MEMBER')"
        " FROM pg_roles WHERE rolname = 'anna'"
    )
    assert found.fetchone() == (False, False, False)


def test_only_the_backup_sees_past_policies(server: Connection[Any]) -> None:
    keeper = read(login="keeper", groups=[Group.BACKUP.value])
    logins.put(server, [read(), keeper])
    found = server.execute("SELECT rolname FROM pg_roles WHERE rolbypassrls")
    assert sorted(name for (name,) in found) == ["keeper", "postgres"]


def test_a_login_that_another_practice_knows_is_not_dropped(
    server: Connection[Any],
) -> None:
    logins.put(server, [read(), read(login="ben")])
    server.execute("GRANT CONNECT ON DATABASE postgres TO anna")
    logins.drop(server, [read(), read(login="ben")])
    found = server.execute(
        "SELECT rolname FROM pg_roles WHERE rolname ~ '^(anna|ben)$'"
    )
    assert found.fetchall() == [("anna",)]
