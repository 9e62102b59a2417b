"""The lock: hides everything, loses nothing, and knows who comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desk_app import settings
from desk_app.domain.schedule import Catalogue
from desk_app.domain.staff import Me
from desk_app.ui import privacy
from desk_app.ui.access.guard import AccessPorts, Guard
from desk_app.ui.status_bar import Link
from tests import factories
from tests.ui import outages
from tests.ui.access.people import (
    JONAS,
    MIRIAM,
    OWN_PASSWORDS,
    WEBER,
    change_person,
    choose,
    connections,
    enter,
    guard_of,
    lock,
    press,
)
from tests.ui.conftest import press_in_focus, tomorrow, type_into
from tests.ui.test_access import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk
    from desk_app.ui.dialogs.booking import BookingDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CLIENT = "Anna Weiß"


def book_at(database: Desk, practice: Practice, hour: int) -> None:
    start = practice.at(hour, day=tomorrow())
    database.booking.book(practice.request_at(start))


def half_a_booking(front: Front, dialog: BookingDialog) -> None:
    """Find Anna and note something, but do not book yet."""
    type_into("ann")
    front.until(lambda: dialog.fields.client.found.rowCount() == 2)
    dialog.fields.note.setFocus()
    type_into("brings papers")


def wish_at(front: Front, practice: Practice, hour: int) -> None:
    front.show(tomorrow())
    start = practice.at(hour, day=tomorrow())
    front.view.focus_time(practice.provider_id, start)


def texts_of(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield f"{index.data()} {index.data(Qt.ItemDataRole.AccessibleTextRole)}"
        yield from texts_of(model, index)


def seen() -> str:
    """Return everything that any visible widget of any window shows."""
    found = []
    for widget in QApplication.allWidgets():
        if not widget.isVisible():
            continue
        found += [widget.windowTitle(), widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QLineEdit):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
        elif isinstance(widget, QAbstractItemView) and widget.model():
            found += texts_of(widget.model(), QModelIndex())
    return "\n".join(found)


def heard(window: QWidget) -> str:
    """Return everything a screen reader finds in a window."""
    root = QAccessible.queryAccessibleInterface(window)
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value)
    return "\n".join(node.text(kind) for node in nodes(root) for kind in kinds)


def test_while_it_is_locked_nothing_shows_and_nothing_is_connected(
    front: Front, database: Desk, database_url: str, practice: Practice
) -> None:
    book_at(database, practice, 9)
    wish_at(front, practice, 11)

    def act(dialog: BookingDialog) -> None:
        half_a_booking(front, dialog)
        window = front.program.window
        assert CLIENT in seen()
        assert CLIENT in heard(window)
        asked = lock(front)
        assert CLIENT not in seen()
        assert "brings papers" not in seen()
        assert CLIENT not in heard(window) + heard(dialog)
        assert asked.windowTitle() == "Locked"
        assert dialog.isVisible()
        front.until(lambda: connections(database_url, JONAS) == 0)
        enter(front, JONAS)
        assert CLIENT in seen()
        press(dialog, Key.Key_Escape)
        press(dialog, Key.Key_Escape)

    front.press_into_dialog(Key.Key_Return, act)


def test_what_was_typed_is_booked_after_the_lock(
    front: Front, practice: Practice
) -> None:
    wish_at(front, practice, 11)

    def act(dialog: BookingDialog) -> None:
        half_a_booking(front, dialog)
        lock(front)
        enter(front, JONAS)
        front.until(dialog.isActiveWindow)
        assert QApplication.focusWidget() is dialog.fields.note
        dialog.fields.client.search.setFocus()
        press_in_focus(Key.Key_Return)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, act)
    front.until(lambda: front.shown() == [CLIENT])
    assert front.appointments()[0].notes == "brings papers"
    assert front.appointments()[0].created_by == JONAS


def test_whoever_comes_instead_books_in_their_own_name(
    front: Front, database: Desk, practice: Practice
) -> None:
    wish_at(front, practice, 11)

    def act(dialog: BookingDialog) -> None:
        half_a_booking(front, dialog)
        lock(front)
        enter(front, MIRIAM)
        dialog.fields.client.search.setFocus()
        press_in_focus(Key.Key_Return)
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, act)
    front.until(lambda: front.shown() == [CLIENT])
    assert front.appointments()[0].created_by == MIRIAM
    log = factories.rows(
        database.booking._sessions,
        "SELECT who, action FROM audit_log WHERE table_name = 'appointment'",
    )
    assert log == [(MIRIAM, "INSERT")]
    assert front.desk.top.person.text() == "Miriam Hoffmann"


def test_a_wrong_password_opens_nothing(front: Front) -> None:
    dialog = lock(front)
    QTest.keyClicks(dialog.focusWidget(), "not this one")
    press(dialog, Key.Key_Return)
    front.until(lambda: "not right" in seen())
    assert guard_of(front).is_locked
    assert dialog.password.selectedText()
    press(dialog, Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible()
    enter(front, JONAS)
    assert not guard_of(front).is_locked


def test_after_the_lock_the_schedule_is_read_again(
    front: Front, database: Desk, practice: Practice
) -> None:
    front.show(tomorrow())
    lock(front)
    book_at(database, practice, 9)
    assert front.shown() == []
    enter(front, JONAS)
    front.until(lambda: front.shown() == [CLIENT])
    assert front.desk.status.link is Link.CONNECTED


def test_a_desk_that_nobody_touches_locks_itself(front: Front) -> None:
    watch = guard_of(front).watch
    assert watch.seconds == 600
    front.press(Key.Key_T)
    watch.seconds = 0.01
    front.until(lambda: guard_of(front).is_locked)
    watch.seconds = 600
    enter(front, JONAS)


def test_the_key_that_wakes_a_desk_does_nothing_else(
    front: Front, practice: Practice
) -> None:
    wish_at(front, practice, 11)

    def act(dialog: BookingDialog) -> None:
        watch = guard_of(front).watch
        type_into("ann")
        # As if nobody had been here for longer than that.
        watch.seconds = 1e-9
        type_into("a")
        assert guard_of(front).is_locked
        assert dialog.fields.client.search.text() == "ann"
        watch.seconds = 600
        enter(front, JONAS)

    front.press_into_dialog(Key.Key_Return, act)


def test_a_desk_that_never_locks_itself_stays_open(
    front: Front, database: Desk
) -> None:
    watch = guard_of(front).watch
    factories.setting(database.booking._sessions, "lock_minutes", 0)
    front.until(lambda: watch.seconds == 0)
    with front.qtbot.assertNotEmitted(watch.too_long, wait=1_200):
        pass


def test_a_desk_that_is_left_alone_hides_names_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ports = AccessPorts(lambda *_: None, lambda *_: None, lambda _: False, bool)
    guard = Guard(ports, window)
    guard.know(Catalogue("", "UTC", "EUR", "", (), (), hide_names_minutes=5))
    assert guard.watch.hiding_seconds == 300
    guard.watch.hiding_seconds = 1e-9
    for is_hidden in (True, False):
        guard.watch._on_look()
        assert privacy.current().is_on is is_hidden
        # Whoever shows them again, without a touch, is not overruled.
        privacy.current().set_on(False)


def test_where_nobody_needs_a_password_the_key_says_so(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ports = AccessPorts(
        lock=lambda *_: None,
        enter=lambda *_: None,
        can_lock=lambda me: me.login != "computer",
        asks_password=lambda _: False,
    )
    guard = Guard(ports, window)
    guard.know(Catalogue("", "UTC", "EUR", "", (), (), me=Me("computer")))
    for wish in (guard.lock, guard.change_person):
        with qtbot.waitSignal(guard.hint) as said:
            wish()
        assert said.args[0].endswith(".")
    assert not guard.is_locked
    guard.watch.too_long.emit()
    assert guard.dialog is None


def test_a_question_that_is_open_goes_on_behind_the_lock(
    front: Front, database_url: str, practice: Practice
) -> None:
    wish_at(front, practice, 11)

    def act(dialog: BookingDialog) -> None:
        half_a_booking(front, dialog)
        dialog.fields.client.search.setFocus()
        press_in_focus(Key.Key_Return)
        with outages.answers_get_lost(database_url):
            press_in_focus(Key.Key_Return)
            front.until(lambda: dialog.banner.topic == "slow")
            lock(front)
            front.until(lambda: dialog.banner.topic == "doubt")
        assert CLIENT not in seen()
        enter(front, JONAS)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Return, act)
    front.until(lambda: front.shown() == [CLIENT])


def test_a_window_that_comes_meanwhile_is_covered_too(front: Front) -> None:
    lock(front)
    late = QDialog(front.program.window)
    label = QLabel(CLIENT, late)
    late.setModal(True)
    late.show()
    assert CLIENT not in seen()
    front.until(lambda: QApplication.activeModalWidget() is guard_of(front).dialog)
    enter(front, JONAS)
    assert label.isVisible()
    late.close()


def test_the_next_person_sees_only_what_is_theirs(
    front: Front, database: Desk, practice: Practice
) -> None:
    sessions = database.booking._sessions
    other = factories.provider(sessions, name="Dr Lang")
    factories.hours(sessions, other)
    book_at(database, practice, 9)
    front.show(tomorrow())
    front.until(lambda: len(front.view.columns) == 2)
    lock(front)
    dialog = guard_of(front).dialog
    choose(dialog, WEBER)
    columns: list[int] = []
    guard_of(front).entered.connect(lambda _: columns.append(len(front.view.columns)))
    enter(front, WEBER)
    assert columns == [0]
    front.until(lambda: [c.name for c in front.view.columns] == ["Dr Weber"])
    assert front.shown() == [CLIENT]


def test_changing_person_can_be_left_again(front: Front, tmp_path: Path) -> None:
    dialog = change_person(front)
    assert not guard_of(front).is_locked
    press(dialog, Key.Key_Escape)
    assert guard_of(front).dialog is None
    change_person(front)
    enter(front, MIRIAM)
    front.settle()
    assert front.desk.practice.catalogue.me.login == MIRIAM
    assert settings.load(tmp_path / "settings.toml").login == MIRIAM


def test_a_lock_while_the_person_changes_cannot_be_left(front: Front) -> None:
    dialog = change_person(front)
    QTest.keyClick(dialog, Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert guard_of(front).is_locked
    press(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    enter(front, JONAS)


def test_somebody_who_is_not_listed_types_a_login(front: Front) -> None:
    dialog = lock(front)
    choose(dialog, "")
    QTest.keyClicks(dialog.focusWidget(), MIRIAM)
    press(dialog, Key.Key_Return)
    enter(front, "", OWN_PASSWORDS[MIRIAM])
    assert front.desk.top.person.text() == "Miriam Hoffmann"
