"""Couriers and their queue, on the worker's own login, and rows for them to carry."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

from psycopg import conninfo

from desk_app.db.roles import Group, make_program_login, secure_database
from desk_app.db.session import open_sessions
from desk_app.domain.message_settings import Change, CourierLogin
from desk_app.services.message_settings import MessageSettings
from desk_app.services.queue import Queue
from desk_app.services.vault import Vault
from tests.factories import rows
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.rings import DeskRings

_numbers = count(1)
_PUT = """INSERT INTO outbox (kind, appointment_id, dedupe_key, recipient, channel,
        run_at, state, attempts)
    VALUES (:kind, :appointment_id, :key, :recipient, :channel,
        now() + make_interval(secs => :after), :state, :attempts)
    RETURNING outbox_id"""
TASK = "calendar_push"


def worker_url(url: str) -> str:
    """Return where a worker signs in to this database; its login is made first."""
    login = f"courier{next(_numbers)}"
    secure_database(url)
    make_program_login(url, login, Group.WORKER, PASSWORD)
    return conninfo.make_conninfo(url, user=login, password=PASSWORD)


def let_carry(
    manager: Sessions, rings: DeskRings, login: str, password: str = PASSWORD
) -> None:
    """Let desks carry by this login, as a manager does in the office."""
    settings = MessageSettings(manager, Vault(manager, rings))
    nobody = CourierLogin()
    settings.change_courier(Change(nobody, CourierLogin(login), password))


@contextmanager
def opened(url: str, **timing: float) -> Iterator[Queue]:
    """Give the queue of one more worker."""
    sessions = open_sessions(url, deadline=5)
    try:
        yield Queue(sessions, **timing)
    finally:
        sessions.close()


def put(sessions: Sessions, **given: Any) -> int:
    """Put a task that is due, or what is given, into the outbox."""
    row = {
        "kind": TASK,
        "appointment_id": None,
        "key": f"test:{next(_numbers)}",
        "recipient": "CLIENT" if given.get("channel") else "",
        "channel": "",
        "after": -1.0,
        "state": "WAITING",
        "attempts": 0,
    }
    number: int = rows(sessions, _PUT, **row | given)[0][0]
    return number


def change(sessions: Sessions, outbox_id: int, what: str) -> None:
    """Change a row as time, or somebody with all rights, would."""
    rows(sessions, f"UPDATE outbox SET {what} WHERE outbox_id = :id", id=outbox_id)


def forget(sessions: Sessions, outbox_id: int) -> None:
    """Let the lease of a row run out."""
    change(sessions, outbox_id, "leased_until = now() - interval '1 second'")


def state(sessions: Sessions, outbox_id: int) -> tuple[str, str]:
    """Return how a row stands, and why."""
    found = rows(
        sessions,
        "SELECT state, outcome FROM outbox WHERE outbox_id = :id",
        id=outbox_id,
    )
    return found[0][0], found[0][1]


def column(sessions: Sessions, outbox_id: int, what: str) -> Any:
    """Return something else of a row."""
    return rows(
        sessions, f"SELECT {what} FROM outbox WHERE outbox_id = :id", id=outbox_id
    )[0][0]
