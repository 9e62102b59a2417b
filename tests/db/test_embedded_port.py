"""The bundled server where it listens on a port, as on Windows: for this program only.

It has no TLS, so an address that a person writes does not lead in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app import bootstrap, cli
from desk_app.db import cluster
from desk_app.db.embedded import ensure_database, open_server
from desk_app.db.line import OwnServer
from desk_app.errors import Check, Invalid, Untrusted
from desk_app.settings import Settings, save
from tests.postgres import FAST, reachable_folder
from tests.ways import WAYS, ask, hear, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("embedded port")]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder whose server listens on loopback and wants a password."""
    with pytest.MonkeyPatch.context() as patch, reachable_folder() as folder:
        patch.setattr(cluster, "WINDOWS", True)
        with open_server(folder, FAST):
            yield folder


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with open_server(folder) as server:
        yield ensure_database(server, "own")


def test_the_program_itself_gets_in(url: str) -> None:
    assert isinstance(url, OwnServer)
    for way in (upgrade, ask, hear):
        way(url)


def test_a_practice_on_this_computer_opens(folder: Path) -> None:
    with bootstrap.build(Settings(data_folder=folder)) as desk:
        assert desk.diary.catalogue().providers == ()


@pytest.mark.parametrize("way", WAYS)
def test_the_same_address_written_by_a_person_does_not(
    url: str, way: Callable[[str], None]
) -> None:
    with pytest.raises(Untrusted) as refused:
        way(str(url))
    assert refused.value.check is Check.TLS


def test_neither_does_it_on_the_command_line(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["migrate", "--database", str(url)]) == 1
    assert "cannot be trusted" in capsys.readouterr().err


def test_neither_does_it_in_the_settings(url: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        save(Settings(database=url), tmp_path / "settings.toml")


def test_a_weaker_line_in_the_environment_does_not_matter(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    monkeypatch.setenv("PGCHANNELBINDING", "require")
    monkeypatch.setenv("PGSSLROOTCERT", "system")
    monkeypatch.setenv("PGHOSTADDR", "192.0.2.1")
    ask(url)
