"""Signing in: what leads to the page, what it says, and what it leaves behind."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from desk_app import settings
from desk_app.credentials import Secrets
from desk_app.domain.staff import Role, Staff
from desk_app.errors import NeedsLogin, Unavailable
from desk_app.settings import Settings
from desk_app.ui.access import ways
from desk_app.ui.access.sign_in import SignInPage
from desk_app.ui.access.ways import Attempt, Ways
from desk_app.ui.memory import Memory
from desk_app.ui.run import Program
from tests.test_credentials import MemoryKeyring
from tests.ui.access.people import JONAS, OWN_PASSWORDS
from tests.ui.conftest import press_in_focus, type_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Key = Qt.Key
NO_KEYRING = Ways(can_keep=lambda: False)
NOBODY = Staff(1, "ada", "Ada Brandt", Role.MANAGER)


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Return a function that starts a program with these settings."""
    with ExitStack() as closing:

        def start(kept: Settings, how: Ways = NO_KEYRING) -> Program:
            build = partial(ways.build, Attempt(kept))
            program = Program(build, kept, Memory(tmp_path), how)
            closing.callback(program.window.deleteLater)
            closing.callback(program.end)
            closing.callback(program.window.close)
            program.begin()
            qtbot.waitUntil(lambda: program.failure is not None)
            if how is NO_KEYRING:
                qtbot.waitUntil(lambda: not program.calls.is_busy)
            return program

        yield start


def focus() -> QLineEdit:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def said(program: Program) -> str:
    """Return what can be read in the window."""
    labels = program.window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def button(program: Program, text: str) -> QPushButton:
    found = program.window.findChildren(QPushButton)
    return next(b for b in found if b.isVisible() and text in b.text().replace("&", ""))


def test_a_wrong_password_then_the_right_one(
    start: Callable[..., Program], address: str, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(Settings(database=address, login=JONAS))
    field = focus()
    assert field.echoMode() == QLineEdit.EchoMode.Password
    type_into("something else")
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: "not right" in said(program))
    assert field.selectedText()
    assert program.window.desk is None
    type_into(OWN_PASSWORDS[JONAS])
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    assert program.window.desk.top.person.text() == "Jonas Krüger"
    assert field.text() == ""
    kept = settings.load(tmp_path / "settings.toml")
    assert (kept.login, kept.servers) == (JONAS, (address,))
    assert kept.database == ""


def test_no_file_of_the_desk_holds_a_password(
    start: Callable[..., Program], address: str, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(Settings(database=address, login=JONAS))
    type_into(OWN_PASSWORDS[JONAS])
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    program.window.close()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert OWN_PASSWORDS[JONAS].encode() not in file.read_bytes()


def test_what_is_missing_is_asked_for(
    start: Callable[..., Program], address: str
) -> None:
    program = start(Settings(database=address))
    focus().clear()
    press_in_focus(Key.Key_Return)
    assert "Type your login." in said(program)
    type_into(JONAS)
    press_in_focus(Key.Key_Return)
    assert "Type your password." in said(program)
    assert focus().echoMode() == QLineEdit.EchoMode.Password


def test_a_server_that_is_away_is_told_and_nothing_typed_is_lost(
    start: Callable[..., Program], address: str, qtbot: QtBot
) -> None:
    away = "host=127.0.0.1 port=1 dbname=practice"
    program = start(Settings(database=address, login=JONAS, servers=(address, away)))
    type_into("a password")
    field = focus()
    QTest.keyClick(field, Key.Key_R, Qt.KeyboardModifier.AltModifier)
    press_in_focus(Key.Key_Down)
    field.setFocus()
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: "no PostgreSQL answers" in said(program))
    assert field.text() == "a password"
    assert button(program, "Sign in").isEnabled()


def test_a_practice_that_cannot_be_opened_leaves_the_way_to_another(
    start: Callable[..., Program], qtbot: QtBot
) -> None:
    program = start(Settings(database="host=127.0.0.1 port=1 dbname=practice"))
    buttons = program.window.findChildren(QPushButton)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in buttons))
    button(program, "Another practice").click()
    assert "Connect to our practice’s server" in said(program)


def test_enter_twice_asks_once(
    start: Callable[..., Program], address: str, qtbot: QtBot
) -> None:
    gate, tried = threading.Event(), []

    def build(attempt: Attempt) -> None:
        tried.append(attempt)
        gate.wait(5)
        raise Unavailable

    how = replace(NO_KEYRING, build=build)
    program = start(Settings(database=address, login=JONAS), how)
    type_into("a password")
    field = focus()
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClick(field, Key.Key_Return)
    assert button(program, "Signing in…").isEnabled() is False
    gate.set()
    qtbot.waitUntil(lambda: "does not answer" in said(program))
    assert button(program, "Sign in").isEnabled()
    assert len(tried) == 1
    assert "a password" not in repr(tried)


def test_without_a_keyring_the_page_says_so(
    start: Callable[..., Program], address: str
) -> None:
    program = start(Settings(database=address))
    keep = program.entrance.sign_in.keep
    assert "no keyring" in keep.words
    assert not keep.is_wanted


def test_a_keyring_that_hangs_does_not_stop_the_page(
    start: Callable[..., Program], address: str, qtbot: QtBot
) -> None:
    answers = threading.Event()
    ring = Secrets(MemoryKeyring(answers.wait), time_limit=5)
    how = Ways(can_keep=lambda: ring.password("x", "y") is None)
    program = start(Settings(database=address, login=JONAS), how)
    type_into(OWN_PASSWORDS[JONAS])
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    answers.set()


def test_names_are_offered_where_they_are_known(qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    other = Staff(2, "ben", "Ben Okafor", Role.RECEPTIONIST)
    page.invite(Settings(login="ben"), NeedsLogin(people=(NOBODY, other)))
    page.show()
    page.begin()
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.keyClicks(page.focusWidget(), "a password")
        QTest.keyClick(page.focusWidget(), Key.Key_Return)
    assert wanted.args[0].sign_in.login == "ben"
    assert not wanted.args[0].is_chosen


def test_caps_lock_is_noticed(qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    page.invite(Settings(), NeedsLogin(people=(NOBODY,)))
    page.show()
    page.begin()
    field = page.focusWidget()
    QTest.keyClick(field, "a")
    assert not any("Caps Lock" in label.text() for label in visible(page))
    QTest.keyClick(field, "a", Qt.KeyboardModifier.ShiftModifier)
    assert any("Caps Lock" in label.text() for label in visible(page))


def visible(page: SignInPage) -> list[QLabel]:
    return [label for label in page.findChildren(QLabel) if label.isVisible()]


def test_a_password_can_be_looked_at(qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    page.invite(Settings(), NeedsLogin(people=(NOBODY,)))
    page.show()
    page.begin()
    field = page.focusWidget()
    QTest.keyClick(field, Key.Key_Tab)
    QTest.keyClick(page.focusWidget(), Key.Key_Space)
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    page.forget()
    assert field.echoMode() == QLineEdit.EchoMode.Password
