"""Desks that people have signed in at, on a database of the test's own.

The database is closed to everybody else, as a practice's is, so that what a test sees
is what PostgreSQL lets that person see.
"""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING, Self

from psycopg import conninfo

from desk_app.db.roles import secure_database
from desk_app.db.session import open_sessions
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.staff import StaffList
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

# A login is the whole server's, which tests share.
_numbers = count(1)


class Desks:
    """Opens one desk after the other; `owner` is that of the server's administrator."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._closing = ExitStack()
        secure_database(url)
        self.owner = self._open(url)

    def receptionist(self, name: str = "Jonas Krüger") -> Sessions:
        """Let a receptionist in and return their desk."""
        return self._of(name, Role.RECEPTIONIST)

    def manager(self, name: str = "Miriam Hoffmann") -> Sessions:
        """Let a manager in."""
        return self._of(name, Role.MANAGER)

    def provider(self, provider_id: int, name: str = "Dr Weber") -> Sessions:
        """Let a provider in."""
        return self._of(name, Role.PROVIDER, provider_id)

    def close(self) -> None:
        """Close every desk."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _of(self, name: str, role: Role, provider_id: int | None = None) -> Sessions:
        login = f"desk.{next(_numbers)}"
        who = NewStaff(login, name, role, PASSWORD, provider_id)
        StaffList(self.owner).add(who)
        given = {"user": login, "password": PASSWORD}
        return self._open(conninfo.make_conninfo(self.url, **given))

    def _open(self, url: str) -> Sessions:
        sessions = open_sessions(url, deadline=10.0)
        self._closing.callback(sessions.close)
        return sessions


def login_of(sessions: Sessions) -> str:
    """Return who is signed in at a desk."""
    return conninfo.conninfo_to_dict(sessions.url())["user"]  # type: ignore[return-value]
