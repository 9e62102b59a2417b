"""The oldest PostgreSQL that a practice may have, where this machine has it.

`pytest --postgres=15` runs every test on it; these few run always.
"""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.db import schema
from desk_app.db.connect import OLDEST_SERVER
from desk_app.db.locks import DayKey, bump, lock_days
from desk_app.db.notices import Ear, Kind, Notice
from desk_app.db.session import Sessions, open_sessions
from desk_app.errors import Invalid, SlotTaken
from tests import postgres
from tests.db.rows import add_appointment, add_client, add_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = str(OLDEST_SERVER)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (postgres.INSTALLED / VERSION / "bin" / "postgres").exists(),
        reason=f"PostgreSQL {VERSION} is not installed",
    ),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A practice's own server with a database of this program."""
    with postgres.installed_server(VERSION) as url_of:
        postgres.make_template(url_of)
        yield url_of(postgres.TEMPLATE)


@pytest.fixture
def desk(url: str) -> Iterator[Sessions]:
    """Sessions on that server."""
    sessions = open_sessions(url)
    yield sessions
    sessions.close()


def test_the_schema_fits(desk: Sessions) -> None:
    schema.require(desk)


def test_it_is_that_old(url: str) -> None:
    with psycopg.connect(url) as connection:
        assert connection.info.server_version // 10000 == OLDEST_SERVER


def test_double_bookings_and_hostile_names_are_kept_out(desk: Sessions) -> None:
    with desk.begin() as session:
        provider_id = add_provider(session)
        add_appointment(session, provider_id=provider_id)
    with pytest.raises(SlotTaken), desk.begin() as session:
        add_appointment(session, provider_id=provider_id)
    with pytest.raises(Invalid), desk.begin() as session:
        add_client(session, name="Ann\u202eSmith")


def test_a_day_is_locked(desk: Sessions) -> None:
    with desk.begin() as session:
        key = DayKey(add_provider(session), date(2026, 3, 2))
        assert lock_days(session, [key]) == {key: 0}
        bump(session, [key])


def test_a_change_is_heard(desk: Sessions, url: str) -> None:
    ear = Ear(url)
    ear.connect(threading.Event())
    with desk.begin() as session:
        client_id = add_client(session)
    assert ear.wait(threading.Event(), 2) == (Notice(Kind.CLIENT, client_id),)
    ear.close()
