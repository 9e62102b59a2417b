"""`backup` and `restore` as somebody types them who has one computer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app import bootstrap
from desk_app.db.embedded import open_server
from desk_app.settings import Settings
from tests import postgres
from tests.commands.terminal import at_terminal
from tests.db.backup import practice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.commands.conftest import Said

pytestmark = pytest.mark.xdist_group("backup command")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A computer with a practice, whose server keeps running between commands."""
    with postgres.reachable_folder() as folder, open_server(folder) as server:
        bootstrap.build(Settings(data_folder=folder)).close()
        say(server.url_of("practice"), "INSERT INTO client (name) VALUES ('Ann')")
        yield folder


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    with open_server(folder) as server:
        yield server.url_of("practice")


def say(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def test_what_was_backed_up_comes_back(
    desk_app: Callable[..., Said], folder: Path, url: str, tmp_path: Path
) -> None:
    file, here = str(tmp_path / "backup"), ("--data-dir", str(folder))
    done = desk_app("backup", file, *here)
    assert (done.code, done.err) == (0, "")
    assert "clients 1" in done.out
    before = practice.rows(url), practice.catalogue(url)
    say(url, "DELETE FROM client")
    restored = desk_app("restore", file, "--yes", *here)
    assert restored.code == 0
    assert "holds: providers 0, clients 1" in restored.err
    assert "what is there: providers 0, clients 0" in restored.err
    assert (practice.rows(url), practice.catalogue(url)) == before
    taken_back = desk_app("restore", "--undo", "--yes", *here)
    assert taken_back.code == 0
    assert practice.asked(url, "SELECT FROM client") == []
    desk_app("restore", file, "--yes", *here)
    bootstrap.build(Settings(data_folder=folder)).close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("backup", "FILE"),
        ("restore", "name the file"),
        ("restore x --undo", "name the file"),
        ("backup x --database postgresql://desk@server/practice", "on a server"),
    ],
)
def test_misuse_is_told(desk_app: Callable[..., Said], words: str, said: str) -> None:
    done = desk_app(*words.split())
    assert done.code == 2
    assert said in done.err


def test_nothing_is_restored_unless_somebody_says_yes(
    desk_app: Callable[..., Said], folder: Path, url: str, tmp_path: Path
) -> None:
    file, here = str(tmp_path / "backup"), ("--data-dir", str(folder))
    desk_app("backup", file, *here)
    before = practice.asked(url, "SELECT oid FROM pg_database")
    done = desk_app("restore", file, *here, typed="y\n")
    assert done.code == 2
    assert "--yes" in done.err
    assert practice.asked(url, "SELECT oid FROM pg_database") == before


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
@pytest.mark.parametrize(("answer", "code"), [("", 1), ("n", 1), ("y", 0)])
def test_a_person_is_asked(
    folder: Path, tmp_path: Path, answer: str, code: int
) -> None:
    file, here = str(tmp_path / "backup"), ["--data-dir", str(folder)]
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert at_terminal(["backup", file, *here], [], environ)[0] == 0
    question = [("Restore it? [y/N] ", answer)]
    ended, shown = at_terminal(["restore", file, *here], question, environ)
    assert ended == code
    assert ("nothing was changed" in shown) == bool(code)


@pytest.mark.slow
def test_the_demo_and_a_practice_are_kept_apart(
    desk_app: Callable[..., Said], folder: Path, tmp_path: Path
) -> None:
    here = ("--data-dir", str(folder))
    ours, demos = str(tmp_path / "ours"), str(tmp_path / "demos")
    desk_app("backup", ours, *here)
    with open_server(folder) as server:
        say(server.url_of("postgres"), "CREATE DATABASE demo TEMPLATE practice")
    desk_app("backup", demos, "--demo", *here)
    assert "say --demo" in desk_app("restore", demos, "--yes", *here).err
    assert "no demo" in desk_app("restore", ours, "--demo", "--yes", *here).err
    assert desk_app("restore", demos, "--demo", "--yes", *here).code == 0
