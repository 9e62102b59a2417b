"""A code goes from one desk to another, once, and mistakes are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desk_app.db.session import open_sessions
from desk_app.domain.secrets import SecretName
from desk_app.sealing import new_ring
from desk_app.services.vault import Vault
from desk_app.ui.admin.enrolment import EnrolmentFlows, EnterCodeDialog, OfferDialog
from tests.rings import DeskRings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk
    from desk_app.ui.calls import Calls


class House:
    """Two desks of one practice, each with a keyring of its own."""

    def __init__(self, database: Desk, calls: Calls, qtbot: QtBot, url: str) -> None:
        self._database, self._calls, self._qtbot = database, calls, qtbot
        self.sessions = open_sessions(url)

    def desk(self, rings: DeskRings) -> EnrolmentFlows:
        """Return what a desk does with codes."""
        desk = replace(self._database, vault=Vault(self.sessions, rings))
        window = QWidget()
        self._qtbot.addWidget(window)
        return EnrolmentFlows(desk, self._calls, window)

    def offer(self, rings: DeskRings) -> OfferDialog:
        """Open the dialog that shows a code, and wait for what it shows."""
        dialog = OfferDialog(self.desk(rings)._ports(), None)
        self._open(dialog)
        dialog.ask_for_code()
        self.until(lambda: bool(dialog.code or dialog.banner.words))
        return dialog

    def enter(self, rings: DeskRings, code: str) -> EnterCodeDialog:
        """Type a code at another desk, and press Enter."""
        dialog = EnterCodeDialog(self.desk(rings)._ports(), None)
        self._open(dialog)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(code)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.until(lambda: not self._calls.is_busy)
        return dialog

    def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(wanted, timeout=10_000)

    def _open(self, dialog: QWidget) -> None:
        self._qtbot.addWidget(dialog)
        dialog.show()


@pytest.fixture
def house(
    database: Desk, calls: Calls, qtbot: QtBot, database_url: str
) -> Iterator[House]:
    """A practice in which nobody has a key yet."""
    house = House(database, calls, qtbot, database_url)
    yield house
    house.sessions.close()


def press(dialog: QWidget, words: str) -> None:
    """Press the button that says `words`."""
    buttons = [b for b in dialog.findChildren(QPushButton) if b.text() == words]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


def complaint(dialog: EnterCodeDialog) -> str:
    """Return what is said under the field."""
    return dialog._complaint.text()


def test_a_code_lets_one_other_desk_read_what_is_sealed(house: House) -> None:
    first, second = DeskRings(), DeskRings()
    code = house.offer(first).code
    typed = code.lower().replace("-", " ")
    assert house.enter(second, typed).banner.words is not None
    Vault(house.sessions, first).store(SecretName.SMTP_PASSWORD, b"sealed")
    opened = Vault(house.sessions, second).read(SecretName.SMTP_PASSWORD)
    assert opened == b"sealed"


def test_a_code_works_once(house: House) -> None:
    code = house.offer(DeskRings()).code
    house.enter(DeskRings(), code)
    assert "used" in complaint(house.enter(DeskRings(), code))


def test_a_mistyped_code_is_told_and_stays(house: House) -> None:
    code = house.offer(DeskRings()).code
    wrong = ("B" if code[0] == "A" else "A") + code[1:]
    dialog = house.enter(DeskRings(), wrong)
    assert complaint(dialog)
    assert dialog._code.text() == wrong


def test_nothing_typed_asks_for_the_code(house: House) -> None:
    assert complaint(house.enter(DeskRings(), "  "))


def test_a_desk_without_the_key_can_start_over(house: House) -> None:
    house.offer(DeskRings())
    dialog = house.offer(DeskRings())
    assert dialog.code == ""
    labels = [button.text() for button in dialog.banner.buttons]
    assert labels == ["Try again", "Start over…"]
    dialog._ports.start_over(dialog._on_started_over, dialog._on_failed)
    house.until(lambda: bool(dialog.code))


def test_a_locked_keyring_is_told(house: House) -> None:
    rings = DeskRings(new_ring())
    code = house.offer(rings).code
    locked = DeskRings()
    locked.is_locked = True
    dialog = house.enter(locked, code)
    assert dialog.banner.words is not None
    # The code was not spent for nothing.
    assert house.enter(DeskRings(), code).banner.words is not None
