"""Managers choose the rules of the desk by keys, on a real database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desk_app.domain.desk_rules import REASONS, DeskRules, NoShowPolicy
from desk_app.domain.staff import Role
from desk_app.errors import Invalid
from desk_app.services.practice import PracticeSettings
from desk_app.ui.admin.desk_settings import DeskSettingsDialog
from tests.ui.admin.conftest import Office, press, write

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from desk_app.ui.calls import Calls
    from tests.staff import Crew

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
DEFAULT = DeskRules()


def opened(office: Office) -> DeskSettingsDialog:
    dialog = DeskSettingsDialog(office.flows.rules_ports(), office.window)
    office.show(dialog)
    office.settle()
    return dialog


def saved(crew: Crew) -> DeskRules:
    return PracticeSettings(crew.admin).rules()


def test_the_rules_are_shown_as_they_count(crew: Crew, office: Office) -> None:
    policy = NoShowPolicy(5, False, True, 3, False, 14)
    chosen = DeskRules(60, 25, policy, ("Ill", "On holiday"))
    PracticeSettings(crew.admin).change_rules(DEFAULT, chosen)
    assert opened(office).wanted == chosen


def test_a_number_is_chosen_by_keys(crew: Crew, office: Office) -> None:
    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, DeskSettingsDialog)
        office.settle()
        press(dialog, Key.Key_N, ALT)
        dialog.fields["waiting_minutes"].selectAll()
        write(dialog, "25")
        press(dialog, Key.Key_Return)

    asked = office.answer(choose)
    office.flows.show_desk_settings()
    assert asked.is_done
    assert saved(crew) == replace(DEFAULT, waiting_minutes=25)


def test_each_consequence_of_a_no_show_can_be_switched_off(
    crew: Crew, office: Office
) -> None:
    dialog = opened(office)
    for check in (dialog.keeps, dialog.flags, dialog.locks):
        check.setFocus()
        press(dialog, Key.Key_Space)
    assert not dialog.fields["flags_after"].isEnabled()
    assert not dialog.fields["lock_out_days"].isEnabled()
    dialog.submit()
    office.settle()
    policy = saved(crew).no_show
    assert (policy.keeps_price, policy.flags, policy.locks_out) == (False,) * 3


def test_reasons_are_lines_that_can_be_written(crew: Crew, office: Office) -> None:
    dialog = opened(office)
    dialog.reasons.setPlainText("Ill\n\n  On holiday  \n")
    dialog.submit()
    office.settle()
    assert saved(crew).cancellation_reasons == ("Ill", "On holiday")


def test_what_is_wrong_is_said_at_its_field(crew: Crew, office: Office) -> None:
    dialog = opened(office)
    dialog.show_refusal(Invalid("cancellation_reasons", "Too many."))
    assert "Too many" in dialog.complaints["cancellation_reasons"].text()
    assert dialog.isVisible()


def test_nothing_changed_is_nothing_saved(crew: Crew, office: Office) -> None:
    dialog = opened(office)
    dialog.submit()
    assert dialog.isHidden()
    assert dialog.answer is None
    assert saved(crew).cancellation_reasons == REASONS


def test_who_is_no_manager_is_told(crew: Crew, calls: Calls, qtbot: QtBot) -> None:
    person = crew.add(role=Role.RECEPTIONIST)
    office = Office(crew.address(person), calls, qtbot)
    dialog = opened(office)
    dialog.fields["waiting_minutes"].setValue(25)
    dialog.submit()
    office.settle()
    assert dialog.banner.words is not None
    assert dialog.banner.words.title == "Your login may not do this"
    assert saved(crew) == DEFAULT
    office.close()
