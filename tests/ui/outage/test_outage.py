"""The server goes away and comes back, seen from a desk that keeps its days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desk_app.domain.kept import KeptDays, Noted
from desk_app.domain.people import NewClient
from desk_app.errors import DeskError, Unavailable
from desk_app.services.kept import Kept
from desk_app.settings import Settings
from desk_app.ui import privacy
from desk_app.ui.access.ways import Ways
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.memory import Memory
from desk_app.ui.outage.dialog import Away, KeptDialog
from desk_app.ui.outage.note_dialog import NoteDialog
from desk_app.ui.paper.dialog import PaperDialog
from desk_app.ui.run import Program
from tests.rings import DayRings
from tests.ui.conftest import Front, press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk
    from desk_app.ui.around import Failed, Then
    from desk_app.ui.outage.flows import OutageFlows
    from tests.factories import Practice

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def keys() -> DayRings:
    return DayRings()


@pytest.fixture
def kept(tmp_path: Path, keys: DayRings) -> Kept:
    return Kept(tmp_path / "kept", keys)


@pytest.fixture
def away(front: Front, kept: Kept) -> Iterator[OutageFlows]:
    """A desk of a server, which tells of an outage at once."""
    flows = front.desk.features.outage
    flows._copy.kept = kept
    flows._connect()
    flows.away.setInterval(0)
    yield flows
    flows.due.stop()


def lose(front: Front) -> None:
    front.desk.news.connection_lost.emit()
    front.until(lambda: front.desk.notice.has("outage"))


def refresh(front: Front, flows: OutageFlows, kept: Kept) -> KeptDays:
    flows._touch()
    front.until(lambda: kept.days(flows._around.me.login) is not None)
    days = kept.days(flows._around.me.login)
    assert days is not None
    return days


def texts(dialog: KeptDialog) -> list[str]:
    model = dialog.model
    return [
        str(model.index(row, column).data() or "")
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def book(database: Desk, practice: Practice) -> None:
    day = practice.at(9, day=tomorrow())
    database.booking.book(practice.request_at(day))


def test_the_days_are_kept_once_they_were_read(
    database: Desk, practice: Practice, front: Front, away: OutageFlows, kept: Kept
) -> None:
    book(database, practice)
    days = refresh(front, away, kept)
    assert [len(day.appointments) for day in days.days] == [0, 1]


def test_a_second_change_waits_for_three_minutes(
    front: Front, away: OutageFlows, kept: Kept
) -> None:
    refresh(front, away, kept)
    front.settle()
    away._touch()
    assert away.due.remainingTime() > 170_000


def test_an_outage_offers_the_days_and_a_key_shows_them(
    database: Desk, practice: Practice, front: Front, away: OutageFlows, kept: Kept
) -> None:
    book(database, practice)
    refresh(front, away, kept)
    lose(front)
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, KeptDialog)
        seen.extend((dialog.windowTitle(), *texts(dialog)))

    timer = front.answer_dialog(look)
    front.press(Key.Key_O, CTRL_SHIFT)
    front.until(lambda: not timer.isActive())
    assert "read only" in seen[0]
    assert {"Anna Weiß", "0170 1234567", "Check-up"} <= set(seen)
    front.until(lambda: not front.program.calls.is_busy)


def test_another_person_does_not_find_the_days_open(
    front: Front, away: OutageFlows, kept: Kept
) -> None:
    refresh(front, away, kept)
    shown: list[bool] = []

    def change_person(dialog: QDialog) -> None:
        assert isinstance(dialog, KeptDialog)
        front.desk.around.person_changed.emit()
        shown.append(dialog.isVisible())

    timer = front.answer_dialog(change_person)
    front.press(Key.Key_O, CTRL_SHIFT)
    front.until(lambda: not timer.isActive())
    assert shown == [False]
    front.settle()


def test_a_link_that_comes_back_at_once_is_no_outage(
    front: Front, away: OutageFlows
) -> None:
    away.away.setInterval(60_000)
    front.desk.news.connection_lost.emit()
    front.desk.news.connected.emit()
    assert not away.away.isActive()
    assert not front.desk.notice.has("outage")
    front.settle()


def test_a_key_notes_something_while_the_server_is_away(
    front: Front, away: OutageFlows, kept: Kept
) -> None:
    lose(front)

    def note(dialog: QDialog) -> None:
        assert isinstance(dialog, NoteDialog)
        type_into("Otto Neu")
        press_in_focus(Key.Key_Tab)
        type_into("0171 5555555")
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.answer is not None)

    timer = front.answer_dialog(note)
    front.press(Key.Key_N, CTRL_SHIFT)
    assert not timer.isActive()
    [noted] = kept.noted(away._around.me.login)
    assert (noted.client, noted.phone) == ("Otto Neu", "0171 5555555")
    front.settle()


def back_with_a_note(front: Front, away: OutageFlows, kept: Kept) -> None:
    """Come back after an outage, to the list of what was noted."""
    noted = Noted(uuid4(), datetime.now(UTC), "Otto Neu", "0171 5555555", "Check-up")
    kept.note(away._around.me.login, noted)
    lose(front)
    front.desk.news.connected.emit()
    front.until(lambda: front.desk.notice.has("noted"))
    assert not front.desk.notice.has("outage")
    front.settle()
    front.press(Key.Key_N, CTRL_SHIFT)
    front.until(away.page.list.hasFocus)
    front.settle()


def test_back_again_enter_books_what_was_noted_by_the_rules(
    front: Front, away: OutageFlows, kept: Kept
) -> None:
    back_with_a_note(front, away, kept)
    seen: list[object] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, BookingDialog)
        seen.extend((dialog._form.new_client, dialog._form.notes))

    timer = front.answer_dialog(look)
    press_in_focus(Key.Key_Return)
    assert not timer.isActive()
    assert seen == [NewClient("Otto Neu", "0171 5555555"), "Check-up"]
    # It stays until somebody ticks it off.
    assert away.page.model.rowCount() == 1
    front.settle()


def test_del_ticks_off_what_was_noted(
    front: Front, away: OutageFlows, kept: Kept
) -> None:
    back_with_a_note(front, away, kept)
    press_in_focus(Key.Key_Delete)
    front.until(lambda: away.page.model.rowCount() == 0)
    assert kept.noted(away._around.me.login) == ()
    assert not front.desk.notice.has("noted")


def test_without_a_keyring_the_desk_says_so_once_and_keeps_nothing(
    front: Front, away: OutageFlows, keys: DayRings, tmp_path: Path
) -> None:
    keys.is_missing = True
    said: list[str] = []
    front.desk.around.said.connect(said.append)
    for _ in range(2):
        away._refresh()
        front.settle()
    assert said == ["No keyring here: today is not kept for an outage."]
    assert not (tmp_path / "kept").exists()


def test_without_a_server_there_is_nothing_to_keep(front: Front) -> None:
    front.press(Key.Key_O, CTRL_SHIFT)
    assert "on this computer" in front.desk.status.said


def test_a_program_that_cannot_open_offers_the_days_of_who_was_here_last(
    database: Desk, practice: Practice, kept: Kept, tmp_path: Path, qtbot: QtBot
) -> None:
    book(database, practice)
    keep(database, kept, "anna")
    assert "Show what was kept" in offered("anna", kept, tmp_path, qtbot)
    assert "Show what was kept" not in offered("otto", kept, tmp_path, qtbot)


def keep(database: Desk, kept: Kept, login: str) -> None:
    catalogue = database.diary.catalogue()
    ids = [one.provider_id for one in catalogue.providers]
    days = database.diary.days(tomorrow() - timedelta(days=1), 2, ids)
    now = datetime.now(UTC)
    kept.keep_days(login, KeptDays(now, "Practice", catalogue.timezone, days))


def offered(login: str, kept: Kept, tmp_path: Path, qtbot: QtBot) -> str:
    """Return the buttons of a start whose server is away."""
    settings = Settings(database="postgresql://server/practice", login=login)

    def unreachable() -> Desk:
        raise Unavailable

    ways = Ways(kept=lambda _settings: kept)
    program = Program(unreachable, settings, Memory(tmp_path), ways)
    front = Front(program, qtbot)
    program.begin()
    front.until(lambda: program.failure is not None and not program.calls.is_busy)
    front.until(lambda: "Close" in buttons_of(program))
    shown = buttons_of(program)
    front.close()
    return shown


def buttons_of(program: Program) -> str:
    buttons = program.window.findChildren(QPushButton)
    return ", ".join(button.text() for button in buttons if button.isVisible())


@pytest.fixture
def dialog(database: Desk, practice: Practice, kept: Kept, qtbot: QtBot) -> KeptDialog:
    book(database, practice)
    keep(database, kept, "anna")
    days = kept.days("anna")
    assert days is not None
    dialog = KeptDialog(days, Away(datetime.now(UTC)))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.field.hasFocus)
    return dialog


def test_typing_searches_names_and_numbers(dialog: KeptDialog) -> None:
    QTest.keyClicks(dialog.field, "0170 weiß")
    assert dialog.model.count == 1
    QTest.keyClicks(dialog.field, " nobody")
    assert dialog.model.count == 0
    assert texts(dialog) == []


def test_the_kept_days_can_be_printed(dialog: KeptDialog, qtbot: QtBot) -> None:
    both_days = dialog.choices()[2:]
    paper = PaperDialog(both_days, dialog._head(), dialog._read, dialog)
    qtbot.addWidget(paper)
    [sheet] = paper.sheets()
    names = [row.name for section in sheet.sections for row in section.rows]
    assert "Anna Weiß" in names
    assert "As of" in sheet.footer


def test_hidden_names_are_hidden_here_too(dialog: KeptDialog) -> None:
    QTest.keyClick(dialog.field, Key.Key_F12)
    shown = texts(dialog)
    privacy.current().set_on(False)
    assert "A. W." in shown
    assert "0170 1234567" not in shown


def test_a_note_that_cannot_be_kept_stays_in_the_form(
    kept: Kept, keys: DayRings, qtbot: QtBot
) -> None:
    keys.is_missing = True

    def port(noted: Noted, _then: Then, failed: Failed) -> None:
        try:
            kept.note("anna", noted)
        except DeskError as error:
            failed(error)

    dialog = NoteDialog(port)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.client, "Otto")
    QTest.keyClick(dialog.client, Key.Key_Return)
    assert dialog.banner.words is not None
    assert "keyring" in dialog.banner.words.text
    assert dialog.client.text() == "Otto"
