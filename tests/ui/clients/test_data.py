"""The dialog for clients' data: one client at a time, and who is past their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QTableWidget

from desk_app.domain.rights import Retention
from desk_app.errors import Unavailable
from desk_app.ui.clients.data import ClientsDataDialog
from desk_app.ui.clients.erase import EraseDialog
from desk_app.ui.clients.erase_due import EraseDueDialog, State, rule_in_words
from desk_app.ui.clients.export import ExportDialog
from desk_app.ui.clients.menu import ClientMenu, ClientRequests
from desk_app.ui.clients.ports import Named
from desk_app.ui.dialogs.history import HistoryDialog
from tests.ui.clients.archive import ANNA
from tests.ui.dialogs.practice import CLIENTS, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tests.ui.clients.archive import Archive
    from tests.ui.dialogs.conftest import Hands


def opened(hands: Hands, archive: Archive, **given: Any) -> ClientsDataDialog:
    dialog = ClientsDataDialog(archive.data_ports(**given))
    hands.open(dialog)
    return dialog


def in_next_dialog(act: Callable[[Any], object]) -> list[QDialog]:
    """Do something in the dialog that opens next; it is noted, and closed then."""
    met: list[QDialog] = []

    def person() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        met.append(dialog)
        act(dialog)
        if dialog.isVisible():
            dialog.done(0)

    QTimer.singleShot(0, person)
    return met


def nothing(_dialog: QDialog) -> None:
    """Just look."""


def test_a_client_is_found_by_keys_and_counted(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    assert not any(button.isEnabled() for button in dialog.buttons)
    hands.type("anna")
    hands.until(lambda: dialog.field.found.rowCount() > 0)
    hands.enter()
    assert dialog.isVisible()
    assert dialog.field.client == CLIENTS[0]
    assert dialog.counted.startswith("14 appointments")
    assert all(button.isEnabled() for button in dialog.buttons)


def test_nobody_new_can_be_entered_here(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    hands.type("anna")
    hands.until(lambda: dialog.field.found.rowCount() > 0)
    assert dialog.field.found.rowCount() == 1
    dialog.field.search.clear()
    hands.type("nobody at all")
    hands.until(lambda: dialog.field.hint == "Nobody found for “nobody at all”.")
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    hands.enter()
    assert dialog.isVisible()
    assert dialog.field.new_client is None


@pytest.mark.parametrize(
    ("number", "kind"), [(0, HistoryDialog), (1, ExportDialog), (2, EraseDialog)]
)
def test_each_button_opens_its_dialog(
    hands: Hands, archive: Archive, number: int, kind: type[QDialog]
) -> None:
    dialog = opened(hands, archive)
    dialog.field.choose(CLIENTS[0])
    met = in_next_dialog(nothing)
    dialog.buttons[number].click()
    assert [type(one) for one in met] == [kind]


def test_an_erased_client_is_no_longer_shown(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    dialog.field.choose(CLIENTS[0])

    def confirm(asked: EraseDialog) -> None:
        asked.sure.setChecked(True)
        asked.buttons[0].click()

    in_next_dialog(confirm)
    dialog.buttons[2].click()
    assert archive.erased == [1]
    assert dialog.field.client is None
    assert dialog.field.search.text() == ""
    assert dialog.counted == "The client was erased."


def test_what_a_person_may_not_ask_is_not_offered(
    hands: Hands, archive: Archive
) -> None:
    dialog = opened(hands, archive, may_export=False, may_erase=False)
    assert [button.isVisible() for button in dialog.buttons] == [True, False, False]
    ports = archive.ports(may_export=False, may_erase=False)
    menu = ClientMenu(ClientRequests(ANNA, ports, dialog), ANNA, ports)
    assert [action.text() for action in menu.actions()] == ["&History of Anna Meier"]


def test_the_menu_shows_a_name_as_it_is(hands: Hands, archive: Archive) -> None:
    dialog, ports = opened(hands, archive), archive.ports()
    client = Named(1, HOSTILE * 100)
    menu = ClientMenu(ClientRequests(client, ports, dialog), client, ports)
    words = menu.actions()[0].text()
    assert len(words) < 70
    assert "&&amp;" in words


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (0, "Clients are kept for ever."),
        (1, "Clients are kept for one year after they were last here."),
        (7, "Clients are kept for 7 years after they were last here."),
    ],
)
def test_the_rule_is_a_sentence(years: int, words: str) -> None:
    assert rule_in_words(years) == words


@pytest.mark.parametrize(
    ("retention", "words", "is_offered"),
    [
        (Retention(0), "Clients are kept for ever.", False),
        (Retention(3), "Nobody is past that.", False),
        (None, "4 clients are past that.", True),
    ],
)
def test_how_many_are_due_is_said(
    hands: Hands,
    archive: Archive,
    *,
    retention: Retention | None,
    words: str,
    is_offered: bool,
) -> None:
    archive.retention = retention or archive.retention
    dialog = opened(hands, archive)
    assert words in dialog.retention.said
    assert dialog.retention.button.isVisible() == is_offered


def test_retention_that_cannot_be_read_is_said(hands: Hands, archive: Archive) -> None:
    archive.failures = [Unavailable()]
    dialog = opened(hands, archive)
    assert "The database cannot be reached" in dialog.retention.said


def test_those_who_are_due_are_erased_after_two_steps(
    hands: Hands, archive: Archive
) -> None:
    dialog = opened(hands, archive)
    seen: list[object] = []

    def confirm(asked: EraseDueDialog) -> None:
        seen.append(asked.findChild(QTableWidget).rowCount())
        assert not asked.buttons[0].isEnabled()
        asked.sure.setChecked(True)
        asked.buttons[0].click()
        seen.append(asked.banner.words.title)

    in_next_dialog(confirm)
    dialog.retention.button.click()
    assert seen == [4, "Erased: 4 clients"]


def erasing(hands: Hands, archive: Archive) -> EraseDueDialog:
    """Return a dialog that is erasing and waits for its answer."""
    dialog = EraseDueDialog(archive.retention, archive.data_ports())
    hands.open(dialog)
    archive.hold()
    dialog.sure.setChecked(True)
    dialog.buttons[0].click()
    assert dialog.state is State.ERASING
    return dialog


def test_enter_erases_nobody(hands: Hands, archive: Archive) -> None:
    dialog = EraseDueDialog(archive.retention, archive.data_ports())
    hands.open(dialog)
    dialog.sure.setChecked(True)
    hands.enter()
    assert dialog.isHidden()
    assert dialog.state is State.ASKING
    assert archive.work is None


def test_leaving_while_erasing_stops_first(hands: Hands, archive: Archive) -> None:
    dialog = erasing(hands, archive)
    assert archive.work is not None
    assert not archive.work.token.is_cancelled
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert archive.work.token.is_cancelled
    archive.release()
    assert "Stopped" in dialog.banner.words.text
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isHidden()


def test_a_failure_on_the_way_is_said(hands: Hands, archive: Archive) -> None:
    archive.failures = []
    dialog = EraseDueDialog(archive.retention, archive.data_ports())
    hands.open(dialog)
    archive.failures = [Unavailable()]
    dialog.sure.setChecked(True)
    dialog.buttons[0].click()
    assert dialog.state is State.DONE
    assert dialog.banner.words.title == "The database cannot be reached"
