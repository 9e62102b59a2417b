"""What the doctor says can be read aloud, and names nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo

from desk_app import cli, settings
from desk_app.db.session import open_sessions
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.staff import StaffList
from desk_app.settings import Settings
from tests import factories

if TYPE_CHECKING:
    from pathlib import Path

NAME, LOGIN, PASSWORD = "Planted Person", "planted.person", "planted-secret-4711"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    cli.main(["doctor", *words])
    return "".join(capsys.readouterr())


@pytest.fixture
def planted(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A practice, a computer and a login with names of persons wherever they can be."""
    sessions = open_sessions(url)
    StaffList(sessions).add(NewStaff(LOGIN, NAME, Role.MANAGER, PASSWORD))
    factories.provider(sessions, name=NAME)
    factories.client(sessions, name=NAME)
    sessions.close()
    home = tmp_path / LOGIN
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    settings.save(Settings(login=LOGIN))
    return url


def test_no_name_and_no_password_is_told(
    planted: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given = {"user": LOGIN, "password": PASSWORD}
    in_a_home = ("--data-dir", str(tmp_path / LOGIN / "data"))
    ways = [
        ("--database", conninfo.make_conninfo(planted, **given)),
        ("--database", conninfo.make_conninfo(planted, **given | {"password": "x"})),
        ("--database", f"postgresql://{LOGIN}:{PASSWORD}@127.0.0.1:1/practice"),
        ("--database", f"postgresql://{LOGIN}:{PASSWORD}@[/practice"),
        in_a_home,
        (*in_a_home, "--json"),
    ]
    shown = [said(capsys, *way) for way in ways]
    assert all("database" in words for words in shown)
    assert [words for words in shown if "lanted" in words] == []


def test_lines_stand_in_columns_with_what_to_do_below(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, "--database", url).splitlines()
    for line in lines:
        state, about, words = line[:9], line[9:26], line[26:]
        assert state.strip() in ("ok", "warning", "fault", "")
        assert bool(state.strip()) == bool(about.strip())
        assert words.strip() == words != ""
    assert any(line.startswith(" ") for line in lines)


def test_programs_can_read_it(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    findings = json.loads(said(capsys, "--database", url, "--json"))
    assert {"about": "schema", "words": "0005 fits this program", "state": "ok",
            "to_do": ""} in findings  # fmt: skip
