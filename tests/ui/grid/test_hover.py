"""The hover card: when it comes, what it says, and how one gets rid of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication

from tests.ui.grid.conftest import show, spot
from tests.ui.grid.days import provider, provider_day, visit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.ui.grid.view import DiaryView

# Minutes of the first column; the second one is free all day.
ON_ANNA, BELOW = 10 * 60 + 10, 13 * 60


def hover(qtbot: QtBot, view: DiaryView, minute: int) -> None:
    # A pointer that is there already would not move.
    for column in (1, 0):
        qtbot.mouseMove(view.viewport(), spot(view, column, minute))


def texts(view: DiaryView) -> list[str]:
    return [label.text() for label in view.hover_card.labels]


def test_it_comes_after_a_moment_and_says_what_matters(
    qtbot: QtBot, view: DiaryView
) -> None:
    booked = visit("10:00", notes="Prefers mornings")
    show(view, provider_day(booked), provider_day(who=provider(2)))
    hover(qtbot, view, ON_ANNA)
    assert not view.hover_card.isVisible()
    qtbot.waitUntil(view.hover_card.isVisible)
    assert texts(view) == [
        "Anna Berg",
        "+49 30 123456",
        "10:00–10:30 · Follow-up",
        "Confirmed",
        "Prefers mornings",
    ]


def test_what_people_typed_is_plain_and_long_notes_are_cut(
    qtbot: QtBot, view: DiaryView
) -> None:
    hostile = visit("10:00", client="<img src=x>", notes="n" * 900)
    show(view, provider_day(hostile), provider_day(who=provider(2)))
    hover(qtbot, view, ON_ANNA)
    qtbot.waitUntil(view.hover_card.isVisible)
    labels = view.hover_card.labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert labels[0].text() == "<img src=x>"
    assert len(labels[4].text()) < 300


def test_escape_takes_it_away(qtbot: QtBot, booked: DiaryView) -> None:
    hover(qtbot, booked, ON_ANNA)
    qtbot.waitUntil(booked.hover_card.isVisible)
    qtbot.keyClick(booked, Qt.Key.Key_Escape)
    assert not booked.hover_card.isVisible()


def test_it_goes_when_the_pointer_goes_elsewhere(
    qtbot: QtBot, booked: DiaryView
) -> None:
    hover(qtbot, booked, ON_ANNA)
    qtbot.waitUntil(booked.hover_card.isVisible)
    hover(qtbot, booked, BELOW)
    qtbot.waitUntil(lambda: not booked.hover_card.isVisible())


def test_it_stays_while_the_pointer_is_on_it(qtbot: QtBot, booked: DiaryView) -> None:
    hover(qtbot, booked, ON_ANNA)
    qtbot.waitUntil(booked.hover_card.isVisible)
    hover(qtbot, booked, BELOW)
    at = QPointF(3, 3)
    QApplication.sendEvent(booked.hover_card, QEnterEvent(at, at, at))
    qtbot.wait(400)
    assert booked.hover_card.isVisible()
    QApplication.sendEvent(booked.hover_card, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not booked.hover_card.isVisible())


def test_space_shows_it_without_a_mouse(qtbot: QtBot, booked: DiaryView) -> None:
    booked.focus_appointment(booked.columns[0].cards[0].appointment.appointment_id)
    qtbot.keyClick(booked, Qt.Key.Key_Space)
    assert texts(booked)[0] == "Anna Berg"
    qtbot.keyClick(booked, Qt.Key.Key_Space)
    assert not booked.hover_card.isVisible()


def test_it_stands_beside_the_appointment_within_the_grid(
    qtbot: QtBot, booked: DiaryView
) -> None:
    place = booked.place_of(booked.columns[0].cards[0].appointment.appointment_id)
    assert place is not None
    booked.focus_appointment(place.appointment_id or 0)
    qtbot.keyClick(booked, Qt.Key.Key_Space)
    card = booked.hover_card.geometry()
    shown = booked.place_rect(place).translated(booked.viewport().pos())
    assert booked.rect().contains(card)
    assert not card.intersects(shown)


def test_it_does_not_come_for_what_has_gone(qtbot: QtBot, booked: DiaryView) -> None:
    hover(qtbot, booked, ON_ANNA)
    booked.diary.remove(booked.columns[0].cards[0].appointment.appointment_id)
    qtbot.wait(500)
    assert not booked.hover_card.isVisible()


def test_both_clocks_are_named_for_a_provider_elsewhere(
    qtbot: QtBot, view: DiaryView
) -> None:
    who = provider(1, zone="Europe/London")
    show(view, provider_day(visit("11:00"), who=who))
    view.set_zone(ZoneInfo("Europe/Berlin"))
    view.focus_appointment(view.columns[0].cards[0].appointment.appointment_id)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert "11:00–11:30 Berlin · 10:00–10:30 London" in texts(view)[2]
