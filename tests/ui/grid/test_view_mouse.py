"""The grid by mouse: choosing, opening, dragging and zooming."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from desk_app.domain.appointment import Status
from desk_app.domain.policies import Policy
from desk_app.domain.staff import Me, Role
from tests.ui.grid.conftest import show, spot, where
from tests.ui.grid.days import DAY, at, provider, provider_day, service, visit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.ui.grid.view import DiaryView

LEFT = Qt.MouseButton.LeftButton


def click(qtbot: QtBot, view: DiaryView, column: int, minute: int) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, column, minute))


def drag(qtbot: QtBot, view: DiaryView, start: QPoint, *path: QPoint) -> None:
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    for point in path:
        qtbot.mouseMove(view.viewport(), point)


def test_a_click_chooses_the_quarter_under_the_pointer(
    qtbot: QtBot, view: DiaryView
) -> None:
    with qtbot.waitSignal(view.slot_chosen) as chosen:
        click(qtbot, view, 1, 10 * 60 + 20)
    choice = chosen.args[0]
    assert (choice.provider_id, choice.start, choice.day) == (2, at("10:15"), DAY)


def test_a_click_chooses_five_minutes_when_zoomed_in(
    qtbot: QtBot, view: DiaryView
) -> None:
    view.set_zoom(6)
    click(qtbot, view, 0, view.frame.minute(view.verticalOffset()) // 60 * 60 + 67)
    assert where(view).endswith(":05")


def test_a_click_chooses_the_offered_time_under_the_pointer(
    qtbot: QtBot, view: DiaryView
) -> None:
    view.set_service({1: service(1, minutes=50)})
    click(qtbot, view, 0, 10 * 60 + 30)
    assert where(view) == "Dr. A 09:50"


def test_a_click_into_a_buffer_means_its_end(qtbot: QtBot, view: DiaryView) -> None:
    show(view, provider_day(visit("10:00", busy_until=at("10:50"))))
    click(qtbot, view, 0, 10 * 60 + 40)
    assert where(view) == "Dr. A 10:50"


def test_a_click_selects_an_appointment(qtbot: QtBot, booked: DiaryView) -> None:
    with qtbot.waitSignal(booked.appointment_chosen):
        click(qtbot, booked, 0, 10 * 60 + 10)
    assert where(booked) == "Anna Berg"
    assert booked.currentIndex().data() == "Anna Berg, Follow-up, 10:00 to 10:30"


def test_a_double_click_books_or_opens(qtbot: QtBot, booked: DiaryView) -> None:
    opened, asked = (
        QSignalSpy(booked.appointment_activated),
        QSignalSpy(booked.booking_requested),
    )
    for minute in (10 * 60 + 10, 12 * 60):
        qtbot.mouseDClick(booked.viewport(), LEFT, pos=spot(booked, 0, minute))
    assert opened.at(0)[0].client_name == "Anna Berg"
    assert asked.at(0)[0].start == at("12:00")


def test_a_click_on_a_head_tells_its_column(qtbot: QtBot, view: DiaryView) -> None:
    with qtbot.waitSignal(view.column_chosen) as chosen:
        qtbot.mouseClick(view.header, LEFT, pos=QPoint(view.frame.edges[1] + 9, 9))
    assert chosen.args == [2, DAY]


def test_a_small_movement_is_no_drag(qtbot: QtBot, booked: DiaryView) -> None:
    start = spot(booked, 0, 605)
    near = start + QPoint(0, QApplication.startDragDistance() - 1)
    drag(qtbot, booked, start, near)
    assert booked.carrying.ghost is None


def test_a_drop_wishes_the_move_and_changes_nothing(
    qtbot: QtBot, booked: DiaryView
) -> None:
    start, target = spot(booked, 0, 605), spot(booked, 1, 14 * 60 + 5)
    drag(qtbot, booked, start, target)
    assert booked.carrying.ghost is not None
    assert booked.carrying.ghost.words == "14:00–14:30"
    with qtbot.waitSignal(booked.move_requested) as asked:
        qtbot.mouseRelease(booked.viewport(), LEFT, pos=target)
    wish = asked.args[0]
    assert (wish.appointment.client_name, wish.provider_id) == ("Anna Berg", 2)
    assert wish.start == at("14:00")
    assert booked.columns[0].cards[0].appointment is wish.appointment


def test_a_drag_snaps_to_what_the_service_offers(
    qtbot: QtBot, booked: DiaryView
) -> None:
    booked.set_services([service(1), service(2, minutes=50)])
    drag(qtbot, booked, spot(booked, 0, 601), spot(booked, 1, 10 * 60 + 10))
    assert booked.carrying.ghost is not None
    assert booked.carrying.ghost.words == "09:50–10:40"


def test_escape_puts_a_dragged_appointment_back(
    qtbot: QtBot, booked: DiaryView
) -> None:
    wishes = QSignalSpy(booked.move_requested)
    target = spot(booked, 1, 14 * 60)
    drag(qtbot, booked, spot(booked, 0, 605), target)
    qtbot.keyClick(booked, Qt.Key.Key_Escape)
    qtbot.mouseRelease(booked.viewport(), LEFT, pos=target)
    assert (wishes.count(), booked.carrying.ghost) == (0, None)


def test_a_drop_where_it_was_is_no_wish(qtbot: QtBot, booked: DiaryView) -> None:
    wishes = QSignalSpy(booked.move_requested)
    start = spot(booked, 0, 605)
    drag(qtbot, booked, start, spot(booked, 1, 700), start)
    qtbot.mouseRelease(booked.viewport(), LEFT, pos=start)
    assert wishes.count() == 0


@pytest.mark.parametrize(
    ("minute", "why"),
    [(11 * 60, "Taken"), (13 * 60, "Blocked"), (17 * 60 + 10, "Closed")],
)
def test_a_drop_on_what_is_not_free_is_refused(
    qtbot: QtBot, view: DiaryView, minute: int, why: str
) -> None:
    busy = visit("10:15", 105, provider_id=2)
    show(
        view,
        provider_day(visit("10:00")),
        provider_day(busy, who=provider(2), blocked=["12:00-15:00"]),
    )
    view.set_me(Me("jonas", "Jonas", Role.RECEPTIONIST))
    wishes, hints = QSignalSpy(view.move_requested), QSignalSpy(view.hint)
    target = spot(view, 1, minute)
    drag(qtbot, view, spot(view, 0, 601), target)
    assert view.carrying.ghost is not None
    assert (view.carrying.ghost.words, view.carrying.ghost.is_allowed) == (why, False)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=target)
    assert wishes.count() == 0
    assert why in hints.at(hints.count() - 1)[0]


def test_what_may_be_decided_against_a_rule_is_wished_with_it(
    qtbot: QtBot, view: DiaryView
) -> None:
    show(view, provider_day(visit("10:00"), blocked=["12:00-15:00"]))
    view.set_me(Me("miriam", "Miriam", Role.MANAGER))
    target = spot(view, 0, 13 * 60)
    drag(qtbot, view, spot(view, 0, 601), target)
    with qtbot.waitSignal(view.move_requested) as asked:
        qtbot.mouseRelease(view.viewport(), LEFT, pos=target)
    assert asked.args[0].against == Policy.BLOCKED


def test_a_provider_without_the_service_is_refused(
    qtbot: QtBot, booked: DiaryView
) -> None:
    booked.set_services([service(1)])
    drag(qtbot, booked, spot(booked, 0, 605), spot(booked, 1, 700))
    assert booked.carrying.ghost is not None
    assert booked.carrying.ghost.words == "Not offered"


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.NO_SHOW])
def test_what_is_over_cannot_be_dragged(
    qtbot: QtBot, view: DiaryView, status: Status
) -> None:
    show(view, provider_day(visit("10:00", status=status)))
    drag(qtbot, view, spot(view, 0, 605), spot(view, 0, 700))
    assert view.carrying.ghost is None


def test_news_during_a_drag_does_not_end_it(qtbot: QtBot, booked: DiaryView) -> None:
    drag(qtbot, booked, spot(booked, 0, 601), spot(booked, 1, 14 * 60))
    booked.diary.put(visit("14:00", provider_id=2, client="Cem"))
    ghost = booked.carrying.ghost
    assert ghost is not None
    assert (ghost.is_allowed, ghost.words) == (False, "Taken")


def test_holding_a_card_at_the_edge_scrolls(qtbot: QtBot, booked: DiaryView) -> None:
    booked.set_zoom(6)
    booked.verticalScrollBar().setValue(booked.frame.y(590))
    before = booked.verticalScrollBar().value()
    low = QPoint(100, booked.viewport().height() - 3)
    drag(qtbot, booked, spot(booked, 0, 605), low)
    qtbot.waitUntil(lambda: booked.verticalScrollBar().value() > before + 40)
    qtbot.keyClick(booked, Qt.Key.Key_Escape)


def test_control_and_wheel_zoom_around_the_pointer(view: DiaryView) -> None:
    view.set_zoom(5)
    view.verticalScrollBar().setValue(200)
    pos = QPointF(100, 300)
    minute = view.frame.minute(view.content(pos.toPoint()).y())
    wheel(view, pos, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 6
    assert abs(view.frame.minute(view.content(pos.toPoint()).y()) - minute) <= 1


def test_a_click_hits_what_was_seen_though_it_brings_the_focus(
    qtbot: QtBot, view: DiaryView
) -> None:
    view.choose(None)
    view.clearFocus()
    view.set_zoom(6)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    click(qtbot, view, 0, 17 * 60 + 2)
    assert where(view) == "Dr. A 17:00"


def test_turning_the_day_keeps_the_time_of_day_in_view(view: DiaryView) -> None:
    view.set_zoom(6)
    view.verticalScrollBar().setValue(view.frame.y(11 * 60))
    show(view, provider_day(hours=["07:00-19:00"]))
    assert abs(view.frame.minute(view.verticalOffset()) - 11 * 60) <= 1


def test_the_first_day_opens_around_now(view: DiaryView) -> None:
    show(view)
    view.set_zoom(6)
    view.set_now(at("14:00"))
    show(view, provider_day())
    shown = view.verticalOffset(), view.verticalOffset() + view.viewport().height()
    assert shown[0] < view.frame.y(14 * 60) < shown[1]


def test_the_wheel_alone_scrolls(view: DiaryView) -> None:
    view.set_zoom(6)
    view.verticalScrollBar().setValue(0)
    wheel(view, QPointF(100, 300), -120, Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > 0
    assert view.zoom == 6


def test_hovering_marks_open_future_times_only(qtbot: QtBot, view: DiaryView) -> None:
    view.set_now(at("11:00"))
    for minute, is_marked in ((12 * 60, True), (10 * 60, False), (17 * 60 + 30, False)):
        qtbot.mouseMove(view.viewport(), spot(view, 0, minute))
        assert (view.pointer.hovered is not None) == is_marked


def wheel(view: DiaryView, pos: QPointF, delta: int, held: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        pos,
        view.viewport().mapToGlobal(pos),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
