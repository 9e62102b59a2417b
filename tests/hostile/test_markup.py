"""What the hostile tests look for, they find: markup, pictures, freezes, poison."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QErrorMessage,
    QLabel,
    QListView,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from desk_app.ui import plain
from tests.hostile import markup
from tests.hostile.freeze import FREEZE, Turns, assert_no_freeze, clock, longest_turn
from tests.hostile.texts import MARKUP, ORDINARY, PICTURE, TEXTS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAME = f'<img src="{PICTURE}">'


def list_with_tip(tip: str) -> QListView:
    view, item = QListView(), QStandardItem("Ann")
    view.setModel(QStandardItemModel(view))
    item.setToolTip(tip)
    view.model().appendRow(item)
    return view


def with_tip(tip: str) -> QWidget:
    widget = QPushButton("Ann")
    widget.setToolTip(tip)
    return widget


RICH = {
    "label": partial(QLabel, NAME),
    "label that begins harmlessly": partial(QLabel, f"Client: {NAME}"),
    "tool tip": partial(with_tip, NAME),
    "tool tip of a row": partial(list_with_tip, NAME),
    "box": lambda: QMessageBox(QMessageBox.Icon.NoIcon, "", NAME),
    "browser": QTextBrowser,
    "error message": QErrorMessage,
}


@pytest.mark.parametrize("kind", RICH)
def test_whatever_could_draw_markup_is_found(qtbot: QtBot, kind: str) -> None:
    widget = RICH[kind]()
    qtbot.addWidget(widget)
    assert markup.risks(widget)


@pytest.mark.parametrize("text", [NAME, "a < b & c", "", "two\nlines"])
def test_what_plain_makes_is_no_risk(qtbot: QtBot, text: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    plain.PlainLabel(text, window)
    tipped = QPushButton(plain.without_mnemonic(text), window)
    plain.set_tool_tip(tipped, text)
    assert markup.risks(window, plain.message_box(window, text, text)) == []
    assert markup.swallowed_keys(text, window) == []


def test_a_key_made_of_a_name_is_found(qtbot: QtBot) -> None:
    button = QPushButton("Lee & Sons")
    qtbot.addWidget(button)
    assert markup.swallowed_keys("Lee & Sons", button) == ["Lee & Sons"]


def test_a_picture_that_is_drawn_is_seen(qtbot: QtBot) -> None:
    drawn, tipped, letters = QLabel(NAME), with_tip(NAME), plain.PlainLabel(NAME)
    for widget in (drawn, tipped, letters):
        qtbot.addWidget(widget)
        widget.resize(200, 100)
    assert markup.paints_magenta(drawn)
    assert markup.paints_magenta(tipped)
    assert markup.paints_magenta(letters) == []


def test_a_turn_of_the_event_loop_is_measured(qtbot: QtBot) -> None:
    def work() -> None:
        until = clock() + 0.05
        while clock() < until:
            pass

    QTimer.singleShot(0, work)
    with (turns := Turns()).loop():
        qtbot.wait(100)
    assert turns.longest >= 0.05
    with (turns := Turns()).turn():
        work()
    assert turns.longest >= 0.05


def test_a_freeze_counts_when_each_try_shows_it() -> None:
    lengths = iter([9.0, FREEZE / 2, 9.0, 9.0, 9.0])

    def act(turns: Turns) -> None:
        turns.longest = next(lengths)

    assert_no_freeze(act)
    with pytest.raises(AssertionError, match="froze"):
        assert_no_freeze(act)


def test_a_machine_that_is_slow_for_all_texts_is_no_freeze() -> None:
    def act(turns: Turns) -> None:
        turns.longest = FREEZE * 2

    assert_no_freeze(act, ordinary=lambda: FREEZE)


def test_markup_takes_longer_than_letters_and_that_is_measured(qtbot: QtBot) -> None:
    def lay_out(make: type[QLabel], turns: Turns) -> None:
        with turns.turn():
            make("<b>" * 3_000 + "Ann").grab()

    rich, letters = (
        longest_turn(partial(lay_out, make)) for make in (QLabel, plain.PlainLabel)
    )
    assert rich > letters


def test_there_are_enough_texts_and_each_is_another() -> None:
    assert len(TEXTS) >= 60
    for names in ("name", "text"):
        assert len({getattr(text, names) for text in TEXTS}) == len(TEXTS)
    assert ORDINARY not in TEXTS
    assert any(PICTURE in text.text for text in MARKUP)
