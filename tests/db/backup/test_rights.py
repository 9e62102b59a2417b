"""What stands for all rights changes with each of them, and with nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.db.backup import rights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions


@pytest.fixture
def connection(sessions: Sessions) -> Iterator[psycopg.Connection[object]]:
    """A migrated database, which is as it was after each test."""
    with sessions.begin() as session:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        yield driver


@pytest.mark.parametrize(
    "change",
    [
        "GRANT SELECT ON client TO desk_webhook",
        "GRANT UPDATE (price) ON appointment TO desk_receptionist",
        "REVOKE SELECT ON provider FROM desk_worker",
        "ALTER TABLE client OWNER TO desk_audit",
        "ALTER TABLE client DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY gap ON client TO desk_webhook USING (true)",
        "ALTER POLICY own ON client USING (true)",
        "ALTER TABLE client DISABLE TRIGGER client_is_audited",
        "DROP TRIGGER client_is_audited ON client",
        "ALTER TABLE appointment DROP CONSTRAINT appointment_no_overlap",
        "ALTER FUNCTION desk_role() RESET search_path",
        "ALTER FUNCTION desk_role() SECURITY INVOKER",
        "GRANT EXECUTE ON FUNCTION desk_role() TO PUBLIC",
        "GRANT EXECUTE ON FUNCTION lo_put TO PUBLIC",
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
        "CREATE VIEW theirs AS SELECT * FROM client",
    ],
)
def test_every_change_of_rights_is_seen(
    connection: psycopg.Connection[object], change: str
) -> None:
    before = rights.of_database(connection)
    connection.execute(change)
    assert rights.of_database(connection) != before


def test_rows_are_not_rights(connection: psycopg.Connection[object]) -> None:
    before = rights.of_database(connection)
    connection.execute("INSERT INTO client (name) VALUES ('Ann')")
    assert rights.of_database(connection) == before
