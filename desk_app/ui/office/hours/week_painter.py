"""Draws a week of opening hours, as the schedule draws open and closed time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from desk_app.domain.timetable import HOUR
from desk_app.ui import appearance
from desk_app.ui.office.hours import words
from desk_app.ui.office.hours.hand import STEP

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from desk_app.domain.timetable import Stretch
    from desk_app.ui.office.hours.week_grid import WeekGrid
    from desk_app.ui.theme import Theme


def paint(painter: QPainter, grid: WeekGrid) -> None:
    """Draw the ground, the windows, what is in hand, and the cursor."""
    theme = appearance.current()
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    _paint_ground(painter, grid, theme)
    for weekday, day in enumerate(grid.hand.week):
        for stretch in day:
            is_taken = stretch == grid.taken and grid.in_hand is not None
            if not (is_taken and grid.in_hand and grid.in_hand[0] == weekday):
                _paint_window(painter, grid, weekday, stretch)
    if grid.in_hand is not None:
        _paint_window(painter, grid, *grid.in_hand, is_new=True)
    if grid.hasFocus():
        _paint_cursor(painter, grid, theme)


def _paint_ground(painter: QPainter, grid: WeekGrid, theme: Theme) -> None:
    whole = grid.rect()
    painter.fillRect(whole.adjusted(grid.gutter, 0, 0, 0), QColor(theme.grid_closed))
    first, last = grid.range
    metrics = painter.fontMetrics()
    for minute in range(first, last + 1, HOUR):
        y = grid.height_of(minute)
        line = QRect(grid.gutter, y, whole.width() - grid.gutter, 1)
        painter.fillRect(line, QColor(theme.grid_hour))
        painter.setPen(QColor(theme.muted))
        base = min(max(y + metrics.ascent() // 2, metrics.ascent()), grid.height() - 2)
        text = words.clock(minute)
        width = metrics.horizontalAdvance(text)
        painter.drawText(grid.gutter - 8 - width, base, text)
    for weekday in range(8):
        left = grid.edges(weekday)[0] if weekday < 7 else whole.width() - 1
        line = QRect(left, 0, 1, whole.height())
        painter.fillRect(line, QColor(theme.grid_column))


def _paint_window(
    painter: QPainter,
    grid: WeekGrid,
    weekday: int,
    stretch: Stretch,
    *,
    is_new: bool = False,
) -> None:
    theme = appearance.current()
    box = grid.box(weekday, stretch)
    pen = QPen(QColor(theme.offer_border), 1.5 if is_new else 1)
    if is_new:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QColor(theme.offer_fill))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, 0.5, -0.5), 4, 4)
    painter.setPen(QColor(theme.offer_text))
    metrics, middle = painter.fontMetrics(), Qt.AlignmentFlag.AlignCenter
    whole = f"{words.clock(stretch.start)}–{words.clock(stretch.end)}"
    brief = words.typed((stretch,))
    for text in (whole, brief):
        fits = metrics.horizontalAdvance(text) < box.width() - 4
        if fits and box.height() >= metrics.height() - 2:
            painter.drawText(box, middle, text)
            return


def _paint_cursor(painter: QPainter, grid: WeekGrid, theme: Theme) -> None:
    hand = grid.hand
    left, right = grid.edges(hand.weekday)
    top = grid.height_of(hand.minute)
    height = max(grid.height_of(min(hand.minute + STEP, 24 * HOUR)) - top, 4)
    pen = QPen(QColor(theme.focus_ring), 2)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(left + 2, top, right - left - 4, height))
