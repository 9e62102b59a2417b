"""A booking in one line, typed as a receptionist does, with the keys counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.appointment import BookedVia
from tests import factories, postgres
from tests.ui import outages
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from desk_app.ui.command.bar import CommandBar
    from desk_app.ui.command.flows import CommandFlows
    from desk_app.ui.dialogs.booking import BookingDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
# Keystrokes: a known client at an agreed time; a new one beside name and number.
KNOWN, NEW = 10, 25


class Line:
    """Somebody at the keyboard; every key counts."""

    def __init__(self, front: Front) -> None:
        self.front, self.keys = front, 0

    @property
    def flows(self) -> CommandFlows:
        return self.front.desk.features.command

    @property
    def bar(self) -> CommandBar:
        return self.flows.bar

    def open(self) -> None:
        """Press "/" in the schedule."""
        self.front.press(Key.Key_Slash)
        self.front.until(self.bar.field.hasFocus)
        self.keys += 1

    def type(self, text: str) -> None:
        """Type letter by letter and read what is proposed."""
        QTest.keyClicks(self.bar.field, text)
        self.keys += len(text)
        self.front.until(lambda: not self.flows.is_waiting)

    def press(self, key: Qt.Key) -> None:
        """Press one key."""
        press_in_focus(key)
        self.keys += 1

    def rows(self) -> list[str]:
        """Return the proposals in words."""
        rows = self.bar.rows
        return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]

    def booked(self) -> None:
        """Wait until the line is gone and a card stands in the schedule."""
        self.front.until(lambda: self.bar.isHidden() and bool(self.front.shown()))


@pytest.fixture
def line(front: Front, practice: Practice) -> Line:
    """Return a line over tomorrow, with the cursor on 11:00."""
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))
    return Line(front)


@pytest.fixture
def sites(database: Desk, practice: Practice) -> Practice:
    """Let the practice be where its provider is."""
    factories.setting(database.booking._sessions, "timezone", practice.timezone)
    return practice


def test_a_known_client_at_the_chosen_time_takes_four_keys(
    line: Line, practice: Practice
) -> None:
    line.open()
    line.type("an")
    line.press(Key.Key_Return)
    line.booked()
    (booked,) = line.front.appointments()
    assert booked.client_name == "Anna Weiß"
    assert booked.start == practice.at(11, day=tomorrow())
    assert booked.booked_via is BookedVia.PHONE
    assert line.keys == 4


def test_a_known_client_at_an_agreed_time_takes_ten_keys_at_most(
    sites: Practice, line: Line
) -> None:
    line.open()
    line.type("an 1140")
    line.press(Key.Key_Return)
    line.booked()
    assert line.front.appointments()[0].start == sites.at(11, 40, day=tomorrow())
    assert line.keys <= KNOWN


def test_a_new_client_takes_little_more_than_name_and_number(
    sites: Practice, line: Line
) -> None:
    name, number = "berta maß", "0170 7654321"
    line.open()
    line.type(f"+{name} {number} 1140")
    assert line.rows()[0].startswith("Berta Maß · ")
    line.press(Key.Key_Return)
    line.booked()
    (booked,) = line.front.appointments()
    assert (booked.client_name, booked.client_phone) == ("Berta Maß", "0170 7654321")
    assert line.keys - len(name) - len(number) <= NEW


def test_early_enter_books_once_it_is_clear_who_is_meant(
    line: Line, practice: Practice
) -> None:
    line.open()
    QTest.keyClicks(line.bar.field, "ann")
    press_in_focus(Key.Key_Return)
    line.booked()
    assert line.front.shown() == ["Anna Weiß"]


def test_early_enter_waits_where_two_clients_are_meant(
    line: Line, database: Desk
) -> None:
    factories.client(database.booking._sessions, name="Anna Berg")
    line.open()
    QTest.keyClicks(line.bar.field, "ann")
    press_in_focus(Key.Key_Return)
    line.front.until(lambda: len(line.rows()) == 2)
    assert line.front.shown() == []
    line.press(Key.Key_Down)
    line.press(Key.Key_Return)
    line.booked()
    assert line.front.shown() == ["Anna Weiß"]


def test_only_the_latest_letters_count(line: Line, database: Desk) -> None:
    factories.client(database.booking._sessions, name="Bernd Koch")
    line.open()
    QTest.keyClicks(line.bar.field, "ann")
    line.bar.field.clear()
    line.type("ber")
    assert line.rows()[0].startswith("Bernd Koch · ")


def test_a_time_that_is_taken_is_said_and_enter_asks_once_more(
    sites: Practice, line: Line, database: Desk
) -> None:
    taken = sites.request_at(sites.at(11, 40, day=tomorrow()))
    with line.front.qtbot.waitSignal(line.front.desk.news.appointment_changed):
        database.booking.book(taken)
    line.open()
    line.type("an 1140")
    assert "11:40 is not free" in line.bar.note
    line.press(Key.Key_Return)
    assert len(line.front.shown()) == 1
    assert "Enter once more" in line.bar.note
    line.press(Key.Key_Return)
    line.front.until(lambda: len(line.front.shown()) == 2)


def test_who_lost_the_race_chooses_another_time_by_one_key(
    line: Line, practice: Practice, database: Desk
) -> None:
    line.open()
    line.type("an")
    database.booking.book(practice.request_at(practice.at(11, day=tomorrow())))
    line.press(Key.Key_Return)
    line.front.until(lambda: "just been taken" in line.bar.note)
    assert len(line.rows()) == 3
    line.press(Key.Key_2)
    line.front.until(lambda: len(line.front.shown()) == 2)
    line.front.until(line.bar.isHidden)


def test_what_is_not_understood_is_said_before_it_is_left_out(line: Line) -> None:
    line.open()
    line.type("an 14:99")
    assert line.bar.note == "Not understood: “14:99”."
    line.press(Key.Key_Return)
    assert line.front.shown() == []
    assert "Enter once more" in line.bar.note
    line.press(Key.Key_Return)
    line.booked()


def test_tab_opens_the_form_with_all_that_was_read(line: Line) -> None:
    line.open()
    line.type("an")

    def look(dialog: BookingDialog) -> None:
        client = dialog.fields.client.client
        assert client is not None
        assert client.name == "Anna Weiß"
        line.front.until(lambda: dialog.opening is not None)
        assert dialog.opening.start == wanted

    opening = line.bar.marked.opening
    wanted = opening.start
    timer = line.front.answer_dialog(look)  # type: ignore[arg-type]
    line.press(Key.Key_Tab)
    assert not timer.isActive()


def test_somebody_nobody_knows_goes_on_in_the_form(line: Line) -> None:
    line.open()
    line.type("hugo nobody")
    assert "Nobody found for “hugo nobody”" in line.bar.note
    names = []

    def look(dialog: BookingDialog) -> None:
        new = dialog.fields.client.new_client
        names.append(new.name if new else "")

    timer = line.front.answer_dialog(look)  # type: ignore[arg-type]
    line.press(Key.Key_Return)
    assert not timer.isActive()
    assert names == ["Hugo Nobody"]


def test_a_client_who_is_locked_out_today_is_said_before_enter(
    front: Front, practice: Practice, database: Desk
) -> None:
    until = datetime.now(UTC) + timedelta(hours=30)
    sessions = database.booking._sessions
    factories.client(sessions, name="Zoë Late", same_day_locked_until=until)
    # Whatever the time is, somebody is free today.
    provider_id = factories.provider(sessions, name="Dr Night", timezone="UTC")
    factories.service(sessions, provider_id, name="Emergency", duration_minutes=5)
    factories.hours(sessions, provider_id, factories.time(0), factories.time(0))
    front.desk.news.catalogue_changed.emit()
    front.until(lambda: len(front.desk.practice.providers) == 2)
    line = Line(front)
    line.open()
    line.type("zoe today emergency")
    said = line.bar.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "No same-day booking until" in said
    timer = front.answer_dialog(id)
    line.press(Key.Key_Return)
    assert not timer.isActive()


def test_a_booking_whose_answer_is_lost_is_found_out_by_itself(
    line: Line, database_url: str
) -> None:
    line.open()
    line.type("an")
    with outages.answers_get_lost(database_url):
        line.press(Key.Key_Return)
        line.front.until(line.bar.isHidden)
        line.front.until(line.front.desk.notice.isVisible)
    line.front.until(lambda: line.front.shown() == ["Anna Weiß"])
    line.front.until(lambda: not line.front.desk.notice.isVisible())


def test_escape_leaves_the_line_and_goes_back_to_the_schedule(line: Line) -> None:
    line.open()
    line.type("an")
    line.press(Key.Key_Escape)
    assert line.bar.isHidden()
    line.front.until(line.front.view.hasFocus)


def test_the_line_opens_from_everywhere_in_the_window(line: Line) -> None:
    line.front.press(Key.Key_F6)
    assert not line.front.view.hasFocus()
    press_in_focus(Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    line.front.until(line.bar.field.hasFocus)


def test_a_screen_reader_hears_what_the_parts_were_taken_for(line: Line) -> None:
    line.open()
    line.type("an 11:40")
    assert line.bar.field.accessibleDescription() == "who: an, time: 11:40"


def test_typing_goes_on_while_the_database_is_away(
    line: Line, database_url: str
) -> None:
    line.open()
    with postgres.away(database_url):
        QTest.keyClicks(line.bar.field, "an 11:40")
        assert line.bar.field.accessibleDescription() == "who: an, time: 11:40"
        line.front.until(lambda: "cannot be shown" in line.bar.note)
    line.front.until(lambda: bool(line.rows()))


def test_what_is_marked_stays_marked_while_others_book(
    line: Line, practice: Practice, database: Desk
) -> None:
    factories.client(database.booking._sessions, name="Anna Berg")
    line.open()
    line.type("anna")
    line.press(Key.Key_Down)
    marked = line.bar.marked
    with line.front.qtbot.waitSignal(line.front.desk.news.appointment_changed):
        start = practice.at(15, day=tomorrow())
        database.booking.book(practice.request_at(start))
    line.front.until(lambda: not line.flows.is_waiting)
    assert line.bar.marked == marked
    assert marked is not None
    assert marked.client is not None
    assert marked.client.name == "Anna Weiß"


def test_a_marked_time_that_is_taken_meanwhile_is_marked_no_more(
    line: Line, practice: Practice, database: Desk
) -> None:
    line.open()
    line.type("an")
    with line.front.qtbot.waitSignal(line.front.desk.news.appointment_changed):
        start = practice.at(11, day=tomorrow())
        database.booking.book(practice.request_at(start))
    line.front.until(lambda: "is not free" in line.bar.note)
    assert line.bar.marked is None


def test_a_time_chosen_in_the_schedule_is_taken_over(
    line: Line, practice: Practice
) -> None:
    line.open()
    line.type("an")
    later = practice.at(13, day=tomorrow())
    line.front.view.focus_time(practice.provider_id, later)
    line.front.view.choose(line.front.view.place)
    line.front.until(lambda: not line.flows.is_waiting)
    assert line.bar.marked is not None
    assert line.bar.marked.opening.start == later
    line.open()
    assert line.bar.text == "an"


def test_early_tab_opens_the_form_with_what_was_typed_last(
    line: Line, database: Desk
) -> None:
    factories.client(database.booking._sessions, name="Annika Berg")
    line.open()
    line.type("ann")
    names = []

    def look(dialog: BookingDialog) -> None:
        client = dialog.fields.client.client
        names.append(client.name if client else "")

    timer = line.front.answer_dialog(look)  # type: ignore[arg-type]
    QTest.keyClicks(line.bar.field, "ik")
    line.press(Key.Key_Tab)
    line.front.until(lambda: not timer.isActive())
    line.front.until(lambda: bool(names))
    assert names == ["Annika Berg"]
