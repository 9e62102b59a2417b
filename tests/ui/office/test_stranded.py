"""Appointments under a change: each is decided about, by keys, before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.appointment import Status
from desk_app.domain.stranding import Fate
from desk_app.services.weekly_hours import WeekChange
from desk_app.ui.office.stranded.choices import Since
from desk_app.ui.office.stranded.dialog import StrandedDialog
from desk_app.ui.office.stranded.settling import Settling
from tests import factories
from tests.factories import minutes
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def morning(database: Desk, practice: Practice) -> list[Appointment]:
    """Three visits of tomorrow, back to back from nine on."""
    first = practice.at(9, day=tomorrow())
    starts = [first, first + minutes(40), first + minutes(80)]
    return [database.booking.book(practice.request_at(start)) for start in starts]


class Closing:
    """A wish to close the weekday of tomorrow, and what became of it."""

    def __init__(self, front: Front, practice: Practice) -> None:
        self.front, self.answers = front, list[object]()
        around = front.desk.around
        desk = around.desk
        self.known = desk.weekly_hours.of(practice.provider_id)
        weekday = tomorrow().weekday()
        self.wanted = frozenset(w for w in self.known if w.weekday != weekday)
        self.change = WeekChange(practice.provider_id, self.known, self.wanted)
        send = around.port(desk.weekly_hours.change)
        self.settling = Settling(send, around, front.program.window)
        self.settling.offer_only(lambda o: o.start.date() != tomorrow())

    def begin(self, *acts) -> None:
        """Send it; do these in the dialogs that open, one in each."""
        acts = [*acts]

        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, StrandedDialog)
            if len(acts) > 1:
                self.front.answer_dialog(act)
            self.front.until(lambda: not dialog.is_looking)
            acts.pop(0)(dialog)

        self.front.answer_dialog(act)
        self.settling(self.change, self.answers.append, self._on_failed)
        self.front.until(lambda: bool(self.answers))

    def _on_failed(self, error: DeskError) -> None:
        self.answers.append(error)


@pytest.fixture
def closing(front: Front, practice: Practice, morning: list[Appointment]) -> Closing:
    return Closing(front, practice)


def test_each_appointment_is_kept_moved_or_cancelled_by_one_key(
    closing: Closing, database: Desk, morning: list[Appointment]
) -> None:
    def decide(dialog: StrandedDialog) -> None:
        QTest.keyClick(dialog.list, Key.Key_Down)
        QTest.keyClick(dialog.list, Key.Key_1)
        QTest.keyClick(dialog.list, Key.Key_Down)
        QTest.keyClick(dialog.list, Key.Key_C)
        assert dialog.said.replace("\N{NO-BREAK SPACE}", " ") == (
            "1 stays as it is · 1 is moved · 1 is cancelled · 60,00 € given back"
        )
        press_in_focus(Key.Key_Return)
        assert dialog.answer is None, "cancelled without a reason"
        type_into("Closed")
        press_in_focus(Key.Key_Return)

    closing.begin(decide)
    kept, moved, gone = (database.diary.get(a.appointment_id) for a in morning)
    assert kept == morning[0]
    assert moved.start.date() != tomorrow()
    assert (gone.status, gone.cancellation_reason) == (Status.CANCELLED, "Closed")
    assert database.weekly_hours.of(moved.provider_id) == closing.wanted


def test_what_changed_meanwhile_is_asked_again_and_the_rest_stays_decided(
    closing: Closing,
    database: Desk,
    practice: Practice,
    morning: list[Appointment],
) -> None:
    def meanwhile(dialog: StrandedDialog) -> None:
        QTest.keyClick(dialog, Key.Key_M, ALT)
        database.booking.cancel(factories.cancellation(morning[2]))
        database.booking.book(practice.request_at(morning[2].start))
        QTest.keyClick(dialog.list, Key.Key_Return)

    def again(dialog: StrandedDialog) -> None:
        rows = dialog.choices.rows
        assert [row.since for row in rows] == [Since.NOTHING, Since.NOTHING, Since.NEW]
        assert [row.fate for row in rows] == [Fate.MOVE, Fate.MOVE, Fate.KEEP]
        QTest.keyClick(dialog.list, Key.Key_Return)

    closing.begin(meanwhile, again)
    assert closing.answers == [closing.wanted]
