"""The link of a meeting: opened and copied by keys, or why there is none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desk_app.ui.dialogs.details import AppointmentDialog
from tests.factories import rows
from tests.ui.browser import in_place_of_browser
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QDialog

    from desk_app.db.session import Sessions
    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice
    from tests.ui.browser import Browser
    from tests.ui.conftest import Front

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
LINK = "https://meet.example/abc?pwd=1"


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Return what opens addresses from now on."""
    with in_place_of_browser() as browser:
        yield browser


@pytest.fixture
def visit(database: Desk, practice: Practice, sessions: Sessions) -> Appointment:
    """A visit by video, in three days; its link is still to be made."""
    rows(sessions, "UPDATE service SET is_virtual = true")
    day = tomorrow() + timedelta(days=2)
    return database.booking.book(practice.request_at(practice.at(9, day=day)))


def give_link(sessions: Sessions, visit: Appointment) -> None:
    rows(
        sessions,
        "UPDATE appointment SET meeting_link = :link, version = version + 1"
        " WHERE appointment_id = :id",
        link=LINK,
        id=visit.appointment_id,
    )


def in_dialog(front: Front, act: Any) -> None:
    """Open the appointment at the cursor and do something in its dialog."""

    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, AppointmentDialog)
        act(dialog)

    front.press_into_dialog(Key.Key_Return, do)


def test_a_link_is_opened_and_copied_from_the_dialog(
    sessions: Sessions, visit: Appointment, at_visit: Front, browser: Browser
) -> None:
    give_link(sessions, visit)
    at_visit.until(lambda: at_visit.appointments()[0].meeting_link == LINK)
    QGuiApplication.clipboard().clear()

    def act(dialog: AppointmentDialog) -> None:
        QTest.keyClick(dialog, Key.Key_O, ALT)
        QTest.keyClick(dialog, Key.Key_Y, ALT)

    in_dialog(at_visit, act)
    assert browser.opened == [LINK]
    assert QGuiApplication.clipboard().text() == LINK


def test_the_dialog_says_that_a_link_is_being_made(at_visit: Front) -> None:
    def act(dialog: AppointmentDialog) -> None:
        at_visit.until(lambda: "is being made…" in dialog.meeting.said)
        assert dialog.meeting.open.isHidden()

    in_dialog(at_visit, act)


def test_the_dialog_says_why_a_link_could_not_be_made(
    sessions: Sessions, at_visit: Front
) -> None:
    rows(
        sessions,
        "UPDATE outbox SET state = 'DEAD', outcome = 'refused',"
        " last_error = 'Zoom knows no such host.' WHERE kind = 'meeting_link'",
    )

    def act(dialog: AppointmentDialog) -> None:
        at_visit.until(lambda: "could not be made" in dialog.meeting.said)
        assert "Zoom knows no such host." in dialog.meeting.said

    in_dialog(at_visit, act)


def test_a_key_opens_the_meeting_of_the_appointment_at_the_cursor(
    sessions: Sessions, visit: Appointment, at_visit: Front, browser: Browser
) -> None:
    at_visit.press(Key.Key_M, CTRL)
    assert at_visit.desk.status.said == "This visit has no meeting link."
    give_link(sessions, visit)
    at_visit.until(lambda: at_visit.appointments()[0].meeting_link == LINK)
    at_visit.press(Key.Key_M, CTRL)
    assert browser.opened == [LINK]
