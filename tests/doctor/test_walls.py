"""A wall that was taken down is found, whichever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries import health
from desk_app.db.queries.pipeline import ask, driver_of
from desk_app.doctor import State, walls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions

HERE = "DO $$ BEGIN EXECUTE format('{}', current_database()); END $$"


@pytest.fixture
def session(sessions: Sessions) -> Iterator[Session]:
    """The practice's database; what a test breaks is whole again after it."""
    with sessions.begin() as session:
        driver_of(session).execute(HERE.format("REVOKE ALL ON DATABASE %I FROM PUBLIC"))
        yield session


def test_all_walls_stand(session: Session) -> None:
    assert {f.state for f in walls.examine(session)} == {State.OK}


@pytest.mark.parametrize(
    ("statement", "about", "named"),
    [
        ("ALTER ROLE desk_webhook RENAME TO gone", "roles", "desk_webhook"),
        ("ALTER ROLE desk_owner LOGIN", "roles", "desk_owner"),
        ("GRANT desk_audit TO desk_manager", "roles", "desk_audit"),
        ("CREATE ROLE maker LOGIN CREATEROLE", "who makes roles", "1"),
        (HERE.format("GRANT TEMP ON DATABASE %I TO PUBLIC"), "strangers", "TEMP"),
        (HERE.format("GRANT CONNECT ON DATABASE %I TO PUBLIC"), "strangers", "CONNECT"),
        ("GRANT CREATE ON SCHEMA public TO PUBLIC", "strangers", "CREATE"),
        ("GRANT EXECUTE ON FUNCTION lo_put TO PUBLIC", "strangers", "large objects"),
        ("ALTER TABLE client DISABLE ROW LEVEL SECURITY", "row security", "client"),
        ("ALTER TABLE outbox OWNER TO desk_manager", "row security", "outbox"),
        ("CREATE TABLE theirs (n int)", "row security", "theirs"),
        ("ALTER TABLE client DISABLE TRIGGER client_is_audited", "audit", "client"),
        ("ALTER TABLE audit_log DISABLE TRIGGER ALL", "audit", "audit_log"),
        ("DROP TRIGGER service_is_audited ON service", "audit", "service"),
    ],
)
def test_one_that_was_taken_down_is_found(
    session: Session, statement: str, about: str, named: str
) -> None:
    driver_of(session).execute(statement)
    (finding,) = (f for f in walls.examine(session) if f.state is not State.OK)
    assert finding.about == about
    assert named in finding.words
    assert finding.to_do


def test_every_table_that_should_be_audited_is_known(session: Session) -> None:
    assert ask(session, health.audited_tables()) == walls.AUDITED
