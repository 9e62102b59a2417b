"""The pane beside the schedule: one page at a time, by keys and by its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from desk_app.ui.side.pane import SidePane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[SidePane]:
    """Return a pane with two pages, beside its strip."""
    window = QWidget()
    pane = SidePane()
    row = QHBoxLayout(window)
    row.addWidget(pane)
    row.addWidget(pane.strip)
    for name, title in (("room", "Waiting room"), ("list", "Waiting list")):
        pane.add_page(name, title, QLineEdit(), "users", name[0].upper())
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    yield pane
    # Until here somebody must keep it.
    window.close()


def buttons(pane: SidePane) -> list[QToolButton]:
    return pane.strip.findChildren(QToolButton)


def test_nothing_is_shown_until_somebody_asks(pane: SidePane) -> None:
    assert pane.current == ""
    assert pane.isHidden()


def test_a_page_that_is_asked_for_has_the_keyboard(pane: SidePane) -> None:
    pane.show_page("list")
    assert pane.current == "list"
    assert pane.first_stop.hasFocus()
    assert pane.accessibleName() == "Waiting list"


def test_the_same_key_closes_the_page_it_opened(pane: SidePane) -> None:
    pane.switch_page("room")
    pane.switch_page("list")
    assert pane.current == "list"
    pane.switch_page("list")
    assert pane.current == ""


def test_escape_closes_the_pane_and_says_that_the_keyboard_left(
    pane: SidePane, qtbot: QtBot
) -> None:
    pane.show_page("room")
    with qtbot.waitSignal(pane.left):
        QTest.keyClick(pane.first_stop, Qt.Key.Key_Escape)
    assert pane.isHidden()


def test_a_button_shows_its_page_and_takes_it_away_again(pane: SidePane) -> None:
    room, others = buttons(pane)
    QTest.mouseClick(room, Qt.MouseButton.LeftButton)
    assert (pane.current, room.isChecked(), others.isChecked()) == ("room", True, False)
    QTest.mouseClick(room, Qt.MouseButton.LeftButton)
    assert (pane.current, room.isChecked()) == ("", False)


def test_a_button_says_how_many_wait_and_if_one_waits_too_long(pane: SidePane) -> None:
    room, _ = buttons(pane)
    assert room.accessibleName() == "Waiting room"
    pane.set_count("room", 3)
    assert room.accessibleName() == "Waiting room: 3"
    pane.set_count("room", 3, is_late=True)
    assert room.accessibleName() == "Waiting room: 3, too long"
    assert room.toolTip().endswith("(R)")
