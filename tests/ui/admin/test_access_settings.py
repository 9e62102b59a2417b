"""Managers choose the settings of access by keys and clicks, on a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desk_app.domain.access import AccessSettings
from desk_app.domain.staff import Role
from desk_app.errors import Invalid
from desk_app.services.practice import PracticeSettings
from desk_app.ui.admin.access_settings import AccessSettingsDialog
from desk_app.ui.admin.ports import AccessChange, AccessPorts
from tests.ui.admin.conftest import Office, press, write

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from desk_app.ui.calls import Calls
    from tests.staff import Crew

ALT = Qt.KeyboardModifier.AltModifier
DEFAULT = AccessSettings()


def opened(office: Office) -> AccessSettingsDialog:
    dialog = AccessSettingsDialog(office.flows.access_ports(), office.window)
    office.show(dialog)
    office.settle()
    return dialog


def saved(crew: Crew) -> AccessSettings:
    return PracticeSettings(crew.admin).access()


def test_the_settings_are_shown_as_they_count(crew: Crew, office: Office) -> None:
    chosen = AccessSettings(providers_read_all=True, lock_minutes=3, retention_years=7)
    PracticeSettings(crew.admin).change_access(DEFAULT, chosen)
    dialog = opened(office)
    assert dialog.wanted == chosen
    assert (dialog.lock.text(), dialog.retention.text()) == ("3 minutes", "7 years")


def test_never_and_for_ever_are_said_in_words(crew: Crew, office: Office) -> None:
    dialog = opened(office)
    dialog.lock.setValue(0)
    assert (dialog.lock.text(), dialog.retention.text()) == ("never", "for ever")


def test_all_three_are_chosen_by_keys(crew: Crew, office: Office) -> None:
    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, AccessSettingsDialog)
        office.settle()
        press(dialog, Qt.Key.Key_Space)
        for key, number in ((Qt.Key.Key_L, "25"), (Qt.Key.Key_K, "12")):
            press(dialog, key, ALT)
            (dialog.lock if number == "25" else dialog.retention).selectAll()
            write(dialog, number)
        press(dialog, Qt.Key.Key_Return)

    asked = office.answer(choose)
    office.flows.show_access_settings()
    assert asked.is_done
    assert saved(crew) == AccessSettings(True, 25, 12)


def test_nothing_changed_is_nothing_saved(crew: Crew, office: Office) -> None:
    dialog = opened(office)
    press(dialog, Qt.Key.Key_Return)
    assert dialog.isHidden()
    assert dialog.answer is None


def test_what_another_manager_changed_meanwhile_stays(
    crew: Crew, office: Office
) -> None:
    dialog = opened(office)
    other = AccessSettings(lock_minutes=4)
    PracticeSettings(crew.admin).change_access(DEFAULT, other)
    dialog.retention.setValue(2)
    press(dialog, Qt.Key.Key_Return)
    office.settle()
    assert dialog.answer == saved(crew) == AccessSettings(False, 4, 2)


def test_who_is_no_manager_is_told(crew: Crew, calls: Calls, qtbot: QtBot) -> None:
    person = crew.add(role=Role.RECEPTIONIST)
    office = Office(crew.address(person), calls, qtbot)
    dialog = opened(office)
    dialog.reading.click()
    press(dialog, Qt.Key.Key_Return)
    office.settle()
    assert dialog.banner.words is not None
    assert dialog.banner.words.title == "Your login may not do this"
    assert saved(crew) == DEFAULT
    office.close()


def test_settings_that_cannot_be_read_are_not_made_up(
    crew: Crew, office: Office
) -> None:
    office.desk.access.lock()
    dialog = opened(office)
    assert not dialog.body.isEnabled()
    assert dialog.retention.text() == "…"
    office.desk.practice_settings._sessions.sign_in(crew.address(crew.manager))
    dialog.banner.buttons[0].click()
    office.settle()
    assert dialog.body.isEnabled()
    assert dialog.wanted == DEFAULT


def test_what_is_wrong_is_said_below_the_setting(qtbot: QtBot) -> None:
    def change(_: AccessChange, __: object, failed: object) -> None:
        assert callable(failed)
        failed(Invalid("retention_years", "That is too long."))

    ports = AccessPorts(lambda then, _: then(DEFAULT), change)
    dialog = AccessSettingsDialog(ports)
    qtbot.addWidget(dialog)
    dialog.retention.setValue(30)
    dialog.submit()
    assert dialog.complaints["retention_years"].text() == "That is too long."


def test_esc_asks_before_choices_are_thrown_away(office: Office) -> None:
    dialog = opened(office)
    dialog.reading.click()
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
