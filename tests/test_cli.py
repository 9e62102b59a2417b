"""The command line answers misuse in one sentence and a code, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk_app import bootstrap
from desk_app.services.diary import OpeningQuery
from desk_app.settings import Settings
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.desk import Desk

ROOT = Path(__file__).parents[1]


# Together on one worker, which fills one demo for all.
pytestmark = pytest.mark.xdist_group("cli")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def desk_app(
    home: Path, *words: str, typed: str = "", **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as a person without settings and without a screen."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "desk_app", *words],
        cwd=ROOT,
        env={**inherited, "HOME": str(home), "XDG_CONFIG_HOME": str(home), **environ},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Return what was said on standard error, which is one line."""
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("desk-app")
    return done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="others always have a screen")
@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, "there is no screen"),
        ({"QT_QPA_PLATFORM": "xcb"}, "there is no screen"),
        ({"DISPLAY": ":4093"}, "the screen :4093 does not answer"),
        ({"WAYLAND_DISPLAY": "none"}, "the screen none does not answer"),
    ],
)
def test_without_a_screen_the_window_says_what_to_do(
    home: Path, environ: dict[str, str], words: str
) -> None:
    done = desk_app(home, "--demo", **environ)
    assert done.returncode == 2
    assert words in one_sentence(done)
    assert "--picture" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--size big", "1440x900"),
        ("--size 1x1", "320x240"),
        ("--scale 9", "between 0.5 and 4"),
        ("--scale nan", "between 0.5 and 4"),
        ("dance", "dance"),
        ("--daark", "--daark"),
        ("slots --provider a --service b", "--date"),
        ("slots --provider a --service b --date 2027-02-30", "2027-02-30"),
        ("slots --provider a --service b --date 9999-12-31", "2200"),
        ("slots --provider a --service b --date 2027-02-01 --days 0", "days"),
        ("slots --provider a --service b --date 2027-02-01 --days x", "days"),
    ],
)
def test_misuse_is_told_in_one_sentence(home: Path, words: str, said: str) -> None:
    done = desk_app(home, *words.split())
    assert done.returncode == 2
    assert said in one_sentence(done)


def test_a_broken_settings_file_is_told_in_one_sentence(home: Path) -> None:
    file = home / "desk_app" / "settings.toml"
    file.parent.mkdir()
    file.write_text("zoom = 'big'", encoding="utf-8")
    done = desk_app(home, "doctor")
    assert done.returncode == 1
    assert "zoom must be a whole number" in one_sentence(done)


@pytest.mark.parametrize(
    "database", ["nonsense", "postgresql://127.0.0.1:1/practice", "host=/nowhere"]
)
def test_a_database_that_is_not_there_is_told_in_one_sentence(
    home: Path, database: str
) -> None:
    done = desk_app(home, "migrate", "--database", database)
    assert done.returncode == 1
    one_sentence(done)


@pytest.fixture(scope="module")
def demo() -> Iterator[Desk]:
    """The demo, kept open so that each command joins it."""
    with (
        postgres.reachable_folder() as folder,
        bootstrap.build(Settings(demo=True, data_folder=folder)) as desk,
    ):
        yield desk


def asked(demo: Desk, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    folder = str(demo.settings.data_folder)
    return desk_app(home, *words, "--demo", "--data-dir", folder)


def slots(demo: Desk, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    today = datetime.now(UTC).date().isoformat()
    return asked(demo, home, "slots", "--date", today, "--days", "28", *words)


@pytest.mark.slow
def test_free_times_are_printed_in_local_time(demo: Desk, home: Path) -> None:
    words = ("--provider", "YILDIZ", "--service", "vaccin")
    done = slots(demo, home, *words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found
    assert {tuple(one) for one in found} == {("provider", "service", "start", "end")}
    assert {one["service"] for one in found} == {"Vaccination"}
    (service,) = (s for s in demo.diary.catalogue().services if s.name == "Vaccination")
    starts = [datetime.fromisoformat(one["start"]) for one in found]
    today = datetime.now(UTC).date()
    query = OpeningQuery((service.service_id,), today, 28, limit=None)
    assert starts == [opening.start for opening in demo.diary.openings(query)]
    assert found[0]["start"].endswith(("+01:00", "+02:00"))
    lines = slots(demo, home, *words).stdout.splitlines()
    assert lines[0].startswith(f"{starts[0]:%Y-%m-%d %H:%M}-")
    assert len(lines) == len(starts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("provider", "service", "said"),
    [
        ("nobody", "x", "no provider called 'nobody'"),
        ("an", "x", "Johanna Lindqvist, Jonas Brandt"),
        ("weber", "surgery", "no service of Dr. Katharina Weber called 'surgery'"),
    ],
)
def test_a_name_that_is_not_one_is_told(
    demo: Desk, home: Path, provider: str, service: str, said: str
) -> None:
    done = slots(demo, home, "--provider", provider, "--service", service)
    assert done.returncode == 2
    assert said in one_sentence(done)


@pytest.mark.slow
def test_the_doctor_finds_the_demo_in_order(demo: Desk, home: Path) -> None:
    done = asked(demo, home, "doctor")
    assert done.returncode == 0
    assert "fault" not in done.stdout
    assert "agree on Europe/Berlin" in done.stdout


def test_the_doctor_names_what_is_wrong_without_secrets(home: Path) -> None:
    address = "postgresql://desk:s3cret@127.0.0.1:1/practice"
    done = desk_app(home, "doctor", "--database", address)
    assert done.returncode == 1
    assert "fault    database" in done.stdout
    assert "s3cret" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("typed", "backend", "code", "said"),
    [
        ("", "null", 2, "no password was typed"),
        ("s3cret\n", "fail", 1, "This computer has no keyring"),
        ("s3cret\n", "null", 0, "password of desk at db is kept"),
    ],
)
def test_a_password_goes_to_the_keyring_or_nowhere(
    home: Path, typed: str, backend: str, code: int, said: str
) -> None:
    words = ("password", "--database", "postgresql://desk@db/practice")
    chosen = f"keyring.backends.{backend}.Keyring"
    done = desk_app(home, *words, typed=typed, PYTHON_KEYRING_BACKEND=chosen)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "s3cret" not in done.stdout + done.stderr


def test_help_and_version_need_nothing(home: Path) -> None:
    assert "slots" in desk_app(home, "--help").stdout
    assert desk_app(home, "--version").stdout == "0.1.0\n"
