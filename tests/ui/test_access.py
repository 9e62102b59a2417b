"""The window by ear and by keyboard, and with names that try to be markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desk_app.ui.keys_dialog import KeysDialog
from tests import factories
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk
    from tests.factories import Practice
    from tests.ui.conftest import Front

HOSTILE = '<img src="/x.png"> & <b>bold</b> 🎉'
Name = QAccessible.Text.Name


def nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Yield what a screen reader finds below a node, invisible things left out."""
    if node.state().invisible:
        return
    yield node
    for number in range(node.childCount()):
        child = node.child(number)
        if child is not None and child.isValid():
            yield from nodes(child)


def names(widget: QWidget) -> list[str]:
    root = QAccessible.queryAccessibleInterface(widget)
    return [node.text(Name) for node in nodes(root)]


@pytest.fixture
def busy(front: Front, database: Desk, practice: Practice) -> Front:
    """Return a front desk on a day with an appointment, everything open."""
    start = practice.at(11, day=tomorrow())
    database.booking.book(practice.request_at(start))
    front.show(tomorrow())
    front.desk.rail.choose_service("Check-up")
    front.settle()
    return front


def test_everything_that_takes_the_keyboard_has_a_name(busy: Front) -> None:
    root = QAccessible.queryAccessibleInterface(busy.program.window)
    nameless = [
        node
        for node in nodes(root)
        if node.state().focusable and not node.text(Name).strip()
    ]
    assert not [(n.role(), n.object(), n.object().parent()) for n in nameless]


def test_a_screen_reader_finds_the_appointment(busy: Front) -> None:
    found = names(busy.program.window)
    assert any("Anna Weiß" in name and "11:00" in name for name in found)


def test_a_screen_reader_hears_of_the_database(busy: Front) -> None:
    assert "Connected" in names(busy.desk.status)


def test_tab_walks_through_the_whole_window_and_back(busy: Front) -> None:
    busy.press(Qt.Key.Key_Home)
    visited: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in visited:
        assert isinstance(widget, QWidget)
        visited.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    desk = busy.desk
    assert widget is busy.view
    for part in (desk.top, desk.rail):
        assert len([one for one in visited if part.isAncestorOf(one)]) >= 4


def test_f6_walks_from_part_to_part(busy: Front) -> None:
    busy.press(Qt.Key.Key_F6)
    parts = (busy.desk.top, busy.desk.rail, busy.desk.pane)
    for part in parts:
        widget = QApplication.focusWidget()
        assert part.isAncestorOf(widget)
        QTest.keyClick(widget, Qt.Key.Key_F6)


def test_esc_leads_back_to_the_grid(busy: Front) -> None:
    busy.press(Qt.Key.Key_F6)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert busy.view.hasFocus()


def test_letters_outside_the_grid_are_not_commands(busy: Front) -> None:
    day = busy.desk.pager.day
    busy.press(Qt.Key.Key_F6)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_T)
    assert busy.desk.pager.day == day


def test_no_widget_takes_a_name_for_markup(
    front: Front, database: Desk, practice: Practice
) -> None:
    sessions = database.booking._sessions
    provider_id = factories.provider(sessions, name=HOSTILE)
    factories.service(sessions, provider_id, name=HOSTILE)
    factories.hours(sessions, provider_id)
    front.until(lambda: len(front.desk.practice.providers) == 2)
    front.desk.rail.choose_service(HOSTILE)
    front.settle()
    texts = [w for w in front.program.window.findChildren(QLabel) if w.text()]
    assert {label.textFormat() for label in texts} == {Qt.TextFormat.PlainText}
    tips = [w.toolTip() for w in front.program.window.findChildren(QWidget)]
    assert not [tip for tip in tips if "<img" in tip]


def test_the_list_of_keys_names_every_key_once(qtbot: QtBot) -> None:
    dialog = KeysDialog()
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert len(texts) == len(set(texts))
    assert "N, Ctrl+N" in texts
