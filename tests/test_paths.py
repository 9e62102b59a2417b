"""Shipped folders are found however the program was installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desk_app import paths

ROOT = Path(__file__).parents[1]


def test_a_checkout_uses_its_own_folders() -> None:
    assert paths.resources() == ROOT / "resources"
    assert paths.migrations() == ROOT / "migrations"


def test_a_frozen_program_uses_what_was_packed_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    # This is how PyInstaller tells; there is no other way to be frozen here.
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no XDG")
def test_the_folders_of_a_person_follow_xdg(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert paths.data_folder() == tmp_path / "XDG_DATA_HOME" / "desk_app"
    assert paths.config_folder() == tmp_path / "XDG_CONFIG_HOME" / "desk_app"
    assert tmp_path / "XDG_STATE_HOME" in paths.log_folder().parents


@pytest.mark.skipif(sys.platform != "linux", reason="root is a matter of Linux")
def test_data_of_root_lies_where_another_user_can_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    expected = Path("/var/lib/desk_app")
    assert (paths.data_folder() == expected) == (os.geteuid() == 0)
