"""Single letters as commands, and what typing does where they are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desk_app.settings import Settings, load
from desk_app.ui import key_list, shortcuts
from desk_app.ui.keys_dialog import KeysDialog
from desk_app.ui.memory import Memory
from desk_app.ui.shortcuts import KEYS
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key


@pytest.fixture
def quiet(front: Front, practice: Practice) -> Front:
    """Return a desk without letters, its cursor on a free time."""
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))
    front.desk.features.letters.switch(on=False)
    return front


def test_without_letters_typing_on_a_free_time_begins_a_booking(quiet: Front) -> None:
    quiet.press(Key.Key_N)
    command = quiet.desk.features.command
    quiet.until(command.bar.field.hasFocus)
    QTest.keyClicks(command.bar.field, "na")
    assert command.bar.text == "nna"


@pytest.mark.parametrize("key", [Key.Key_T, Key.Key_M, Key.Key_W])
def test_without_letters_no_letter_is_a_command(quiet: Front, key: Qt.Key) -> None:
    quiet.press(key)
    assert quiet.view.columns[0].day == tomorrow()
    assert not quiet.desk.features.command.bar.isHidden()


def test_without_letters_other_keys_work_as_before(quiet: Front) -> None:
    quiet.press(Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    quiet.settle()
    assert quiet.view.columns[0].day != tomorrow()


def test_letters_are_commands_again_once_they_are_switched_on(quiet: Front) -> None:
    quiet.desk.features.letters.switch(on=True)
    quiet.press(Key.Key_T)
    quiet.settle()
    assert quiet.view.columns[0].day != tomorrow()


def test_the_list_of_keys_has_the_switch(quiet: Front) -> None:
    def switch(dialog: QDialog) -> None:
        assert isinstance(dialog, KeysDialog)
        assert not dialog.box.isChecked()
        dialog.box.click()

    quiet.press_into_dialog(Key.Key_F1, switch)
    assert quiet.desk.features.letters.are_on


def test_the_choice_is_kept_in_the_settings(tmp_path: Path) -> None:
    Memory(tmp_path).save_choices(None, 3, single_letters=False)
    kept = load(tmp_path / "settings.toml")
    assert not kept.single_letters
    assert Settings().single_letters


def test_every_key_that_there_is_stands_in_the_list(qtbot: QtBot) -> None:
    dialog = KeysDialog()
    qtbot.addWidget(dialog)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    words = key_list.words()
    assert {words[key.wish] for key in KEYS} <= texts


def test_the_list_leaves_letters_out_that_do_not_work(qtbot: QtBot) -> None:
    rows = dict(
        row for group in key_list.groups(has_letters=False) for row in group.rows
    )
    assert "N, Ctrl+N" not in rows
    assert not [keys for keys in rows if shortcuts.is_letter(keys)]
