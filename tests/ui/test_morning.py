"""A morning at the desk, by keys alone: the tasks of a receptionist, one after another.

The phone rings, somebody stands at the desk, plans change, somebody does not come.
Nothing needs the mouse, each task counts its actions, and all of it can be undone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.appointment import Status
from tests import factories
from tests.ui.conftest import BERLIN, press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Receptionist:
    """Somebody at the keyboard: each task is told by what stands there afterwards."""

    def __init__(self, front: Front, practice: Practice) -> None:
        self.front, self.practice = front, practice

    def at(self, hour: int, minute: int = 0) -> datetime:
        """Return an instant of tomorrow, the day that is planned."""
        return self.practice.at(hour, minute, day=tomorrow())

    def starts(self) -> dict[str, datetime]:
        """Return who stands in the schedule, and when."""
        return {a.client_name: a.start for a in self.front.appointments()}

    def put_on(self, name: str) -> Appointment:
        """Put the cursor on somebody's appointment, as the arrows would."""
        (found,) = (a for a in self.front.appointments() if a.client_name == name)
        self.front.view.focus_appointment(found.appointment_id)
        return found

    def line(self, text: str) -> None:
        """Book in one line at the cursor."""
        front = self.front
        command = front.desk.features.command
        front.press(Key.Key_Slash)
        front.until(command.bar.field.hasFocus)
        QTest.keyClicks(command.bar.field, text)
        front.until(lambda: not command.is_waiting)
        before = len(front.shown())
        press_in_focus(Key.Key_Return)
        front.until(lambda: command.bar.isHidden() and len(front.shown()) > before)
        front.settle()

    def until_at(self, name: str, start: datetime) -> None:
        """Wait until somebody stands at a time."""
        self.front.until(lambda: self.starts().get(name) == start)
        self.front.settle()


@pytest.fixture
def desk(front: Front, practice: Practice) -> Receptionist:
    """Return a receptionist who has opened tomorrow."""
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))
    return Receptionist(front, practice)


def test_a_morning_at_the_desk(
    desk: Receptionist, database: Desk, practice: Practice
) -> None:
    front = desk.front
    # The phone: somebody known, then somebody new, each in one line.
    desk.line("ann")
    desk.until_at("Anna Weiß", desk.at(11))
    front.view.focus_time(practice.provider_id, desk.at(9))
    desk.line("+berta maß 0170 7654321")
    desk.until_at("Berta Maß", desk.at(9))
    # Anna rings back: later on the same day. Three keys.
    desk.put_on("Anna Weiß")
    front.press(Key.Key_X, CTRL)
    front.view.focus_time(practice.provider_id, desk.at(13))
    front.press(Key.Key_V, CTRL)
    desk.until_at("Anna Weiß", desk.at(13))
    # That was the wrong one: taken back, and nobody hears of it.
    front.press(Key.Key_Z, CTRL)
    desk.until_at("Anna Weiß", desk.at(11))
    # Berta cannot come after all.
    desk.put_on("Berta Maß")

    def cancel(dialog: QDialog) -> None:
        type_into("1")
        press_in_focus(Key.Key_Return)
        front.until(lambda: not dialog.isVisible())

    front.press_into_dialog(Key.Key_Delete, cancel)
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.settle()
    told = factories.rows(
        database.booking._sessions,
        "SELECT count(*) FROM outbox WHERE kind = 'change_notice'"
        " AND state <> 'DROPPED'",
    )
    assert told == [(0,)]


def test_who_comes_and_who_does_not(
    desk: Receptionist, database: Desk, practice: Practice
) -> None:
    front, begun = desk.front, datetime.now(UTC) - timedelta(minutes=20)
    number = factories.rows(
        database.booking._sessions,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) VALUES (:provider, :client, :service, :start, :end,"
        " 'CONFIRMED') RETURNING appointment_id",
        provider=practice.provider_id,
        client=practice.client_id,
        service=practice.service_id,
        start=begun,
        end=begun + timedelta(minutes=30),
    )[0][0]
    front.show(begun.astimezone(BERLIN).date())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.view.focus_appointment(number)

    def status() -> Status:
        return front.appointments()[0].status

    # Nobody is here: two actions, and what follows is said between them.
    timer = front.answer_dialog(lambda _: press_in_focus(Key.Key_Return))
    front.press(Key.Key_X)
    front.until(lambda: not timer.isActive())
    front.until(lambda: status() is Status.NO_SHOW)
    front.settle()
    # She is here after all.
    front.view.focus_appointment(number)
    front.press(Key.Key_A)
    front.until(lambda: status() is Status.CONFIRMED)
    assert database.clients.get(practice.client_id).no_show_flag is False
    for key in (Key.Key_S, Key.Key_O):
        front.settle()
        front.press(key)
    front.until(lambda: status() is Status.COMPLETED)


@pytest.mark.parametrize(
    ("key", "modifier", "page"),
    [
        (Key.Key_R, Qt.KeyboardModifier.NoModifier, "waiting room"),
        (Key.Key_Q, Qt.KeyboardModifier.NoModifier, "missing"),
        (Key.Key_L, Qt.KeyboardModifier.NoModifier, "waitlist"),
        (Key.Key_B, Qt.KeyboardModifier.NoModifier, "pinboard"),
        (Key.Key_Z, CTRL | SHIFT, "undo"),
        (Key.Key_R, CTRL | SHIFT, "refunds"),
    ],
)
def test_each_page_opens_by_its_key_and_escape_leads_back(
    desk: Receptionist, key: Key, modifier: Qt.KeyboardModifier, page: str
) -> None:
    front = desk.front
    front.press(key, modifier)
    assert front.desk.side.current == page
    press_in_focus(Key.Key_Escape)
    front.until(front.view.hasFocus)
    assert front.desk.side.current == ""
