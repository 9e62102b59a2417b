"""A booking in one line, typed as a receptionist does, with the keys counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from desk_app.bootstrap import Desk
    from desk_app.ui.command.bar import CommandBar
    from desk_app.ui.command.flows import CommandFlows
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
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


@pytest.fixture
def line(front: Front, practice: Practice) -> Line:
    """Return a line over tomorrow, with the cursor on 11:00."""
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))
    return Line(front)


def test_a_known_client_at_the_chosen_time_takes_four_keys(
    line: Line, practice: Practice
) -> None:
    line.open()
    line.type("an")
    line.press(Key.Key_Return)
    line.front.until(lambda: line.front.shown() == ["Anna Weiß"])
    assert line.front.appointments()[0].start == practice.at(11, day=tomorrow())
    assert line.keys == 4 <= KNOWN
