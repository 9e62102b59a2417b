"""`init-server` and `migrate`: for the administrator of a practice's own server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo, sql

from desk_app.db import connect, roles
from desk_app.doors import ServerDoor
from tests import postgres
from tests.commands.terminal import at_terminal
from tests.db.backup.practice import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.commands.conftest import Said

pytestmark = pytest.mark.xdist_group("commands")

PEOPLE = ("--manager", "mia.berg", "--name", "Mia Berg")
GOOD = "a long password"


@pytest.fixture
def url(url_of: Callable[[str], str]) -> Iterator[str]:
    """The address of a database that is not there yet."""
    yield url_of("fresh")
    postgres.drop_database(url_of, "fresh")
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        for login in ("mia.berg", "carrier", "hook", "keeper", "admin"):
            drop = sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login))
            connection.execute(drop)


def of(url: str, login: str, password: str = GOOD) -> str:
    return conninfo.make_conninfo(url, user=login, password=password)


def test_it_makes_the_database_the_manager_and_the_programs(
    desk_app: Callable[..., Said], url: str
) -> None:
    programs = ("--worker", "carrier", "--webhook", "hook", "--backup", "keeper")
    typed = "".join(f"{GOOD} {number}\n" for number in range(4))
    done = desk_app("init-server", "--database", url, *PEOPLE, *programs, typed=typed)
    assert (done.code, done.err) == (0, "")
    assert "mia.berg may sign in as its manager" in done.out
    logins = ("mia.berg", "carrier", "hook", "keeper")
    for number, login in enumerate(logins):
        psycopg.connect(of(url, login, f"{GOOD} {number}")).close()
    assert GOOD not in done.out
    with psycopg.connect(of(url, "keeper", f"{GOOD} 3")) as keeper:
        assert keeper.execute("SELECT login FROM staff_user").fetchall()


def test_it_is_safe_to_run_again(desk_app: Callable[..., Said], url: str) -> None:
    words = ("init-server", "--database", url, *PEOPLE)
    desk_app(*words, typed=f"{GOOD}\n")
    again = desk_app(*words, "--worker", "carrier", typed=f"another one\n{GOOD}\n")
    assert again.code == 0
    assert "people work there already" in again.out
    psycopg.connect(of(url, "mia.berg")).close()
    psycopg.connect(of(url, "carrier")).close()
    assert desk_app("init-server", "--database", url).code == 0


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        ("", "", "--manager LOGIN"),
        ("--manager mia.berg", "", "--name NAME"),
        ("--manager mia.berg --name M", "", "no password was typed"),
        ("--manager mia.berg --name M", "short", "at least 10"),
        ("--manager postgres --name M", GOOD, "kept for the server"),
        ("--manager Mia! --name M", GOOD, "A login begins"),
        ("--manager mia.berg --name M --worker mia.berg", GOOD, "of its own"),
    ],
)
def test_what_is_asked_wrongly_is_told_before_anything_is_made(
    desk_app: Callable[..., Said], url: str, words: str, typed: str, said: str
) -> None:
    done = desk_app("init-server", "--database", url, *words.split(), typed=typed)
    assert done.code != 0
    assert said in done.err
    known = "SELECT FROM pg_database WHERE datname = 'fresh'"
    assert asked(conninfo.make_conninfo(url, dbname="postgres"), known) == []


def test_a_database_of_another_program_is_left_alone(
    desk_app: Callable[..., Said], url: str
) -> None:
    roles.make_database(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE theirs (n integer)")
    done = desk_app("init-server", "--database", url, *PEOPLE, typed=f"{GOOD}\n")
    assert (done.code, done.out) == (1, "")
    assert "tables of another program" in done.err
    tables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert asked(url, tables) == [("theirs",)]


def test_a_program_takes_nobodys_login(desk_app: Callable[..., Said], url: str) -> None:
    desk_app("init-server", "--database", url, *PEOPLE, typed=f"{GOOD}\n")
    words = ("--backup", "mia.berg")
    done = desk_app("init-server", "--database", url, *words, typed="quite another\n")
    assert done.code == 1
    assert "somebody else" in done.err
    psycopg.connect(of(url, "mia.berg")).close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://postgres@127.0.0.1:1/fresh", "no PostgreSQL answers"),
        ("postgresql://postgres@localhost/postgres", "the practice's own"),
        ("postgresql://postgres@localhost", "names no database"),
        ("nonsense", "not the address"),
    ],
)
def test_an_address_that_does_not_lead_there_is_told(
    desk_app: Callable[..., Said], address: str, said: str
) -> None:
    done = desk_app("init-server", "--database", address, *PEOPLE, typed=f"{GOOD}\n")
    assert (done.code, done.out) == (1, "")
    assert said in done.err


def test_a_server_that_is_too_old_is_told(
    desk_app: Callable[..., Said], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "OLDEST_SERVER", 99)
    done = desk_app("init-server", "--database", url, *PEOPLE, typed=f"{GOOD}\n")
    assert (done.code, done.out) == (1, "")
    assert "PostgreSQL 99 or newer is needed" in done.err


@pytest.mark.parametrize("command", ["init-server", "migrate"])
def test_only_the_administrator_may(
    desk_app: Callable[..., Said],
    url: str,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk_app("init-server", "--database", url, *PEOPLE, typed=f"{GOOD}\n")
    address = conninfo.make_conninfo(url, user="mia.berg")
    missing = desk_app(command, "--database", address)
    assert "wants the password of mia.berg" in missing.err
    monkeypatch.setenv("PGPASSWORD", "wrong")
    assert "refuses the password" in desk_app(command, "--database", address).err
    monkeypatch.setenv("PGPASSWORD", GOOD)
    plain = desk_app(command, "--database", address)
    assert plain.code == 1
    assert "mia.berg is no superuser" in plain.err


def test_migrate_closes_a_database_that_lets_everybody_in(
    desk_app: Callable[..., Said], url: str
) -> None:
    desk_app("init-server", "--database", url, *PEOPLE, typed=f"{GOOD}\n")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("GRANT ALL ON DATABASE fresh TO PUBLIC")
    done = desk_app("migrate", "--database", url)
    assert (done.code, done.out) == (0, "It was up to date.\n")
    may = "SELECT has_database_privilege('public', 'fresh', 'TEMP, CONNECT')"
    assert asked(url, may) == [(False,)]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
@pytest.mark.parametrize(
    ("second", "code", "said"),
    [(GOOD, 0, "mia.berg may sign in"), ("mistyped", 2, "not the same")],
)
def test_a_person_types_each_password_twice_and_sees_none(
    url: str, tmp_path: Path, second: str, code: int, said: str
) -> None:
    elsewhere = conninfo.make_conninfo(url, dbname="postgres")
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE admin SUPERUSER LOGIN PASSWORD '{GOOD}'")
    address = conninfo.make_conninfo(url, user="admin")
    answers = [
        (f"Password of admin at {ServerDoor(address).server}: ", GOOD),
        ("Password of mia.berg: ", GOOD),
        ("Password of mia.berg, once more: ", second),
    ]
    environ = {
        "XDG_CONFIG_HOME": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    words = ["init-server", "--database", address, *PEOPLE]
    ended, shown = at_terminal(words, answers, environ)
    assert ended == code
    assert said in shown
    assert GOOD not in shown
