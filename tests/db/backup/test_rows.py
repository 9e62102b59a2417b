"""Rows are all that is taken from a dump; no statement in it is ever run."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from desk_app.db.backup import rows
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

SETTINGS = "COPY public.practice_setting (name, value) FROM stdin;\n"
ROW = 'practice_name\t"Lindenhof"\n'


@pytest.fixture
def database(database_url: str) -> Iterator[Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def load(database: Connection[Any], script: str) -> None:
    rows.load(database, io.BytesIO(script.encode()))


def test_rows_take_the_place_of_those_there_are(database: Connection[Any]) -> None:
    database.execute("INSERT INTO practice_setting VALUES ('country', '\"DE\"')")
    load(database, f"{SETTINGS}{ROW}\\.\n")
    found = database.execute("SELECT * FROM practice_setting")
    assert found.fetchall() == [("practice_name", "Lindenhof")]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE ROLE evil SUPERUSER;",
        "ALTER ROLE postgres PASSWORD 'x';",
        "COPY public.client FROM PROGRAM 'touch /tmp/evil';",
        "COPY public.client (name) FROM '/etc/passwd';",
        "COPY (SELECT 1) TO PROGRAM 'touch /tmp/evil';",
        "\\! touch /tmp/evil",
        "SELECT pg_catalog.setval('public.client_client_id_seq', 5, true); DROP x",
        "SELECT evil();",
        "DROP TABLE client;",
        "GRANT ALL ON client TO PUBLIC;",
    ],
)
def test_what_is_no_row_is_passed_over(
    database: Connection[Any], statement: str
) -> None:
    before = _everything(database)
    load(database, f"{statement}\n{SETTINGS}{ROW}\\.\n{statement}\n")
    assert _everything(database) == before
    assert rows.count(database)["practice_setting"] == 1


@pytest.mark.parametrize(
    "script",
    [
        "COPY public.evil (a) FROM stdin;\n1\n\\.\n",
        "COPY public.client (client_id, evil) FROM stdin;\n\\.\n",
        "COPY public.practice_setting (name) FROM stdin;\nx\n\\.\n",
        "SELECT pg_catalog.setval('public.client', 5, true);\n",
        f"{SETTINGS}{ROW}",
    ],
)
def test_what_the_tables_do_not_have_is_refused(
    database: Connection[Any], script: str
) -> None:
    database.execute("INSERT INTO practice_setting VALUES ('country', '\"DE\"')")
    before = rows.count(database)
    with pytest.raises(Invalid):
        load(database, script)
    assert rows.count(database) == before


def test_a_row_without_what_it_names_is_refused(database: Connection[Any]) -> None:
    days = "COPY public.schedule_day (provider_id, day, version) FROM stdin;\n"
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        load(database, f"{days}7\t2026-01-01\t1\n\\.\n")


def test_references_and_triggers_are_there_afterwards(
    database: Connection[Any],
) -> None:
    before = _everything(database)
    load(database, f"{SETTINGS}{ROW}\\.\n")
    assert _everything(database) == before
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        database.execute("INSERT INTO schedule_day VALUES (7, '2026-01-01', 1)")
    database.execute("INSERT INTO practice_setting VALUES ('country', '\"DE\"')")
    assert rows.count(database)["audit_log"] == 1


def test_the_next_number_is_that_of_the_backup(database: Connection[Any]) -> None:
    load(
        database, "SELECT pg_catalog.setval('public.client_client_id_seq', 41, true);\n"
    )
    found = database.execute(
        "INSERT INTO client (name) VALUES ('Ann') RETURNING client_id"
    )
    assert found.fetchone() == (42,)


def _everything(database: Connection[Any]) -> set[tuple[Any, ...]]:
    """Return what a statement could have changed, but for rows."""
    return set(
        database.execute(
            "SELECT rolname::text, rolsuper::text || coalesce(rolpassword, '')"
            " FROM pg_authid UNION ALL SELECT relname, relacl::text FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace"
            " UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        )
    )
