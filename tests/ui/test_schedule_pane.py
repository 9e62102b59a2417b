"""Where there is no column to show, the pane says why and what to do."""

from __future__ import annotations

import pytest

from desk_app.ui.plain import PlainLabel
from desk_app.ui.schedule_pane import SchedulePane


@pytest.fixture
def pane(qtbot):
    pane = SchedulePane()
    qtbot.addWidget(pane)
    pane.show()
    return pane


def _said(pane):
    return [
        label.text() for label in pane.findChildren(PlainLabel) if label.isVisible()
    ]


def test_without_a_tick_it_asks_for_one(pane):
    pane.show_days((), is_staffed=True)
    assert _said(pane) == ["Tick a provider at the left to see the day."]


def test_a_practice_without_providers_is_told_so(pane):
    pane.show_days((), is_staffed=False)
    (said,) = _said(pane)
    assert "no providers yet" in said
