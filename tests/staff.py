"""People who sign in with passwords of their own, on a database of a test's own.

A login belongs to the whole server, which the tests of a run share: each is new.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from threading import Barrier
from typing import TYPE_CHECKING

from psycopg import conninfo

from desk_app.db.roles import Group, make_program_login, secure_database
from desk_app.db.session import open_sessions
from desk_app.domain.staff import NewStaff, Role
from desk_app.errors import DeskError, NotAllowed
from desk_app.services.staff import StaffList
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.db.session import Sessions
    from desk_app.domain.staff import Staff

_numbers = count(1)


def new_staff(**changes: object) -> NewStaff:
    """Describe somebody whom the practice and its server do not know yet."""
    person = NewStaff(f"anna{next(_numbers)}", "Anna Maß", Role.RECEPTIONIST, PASSWORD)
    return replace(person, **changes)  # type: ignore[arg-type]


class Crew:
    """The people of one practice; `admin` works as the server's administrator."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._closing = ExitStack()
        secure_database(url)
        self.admin = self._open(url)
        self.manager = self.add(role=Role.MANAGER, name="Miriam Hoffmann")

    def add(self, **changes: object) -> Staff:
        """Let somebody in."""
        return StaffList(self.admin).add(new_staff(**changes))

    def address(self, person: Staff, password: str = PASSWORD) -> str:
        """Return where this person signs in, with their password."""
        return conninfo.make_conninfo(self.url, user=person.login, password=password)

    def sessions(self, person: Staff, password: str = PASSWORD) -> Sessions:
        """Sign somebody in at one more desk."""
        return self._open(self.address(person, password))

    def worker(self) -> Sessions:
        """Sign in the worker, by a login of its own."""
        login = f"worker{next(_numbers)}"
        make_program_login(self.url, login, Group.WORKER, PASSWORD)
        return self._open(
            conninfo.make_conninfo(self.url, user=login, password=PASSWORD)
        )

    def list_of(self, person: Staff) -> StaffList:
        """Return the staff as this person may see and change it."""
        return StaffList(self.sessions(person))

    def close(self) -> None:
        """Close every desk."""
        self._closing.close()

    def _open(self, url: str) -> Sessions:
        sessions = open_sessions(url, deadline=10)
        self._closing.callback(sessions.close)
        return sessions


def signs_in(crew: Crew, person: Staff, password: str = PASSWORD) -> bool:
    """Say whether the server lets this person in with this password."""
    try:
        crew.sessions(person, password).sign_in(crew.address(person, password))
    except NotAllowed:
        return False
    return True


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all at the same moment; return what each gave or raised."""
    gate = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        gate.wait()
        try:
            return work()
        except DeskError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
