"""A Desk is joined from its parts, and never migrates a server unasked."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app import bootstrap
from desk_app.errors import Invalid, WrongSchema
from desk_app.settings import Settings
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def server_url(url_of: Callable[[str], str]) -> Iterator[str]:
    """An empty database on a practice's own server."""
    postgres.make_database(url_of, "empty", "template1")
    yield url_of("empty")
    postgres.drop_database(url_of, "empty")


@contextmanager
def on_this_computer(*, demo: bool) -> Iterator[Settings]:
    with postgres.reachable_folder() as folder:
        yield Settings(demo=demo, data_folder=folder)


def test_a_practice_on_this_computer_is_migrated_by_itself() -> None:
    with on_this_computer(demo=False) as settings:
        with bootstrap.build(settings) as desk:
            assert desk.diary.catalogue().providers == ()
        assert bootstrap.migrate(settings) == "It was up to date."


@pytest.mark.slow
def test_the_demo_is_filled_once_and_joined_by_a_second_desk() -> None:
    with on_this_computer(demo=True) as settings, bootstrap.build(settings) as desk:
        catalogue = desk.diary.catalogue()
        assert len(catalogue.providers) == 8
        with bootstrap.build(settings) as second:
            assert second.diary.catalogue() == catalogue
        assert desk.diary.catalogue() == catalogue


def test_a_server_is_migrated_only_when_asked(server_url: str) -> None:
    settings = Settings(database=server_url)
    with pytest.raises(WrongSchema, match="no tables") as caught:
        bootstrap.build(settings)
    assert caught.value.can_upgrade
    with bootstrap.build(settings, upgrade=True) as desk:
        assert desk.diary.catalogue().providers == ()
    bootstrap.build(settings).close()


def test_a_newer_database_is_left_alone(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    settings = Settings(database=database_url)
    with pytest.raises(WrongSchema, match="newer"):
        bootstrap.build(settings, upgrade=True)
    with pytest.raises(WrongSchema, match="newer"):
        bootstrap.migrate(settings)


def test_a_desk_that_cannot_be_built_leaves_no_connection(server_url: str) -> None:
    with pytest.raises(WrongSchema):
        bootstrap.build(Settings(database=server_url))
    postgres.wait_until(lambda: not postgres.backends(server_url, "desk-app"))


@pytest.mark.parametrize("address", ["nonsense", "postgresql://[", "host"])
def test_an_address_that_is_none_is_invalid(address: str) -> None:
    with pytest.raises(Invalid) as caught:
        bootstrap.build(Settings(database=address))
    assert caught.value.field == "database"


def test_the_database_on_this_computer_has_no_password() -> None:
    with pytest.raises(Invalid, match="no password"):
        bootstrap.keep_password(Settings(), "s3cret")
