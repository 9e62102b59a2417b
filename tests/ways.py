"""Every way in which this program connects to a practice's server."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sqlalchemy import text

from desk_app import bootstrap
from desk_app.db import schema
from desk_app.db.notices import Ear
from desk_app.db.session import open_sessions
from desk_app.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def ask(url: str) -> None:
    """Connect as every call of a service does."""
    sessions = open_sessions(url)
    try:
        sessions.run(_one)
    finally:
        sessions.close()


def hear(url: str) -> None:
    """Connect as the listener does."""
    ear = Ear(url)
    try:
        ear.connect(threading.Event())
    finally:
        ear.close()


def upgrade(url: str) -> None:
    """Connect as a migration does."""
    schema.upgrade(url)


def build(url: str) -> None:
    """Connect as a desk does when it starts."""
    bootstrap.build(Settings(database=url)).close()


WAYS = (ask, hear, upgrade, build)


def _one(session: Session) -> None:
    session.execute(text("SELECT 1"))
