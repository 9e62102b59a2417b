"""A client's fields changed, and entries of one client merged, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests import factories
from tests.ui.clients.files import front, opened, press, rows, visit
from tests.ui.conftest import (
    NO_KEY,
    database,
    look,
    open_front,
    practice,
    type_into,
)

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from desk_app.ui.clients.compare import MergeDialog
    from desk_app.ui.clients.edit import EditClientDialog
    from desk_app.ui.dialogs.booking import BookingDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

__all__ = ["database", "front", "look", "open_front", "practice", "visit"]


def test_all_fields_are_changed_by_keys(front: Front, database: Desk) -> None:
    panel = opened(front)

    def change(dialog: EditClientDialog) -> None:
        type_into("Anna Weiß-Meier")
        press(Qt.Key.Key_E)
        type_into("anna@example.org")
        press(Qt.Key.Key_X)
        press(Qt.Key.Key_Return, NO_KEY)
        front.until(lambda: not dialog.isVisible())

    front.answer_dialog(change)
    press(Qt.Key.Key_G)
    front.until(lambda: panel.head.accessibleName().startswith("Anna Weiß-Meier"))
    stands = "SELECT name, email, consent_sms FROM client"
    assert rows(database, stands) == [("Anna Weiß-Meier", "anna@example.org", True)]


def test_a_field_that_cannot_be_stored_is_said_and_kept(front: Front) -> None:
    opened(front)
    said: list[str] = []

    def change(dialog: EditClientDialog) -> None:
        press(Qt.Key.Key_P)
        type_into("call me")
        press(Qt.Key.Key_Return, NO_KEY)
        front.until(dialog.complaints["phone"].isVisible)
        said.append(dialog.lines["phone"].text())
        dialog.done(0)

    front.answer_dialog(change)
    press(Qt.Key.Key_G)
    assert said == ["call me"]


def test_a_field_that_another_desk_changed_is_shown_before_it_is_saved(
    front: Front, database: Desk
) -> None:
    opened(front)
    words: list[str] = []

    def change(dialog: EditClientDialog) -> None:
        rows(database, "UPDATE client SET name = 'Theirs', email = 'e@example.org'")
        type_into("Mine")
        press(Qt.Key.Key_Return, NO_KEY)
        front.until(dialog.complaints["name"].isVisible)
        words.append(dialog.complaints["name"].text())
        words.append(dialog.lines["email"].text())
        press(Qt.Key.Key_Return, NO_KEY)
        front.until(lambda: not dialog.isVisible())

    front.answer_dialog(change)
    press(Qt.Key.Key_G)
    assert "“Theirs”" in words[0]
    assert words[1] == "e@example.org"
    stands = rows(database, "SELECT name, email FROM client")
    assert stands == [("Mine", "e@example.org")]


def test_two_entries_are_compared_merged_and_separated(
    front: Front, database: Desk, practice: Practice
) -> None:
    sessions = database.booking._sessions
    gone = factories.client(sessions, name="Ana Weiss", email="a@example.org")
    panel = opened(front)
    front.until(lambda: len(panel.likely.buttons) == 1)

    def merge(dialog: MergeDialog) -> None:
        front.until(dialog.buttons[0].isEnabled)
        assert dialog.moving == "Moves to the kept entry: no appointments."
        press(Qt.Key.Key_Return, NO_KEY)
        front.until(lambda: not dialog.isVisible())

    front.answer_dialog(merge)
    press(Qt.Key.Key_M)
    whose = f"SELECT merged_into FROM client WHERE client_id = {gone}"
    assert rows(database, whose) == [(practice.client_id,)]
    front.until(lambda: len(panel.more.buttons) == 1)
    assert panel.file.details.email == "a@example.org"
    said = [b.text() for b in front.desk.notice.findChildren(type(panel.book).__base__)]
    assert "Undo" in said
    panel.more.buttons[0].click()
    front.until(lambda: rows(database, whose) == [(None,)])
    front.until(lambda: not panel.more.isVisible())


def test_the_other_one_may_be_kept_instead(front: Front, database: Desk) -> None:
    factories.client(database.booking._sessions, name="Ana Weiss")
    panel = opened(front)
    front.until(lambda: len(panel.likely.buttons) == 1)
    moved: list[str] = []

    def compare(dialog: MergeDialog) -> None:
        front.until(dialog.swap.isEnabled)
        press(Qt.Key.Key_O)
        front.until(lambda: "1 appointment" in dialog.moving)
        moved.append(dialog.merger.keep.name)

    front.answer_dialog(compare)
    press(Qt.Key.Key_M)
    assert moved == ["Ana Weiss"]


def test_a_new_client_who_is_here_already_is_proposed(front: Front) -> None:
    front.press(Qt.Key.Key_Down)
    taken: list[str] = []

    def book(dialog: BookingDialog) -> None:
        press(Qt.Key.Key_N)
        type_into("Ana Weiss")
        press(Qt.Key.Key_P)
        type_into("0170 1234567")
        strip = dialog.fields.client._new.known.strip
        front.until(lambda: len(strip.buttons) == 1)
        button = strip.buttons[0]
        front.until(lambda: button.height() >= button.sizeHint().height())
        assert strip._card.height() > 2 * button.height()
        press(Qt.Key.Key_U)
        taken.append(dialog.fields.client.client.name)

    front.press_into_dialog(Qt.Key.Key_N, book)  # type: ignore[arg-type]
    assert taken == ["Anna Weiß"]
