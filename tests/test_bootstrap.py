"""A Desk is joined from its parts, and never migrates a server unasked."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app import bootstrap
from desk_app.bootstrap import NewPractice, start_practice
from desk_app.commands import window
from desk_app.domain.staff import NewStaff, Role, SignIn
from desk_app.errors import Invalid, NeedsChoice, NeedsLogin, WrongSchema
from desk_app.settings import Settings
from desk_app.worker.reports import NotCarrying, OutboxStands, Why
from tests import postgres
from tests.postgres import wait_until
from tests.worker.conftest import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


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


def test_a_practice_of_one_person_asks_for_no_password() -> None:
    with on_this_computer(demo=False) as settings:
        first = NewStaff("", "Ada Brandt", Role.MANAGER)
        new = NewPractice("Praxis am Park", "Europe/Berlin", "DE")
        with bootstrap.build(start_practice(settings, new, first)) as desk:
            catalogue = desk.diary.catalogue()
            assert catalogue.practice_name == "Praxis am Park"
            assert (catalogue.timezone, catalogue.country) == ("Europe/Berlin", "DE")
            assert (catalogue.me.login, catalogue.me.name) == ("computer", "Ada Brandt")
            assert not desk.access.can_lock(catalogue.me)


def test_a_practice_with_a_login_asks_who_is_there() -> None:
    with on_this_computer(demo=False) as settings:
        first = NewStaff("Ada", "Ada Brandt", Role.MANAGER, postgres.PASSWORD)
        chosen = start_practice(settings, NewPractice("Praxis am Park"), first)
        assert chosen.login == "ada"
        with pytest.raises(NeedsLogin) as caught:
            bootstrap.build(chosen)
        assert [person.name for person in caught.value.people] == ["Ada Brandt"]
        with bootstrap.build(chosen, SignIn("ada", postgres.PASSWORD)) as desk:
            assert desk.access.can_lock(desk.access.me())
            assert desk.access.asks_password("ada")
        with pytest.raises(NeedsLogin) as caught:
            bootstrap.build(chosen, SignIn("ada", "something else"))
        assert caught.value.was_refused


@pytest.mark.parametrize(
    ("name", "first", "field"),
    [
        ("", NewStaff("ada", "Ada", Role.MANAGER, postgres.PASSWORD), "practice"),
        ("Praxis", NewStaff("ada", " ", Role.MANAGER, postgres.PASSWORD), "name"),
        ("Praxis", NewStaff("1", "Ada", Role.MANAGER, postgres.PASSWORD), "login"),
        ("Praxis", NewStaff("ada", "Ada", Role.MANAGER, "short"), "password"),
    ],
)
def test_a_practice_that_cannot_begin_leaves_nothing(
    tmp_path: Path, name: str, first: NewStaff, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        start_practice(Settings(data_folder=tmp_path), NewPractice(name), first)
    assert caught.value.field == field
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "named", [Settings(demo=True), Settings(database="postgresql://db/practice")]
)
def test_whoever_named_a_practice_is_not_asked(named: Settings) -> None:
    with bootstrap.once_chosen(named):
        pass


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="moves the data folder by XDG")
def test_only_a_computer_without_a_practice_asks_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with postgres.reachable_folder() as folder:
        monkeypatch.setenv("XDG_DATA_HOME", str(folder))
        with pytest.raises(NeedsChoice), bootstrap.once_chosen(Settings()):
            pass
        bootstrap.migrate(Settings(demo=True))
        with pytest.raises(NeedsChoice), bootstrap.once_chosen(Settings()):
            pass
        bootstrap.migrate(Settings())
        with bootstrap.once_chosen(Settings()):
            pass


def test_a_practice_on_this_computer_carries_by_a_login_of_its_own() -> None:
    with on_this_computer(demo=False) as settings, bootstrap.build(settings) as desk:
        assert desk.courier is not None
        running = Running(desk.courier)
        wait_until(lambda: any(map(is_at_work, running.reports)))
        assert running.stop()


def test_a_desk_may_be_set_not_to_carry() -> None:
    with on_this_computer(demo=False) as settings:
        silent = replace(settings, carries=False)
        with bootstrap.build(silent) as desk:
            assert desk.courier is not None
            running = Running(desk.courier)
            running.wait_for(NotCarrying(Why.SWITCHED_OFF))
            assert running.stop()


def test_a_desk_that_is_only_drawn_carries_nothing() -> None:
    with (
        on_this_computer(demo=False) as settings,
        window._build_to_draw(settings) as desk,
    ):
        assert desk.courier is None


def is_at_work(report: object) -> bool:
    return isinstance(report, OutboxStands)


@pytest.mark.slow
def test_the_worker_joins_the_desks_of_its_computer() -> None:
    with on_this_computer(demo=False) as settings:
        bootstrap.build(settings).close()
        with bootstrap.open_worker(settings) as sessions, sessions.begin() as session:
            who = session.connection().exec_driver_sql("SELECT session_user")
            assert who.scalar_one() == "courier"
