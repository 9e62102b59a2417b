"""A desk opens whatever its own files have become, or says in a sentence why not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from desk_app import settings
from desk_app.errors import Invalid
from desk_app.settings import Settings
from desk_app.ui.main_window import MainWindow
from desk_app.ui.memory import Memory, Remembered
from tests.hostile import files
from tests.hostile.freeze import FREEZE, assert_no_freeze

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.hostile.freeze import Turns

# What a file says beside its own name; 2,000 letters are no sentence.
LONGEST_SENTENCE = 400


@pytest.mark.parametrize("name", files.SETTINGS)
def test_settings_are_read_or_refused_in_one_sentence(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(files.SETTINGS[name])
    began = time.thread_time()
    try:
        assert isinstance(settings.load(file), Settings)
    except Invalid as refused:
        sentence = str(refused)
        assert sentence.startswith(f"{file}")
        assert len(sentence) < len(str(file)) + LONGEST_SENTENCE
        assert sentence.isprintable()
        assert "pw" not in sentence.removeprefix(str(file))
    assert time.thread_time() - began < FREEZE


def test_settings_with_a_byte_order_mark_count(tmp_path: Path) -> None:
    """Windows' own editor writes one."""
    file = tmp_path / "settings.toml"
    file.write_bytes(files.SETTINGS["byte order mark"])
    assert settings.load(file).zoom == 2


@pytest.mark.parametrize("name", files.WINDOW)
def test_a_window_opens_whatever_it_remembers(
    tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    file = tmp_path / "window.ini"

    def act(turns: Turns) -> None:
        file.write_bytes(files.WINDOW[name])
        with turns.turn():
            memory = Memory(tmp_path)
            window = MainWindow(memory)
            window.show()
        assert window.screen().geometry().intersects(window.geometry())
        window.close()
        memory.save(Remembered())
        window.deleteLater()

    assert_no_freeze(act)
    assert Memory(tmp_path).load() == Remembered()


@pytest.mark.parametrize("name", files.WINDOW)
def test_whose_week_it_was_is_a_number_or_nobody(tmp_path: Path, name: str) -> None:
    (tmp_path / "window.ini").write_bytes(files.WINDOW[name])
    left = Memory(tmp_path).load()
    assert all(0 <= number < 2**34 for number in (left.week_of or 0, *left.hidden))
