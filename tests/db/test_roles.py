"""Logins that a superuser makes are a manager's to change, as all others are."""

from __future__ import annotations

import psycopg

from desk_app.db import roles
from desk_app.db.session import open_sessions
from desk_app.domain.staff import Role
from desk_app.services.staff import StaffList
from tests import postgres


def test_a_manager_may_change_who_was_let_in_without_a_password(
    database_url: str,
) -> None:
    roles.secure_database(database_url)
    with psycopg.connect(database_url) as connection:
        for login in ("no_password_1", "no_password_2"):
            roles.let_in_without_password(connection, login, "Ann", Role.MANAGER)
    sessions = open_sessions(postgres.make_login(database_url, "no_password_1"))
    staff = StaffList(sessions)
    me, other = staff.everybody()
    staff.set_password(me, "correct horse battery")
    staff.let_go(other)
    sessions.close()
    with psycopg.connect(database_url) as connection:
        left = connection.execute(
            "SELECT rolcanlogin, pg_has_role(oid, 'desk_manager', 'MEMBER')"
            " FROM pg_roles WHERE rolname = 'no_password_2'"
        )
        assert left.fetchone() == (False, False)
