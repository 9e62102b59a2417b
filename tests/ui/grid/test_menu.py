"""The menu of a place: what it offers, what it says, and that keys reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from desk_app.domain.appointment import Status
from desk_app.ui.grid.menu import PlaceMenu
from tests.ui.grid.conftest import show, spot
from tests.ui.grid.days import at, provider, provider_day, service, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desk_app.ui.grid.view import DiaryView

FOLLOW_UP = service(1)
REASON = QContextMenuEvent.Reason
# Without a screen there is nothing to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SOONER = "Would come sooner…"


@pytest.fixture(autouse=True)
def _no_menu_stays() -> Iterator[None]:
    yield
    while isinstance(menu := QApplication.activePopupWidget(), QMenu):
        menu.close()


def lines(menu: QMenu) -> list[str]:
    """Return what can be read in a menu, without keys."""
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    return [text.replace("&", "") for text in texts]


def opened(view: DiaryView, reason: REASON = REASON.Keyboard) -> PlaceMenu:
    """Open the menu at the cursor as the keyboard does."""
    pos = view.viewport().rect().center()
    event = QContextMenuEvent(reason, pos, view.viewport().mapToGlobal(pos))
    QApplication.sendEvent(view, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PlaceMenu)
    return menu


MARKS = ["Arrived", "With the provider", "Did not come…"]
CHANGES = ["Move…", "Onto the pinboard", "Cancel…", SOONER]


def focus_first(view: DiaryView) -> None:
    view.focus_appointment(view.columns[0].cards[0].appointment.appointment_id)


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.PENDING, ["Open", "Confirm", *MARKS, "", *CHANGES]),
        (Status.CONFIRMED, ["Open", *MARKS, "", *CHANGES]),
        (Status.COMPLETED, ["Open", "Expected again", ""]),
    ],
)
def test_an_appointment_offers_what_its_status_allows(
    view: DiaryView, status: Status, offered: list[str]
) -> None:
    show(view, provider_day(visit("10:00", status=status)))
    view.set_now(at("10:00"))
    focus_first(view)
    more = ["Repeat…", "", "Messages", "History"]
    assert lines(opened(view)) == ["Anna Berg", "", *offered, *more]


def test_a_chosen_line_states_the_wish(qtbot: QtBot, view: DiaryView) -> None:
    show(view, provider_day(visit("10:00", status=Status.PENDING)))
    focus_first(view)
    menu = opened(view)
    with qtbot.waitSignal(view.confirm_requested) as wished:
        qtbot.keyClick(menu, Qt.Key.Key_C)
    assert wished.args[0].client_name == "Anna Berg"


def test_a_line_leads_to_the_messages(qtbot: QtBot, view: DiaryView) -> None:
    show(view, provider_day(visit("10:00", status=Status.COMPLETED)))
    focus_first(view)
    menu = opened(view)
    with qtbot.waitSignal(view.messages_requested) as wished:
        qtbot.keyClick(menu, Qt.Key.Key_G)
    assert wished.args[0].client_name == "Anna Berg"


def test_a_free_time_can_be_booked_by_keys(qtbot: QtBot, view: DiaryView) -> None:
    view.focus_time(1, at("10:15"))
    menu = opened(view)
    offered = ["Book here…", "Who waits for this?", "Book a series…"]
    offered.append("Hours of this day…")
    assert lines(menu) == ["10:15 · Dr. A", "", *offered]
    with qtbot.waitSignal(view.booking_requested) as wished:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert wished.args[0].start == at("10:15")


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_keys_open_it(
    qtbot: QtBot, view: DiaryView, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    view.focus_time(1, at("10:15"))
    qtbot.keyClick(view, key, held)
    assert isinstance(QApplication.activePopupWidget(), PlaceMenu)


def test_closed_time_says_why_nothing_can_be_booked(view: DiaryView) -> None:
    view.focus_time(1, at("18:00"))
    menu = opened(view)
    why = "This is outside working hours"
    offered = ["Find a free time…", "Why not this time?", "Open this time…"]
    assert lines(menu)[2:] == [why, *offered]
    assert menu.accessibleDescription() == why


def test_blocked_time_says_the_reason(view: DiaryView) -> None:
    show(view, provider_day(blocked=["12:00-13:00"]))
    view.focus_time(1, at("12:00"))
    assert opened(view).accessibleDescription() == "Blocked: Lunch"


def test_a_chosen_service_decides_what_is_free(view: DiaryView) -> None:
    view.set_service({1: service(1, minutes=120)})
    show(view, provider_day(visit("10:00")))
    view.focus_time(1, at("09:00"))
    assert "another appointment" in opened(view).accessibleDescription()


def test_a_right_click_opens_it_where_the_pointer_is(
    qtbot: QtBot, view: DiaryView
) -> None:
    pos = spot(view, 1, 11 * 60)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=pos)
    event = QContextMenuEvent(REASON.Mouse, pos, view.viewport().mapToGlobal(pos))
    QApplication.sendEvent(view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, PlaceMenu)
    assert lines(menu)[0] == "11:00 · Dr. B"


def test_what_has_gone_meanwhile_is_not_wished_for(
    qtbot: QtBot, booked: DiaryView
) -> None:
    focus_first(booked)
    menu = opened(booked)
    booked.diary.remove(booked.columns[0].cards[0].appointment.appointment_id)
    with qtbot.assertNotEmitted(booked.appointment_activated):
        qtbot.keyClick(menu, Qt.Key.Key_O)


def test_both_clocks_are_named_for_a_provider_elsewhere(view: DiaryView) -> None:
    show(view, provider_day(who=provider(1, zone="Europe/London")))
    view.set_zone(ZoneInfo("Europe/Berlin"))
    view.focus_time(1, at("11:00"))
    assert lines(opened(view))[0] == "10:00 London · 11:00 Berlin · Dr. A"


def test_what_the_cursor_is_on_can_be_repeated(qtbot: QtBot, view: DiaryView) -> None:
    show(view, provider_day(visit("10:00")))
    focus_first(view)
    menu = opened(view)
    (repeat,) = [a for a in menu.actions() if a.text().startswith("&Repeat")]
    with qtbot.waitSignal(view.repeat_requested):
        repeat.trigger()


def test_a_time_offers_what_is_pinned(qtbot: QtBot, view: DiaryView) -> None:
    show(view, provider_day(visit("10:00")))
    number = view.columns[0].cards[0].appointment.appointment_id
    view.focus_time(1, at("12:00"))
    menu = opened(view)
    assert "Put down here" not in lines(menu)
    menu.close()
    view.pins.show([number])
    menu = opened(view)
    put_down = menu.actions()[lines(menu).index("Put down here")]
    with qtbot.waitSignal(view.pins.paste_requested):
        put_down.trigger()
