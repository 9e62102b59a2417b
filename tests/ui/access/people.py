"""Desks of a practice whose people have logins, and hands for passwords."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import psycopg
from psycopg import conninfo
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.db import roles
from desk_app.db.session import open_sessions
from desk_app.domain.staff import NewStaff, Role, SignIn
from desk_app.services.staff import StaffList
from desk_app.settings import Settings
from desk_app.ui.access import ways
from desk_app.ui.access.ways import Attempt
from desk_app.ui.run import Program
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from desk_app.ui.access.enter_dialog import EnterDialog
    from desk_app.ui.access.guard import Guard
    from desk_app.ui.memory import Memory
    from tests.ui.conftest import Front

JONAS, MIRIAM, WEBER = "jonas", "miriam", "weber"
OWN_PASSWORDS = {login: f"{PASSWORD} of {login}" for login in (JONAS, MIRIAM, WEBER)}
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def let_people_in(url: str, provider_id: int) -> str:
    """Give Jonas, Miriam and Dr Weber logins; return the address without a login."""
    roles.secure_database(url)
    people = (
        (JONAS, "Jonas Krüger", Role.RECEPTIONIST, None),
        (MIRIAM, "Miriam Hoffmann", Role.MANAGER, None),
        (WEBER, "Dr Weber", Role.PROVIDER, provider_id),
    )
    with closing(open_sessions(url)) as sessions:
        for login, name, role, provider in people:
            new = NewStaff(login, name, role, OWN_PASSWORDS[login], provider)
            StaffList(sessions).add(new)
    given = conninfo.conninfo_to_dict(url)
    given.pop("user", None)
    return conninfo.make_conninfo("", **given)


def program_of(address: str, login: str, memory: Memory) -> Program:
    """Return a program at which somebody has signed in."""
    settings = Settings(database=address, login=login)
    sign_in = SignIn(login, OWN_PASSWORDS[login])
    build = partial(ways.build, Attempt(settings, sign_in))
    return Program(build, settings, memory)


def connections(url: str, login: str) -> int:
    """Return how many connections somebody has to this database."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"
            " AND datname = current_database()",
            [login],
        ).fetchone()
    return row[0] if row else 0


def guard_of(front: Front) -> Guard:
    """Return what stands between a desk and whoever sits down at it."""
    return front.desk.at_desk.guard


def lock(front: Front) -> EnterDialog:
    """Press Ctrl+L wherever the keyboard is, and wait until it is locked."""
    return _asked(front, CTRL)


def change_person(front: Front) -> EnterDialog:
    """Press Ctrl+Shift+L wherever the keyboard is."""
    return _asked(front, CTRL | SHIFT)


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press a key in whatever has the keyboard in a window."""
    QTest.keyClick(widget.focusWidget() or widget, key)


def enter(front: Front, login: str, password: str | None = None) -> None:
    """Type a password into the dialog that is open, press Enter, wait to get in."""
    guard = guard_of(front)
    dialog = guard.dialog
    assert dialog is not None
    front.until(dialog.isActiveWindow)
    if dialog.chosen_login != login:
        choose(dialog, login)
    QTest.keyClicks(dialog.focusWidget(), password or OWN_PASSWORDS[login])
    press(dialog, Qt.Key.Key_Return)
    front.until(lambda: guard.dialog is None)


def choose(dialog: EnterDialog, login: str) -> None:
    """Choose somebody else by keys, up to the password."""
    if not dialog.people.isVisible():
        QTest.keyClick(dialog, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    while dialog.chosen_login != login:
        before = dialog.people.currentRow()
        press(dialog, Qt.Key.Key_Down)
        assert dialog.people.currentRow() != before, f"{login} is not offered"
    press(dialog, Qt.Key.Key_Return)


def _asked(front: Front, held: Qt.KeyboardModifier) -> EnterDialog:
    guard = guard_of(front)
    inside = QApplication.focusWidget() or front.program.window
    QTest.keyClick(inside, Qt.Key.Key_L, held)
    dialog = guard.dialog
    assert dialog is not None
    front.until(dialog.isActiveWindow)
    return dialog
