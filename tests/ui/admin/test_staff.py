"""Managers see to the staff by keys and clicks, on a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from desk_app.domain.staff import Role
from desk_app.services.staff import StaffList
from desk_app.ui.admin.hand_over import HandOverDialog
from desk_app.ui.admin.new_password import NewPasswordDialog
from desk_app.ui.admin.person import PersonDialog
from desk_app.ui.admin.staff import StaffDialog
from desk_app.ui.admin.staff_model import LOGIN, NAME, PROVIDER, ROLE
from desk_app.ui.admin.step import StepDialog
from desk_app.ui.practice import Practice
from tests import factories
from tests.staff import new_staff, signs_in
from tests.ui.admin.conftest import Office, press, write

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton
    from pytestqt.qtbot import QtBot

    from desk_app.domain.staff import Staff
    from desk_app.ui.calls import Calls
    from tests.staff import Crew

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
MANY = 400


def column(dialog: StaffDialog, which: int) -> list[str]:
    """Return what the shown rows say in one column."""
    model = dialog.pane.table.model()
    return [model.index(row, which).data() for row in range(model.rowCount())]


def choose(dialog: StaffDialog, person: Staff) -> None:
    """Click on somebody."""
    row = column(dialog, LOGIN).index(person.login)
    dialog.pane.table.selectRow(row)


def enter(dialog: QDialog) -> None:
    press(dialog, Qt.Key.Key_Return)


def said(dialog: StaffDialog) -> str:
    words = dialog.banner.words
    return words.title if words else ""


def click(office: Office, button: QPushButton) -> None:
    office.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    office.settle()


def known(crew: Crew, person: Staff) -> Staff:
    """Return somebody as the practice knows them now."""
    people = StaffList(crew.admin).everybody()
    return next(one for one in people if one.user_id == person.user_id)


# -- seen


def test_the_staff_are_shown_by_name(crew: Crew, office: Office) -> None:
    weber = factories.provider(crew.admin, name="Dr Weber")
    crew.add(name="zoe", role=Role.PROVIDER, provider_id=weber)
    crew.add(name="Ärmel")
    office.flows.set_practice(Practice(office.desk.diary.catalogue()))
    dialog = office.open_staff()
    assert column(dialog, NAME) == ["Ärmel", "Miriam Hoffmann (you)", "zoe"]
    assert column(dialog, ROLE) == ["Receptionist", "Manager", "Provider"]
    assert column(dialog, PROVIDER) == ["", "", "Dr Weber"]
    assert dialog.pane.table.hasFocus()
    assert dialog.about == "3 people work here"


def test_what_is_typed_finds_people(crew: Crew, office: Office) -> None:
    jonas = crew.add(name="Jonas Krüger")
    dialog = office.open_staff()
    press(dialog, Qt.Key.Key_F, CTRL)
    for typed in ("krÜg", jonas.login.upper(), f"jonas {jonas.login}"):
        dialog.pane.search.setText(typed)
        assert column(dialog, LOGIN) == [jonas.login]
    enter(dialog)
    assert dialog.pane.table.hasFocus()
    assert dialog.pane.person == jonas


def test_whom_nobody_fits_is_said(office: Office) -> None:
    dialog = office.open_staff()
    dialog.pane.search.setText("nobody at all")
    assert "Nobody fits" in dialog.pane.said
    assert not dialog.deeds.change.isEnabled()
    dialog.pane.search.clear()
    assert dialog.pane.said == ""


def test_four_hundred_people_are_shown_at_once(crew: Crew, office: Office) -> None:
    with psycopg.connect(crew.url) as connection:
        connection.execute(
            "INSERT INTO staff_user (login, name, role, is_active)"
            " SELECT 'person' || n, 'Person ' || n, 'RECEPTIONIST', mod(n, 10) > 0"
            " FROM generate_series(1, %s) n",
            [MANY],
        )
    dialog = office.open_staff()
    assert dialog.about == "361 people work here · 40 have left"
    dialog.pane.search.setText("person 39")
    assert len(column(dialog, NAME)) == 13
    dialog.pane.shows_left.click()
    assert len(column(dialog, NAME)) == 14


def test_a_practice_without_staff_says_what_to_do(
    database_url: str, calls: Calls, qtbot: QtBot
) -> None:
    office = Office(database_url, calls, qtbot)
    dialog = office.open_staff()
    assert dialog.pane.said == "Nobody works here yet. Add a manager first."
    assert dialog.deeds.add.isEnabled()
    office.close()


def test_staff_that_cannot_be_read_can_be_asked_for_again(
    crew: Crew, office: Office
) -> None:
    office.desk.access.lock()
    dialog = office.open_staff()
    assert said(dialog) == "This cannot be shown right now"
    assert not dialog.deeds.add.isEnabled()
    office.desk.staff._sessions.sign_in(crew.address(crew.manager))
    click(office, dialog.banner.buttons[0])
    assert said(dialog) == ""
    assert column(dialog, LOGIN) == [crew.manager.login]


def test_what_another_manager_changes_is_shown(crew: Crew, office: Office) -> None:
    seen: list[list[str]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, StaffDialog)
        office.settle()
        crew.add(name="Ben")
        office.flows.set_practice(Practice(office.desk.diary.catalogue()))
        office.settle()
        seen.append(column(dialog, NAME))
        press(dialog, Qt.Key.Key_Escape)

    asked = office.answer(look)
    office.flows.show_staff()
    assert asked.is_done
    assert seen == [["Ben", "Miriam Hoffmann (you)"]]


# -- added


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_Insert])
def test_a_name_and_enter_let_somebody_in(
    crew: Crew, office: Office, key: Qt.Key
) -> None:
    login, shown = new_staff().login, []

    def fill_in(dialog: QDialog) -> None:
        write(dialog, f"Dr. {login}")
        enter(dialog)

    def note(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOverDialog)
        shown.extend(line.text() for line in dialog.findChildren(QLineEdit))
        enter(dialog)

    dialog = office.open_staff()
    asked = office.answer(fill_in, note)
    press(dialog, key)
    office.settle()
    assert asked.is_done
    assert shown[0] == login
    assert dialog.pane.person is not None
    assert dialog.pane.person.login == login
    assert said(dialog) == f"Dr. {login} works here now."
    assert signs_in(crew, dialog.pane.person, shown[1])


def test_a_provider_signs_in_as_one(crew: Crew, office: Office) -> None:
    weber = factories.provider(crew.admin)
    office.flows.set_practice(Practice(office.desk.diary.catalogue()))

    def fill_in(dialog: QDialog) -> None:
        write(dialog, new_staff().login)
        press(dialog, Qt.Key.Key_P, ALT)
        press(dialog, Qt.Key.Key_K, ALT)
        press(dialog, Qt.Key.Key_Down)
        enter(dialog)

    dialog = office.open_staff()
    office.answer(fill_in, enter)
    click(office, dialog.deeds.add)
    assert dialog.pane.person is not None
    assert dialog.pane.person.role is Role.PROVIDER
    assert dialog.pane.person.provider_id == weber


def test_what_is_wrong_is_said_below_the_field_and_stays(
    crew: Crew, office: Office
) -> None:
    jonas = crew.add(name="Jonas")

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        enter(dialog)
        office.settle()
        assert dialog.complaints["name"].text() == "Type a name."
        write(dialog, "Somebody")
        dialog.login.setText(jonas.login)
        enter(dialog)
        office.settle()
        assert "has this login already" in dialog.complaints["login"].text()
        assert dialog.focusWidget() is dialog.login
        assert dialog.password is not None
        dialog.login.setText(new_staff().login)
        dialog.password.edit.setText("short")
        enter(dialog)
        office.settle()
        assert "at least 10" in dialog.complaints["password"].text()
        dialog.done(0)

    dialog = office.open_staff()
    asked = office.answer(fill_in)
    press(dialog, Qt.Key.Key_N)
    assert asked.is_done
    assert len(column(dialog, NAME)) == 2


# -- changed


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_role_is_changed_by_keys(crew: Crew, office: Office, key: Qt.Key) -> None:
    jonas = crew.add(name="Jonas")

    def change(dialog: QDialog) -> None:
        press(dialog, Qt.Key.Key_M, ALT)
        enter(dialog)

    dialog = office.open_staff()
    choose(dialog, jonas)
    office.answer(change)
    press(dialog, key)
    office.settle()
    assert known(crew, jonas).role is Role.MANAGER
    assert dialog.pane.person == known(crew, jonas)
    assert said(dialog) == "Saved: Jonas."


def test_a_double_click_changes_somebody(crew: Crew, office: Office) -> None:
    def change(dialog: QDialog) -> None:
        write(dialog, "Mia")
        enter(dialog)

    dialog = office.open_staff()
    table = dialog.pane.table
    office.answer(change)
    place = table.visualRect(table.currentIndex()).center()
    left = Qt.MouseButton.LeftButton
    office.qtbot.mouseClick(table.viewport(), left, pos=place)
    office.qtbot.mouseDClick(table.viewport(), left, pos=place)
    office.settle()
    assert column(dialog, NAME) == ["Mia (you)"]


def test_one_does_not_change_ones_own_role(crew: Crew, office: Office) -> None:
    crew.add(role=Role.MANAGER)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        assert not any(w.isEnabled() for w in dialog.role.inputs[:3])
        assert dialog.role.role is Role.MANAGER
        dialog.done(0)

    dialog = office.open_staff()
    choose(dialog, crew.manager)
    asked = office.answer(look)
    press(dialog, Qt.Key.Key_F2)
    assert asked.is_done


def test_a_new_password_lets_in_and_the_old_one_does_not(
    crew: Crew, office: Office
) -> None:
    jonas, shown = crew.add(name="Jonas"), []

    def set_it(dialog: QDialog) -> None:
        assert isinstance(dialog, NewPasswordDialog)
        write(dialog, "nine purple elephants")
        enter(dialog)

    def note(dialog: QDialog) -> None:
        shown.extend(line.text() for line in dialog.findChildren(QLineEdit))
        enter(dialog)

    dialog = office.open_staff()
    choose(dialog, jonas)
    office.answer(set_it, note)
    with psycopg.connect(crew.address(jonas), autocommit=True) as open_one:
        press(dialog, Qt.Key.Key_P, ALT)
        office.settle()
        with pytest.raises(psycopg.OperationalError):
            open_one.execute("SELECT 1")
    assert shown == [jonas.login, "nine purple elephants"]
    assert signs_in(crew, jonas, shown[1])
    assert not signs_in(crew, jonas)


# -- let go


def test_letting_go_asks_once_and_enter_keeps(crew: Crew, office: Office) -> None:
    jonas = crew.add(name="Jonas")
    dialog = office.open_staff()
    choose(dialog, jonas)
    asked = office.answer(enter)
    press(dialog, Qt.Key.Key_Delete)
    office.settle()
    assert asked.is_done
    assert known(crew, jonas).is_active


def test_who_is_let_go_is_out_and_can_be_taken_back(crew: Crew, office: Office) -> None:
    jonas = crew.add(name="Jonas")
    dialog = office.open_staff()
    choose(dialog, jonas)
    office.answer(lambda asked: press(asked, Qt.Key.Key_L, ALT))
    press(dialog, Qt.Key.Key_Delete)
    office.settle()
    assert said(dialog) == "Jonas has left and can sign in no more."
    assert not signs_in(crew, jonas)
    assert column(dialog, NAME) == ["Miriam Hoffmann (you)"]
    dialog.pane.shows_left.click()
    choose(dialog, jonas)
    office.answer(enter)
    click(office, dialog.deeds.take_back)
    assert said(dialog) == "Jonas works here again."
    assert signs_in(crew, jonas)


def test_what_somebody_has_open_is_ended(crew: Crew, office: Office) -> None:
    jonas = crew.add(name="Jonas")
    dialog = office.open_staff()
    choose(dialog, jonas)
    office.answer(lambda asked: press(asked, Qt.Key.Key_E, ALT))
    with psycopg.connect(crew.address(jonas), autocommit=True) as open_one:
        click(office, dialog.deeds.ending)
        with pytest.raises(psycopg.OperationalError):
            open_one.execute("SELECT 1")
    assert said(dialog) == "What Jonas had open was ended."


def test_nobody_is_offered_to_let_themselves_go(crew: Crew, office: Office) -> None:
    crew.add(role=Role.MANAGER, name="Zoe")
    dialog = office.open_staff()
    choose(dialog, crew.manager)
    deeds = dialog.deeds
    assert not any(b.isEnabled() for b in (deeds.let_go, deeds.password, deeds.ending))
    assert "This is you" in dialog.hint
    asked = office.answer(lambda dialog: dialog.done(0))
    press(dialog, Qt.Key.Key_Delete)
    assert not asked.is_done


def test_a_refusal_is_said_where_it_was_asked(crew: Crew, office: Office) -> None:
    other = crew.add(role=Role.MANAGER, name="Zoe")

    def let_go(asked: QDialog) -> None:
        assert isinstance(asked, StepDialog)
        StaffList(crew.admin).let_go(crew.manager)
        press(asked, Qt.Key.Key_L, ALT)
        office.settle()
        assert asked.isVisible()
        assert asked.banner.words is not None
        asked.done(0)

    dialog = office.open_staff()
    choose(dialog, other)
    asked = office.answer(let_go)
    press(dialog, Qt.Key.Key_Delete)
    assert asked.is_done
    assert known(crew, other).is_active
