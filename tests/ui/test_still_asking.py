"""Wishes whose dialog was closed: the window learns and says what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QPushButton

from desk_app.errors import DeskError, SlotTaken, Unavailable
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.notice_bar import NoticeBar
from desk_app.ui.still_asking import Ending, StillAsking

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

VISIT = "Anna Meier · Today, 10:20 · Dr. Brandt, room %2"


class Port:
    """Fails as told, then answers."""

    def __init__(self, *failures: DeskError) -> None:
        self._failures = list(failures)
        self.is_away = True

    def __call__(self, request: Any, then: Any, failed: Any) -> None:
        if self.is_away:
            failed(Unavailable(undecided=True))
        elif self._failures:
            failed(self._failures.pop(0))
        else:
            then(request)


class Window:
    """A notice bar and what is said and done."""

    def __init__(self, qtbot: QtBot) -> None:
        self.notice = NoticeBar()
        qtbot.addWidget(self.notice)
        self.still = StillAsking(self.notice)
        self.said: list[str] = []
        self.done: list[object] = []
        self.again: list[str] = []
        self.still.said.connect(self.said.append)

    def keep(self, port: Port) -> None:
        asking = Asking(port, (10,))
        asking.send("a visit")
        again = lambda: self.again.append("again")  # noqa: E731
        ending = Ending(self.done.append, "Not booked: %1.", again)
        self.still.keep(Unsettled(asking, VISIT), ending)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return Window(qtbot)


def test_while_nothing_is_known_it_says_that_it_is_checking(window: Window) -> None:
    window.keep(Port())
    assert "Checking" in window.notice.accessibleName()
    assert VISIT in window.notice.accessibleDescription()
    assert window.said == [f"Checking whether “{VISIT}” was saved"]


def test_an_answer_ends_it_as_any_booking_ends(window: Window, qtbot: QtBot) -> None:
    port = Port()
    window.keep(port)
    port.is_away = False
    qtbot.waitUntil(lambda: window.done == ["a visit"])
    assert window.notice.isHidden()


def test_a_no_is_said_with_what_was_asked_for(window: Window, qtbot: QtBot) -> None:
    port = Port(SlotTaken())
    window.keep(port)
    port.is_away = False
    qtbot.waitUntil(lambda: len(window.said) == 2)
    assert window.notice.accessibleName() == "This time has just been taken"
    assert f"Not booked: {VISIT}." in window.notice.accessibleDescription()
    window.notice.findChildren(QPushButton)[0].click()
    assert window.again == ["again"]


def test_two_wishes_do_not_hide_each_other(window: Window, qtbot: QtBot) -> None:
    refused, waiting = Port(SlotTaken()), Port()
    window.keep(refused)
    window.keep(waiting)
    refused.is_away = False
    qtbot.waitUntil(lambda: "taken" in window.notice.accessibleName())
    window.notice.close_notice()
    assert "Checking" in window.notice.accessibleName()
