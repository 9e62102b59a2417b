"""What is on the pixels: time, cards, lines, and nothing more than has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from desk_app.domain.appointment import Status
from desk_app.ui import theme
from desk_app.ui.grid.columns import kind_of
from desk_app.ui.grid.painting import picture
from tests.ui.grid.conftest import show, spot
from tests.ui.grid.days import at, provider, provider_day, service, visit
from tests.ui.grid.test_accessibility import HOSTILE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.ui.grid.view import DiaryView

LIGHT = theme.light()


class Painted(QObject):
    """Remembers the rectangles that were repainted."""

    def __init__(self, view: DiaryView) -> None:
        super().__init__()
        self.rects: list[QRect] = []
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.rects.append(event.rect())
        return False


def image(view: DiaryView) -> QImage:
    return view.viewport().grab().toImage()


def colour(view: DiaryView, column: int, minute: int) -> str:
    return image(view).pixelColor(spot(view, column, minute)).name()


def test_open_closed_and_blocked_time_look_different(view: DiaryView) -> None:
    show(view, provider_day(blocked=["12:00-13:00"], hours=["09:00-16:00"]))
    assert colour(view, 0, 10 * 60 + 5) == LIGHT.grid_open
    assert colour(view, 0, 16 * 60 + 35) == LIGHT.grid_closed
    assert colour(view, 0, 12 * 60 + 30) not in (LIGHT.grid_open, LIGHT.grid_closed)


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.CANCELLED])
def test_a_card_has_the_bar_and_tint_of_its_status(
    view: DiaryView, status: Status
) -> None:
    show(view, provider_day(visit("10:00", 60, "", status=status)))
    rect = view.visualRect(view.diary.index(0, 0, view.diary.index(0, 0)))
    drawn, colours = image(view), LIGHT.of_status(status)
    middle = rect.center().y()
    assert drawn.pixelColor(rect.left() + 1, middle).name() == colours.bar
    assert drawn.pixelColor(rect.center()).name() == colours.fill


def test_no_status_is_told_by_colour_alone() -> None:
    marks = {kind_of(status, False, False).marks for status in Status}
    assert len(marks) == len(Status) - 1, "confirmed and cancelled need none"


def test_the_line_of_now_crosses_today(view: DiaryView) -> None:
    view.set_now(at("10:10"))
    assert colour(view, 2, 10 * 60 + 9) != LIGHT.now_line
    y = view.frame.y(10 * 60 + 10)
    assert image(view).pixelColor(view.frame.edges[2] + 50, y).name() != LIGHT.grid_open
    view.set_now(at("10:10").replace(day=12))
    assert image(view).pixelColor(view.frame.edges[2] + 50, y).name() == LIGHT.grid_open


def test_offered_times_are_drawn_as_cells(view: DiaryView) -> None:
    view.set_service({2: service(2)})
    assert colour(view, 1, 10 * 60 + 10) == LIGHT.offer_fill
    assert colour(view, 2, 10 * 60 + 10) == LIGHT.grid_open


def test_a_change_repaints_its_own_part_only(qtbot: QtBot, booked: DiaryView) -> None:
    anna = booked.columns[0].cards[0].appointment
    qtbot.wait(1)
    painted = Painted(booked)
    booked.diary.put(replace(anna, version=2, status=Status.COMPLETED))
    qtbot.waitUntil(lambda: bool(painted.rects))
    rect = painted.rects[0]
    assert rect.width() <= booked.frame.edges[1] + 10
    assert rect.height() < booked.viewport().height() / 4


def test_turning_to_another_day_paints_once(qtbot: QtBot, booked: DiaryView) -> None:
    qtbot.wait(1)
    painted = Painted(booked)
    show(booked, provider_day(visit("12:00")))
    qtbot.wait(50)
    assert painted.rects == [booked.viewport().rect()]


def test_parts_painted_alone_equal_the_whole(booked: DiaryView) -> None:
    booked.set_service({n: service(n) for n in (1, 2, 3)})
    booked.set_now(at("10:10"))
    whole = image(booked)
    for rect in (QRect(40, 55, 333, 211), QRect(0, 0, 20, 20), QRect(200, 300, 1, 90)):
        part = booked.viewport().grab(rect).toImage()
        assert part == whole.copy(rect)


def test_any_name_is_drawn_at_any_height(view: DiaryView) -> None:
    for minutes in (1, 5, 15, 30, 60):
        visits = [
            visit(f"{9 + n}:00", minutes, name, no_show_flag=True, is_virtual=True)
            for n, name in enumerate(HOSTILE)
        ]
        show(view, provider_day(*visits), *[provider_day(who=provider(2))] * 12)
        for zoom in (0, 3, 6):
            view.set_zoom(zoom)
            assert not image(view).isNull()


def test_markup_in_a_name_is_drawn_as_text(view: DiaryView) -> None:
    pictures = []
    for name in ("<b>A</b>", "A"):
        show(view, provider_day(visit("10:00", 60, name)))
        pictures.append(image(view))
    assert pictures[0] != pictures[1]


def test_the_program_s_theme_is_followed(qapp: QApplication, view: DiaryView) -> None:
    for look in (theme.dark(), theme.light()):
        theme.apply(qapp, look)
        assert view.ink.theme is look
        assert colour(view, 0, 10 * 60 + 5) == look.grid_open
    qapp.setStyleSheet("")


def test_an_empty_grid_says_why(view: DiaryView) -> None:
    assert picture.empty_words(view) is None
    show(view, provider_day(hours=[]), provider_day(who=provider(2), hours=[]))
    assert picture.empty_words(view) == (
        "Closed on this day",
        "Nobody shown here has opening hours. Choose another day to book.",
    )
    show(view)
    words = picture.empty_words(view)
    assert words is not None
    assert words[0] == "No providers chosen"
    assert not image(view).isNull()


def test_the_delegate_leaves_the_painter_as_it_was(booked: DiaryView) -> None:
    canvas = QImage(300, 100, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    before = painter.font(), painter.pen(), painter.brush(), painter.transform()
    option = QStyleOptionViewItem()
    option.widget, option.rect = booked, QRect(0, 0, 200, 60)  # type: ignore[attr-defined]
    index = booked.diary.index(0, 0, booked.diary.index(0, 0))
    booked.itemDelegate().paint(painter, option, index)
    after = painter.font(), painter.pen(), painter.brush(), painter.transform()
    painter.end()
    assert before == after
    assert canvas.pixelColor(1, 30).name() == LIGHT.confirmed.bar
