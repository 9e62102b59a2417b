"""The office by keys: its pages, what is typed in them, and who is offered which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from desk_app.domain.staff import Me, Role
from desk_app.ui.office.office import Office
from desk_app.ui.office.practice.page import PracticePage
from tests import factories
from tests.ui.conftest import NO_KEY, press_in_focus, type_into

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from tests.ui.conftest import Front

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL = Modifier.ControlModifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def open_office(front: Front, act) -> None:
    """Open the office by its key and do something there."""
    timer = front.answer_dialog(act)
    front.press(Key.Key_Comma, CTRL)
    assert not timer.isActive(), "no office opened"


def regain(front: Front, dialog: QDialog) -> None:
    """Give the keyboard back, which nobody does without a desktop."""
    dialog.activateWindow()
    front.until(lambda: QApplication.focusWidget() is not None)


def answer(front: Front, key: Qt.Key) -> None:
    """Answer the next message box by a key."""

    def act(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        press_in_focus(key)

    front.answer_dialog(act)


def test_the_office_by_keys_loses_nothing_that_was_typed(
    front: Front, database: Desk
) -> None:
    factories.setting(database.booking._sessions, "practice_name", "Am Fluss")

    def act(office: QDialog) -> None:
        assert isinstance(office, Office)
        assert office.shown == office.contents.names[0] == "practice"
        press_in_focus(Key.Key_Right)
        page = office.page
        assert isinstance(page, PracticePage)
        front.until(lambda: page.name.text() == "Am Fluss")
        front.until(page.name.hasFocus)
        page.name.selectAll()
        type_into("Am See")
        for key, held in ((Key.Key_Tab, CTRL), (Key.Key_Escape, NO_KEY)):
            answer(front, Key.Key_Return)
            press_in_focus(key, held)
            regain(front, office)
            assert page.name.hasFocus()
        assert (office.shown, page.name.text()) == ("practice", "Am See")
        press_in_focus(Key.Key_S, CTRL)
        front.until(lambda: page.banner.words is not None)
        press_in_focus(Key.Key_Tab, CTRL)
        assert office.shown != "practice"
        office.show_page("providers")
        front.until(lambda: office.page.found is not None)
        regain(front, office)
        press_in_focus(Key.Key_F6)
        assert office.page.rows.hasFocus()
        press_in_focus(Key.Key_F6)
        assert office.contents.hasFocus()
        press_in_focus(Key.Key_Escape)
        front.until(lambda: not office.isVisible())

    open_office(front, act)
    front.until(lambda: front.program.window.desk.title == "Am See")
    seen = []
    open_office(front, lambda office: seen.append(office.shown))
    assert seen == ["providers"]


def test_a_new_currency_asks_whether_prices_follow(
    front: Front, database: Desk
) -> None:
    factories.setting(database.booking._sessions, "practice_name", "Am Fluss")

    def act(office: QDialog) -> None:
        page = office.page
        front.until(lambda: page.known is not None)
        page.currency.setFocus()
        page.currency.lineEdit().selectAll()
        type_into("CHF")
        press_in_focus(Key.Key_Tab)
        assert page.currency.value == "CHF"
        assert page.reprices.isVisible()
        page.reprices.setFocus()
        press_in_focus(Key.Key_Space)
        press_in_focus(Key.Key_S, CTRL)
        front.until(lambda: page.known.currency == "CHF")

    open_office(front, act)
    assert {s.price.currency for s in database.offers.all()} == {"CHF"}


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.PROVIDER])
def test_who_does_not_manage_is_offered_nothing_that_managers_set(role, front):
    offered = front.desk.managing.office._entries(Me("jonas", "Jonas", role))
    names = {entry.name for entry in offered}
    assert not names & {"practice", "providers", "services", "staff", "clients"}
    assert QApplication.activeModalWidget() is None
