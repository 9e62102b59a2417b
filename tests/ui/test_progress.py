"""The bar follows work on another thread, and Cancel reaches it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.progress import Progress
from desk_app.errors import Cancelled
from desk_app.ui.progress import WHOLE, ProgressPane, in_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.domain.progress import Work
    from desk_app.ui.calls import Calls


def test_a_bar_follows_and_cancel_ends_the_work(calls: Calls, qtbot: QtBot) -> None:
    pane, ended = ProgressPane(), []
    qtbot.addWidget(pane)
    may_go_on = threading.Event()

    def work(told: Work) -> None:
        told.at(125, 500, "Writing")
        may_go_on.wait(10)
        told.at(250, 500)

    calls.run(work, pane.begin("Beginning"), then=print, failed=ended.append)
    assert (pane.words, pane.bar.maximum()) == ("Beginning…", 0)
    qtbot.waitUntil(lambda: pane.bar.value() == WHOLE // 4)
    assert pane.words == "Writing: 125 of 500"
    pane.cancel_button.setFocus()
    QTest.keyClick(pane.cancel_button, Qt.Key.Key_Space)
    assert not pane.cancel_button.isEnabled()
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert isinstance(ended[0], Cancelled)
    pane.end()
    assert pane.isHidden()
    assert not pane.is_running


def test_a_pane_that_is_gone_ends_its_work() -> None:
    pane = ProgressPane()
    work = pane.begin("Beginning")
    del pane
    assert work.token.is_cancelled


def test_the_second_work_is_not_cancelled_by_the_first(qtbot: QtBot) -> None:
    pane = ProgressPane()
    qtbot.addWidget(pane)
    first = pane.begin("One")
    pane.cancel()
    pane.end()
    second = pane.begin("Two")
    assert (first.token.is_cancelled, second.token.is_cancelled) == (True, False)
    assert pane.cancel_button.isEnabled()


def test_a_total_that_nobody_knows_is_no_number() -> None:
    assert in_words(Progress(12, 0, "Reading")) == "Reading…"
