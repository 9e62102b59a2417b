"""A whole desk with its courier: what is booked is sent, and the window shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desk_app import carrying
from desk_app.db.queries.practice import DEMO_MARK
from desk_app.domain.deliveries import Lamp
from desk_app.domain.queue import State
from desk_app.settings import Settings
from desk_app.ui.memory import Memory
from desk_app.ui.outgoing.rows import DeliveryRole
from desk_app.ui.run import Program
from tests import factories
from tests.desks import Desks
from tests.rings import DeskRings
from tests.ui.conftest import Front, open_desk, press_in_focus, tomorrow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.db.session import Sessions
    from desk_app.desk import Desk
    from desk_app.ui.outgoing.page import MessagesPage
    from tests.factories import Practice

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def carrying_front(
    database_url: str,
    practice: Practice,
    sessions: Sessions,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Front]:
    """A program whose courier carries; as in the demo, nothing leaves the computer."""
    factories.setting(sessions, "grace_seconds", 0)
    factories.setting(sessions, DEMO_MARK, {"day": "2026-11-24"})
    factories.setting(sessions, "mail", {"host": "mail.example.org"})
    factories.rows(sessions, "UPDATE client SET email = 'anna@example.org'")
    with Desks(database_url) as desks:
        courier = carrying.courier(desks.worker(), DeskRings())
        desk = replace(open_desk(database_url), courier=courier)
        program = Program(lambda: desk, Settings(), Memory(tmp_path))
        front = Front(program, qtbot)
        program.begin()
        front.until(lambda: program.window.desk is not None)
        front.settle()
        yield front
        front.close()


def sent(page: MessagesPage) -> list[str]:
    """Return where the messages went that have left, by e-mail."""
    model = page.model
    rows = [model.index(row).data(DeliveryRole) for row in range(model.rowCount())]
    return [row.sent_to for row in rows if row.channel and row.state is State.DONE]


def test_a_booking_is_confirmed_and_told_again_by_hand(
    carrying_front: Front, database: Desk, practice: Practice
) -> None:
    front, day = carrying_front, tomorrow() + timedelta(days=2)
    visit = database.booking.book(practice.request_at(practice.at(9, day=day)))
    front.show(day)
    front.view.focus_appointment(visit.appointment_id)
    front.press(Key.Key_E, CTRL)
    page = front.desk.features.messages.page
    front.until(lambda: len(sent(page)) == 1)
    assert sent(page)[0].endswith("@example.org")
    assert "anna" not in sent(page)[0]
    press_in_focus(Key.Key_S)
    press_in_focus(Key.Key_Space)
    front.until(lambda: len(sent(page)) == 2)
    assert front.desk.status.light.lamp is Lamp.CALM
