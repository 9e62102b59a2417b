"""The repository keeps its promises: layout, size, lock file, wheel, PySide6."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

import dev

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "LICENSE",
    "README.md",
    "build.spec",
    "desk_app",
    "dev.py",
    "migrations",
    "pyproject.toml",
    "resources",
    "tests",
    "uv.lock",
}


def kept_files() -> list[Path]:
    """Return what git keeps, or would keep."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    # Whoever runs the tests need not be who cloned.
    safe = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory"}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **safe, "GIT_CONFIG_VALUE_0": "*"},
        capture_output=True,
        check=True,
    )
    names = done.stdout.decode().split("\0")
    return [Path(name) for name in names if name and (ROOT / name).exists()]


def test_the_top_level_is_the_one_of_the_design() -> None:
    assert {file.parts[0] for file in kept_files()} == TOP_LEVEL


def test_no_source_file_is_longer_than_a_person_reads() -> None:
    sources = [file for file in kept_files() if file.suffix == ".py"]
    lengths = {
        str(file): len((ROOT / file).read_text(encoding="utf-8").splitlines())
        for file in sources
    }
    assert sources
    assert {f: n for f, n in lengths.items() if n > LONGEST_FILE} == {}


def test_the_lock_file_names_no_place_of_one_machine() -> None:
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert "file://" not in text
    registries = {
        package["source"]["registry"]
        for package in tomllib.loads(text)["package"]
        if "registry" in package["source"]
    }
    assert len(registries) == 1


def test_void_qt_calls_keep_the_references_to_none() -> None:
    # PySide6 6.12.0 loses one per call before Python 3.12, until the process dies.
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 1000


@pytest.mark.slow
def test_the_wheel_carries_resources_and_migrations(tmp_path: Path) -> None:
    own = dev.ROOT / ".tools" / f"uv-{dev.UV_VERSION}" / "bin" / "uv"
    uv = str(own) if own.exists() else shutil.which("uv")
    if uv is None:
        pytest.skip("dev.py brings uv along, which builds the wheel")
    command = [uv, "build", "--wheel", "--out-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, env=dev.environment())
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for file in kept_files():
        if file.parts[0] in ("resources", "migrations"):
            assert f"desk_app/_shipped/{file.as_posix()}" in names
        if file.parts[0] == "desk_app":
            assert file.as_posix() in names
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    asked = "from desk_app import paths; print(paths.migrations(), paths.resources())"
    said = subprocess.check_output(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        encoding="utf-8",
    )
    shipped = tmp_path / "site" / "desk_app" / "_shipped"
    assert said.split() == [str(shipped / "migrations"), str(shipped / "resources")]
