"""Erasing: what goes and stays is said; two steps, never Enter by accident."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desk_app.errors import NotAllowed, NotFound, Refused
from desk_app.ui.clients.erase import EraseDialog
from desk_app.ui.clients.ports import Named
from tests.ui.clients.archive import ANNA
from tests.ui.dialogs.practice import HOSTILE

if TYPE_CHECKING:
    from tests.ui.clients.archive import Archive
    from tests.ui.dialogs.conftest import Hands


def opened(hands: Hands, archive: Archive, client: Named = ANNA) -> EraseDialog:
    dialog = EraseDialog(client, archive.ports())
    hands.open(dialog)
    return dialog


def test_how_much_there_is_is_said(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    assert dialog.counted == (
        "14 appointments · last here on Thu 26 Nov 2026 · on the waiting list"
        " · entered on Thu 26 Nov 2026"
    )


def test_what_goes_and_what_stays_is_said(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    for words in ("What goes", "What stays", "Name, phone", "times", "Backups"):
        assert words in said


def test_enter_keeps_the_client_also_with_the_tick(
    hands: Hands, archive: Archive
) -> None:
    for is_ticked in (False, True):
        dialog = opened(hands, archive)
        if is_ticked:
            dialog.sure.setFocus()
            hands.press(Qt.Key.Key_Space)
        hands.enter()
        assert dialog.isHidden()
        assert archive.erased == []


def test_without_the_tick_the_button_does_nothing(
    hands: Hands, archive: Archive
) -> None:
    dialog = opened(hands, archive)
    assert not dialog.buttons[0].isEnabled()
    hands.press(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    dialog.submit()
    assert archive.erased == []


def test_tick_and_button_erase(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    dialog.sure.setChecked(True)
    dialog.buttons[0].click()
    assert archive.erased == [1]
    assert dialog.result() == EraseDialog.DialogCode.Accepted


def test_taking_the_tick_back_takes_the_button_back(
    hands: Hands, archive: Archive
) -> None:
    dialog = opened(hands, archive)
    dialog.sure.setChecked(True)
    dialog.sure.setChecked(False)
    assert not dialog.buttons[0].isEnabled()


def test_who_has_appointments_to_come_cannot_be_erased(
    hands: Hands, archive: Archive
) -> None:
    archive.counts = replace(archive.counts, to_come=2)
    dialog = opened(hands, archive)
    assert "2 to come" in dialog.counted
    assert not dialog.sure.isEnabled()
    assert dialog.banner.words.title == "This client has appointments to come"


def test_there_is_room_for_all_that_is_said(hands: Hands, archive: Archive) -> None:
    archive.hold()
    dialog = opened(hands, archive)
    archive.counts = replace(archive.counts, to_come=2, appointments=10_000)
    archive.release()
    labels = [one for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert len(labels) > 10
    hands.until(
        lambda: all(one.height() >= one.heightForWidth(one.width()) for one in labels)
    )


def test_a_refusal_is_said_and_the_dialog_stays(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    dialog.sure.setChecked(True)
    for failure, title in (
        (Refused("visits_to_come"), "This client has appointments to come"),
        (NotAllowed(), "Your login may not do this"),
    ):
        archive.failures = [failure]
        dialog.buttons[0].click()
        assert dialog.isVisible()
        assert dialog.banner.words.title == title
        assert dialog.buttons[0].isEnabled()


def test_while_it_is_erased_nothing_can_be_pressed_twice(
    hands: Hands, archive: Archive
) -> None:
    dialog = opened(hands, archive)
    dialog.sure.setChecked(True)
    archive.hold()
    dialog.buttons[0].click()
    assert dialog.buttons[0].text() == "Erasing…"
    assert not dialog.buttons[0].isEnabled()
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    archive.release()
    assert archive.erased == [1]
    assert dialog.isHidden()


def test_who_is_gone_already_is_said(hands: Hands, archive: Archive) -> None:
    archive.failures = [NotFound()]
    dialog = opened(hands, archive)
    assert dialog.counted == ""
    assert dialog.banner.words is not None


def test_a_name_is_text(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive, Named(1, HOSTILE * 300))
    assert dialog.width() < 900
    assert "&&Bob" in dialog.sure.text()
    for label in dialog.findChildren(QLabel):
        assert not label.text() or label.textFormat() is Qt.TextFormat.PlainText
