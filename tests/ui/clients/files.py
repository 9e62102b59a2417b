"""A program in which the file of a client can be opened beside the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from desk_app.ui.clients.panel import Page
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.clients.panel import ClientPanel
    from tests.factories import Practice
    from tests.ui.conftest import Front

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def front(open_front: Callable[[], Front], visit: Appointment) -> Front:
    """One open program that shows the day of the visit, the cursor on it."""
    front = open_front()
    front.show(tomorrow())
    front.view.focus_appointment(visit.appointment_id)
    return front


@pytest.fixture
def visit(database: Desk, practice: Practice) -> Appointment:
    """Anna's visit tomorrow at nine."""
    wish = practice.request_at(practice.at(9, day=tomorrow()))
    return database.booking.book(wish)


def rows(database: Desk, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """Ask the database, or change it as another desk would."""
    return factories.rows(database.booking._sessions, query, **values)


def opened(front: Front) -> ClientPanel:
    """Press P and wait for the file."""
    front.press(Qt.Key.Key_P)
    panel = front.desk.features.client.panel
    front.until(lambda: panel.page is Page.FILE)
    return panel


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = ALT) -> None:
    """Press a key wherever the keyboard is."""
    press_in_focus(key, modifier)
