"""A client's file beside the schedule, by keys, on a real practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desk_app.ui.clients.panel import Page
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from tests import factories
from tests.ui.clients.files import CTRL, front, opened, press, rows, visit
from tests.ui.conftest import (
    NO_KEY,
    database,
    look,
    open_front,
    practice,
    type_into,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.ui.clients.file_dialog import ClientFileDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

__all__ = ["database", "front", "look", "open_front", "practice", "visit"]

# A menu that pops up wants the mouse, which no test has.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def note_of(database: Desk) -> str:
    return str(rows(database, "SELECT notes FROM client ORDER BY client_id")[0][0])


def met(front: Front, act: Callable[[], object]) -> QDialog:
    """Return the dialog that opens by what is done; it is closed again."""
    found: list[QDialog] = []
    timer = front.answer_dialog(found.append)
    act()
    assert not timer.isActive(), "no dialog opened"
    return found[0]


def test_p_shows_the_client_of_the_appointment(front: Front) -> None:
    panel = opened(front)
    assert front.desk.side.current == "client"
    assert panel.head.accessibleName().startswith("Anna Weiß, 0170 1234567")
    assert panel.visits.hasFocus()
    press(Qt.Key.Key_Escape, NO_KEY)
    assert front.desk.side.current == ""
    assert front.view.hasFocus()


def test_p_on_a_free_time_finds_any_client(front: Front) -> None:
    front.press(Qt.Key.Key_Down)
    front.press(Qt.Key.Key_P)
    panel = front.desk.features.client.panel
    assert panel.page is Page.FIND
    type_into("anna")
    front.until(lambda: panel.field.found.rowCount() == 1)
    press(Qt.Key.Key_Return, NO_KEY)
    front.until(lambda: panel.page is Page.FILE)
    assert panel.visits.hasFocus()


def test_a_note_is_saved_when_its_field_is_left(front: Front, database: Desk) -> None:
    panel = opened(front)
    press(Qt.Key.Key_N)
    assert panel.note.edit.hasFocus()
    type_into("knee")
    press(Qt.Key.Key_Return, NO_KEY)
    type_into("rings first")
    assert note_of(database) == ""
    press(Qt.Key.Key_Tab, NO_KEY)
    front.until(lambda: note_of(database) == "knee\nrings first")
    front.until(lambda: panel.note.state == "Saved")


def test_closing_the_pane_saves_the_note(front: Front, database: Desk) -> None:
    opened(front)
    press(Qt.Key.Key_N)
    type_into("knee")
    press(Qt.Key.Key_Escape, NO_KEY)
    front.until(lambda: note_of(database) == "knee")


def test_two_notes_at_once_are_both_kept(front: Front, database: Desk) -> None:
    panel = opened(front)
    press(Qt.Key.Key_N)
    type_into("mine")
    rows(database, "UPDATE client SET notes = 'theirs'")
    press(Qt.Key.Key_Return, CTRL)
    front.until(lambda: panel.note.banner.topic == "overtaken")
    assert panel.note.edit.toPlainText() == "mine"
    assert note_of(database) == "theirs"
    panel.note.banner.buttons[0].click()
    front.until(lambda: note_of(database) == "theirs\nmine")


def test_what_another_desk_changes_is_seen(front: Front, database: Desk) -> None:
    panel = opened(front)
    rows(database, "UPDATE client SET no_show_count = 3, notes = 'from afar'")
    front.until(lambda: panel.head.warnings == "⚑ Missed 3 visits")
    assert panel.note.edit.toPlainText() == "from afar"


def test_a_note_that_is_being_written_is_not_taken_away(
    front: Front, database: Desk
) -> None:
    panel = opened(front)
    press(Qt.Key.Key_N)
    type_into("mine")
    rows(database, "UPDATE client SET no_show_count = 3")
    front.until(lambda: panel.head.warnings == "⚑ Missed 3 visits")
    assert panel.note.edit.toPlainText() == "mine"
    press(Qt.Key.Key_Return, CTRL)
    front.until(lambda: note_of(database) == "mine")


def test_enter_opens_a_visit(front: Front) -> None:
    opened(front)
    shown = met(front, lambda: press(Qt.Key.Key_Return, NO_KEY))
    assert isinstance(shown, AppointmentDialog)


def test_g_goes_to_a_visit_in_the_schedule(front: Front) -> None:
    opened(front)
    press(Qt.Key.Key_G, NO_KEY)
    front.settle()
    assert front.view.hasFocus()
    assert front.view.chosen_appointment().client_name == "Anna Weiß"


def test_b_books_a_visit_again(front: Front) -> None:
    opened(front)
    asked = met(front, lambda: press(Qt.Key.Key_B, NO_KEY))
    assert isinstance(asked, BookingDialog)
    assert asked.fields.client.client.name == "Anna Weiß"
    assert asked.fields.choice.provider_id is not None


def test_earlier_visits_are_read_when_they_are_wanted(
    front: Front, database: Desk
) -> None:
    rows(
        database,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) SELECT provider_id, client_id, service_id,"
        " start_time - n * interval '1 day', end_time - n * interval '1 day',"
        " 'COMPLETED' FROM appointment, generate_series(2, 26) n",
    )
    panel = opened(front)
    assert len(panel.file.past) == 20
    press(Qt.Key.Key_End, NO_KEY)
    press(Qt.Key.Key_Return, NO_KEY)
    front.until(lambda: len(panel.file.past) == 25)
    assert not panel.file.has_more


def test_book_asks_for_a_booking_of_this_client(front: Front) -> None:
    opened(front)
    asked = met(front, lambda: press(Qt.Key.Key_B))
    assert isinstance(asked, BookingDialog)
    assert asked.fields.client.client.name == "Anna Weiß"


def test_f2_in_the_booking_dialog_shows_all_about_the_client(front: Front) -> None:
    front.press(Qt.Key.Key_Down)
    seen: list[str] = []

    def look_closer(dialog: ClientFileDialog) -> None:
        front.until(lambda: dialog.panel.page is Page.FILE)
        seen.append(dialog.panel.head.accessibleName())
        assert dialog.panel.note.edit.isReadOnly()

    def book(dialog: BookingDialog) -> None:
        type_into("anna")
        front.until(lambda: dialog.fields.client.found.rowCount() > 0)
        press(Qt.Key.Key_Return, NO_KEY)
        front.answer_dialog(look_closer)  # type: ignore[arg-type]
        press(Qt.Key.Key_F2, NO_KEY)

    front.press_into_dialog(Qt.Key.Key_N, book)  # type: ignore[arg-type]
    assert seen[0].startswith("Anna Weiß")


def test_while_the_database_is_away_what_was_typed_stays(
    front: Front, database: Desk
) -> None:
    panel = opened(front)
    press(Qt.Key.Key_N)
    type_into("knee")
    front.program.window.desk._desk.client_files._sessions.close()
    press(Qt.Key.Key_Return, CTRL)
    front.until(lambda: panel.note.banner.topic == "unsaved")
    assert panel.note.edit.toPlainText() == "knee"
    panel.look()
    front.until(lambda: panel.banner.topic == "reading")
    assert panel.page is Page.FILE
    assert QApplication.focusWidget() is panel.note.edit
    QTest.keyClick(panel.note.edit, Qt.Key.Key_Backspace)
    assert panel.note.has_draft(panel.client_id)


def test_a_note_about_another_client_is_saved_as_soon_as_it_can_be(
    front: Front, database: Desk
) -> None:
    other = factories.client(database.booking._sessions, name="Berta Maß", phone="")
    panel = opened(front)
    press(Qt.Key.Key_N)
    type_into("knee")
    rows(database, "ALTER TABLE client RENAME TO away")
    press(Qt.Key.Key_Return, CTRL)
    front.until(lambda: panel.note.banner.topic == "unsaved")
    rows(database, "ALTER TABLE away RENAME TO client")
    front.desk.features.client.show_client(other)
    front.until(lambda: panel.page is Page.FILE)
    assert panel.note.edit.toPlainText() == ""
    front.desk.news.connected.emit()
    front.until(lambda: note_of(database) == "knee")


def test_what_managers_may_ask_is_reached_from_the_file(front: Front) -> None:
    opened(front)
    offered: list[str] = []

    def look_into_menu() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered.extend(action.text() for action in menu.actions() if action.text())
        menu.close()

    QTimer.singleShot(0, look_into_menu)
    press(Qt.Key.Key_R)
    assert offered == ["&History of Anna Weiß", "E&xport data…", "&Erase…"]


def test_who_comes_next_sees_nothing_of_it(front: Front) -> None:
    panel = opened(front)
    press(Qt.Key.Key_N)
    type_into("knee")
    front.desk.around.person_changed.emit()
    assert panel.page is Page.FIND
    assert front.desk.side.current == ""
    assert panel.note.edit.toPlainText() == ""


def test_a_client_who_was_merged_away_is_shown_as_the_kept_one(
    front: Front, database: Desk, practice: Practice
) -> None:
    kept = factories.client(database.booking._sessions, name="Anna Weiss")
    panel = opened(front)
    rows(database, f"SELECT client_merge({kept}, {practice.client_id})")
    front.until(lambda: panel.client_id == kept)
    assert panel.head.accessibleName().startswith("Anna Weiss, 0170 1234567")
    assert [visit.client_id for visit in panel.file.to_come] == [kept]
