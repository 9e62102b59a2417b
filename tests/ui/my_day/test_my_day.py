"""A provider's day at a real desk, by keys: marks, notes, delays, blocks, absences."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.deeds import UndoRequest
from desk_app.ui.my_day.blocking import AwayDialog, BlockDialog
from desk_app.ui.my_day.calls import Outcome
from desk_app.ui.my_day.late import LateDialog
from desk_app.ui.my_day.note import NoteDialog
from desk_app.ui.outgoing.meeting import meeting_url
from tests import factories
from tests.factories import minutes, rows
from tests.ui.browser import in_place_of_browser
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog, QWidget

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.my_day.flows import MyDayFlows
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
DAY = timedelta(days=1)


@pytest.fixture
def morning(database: Desk, practice: Practice) -> list[Appointment]:
    """Three visits of tomorrow, back to back from nine on."""
    first = practice.at(9, day=tomorrow())
    starts = [first, first + minutes(40), first + minutes(80)]
    return [database.booking.book(practice.request_at(start)) for start in starts]


@pytest.fixture
def mine(front: Front, morning: list[Appointment]) -> MyDayFlows:
    """The day of tomorrow beside the schedule, with the keyboard in its list."""
    front.show(tomorrow())
    front.view.focus_appointment(morning[0].appointment_id)
    front.press(Key.Key_J)
    flows: MyDayFlows = front.desk.features.my_day
    front.until(lambda: bool(flows.page.list.cards) and flows.page.list.hasFocus())
    return flows


def states(flows: MyDayFlows) -> list[str]:
    """Return how each visit stands."""
    cards = flows.page.list.cards
    return [card.state.text for card in cards if card.what is not None]


def press(front: Front, widget: QWidget, key: Key) -> None:
    """Press a key in a widget, and wait until everything is answered."""
    QTest.keyClick(widget, key)
    front.settle()


def into_dialog(
    front: Front, widget: QWidget, key: Key, act: Callable[[QDialog], None]
) -> None:
    """Press Alt and a key, and do something in the dialog that opens."""
    timer = front.answer_dialog(act)
    QTest.keyClick(widget, key, ALT)
    assert not timer.isActive(), "no dialog opened"
    front.settle()


def test_j_lists_the_day_with_its_gaps_and_marks_who_is_next(
    mine: MyDayFlows, practice: Practice
) -> None:
    cards = mine.page.list.cards
    assert [card.title for card in cards[:3]] == ["Anna Weiß"] * 3
    assert cards[3].title == "Free for 6 h"
    assert [card.is_next for card in cards] == [True, False, False, False]
    assert mine.page.list.current == cards[0]
    assert practice.provider_id == mine.page.column.provider.provider_id


def test_letters_mark_how_far_somebody_has_come(front: Front, mine: MyDayFlows) -> None:
    press(front, mine.page.list, Key.Key_A)
    front.until(lambda: states(mine)[0] == "waits 0 min")
    press(front, mine.page.list, Key.Key_S)
    front.until(lambda: states(mine)[0] == "with provider")
    press(front, mine.page.list, Key.Key_C)
    front.until(lambda: states(mine)[0] == "completed")
    press(front, mine.page.list, Key.Key_E)
    front.until(lambda: states(mine)[0] == "")


def test_another_desk_is_seen_at_once(
    front: Front, mine: MyDayFlows, database: Desk, morning: list[Appointment]
) -> None:
    database.booking.cancel(factories.cancellation(morning[1]))
    front.until(lambda: len(states(mine)) == 2)


def test_n_writes_a_note(front: Front, mine: MyDayFlows) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, NoteDialog)
        type_into("back pain")
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.answer is not None)

    timer = front.answer_dialog(act)
    QTest.keyClick(mine.page.list, Key.Key_N)
    assert not timer.isActive()
    front.until(lambda: "back pain" in mine.page.list.cards[0].spoken)


@pytest.mark.parametrize(
    ("link", "opens"),
    [
        ("https://meet.example/a?b=c", True),
        ("", False),
        ("https:", False),
        ("http://meet.example/a", False),
        ("https://user:secret@meet.example", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_https_links_are_opened(link: str, opens: bool) -> None:
    assert (meeting_url(link) is not None) is opens


def test_g_opens_the_meeting(front: Front, mine: MyDayFlows, database: Desk) -> None:
    link = "https://meet.example/a?b=c"
    sessions = database.booking._sessions
    change = "UPDATE appointment SET meeting_link = :link, version = version + 1"
    rows(sessions, change, link=link)
    front.until(lambda: mine.page.column.appointments[0].meeting_link == link)
    with in_place_of_browser() as browser:
        press(front, mine.page.list, Key.Key_G)
        QTest.keyClick(mine.page, Key.Key_M, ALT)
    assert browser.opened == [link, link]
    press(front, mine.page.list, Key.Key_L)
    assert QGuiApplication.clipboard().text() == link


def test_running_late_moves_all_whom_it_reaches_and_is_undone_in_one_step(
    front: Front, mine: MyDayFlows, morning: list[Appointment]
) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, LateDialog)
        assert dialog.said == "3 get a new time"
        type_into("20")
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.answer is not None)

    into_dialog(front, mine.page, Key.Key_R, act)
    starts = [a.start for a in front.appointments()]
    assert starts == [each.start + minutes(20) for each in morning]
    front.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    front.until(
        lambda: [a.start for a in front.appointments()] == [a.start for a in morning]
    )


def test_time_is_blocked_after_who_comes_was_seen(
    front: Front, mine: MyDayFlows, database: Desk, morning: list[Appointment]
) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BlockDialog)
        type_into("60")
        front.until(lambda: len(dialog.seen) == 2)
        QTest.keyClick(dialog, Key.Key_R, ALT)
        type_into("Team meeting")
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.answer is not None)

    dialogs = front.answer_dialog(act)
    front.until(lambda: mine.page.column is not None)
    mine._block_from = lambda _column: morning[0].start
    QTest.keyClick(mine.page, Key.Key_K, ALT)
    assert not dialogs.isActive()
    front.until(lambda: mine.page.list.cards[0].title == "Blocked: Team meeting")
    mine.page.list.choose(0)
    press(front, mine.page.list, Key.Key_Delete)
    front.until(lambda: mine.page.list.cards[0].title == "Anna Weiß")


def ill(front: Front, mine: MyDayFlows) -> None:
    """Say that the provider is ill, and wait for the call list."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, AwayDialog)
        front.until(lambda: len(dialog.seen) == 3)
        press_in_focus(Key.Key_Return)
        front.until(lambda: dialog.answer is not None)

    into_dialog(front, mine.page, Key.Key_V, act)
    away = mine.away.page
    front.program.window.activateWindow()
    front.until(lambda: away.call_list is not None)
    front.until(away.list.hasFocus)


