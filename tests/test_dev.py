"""`dev.py` works on a bare machine: odd locales, odd homes, old tools."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dev


def test_versions_are_compared_as_numbers() -> None:
    assert dev.version_of("0.13.10") > dev.version_of("0.13.9")
    assert dev.version_of("1.0.0rc1") == (1, 0)
    assert dev.version_of("") == ()


def test_a_program_that_is_no_uv_has_no_version() -> None:
    assert dev.uv_version("/nonexistent/uv") == ()
    assert dev.uv_version("false") == ()


@pytest.mark.parametrize(
    ("arguments", "added"),
    [
        ([], ["-n", "2", "--dist=loadgroup"]),
        (["tests/domain", "-k", "dst"], ["-n", "2", "--dist=loadgroup"]),
        (["-n", "0"], []),
        (["-n0"], []),
        (["--numprocesses=4"], []),
        (["-p", "no:xdist"], []),
    ],
)
def test_two_tests_run_at_a_time_unless_told(
    arguments: list[str], added: list[str]
) -> None:
    assert dev.parallel(arguments) == added


@pytest.mark.parametrize(
    ("env", "added"),
    [
        ({}, {"LC_CTYPE": "C.UTF-8"}),
        ({"LANG": "C"}, {"LANG": "C.UTF-8"}),
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, {"LC_ALL": "C.UTF-8"}),
        ({"LANG": "de_DE.UTF-8"}, {}),
        ({"LC_CTYPE": "en_US.utf8"}, {}),
    ],
)
def test_the_locale_is_always_utf8(env: dict[str, str], added: dict[str, str]) -> None:
    assert dev.utf8_locale(env) == added


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has a home")
def test_who_has_no_home_gets_a_cache_beside_the_program(tmp_path: Path) -> None:
    own = {"XDG_CACHE_HOME": str(dev.ROOT / ".tools" / "cache")}
    file = tmp_path / "file"
    file.touch()
    assert dev.homeless_caches({}) == own
    assert dev.homeless_caches({"HOME": "relative"}) == own
    assert dev.homeless_caches({"HOME": str(file)}) == own
    assert dev.homeless_caches({"HOME": str(tmp_path)}) == {}


def test_an_unknown_command_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, dev.__file__, "dance"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "dance" in done.stderr


def test_what_ci_runs_is_what_the_readme_says() -> None:
    script = (dev.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (dev.ROOT / "README.md").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "exec python3 dev.py test"
    assert "python3 dev.py test" in readme
    assert Path(dev.ROOT / ".ci" / "run").stat().st_mode & 0o100
