"""The command line answers misuse in one sentence and a code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def desk_app(
    home: Path, *words: str, **environ: str
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


def test_help_and_version_need_nothing(home: Path) -> None:
    assert "slots" in desk_app(home, "--help").stdout
    assert desk_app(home, "--version").stdout == "0.1.0\n"