def outcomes(mine: MyDayFlows) -> list[Outcome]:
    """Return what came of each call."""
    assert mine.away.page.call_list is not None
    return [call.outcome for call in mine.away.page.call_list.calls]


def test_an_ill_day_is_blocked_at_once_and_everybody_gets_another_time(
    front: Front, mine: MyDayFlows, database: Desk, practice: Practice
) -> None:
    ill(front, mine)
    (column,) = database.diary.days(tomorrow(), 1, [practice.provider_id])
    assert column.open_windows == ()
    assert mine.away.page.said == "3 still to tell"
    card = mine.away.page.list.cards[0]
    assert card.lines[0].text == "0170 1234567"
    assert card.lines[1].text.startswith("1  ")


def test_one_key_moves_cancels_or_ticks_each_call(
    front: Front, mine: MyDayFlows, database: Desk, morning: list[Appointment]
) -> None:
    ill(front, mine)
    calls = mine.away.page.list
    press(front, calls, Key.Key_1)
    front.until(lambda: outcomes(mine)[0] is Outcome.MOVED)
    press(front, calls, Key.Key_N)
    press(front, calls, Key.Key_C)
    front.until(lambda: outcomes(mine)[2] is Outcome.CANCELLED)
    assert outcomes(mine) == [Outcome.MOVED, Outcome.NO_ANSWER, Outcome.CANCELLED]
    moved, _, gone = (database.diary.get(a.appointment_id) for a in morning)
    assert moved is not None
    assert moved.start == morning[0].start + DAY
    assert gone is not None
    assert (gone.status, gone.cancelled_by) == (
        Status.CANCELLED,
        CancelledBy.PRACTICE,
    )


def test_what_is_undone_is_to_be_told_again(
    front: Front, mine: MyDayFlows, database: Desk
) -> None:
    done = []
    front.desk.around.done.connect(done.append)
    ill(front, mine)
    press(front, mine.away.page.list, Key.Key_1)
    front.until(lambda: outcomes(mine)[0] is Outcome.MOVED)
    database.booking.undo(UndoRequest(uuid4(), done[-1].undone))
    front.until(lambda: outcomes(mine)[0] is Outcome.OPEN)


def test_a_day_is_opened_again(
    front: Front, mine: MyDayFlows, database: Desk, practice: Practice
) -> None:
    ill(front, mine)
    QTest.keyClick(mine.away.page, Key.Key_P, ALT)
    front.settle()
    (column,) = database.diary.days(tomorrow(), 1, [practice.provider_id])
    assert column.blocks == ()
    assert mine.away.shown is None


def test_the_call_list_is_kept_while_one_does_something_else(
    front: Front, mine: MyDayFlows
) -> None:
    ill(front, mine)
    press(front, mine.away.page.list, Key.Key_N)
    press(front, mine.away.page.list, Key.Key_Escape)
    assert front.desk.side.current == ""
    front.press(Key.Key_J)
    front.until(mine.page.list.hasFocus)
    QTest.keyClick(mine.page, Key.Key_V, ALT)
    front.settle()
    assert outcomes(mine)[0] is Outcome.NO_ANSWER
