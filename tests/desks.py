"""Desks that people have signed in at, on a database that is closed to others.

What a test sees at one of them is what PostgreSQL lets that person see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from psycopg import conninfo

from desk_app.domain.staff import Role
from tests.staff import Crew

if TYPE_CHECKING:
    from desk_app.db.session import Sessions


class Desks:
    """Opens one desk after the other; `owner` is that of the server's administrator."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._crew = Crew(url)
        self.owner = self._crew.admin

    def receptionist(self, name: str = "Jonas Krüger") -> Sessions:
        """Let a receptionist in and return their desk."""
        return self._of(name=name, role=Role.RECEPTIONIST)

    def manager(self, name: str = "Miriam Hoffmann") -> Sessions:
        """Let a manager in."""
        return self._of(name=name, role=Role.MANAGER)

    def provider(self, provider_id: int, name: str = "Dr Weber") -> Sessions:
        """Let a provider in."""
        return self._of(name=name, role=Role.PROVIDER, provider_id=provider_id)

    def worker(self) -> Sessions:
        """Let the worker in."""
        return self._crew.worker()

    def close(self) -> None:
        """Close every desk."""
        self._crew.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _of(self, **person: object) -> Sessions:
        return self._crew.sessions(self._crew.add(**person))


def login_of(sessions: Sessions) -> str:
    """Return who is signed in at a desk."""
    return str(conninfo.conninfo_to_dict(sessions.url())["user"])
