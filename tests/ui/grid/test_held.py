"""What other desks are booking, as the grid counts, draws and says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtGui import QAccessible

from desk_app.domain.holds import Hold
from tests.ui.grid.days import NOW, at

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.ui.grid.view import DiaryView

SECOND = timedelta(seconds=1)
# The server's clock may be hours from this computer's: only what is left counts.
HOLD = Hold(
    uuid4(),
    2,
    at("11:00"),
    at("11:40"),
    "jonas",
    "Jonas Krüger",
    "Reception 2",
    NOW,
    NOW + 30 * SECOND,
    held_for=65 * SECOND,
    left=28 * SECOND,
)


def drawn(view: DiaryView) -> list[tuple[int, str, str, str]]:
    """Return column, time and words of each hold that is drawn."""
    return [
        (mark.column, view.labels.span(mark.top, mark.bottom), mark.title, mark.detail)
        for mark in view.held.marks()
    ]


def test_a_hold_is_drawn_in_its_column_with_who_and_how_long(view: DiaryView) -> None:
    view.held.show((HOLD,))
    assert drawn(view) == [
        (1, "11:00–11:40", "Jonas Krüger is booking", "Reception 2 · for 1:05")
    ]


def test_one_that_is_renewed_no_more_says_when_it_ends(view: DiaryView) -> None:
    view.held.show((replace(HOLD, left=12 * SECOND),))
    assert drawn(view)[0][3] == "Reception 2 · ends in 12 s"


def test_a_login_without_a_name_is_named_by_its_login(view: DiaryView) -> None:
    view.held.show((replace(HOLD, name="", desk=""),))
    assert drawn(view)[0][2:] == ("jonas is booking", "for 1:05")


def test_it_goes_by_itself(qtbot: QtBot, view: DiaryView) -> None:
    view.held.show((replace(HOLD, left=SECOND / 10), HOLD))
    qtbot.waitUntil(lambda: len(view.held.times) == 1)
    assert view.held.times[0].hold == HOLD


def test_other_days_and_providers_show_nothing(view: DiaryView) -> None:
    day = timedelta(days=1)
    elsewhere = replace(HOLD, start=HOLD.start + day, end=HOLD.end + day)
    view.held.show((elsewhere, replace(HOLD, provider_id=9)))
    assert drawn(view) == []


def test_a_screen_reader_hears_it_at_the_time(view: DiaryView) -> None:
    view.held.show((HOLD,))
    view.focus_time(2, at("11:15"))
    said = view.nodes.node(0).text(QAccessible.Text.Name)
    assert said == "11:15, free, Jonas Krüger, Reception 2 is booking it, for 1:05"
    view.focus_time(2, at("12:15"))
    assert view.nodes.node(0).text(QAccessible.Text.Name) == "12:15, free"


def test_it_can_be_seen(view: DiaryView) -> None:
    before = view.grab().toImage()
    view.held.show((HOLD,))
    assert view.grab().toImage() != before


def test_a_pinned_card_can_be_told_from_others(booked: DiaryView) -> None:
    number = booked.columns[0].cards[0].appointment.appointment_id
    before = booked.grab().toImage()
    booked.pins.show([number])
    assert booked.grab().toImage() != before
    said = booked.nodes.node(number).text(QAccessible.Text.Description)
    assert "on the pinboard" in said
    booked.pins.show([])
    assert booked.grab().toImage() == before
