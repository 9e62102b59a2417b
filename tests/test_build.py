"""The folder that PyInstaller builds opens the demo on its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from desk_app.messages import plugins
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
# Together on one worker, which builds once for all.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("build")]
# What a person who runs the folder does not have set.
OURS = ("PYTHON", "QT_", "DISPLAY", "WAYLAND_DISPLAY", "UV_", "VIRTUAL_ENV")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with postgres.reachable_folder(on_disk=True) as folder:
        yield folder


@pytest.fixture(scope="module")
def program(folder: Path) -> Path:
    """Build the program; half a minute."""
    pytest.importorskip("PyInstaller")
    if sys.platform == "linux" and not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        pytest.skip("PyInstaller needs a Python with a shared library")
    places = ["--distpath", str(folder / "dist"), "--workpath", str(folder / "work")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    subprocess.run([*command, *places, "build.spec"], cwd=ROOT, check=True)
    suffix = ".exe" if sys.platform == "win32" else ""
    return folder / "dist" / "desk-app" / f"desk-app{suffix}"


def run(program: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    environ |= {"XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
    return subprocess.run(
        [program, "--data-dir", str(folder / "data"), *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_built_program_draws_the_demo(program: Path, folder: Path) -> None:
    file = folder / "desk.png"
    done = run(program, folder, "--demo", "--picture", str(file), "--size", "1200x800")
    assert done.returncode == 0, done.stderr
    picture = QImage(str(file))
    assert (picture.width(), picture.height()) == (1200, 800)
    places = ((x, y) for x in range(0, 1200, 5) for y in range(0, 800, 5))
    assert len({picture.pixel(x, y) for x, y in places}) > 50


def test_the_built_program_finds_itself_in_order(program: Path, folder: Path) -> None:
    done = run(program, folder, "doctor", "--demo")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_built_program_leaves_out_what_it_never_loads(program: Path) -> None:
    files = [f for f in program.parent.rglob("*") if f.is_file() and not f.is_symlink()]
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    assert megabytes < 250
    names = {file.name for file in files}
    assert not [name for name in names if "Qt6Quick" in name or "gtk" in name.lower()]
    assert not [name for name in names if name.endswith((".h", ".a"))]
    asked = {file.name for file in files if "discovery_cache" in file.parts}
    assert asked <= {"calendar.v3.json"}
    locales = [file.stem for file in files if "locale-data" in file.parts]
    spoken = {locale.partition("_")[0] for locale in locales}
    assert spoken <= {"root", "en", "de", "fr", "es", "it", "nl", "pt", "pl"}


def test_the_built_program_brings_each_push_service_along(program: Path) -> None:
    from PyInstaller.archive.readers import CArchiveReader

    built = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz")
    assert plugins.modules() <= built.toc.keys()
