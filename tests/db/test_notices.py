"""Every writer's change is told, on commit, with kind and id and nothing else."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.db import models
from desk_app.db.notices import CHANNEL, Ear, Kind, Notice, parse
from desk_app.db.session import open_sessions
from desk_app.errors import Unavailable
from tests.db.rows import add, add_appointment, add_client, add_provider, add_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

NEVER = threading.Event()


@pytest.fixture
def ear(database_url: str) -> Iterator[Ear]:
    """An ear that listens."""
    ear = Ear(database_url)
    ear.connect(NEVER)
    yield ear
    ear.close()


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A session of another desk, left open for the test to commit."""
    sessions = open_sessions(database_url)
    with sessions.begin() as session:
        yield session
    sessions.close()


def heard(ear: Ear, seconds: float = 1.0) -> set[Notice]:
    return set(ear.wait(NEVER, seconds))


@pytest.mark.parametrize(
    ("payload", "notice"),
    [
        ("appointment 12", Notice(Kind.APPOINTMENT, 12)),
        ("schedule 3", Notice(Kind.SCHEDULE, 3)),
        ("catalogue 0", Notice(Kind.CATALOGUE, 0)),
        ("client 5", Notice(Kind.CLIENT, 5)),
        ("client", None),
        ("client -5", None),
        ("client ٥", None),
        ("invoice 5", None),
        ("", None),
    ],
)
def test_payloads_are_understood_or_ignored(
    payload: str, notice: Notice | None
) -> None:
    assert parse(payload) == notice


def test_nothing_is_told_before_the_commit(ear: Ear, session: Session) -> None:
    client_id = add_client(session)
    assert heard(ear, 0.1) == set()
    session.commit()
    assert heard(ear) == {Notice(Kind.CLIENT, client_id)}


def test_nothing_is_told_of_what_is_rolled_back(ear: Ear, session: Session) -> None:
    add_client(session)
    session.rollback()
    assert heard(ear, 0.1) == set()


def test_a_booking_tells_of_all_it_changes(ear: Ear, session: Session) -> None:
    key = add_appointment(session)
    client_id = session.get_one(models.Appointment, key).client_id
    session.commit()
    assert heard(ear) == {
        Notice(Kind.APPOINTMENT, key),
        Notice(Kind.CLIENT, client_id),
        Notice(Kind.CATALOGUE, 0),
    }


@pytest.mark.parametrize("table", [models.Availability, models.AvailabilityOverride])
def test_new_hours_tell_whose_they_are(
    ear: Ear, session: Session, table: type[models.Base]
) -> None:
    provider_id = add_provider(session)
    add(session, table, provider_id=provider_id)
    session.commit()
    assert Notice(Kind.SCHEDULE, provider_id) in heard(ear)


def test_a_new_service_changes_the_catalogue(ear: Ear, session: Session) -> None:
    add_service(session, add_provider(session))
    session.commit()
    assert heard(ear) == {Notice(Kind.CATALOGUE, 0)}


def test_psql_tells_too_and_so_does_a_delete(ear: Ear, database_url: str) -> None:
    with psycopg.connect(database_url) as psql:
        psql.execute("INSERT INTO client (name) VALUES ('Ann')")
    (told,) = heard(ear)
    with psycopg.connect(database_url) as psql:
        psql.execute("DELETE FROM client")
    assert heard(ear) == {told}


def test_hours_given_to_another_provider_tell_both(ear: Ear, session: Session) -> None:
    first, second = add_provider(session), add_provider(session)
    add(session, models.Availability, provider_id=first)
    session.commit()
    heard(ear)
    session.connection().exec_driver_sql(
        f"UPDATE availability SET provider_id={second}"
    )
    session.commit()
    assert heard(ear) == {
        Notice(Kind.SCHEDULE, first),
        Notice(Kind.SCHEDULE, second),
    }


def test_a_notice_holds_no_personal_data(database_url: str, session: Session) -> None:
    with psycopg.connect(database_url, autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        add_appointment(session, notes="a private note")
        session.commit()
        told = [n.payload for n in listening.notifies(timeout=1, stop_after=3)]
    assert len(told) == 3
    assert all(parse(payload) for payload in told)


def test_an_ear_without_a_connection_says_so(database_url: str) -> None:
    with pytest.raises(Unavailable):
        Ear(database_url).wait(NEVER, 0.1)
