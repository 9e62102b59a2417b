"""The window drawn into a file, as the README's picture is made."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.factories import Practice

pytestmark = pytest.mark.slow


def drawn(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    home = {"XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "desk_app", *options],
        env=os.environ | home | {"PGPASSWORD": "unused"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_picture_has_the_size_that_was_asked_for(
    database_url: str, practice: Practice, tmp_path: Path
) -> None:
    file = tmp_path / "desk.png"
    looks = "--size", "900x600", "--scale", "2", "--dark"
    done = drawn(tmp_path, "--database", database_url, "--picture", str(file), *looks)
    assert done.returncode == 0, done.stderr
    picture = QImage(str(file))
    assert picture.size() == QSize(1800, 1200)
    assert picture.pixelColor(5, 5).lightness() < 60


@pytest.mark.parametrize("file", ["desk.png", "no/such/folder/desk.png"])
def test_what_cannot_be_drawn_is_said_in_one_sentence(
    database_url: str, practice: Practice, tmp_path: Path, file: str
) -> None:
    url = database_url if "/" in file else "postgresql://nobody@127.0.0.1:1/none"
    done = drawn(tmp_path, "--database", url, "--picture", str(tmp_path / file))
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("desk-app: ")
    assert not (tmp_path / "window.ini").exists()
