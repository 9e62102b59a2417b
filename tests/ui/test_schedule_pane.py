"""Where there is no column to show, the pane says why and what to do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.ui.schedule_pane import SchedulePane


@pytest.fixture
def pane(qtbot):
    pane = SchedulePane()
    qtbot.addWidget(pane)
    pane.show()
    return pane


def test_without_a_tick_everybody_is_one_key_away(pane, qtbot):
    pane.show_days((), is_staffed=True)
    assert "Nobody is shown" in pane.empty.said
    with qtbot.waitSignal(pane.everybody_wanted):
        QTest.keyClick(pane.empty, Qt.Key.Key_Return)


def test_a_practice_without_providers_is_told_so(pane):
    pane.show_days((), is_staffed=False)
    assert "no providers yet" in pane.empty.said
    assert not pane.empty.button.isVisible()
