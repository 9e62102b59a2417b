"""The person's button and menu, a new password, and what a role is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPushButton

from desk_app.domain.staff import Me, Role
from desk_app.ui.access.person_button import Offers, PersonButton
from desk_app.ui.notice_bar import Action
from tests import factories
from tests.ui.access.people import (
    JONAS,
    MIRIAM,
    OWN_PASSWORDS,
    WEBER,
    enter,
    lock,
    press,
)
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk
    from desk_app.ui.dialogs.booking import BookingDialog
    from desk_app.ui.dialogs.details import AppointmentDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
# Without a screen there is nothing to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CHANGED = "another horse battery"


@pytest.fixture(autouse=True)
def _no_menu_stays() -> Iterator[None]:
    yield
    while isinstance(menu := QApplication.activePopupWidget(), QMenu):
        menu.close()


def entries(button: PersonButton) -> list[str]:
    """Return what the menu offers; "" for a line between."""
    texts = [action.text().split("\t")[0] for action in button.menu().actions()]
    return [text.replace("&", "") for text in texts]


def entry(button: PersonButton, words: str) -> Callable[[], None]:
    found = (a for a in button.menu().actions() if words in a.text().replace("&", ""))
    return next(found).trigger


def test_a_receptionist_is_offered_nothing_to_manage(front: Front) -> None:
    offered = entries(front.desk.top.person)
    name = "Jonas Krüger · Receptionist"
    own = ["Lock", "Change person…", "Change my password…"]
    assert offered[:6] == [name, "", *own, ""]
    assert offered[-2:] == ["", "Another practice…"]
    assert not {"Staff…", "Practice…", "Clients’ data…"} & {*offered}
    assert "Settings…" in offered


def test_what_managers_set_up_stands_apart(qtbot: QtBot) -> None:
    button, pressed = PersonButton(), []
    qtbot.addWidget(button)
    staff = Action("&Staff…", lambda: pressed.append("staff"))
    offers = Offers(lock=False, password=False, further=(staff,))
    button.show_person(Me("computer", "<b>Ada & Co</b>", Role.MANAGER), offers)
    name = "<b>Ada  Co</b> · Manager"
    between = ["Change person…", "", "Staff…", "", "Another practice…"]
    assert entries(button) == [name, "", *between]
    entry(button, "Staff")()
    assert pressed == ["staff"]
    assert "<b>" not in button.toolTip()


def test_the_menu_opens_by_keys_alone(front: Front) -> None:
    front.press(Key.Key_F6)
    button = front.desk.top.person
    while not button.hasFocus():
        before = QApplication.focusWidget()
        QTest.keyClick(before, Key.Key_Tab)
        assert QApplication.focusWidget() is not before
    seen: list[bool] = []

    def look() -> None:
        seen.append(button.menu().isVisible())
        button.menu().close()

    QTimer.singleShot(50, look)
    QTest.keyClick(button, Key.Key_Return)
    front.until(lambda: seen == [True])


def type_twice(dialog: QDialog, once: str, again: str) -> None:
    """Type into both fields; between them stands what shows the letters."""
    QTest.keyClicks(dialog.focusWidget(), once)
    press(dialog, Key.Key_Tab)
    press(dialog, Key.Key_Tab)
    QTest.keyClicks(dialog.focusWidget(), again)


def test_a_new_password_is_typed_twice_and_holds(
    front: Front, sit_down: Callable[[str], Front]
) -> None:
    def act(dialog: QDialog) -> None:
        type_twice(dialog, CHANGED, "something else")
        press(dialog, Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClicks(dialog.focusWidget(), CHANGED)
        press(dialog, Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.answer_dialog(act)
    entry(front.desk.top.person, "password")()
    assert front.desk.status.said == "Your password is changed."
    front.desk.pager.turn(3)
    front.settle()
    lock(front)
    enter(front, JONAS, CHANGED)


def test_a_password_that_is_too_short_is_told_at_the_field(front: Front) -> None:
    def act(dialog: QDialog) -> None:
        type_twice(dialog, "short", "short")
        press(dialog, Key.Key_Return)
        complaint = "A password has at least 10 characters."
        front.until(lambda: dialog.focusWidget().accessibleDescription() == complaint)
        press(dialog, Key.Key_Escape)
        press(dialog, Key.Key_Escape)

    front.answer_dialog(act)
    entry(front.desk.top.person, "password")()
    lock(front)
    enter(front, JONAS, OWN_PASSWORDS[JONAS])


@pytest.fixture
def colleague(database: Desk, practice: Practice) -> Practice:
    """Return Dr Lang, whose day everybody may read, with Anna at nine."""
    sessions = database.booking._sessions
    factories.setting(sessions, "providers_read_all", True)
    provider = factories.provider(sessions, name="Dr Lang")
    service = factories.service(sessions, provider)
    factories.hours(sessions, provider)
    other = factories.replace(practice, provider_id=provider, service_id=service)
    start = other.at(9, day=tomorrow())
    database.booking.book(other.request_at(start))
    return other


def test_providers_stand_first_and_change_their_own_diary_only(
    colleague: Practice, sit_down: Callable[[str], Front]
) -> None:
    front = sit_down(WEBER)
    front.show(tomorrow())
    names = [column.name for column in front.view.columns]
    assert names == ["Dr Weber", "Dr Lang"]
    anna = front.appointments()[0]
    front.view.focus_appointment(anna.appointment_id)
    front.press(Key.Key_Delete)
    assert "your own diary" in front.desk.status.said
    front.press(Key.Key_M)
    assert front.view.carrying.ghost is None
    front.desk._flows.confirm(anna)
    assert "your own diary" in front.desk.status.said


def test_the_menu_in_the_grid_says_whose_diary_it_is(
    colleague: Practice, sit_down: Callable[[str], Front]
) -> None:
    front = sit_down(WEBER)
    front.show(tomorrow())
    front.view.focus_appointment(front.appointments()[0].appointment_id)
    offered = []
    for hour in (None, 11):
        if hour:
            start = colleague.at(hour, day=tomorrow())
            front.view.focus_time(colleague.provider_id, start)
        front.view.open_menu()
        menu = QApplication.activePopupWidget()
        offered += [a.text().replace("&", "") for a in menu.actions() if a.isEnabled()]
        menu.close()
    assert [text.split("\t")[0] for text in offered if text] == ["Open"]


def test_an_appointment_of_a_colleague_is_only_shown(
    colleague: Practice, sit_down: Callable[[str], Front]
) -> None:
    front = sit_down(WEBER)
    front.show(tomorrow())
    front.view.focus_appointment(front.appointments()[0].appointment_id)

    def act(dialog: AppointmentDialog) -> None:
        buttons = dialog.findChildren(QPushButton)
        offered = {b.text().replace("&", "") for b in buttons if b.isVisible()}
        assert "Close" in offered
        assert not {"Confirm", "Move…", "Cancel appointment…"} & offered

    front.press_into_dialog(Key.Key_Return, act)


def test_a_provider_books_with_nobody_else(
    colleague: Practice, practice: Practice, sit_down: Callable[[str], Front]
) -> None:
    front = sit_down(WEBER)
    front.show(tomorrow())
    start = colleague.at(11, day=tomorrow())
    front.view.focus_time(colleague.provider_id, start)

    def act(dialog: BookingDialog) -> None:
        front.until(lambda: dialog.opening is not None)
        assert dialog.opening.provider_id == practice.provider_id
        texts = [box.itemText(n) for box in boxes(dialog) for n in range(box.count())]
        assert not any("Lang" in text for text in texts)

    front.press_into_dialog(Key.Key_N, act)


def boxes(dialog: BookingDialog) -> list[QComboBox]:
    return dialog.findChildren(QComboBox)


def test_an_appointment_says_who_booked_it(
    front: Front, database: Desk, practice: Practice
) -> None:
    lock(front)
    enter(front, MIRIAM)
    front.settle()
    start = practice.at(9, day=tomorrow())
    front.desk._desk.booking.book(practice.request_at(start))
    front.show(tomorrow())
    front.until(lambda: len(front.appointments()) == 1)
    front.view.focus_appointment(front.appointments()[0].appointment_id)

    def act(dialog: AppointmentDialog) -> None:
        from tests.ui.access.test_lock import seen

        assert "(Miriam Hoffmann)" in seen()

    front.press_into_dialog(Key.Key_Return, act)
