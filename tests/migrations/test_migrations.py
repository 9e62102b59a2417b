"""Migrations: the head equals the models, each goes up, down and up again."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from desk_app import paths
from desk_app.db import schema
from desk_app.db.connect import engine_for
from desk_app.db.models import Base
from desk_app.db.schema import Fit
from desk_app.db.session import open_sessions
from desk_app.errors import NotAllowed, Unavailable, WrongSchema
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# All that makes a table: what PostgreSQL itself says of it.
CATALOGUE = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT table_name, column_name, concat_ws(' ', data_type, is_nullable,
        column_default, identity_generation, generation_expression,
        numeric_precision, numeric_scale)
    FROM information_schema.columns WHERE table_schema = 'public'
"""


@pytest.fixture
def empty_url(url_of: Callable[[str], str]) -> Iterator[str]:
    """A database with nothing in it."""
    postgres.make_database(url_of, "empty", "template0")
    yield url_of("empty")
    postgres.drop_database(url_of, "empty")


def alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    config.attributes["database"] = url
    return config


def say(url: str, statement: str) -> list[tuple[str, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def fit_of(url: str) -> Fit:
    sessions = open_sessions(url)
    try:
        return schema.status(sessions)
    finally:
        sessions.close()


def required(url: str) -> None:
    sessions = open_sessions(url)
    try:
        schema.require(sessions)
    finally:
        sessions.close()


def test_alembic_finds_nothing_to_add(database_url: str) -> None:
    command.check(alembic(database_url))


def test_the_migrated_tables_are_those_of_the_models(
    database_url: str, empty_url: str
) -> None:
    """Alembic compares no CHECKs, exclusions and generated columns; this does."""
    say(empty_url, "CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm")
    engine = engine_for(empty_url)
    Base.metadata.create_all(engine)
    engine.dispose()
    of_models = set(say(empty_url, CATALOGUE))
    migrated = {row for row in say(database_url, CATALOGUE) if "alembic" not in row[0]}
    assert migrated == of_models


def test_each_migration_goes_up_down_and_up_again(empty_url: str) -> None:
    config = alembic(empty_url)
    for script in reversed([*ScriptDirectory.from_config(config).walk_revisions()]):
        command.upgrade(config, script.revision)
        command.downgrade(config, "-1")
        command.upgrade(config, script.revision)
    assert fit_of(empty_url) is Fit.OK
    command.downgrade(config, "base")
    assert fit_of(empty_url) is Fit.EMPTY


def test_what_came_before_is_left_when_going_down(empty_url: str) -> None:
    config = alembic(empty_url)
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    left = say(
        empty_url,
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND proname ~ 'appointment|desks'",
    )
    assert left == []


def test_the_names_of_the_files_are_the_revisions() -> None:
    scripts = ScriptDirectory(str(paths.migrations()))
    assert schema._known_revisions() == [
        script.revision for script in reversed([*scripts.walk_revisions()])
    ]
    assert len(scripts.get_heads()) == 1


def test_functions_have_a_fixed_search_path(database_url: str) -> None:
    ours = say(
        database_url,
        "SELECT proname, coalesce(proconfig::text, '') FROM pg_proc p"
        " WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS ("
        "  SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')",
    )
    assert len(ours) >= 5
    assert [name for name, settings in ours if "search_path" not in settings] == []


@pytest.mark.slow
def test_four_programs_may_migrate_at_once(empty_url: str) -> None:
    program = "import sys; from desk_app.db.schema import upgrade; upgrade(sys.argv[1])"
    running = [
        subprocess.Popen([sys.executable, "-c", program, empty_url]) for _ in range(4)
    ]
    assert [process.wait(120) for process in running] == [0, 0, 0, 0]
    assert fit_of(empty_url) is Fit.OK


def test_an_upgrade_does_not_wait_for_ever(database_url: str) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (schema.LOCK,))
        with pytest.raises(Unavailable, match="Another program"):
            schema.upgrade(database_url, patience=0.2)


def test_a_database_that_fits_is_accepted(database_url: str) -> None:
    required(database_url)


def test_an_empty_database_may_be_filled(empty_url: str) -> None:
    assert fit_of(empty_url) is Fit.EMPTY
    with pytest.raises(WrongSchema) as refused:
        required(empty_url)
    assert refused.value.can_upgrade


def test_a_newer_database_is_never_written(database_url: str) -> None:
    say(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrongSchema) as refused:
        required(database_url)
    assert not refused.value.can_upgrade
    with pytest.raises(WrongSchema):
        schema.upgrade(database_url)


def test_a_login_without_the_right_is_told_so(empty_url: str) -> None:
    plain = postgres.make_login(empty_url, "plain")
    say(empty_url, "GRANT CREATE ON SCHEMA public TO plain")
    with pytest.raises(WrongSchema) as refused:
        required(plain)
    assert not refused.value.can_upgrade
    with pytest.raises(NotAllowed):
        schema.upgrade(plain)
    assert fit_of(empty_url) is Fit.EMPTY


def test_nobody_but_staff_may_enter_a_migrated_database(empty_url: str) -> None:
    schema.upgrade(empty_url)
    with pytest.raises(NotAllowed):
        required(postgres.make_login(empty_url, "stranger"))
