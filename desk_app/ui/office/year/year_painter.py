"""Draws the months of a year: each kind of day has a shape and a colour of its own."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen, QPolygonF

from desk_app.ui import appearance
from desk_app.ui.office.year.words import Look, look_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from desk_app.ui.office.year.year_grid import YearGrid
    from desk_app.ui.theme import StatusColours, Theme

_CENTRE = Qt.AlignmentFlag.AlignCenter


def paint(painter: QPainter, grid: YearGrid) -> None:
    """Draw twelve months, what is chosen, and the cursor."""
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    for month in range(1, 13):
        _paint_head(painter, grid, month)
        for number in range(1, monthrange(grid.year, month)[1] + 1):
            _paint_day(painter, grid, date(grid.year, month, number))


def paint_look(painter: QPainter, box: QRect, look: Look) -> QColor:
    """Draw the ground of a day of this kind; return the colour of its number."""
    theme = appearance.current()
    painter.setPen(Qt.PenStyle.NoPen)
    colours = _colours(look, theme)
    whole = QRectF(box).adjusted(1, 1, -1, -1)
    if colours is None:
        shade = theme.surface if look is not Look.NO_HOURS else theme.window
        painter.setBrush(QColor(shade))
        painter.setPen(QPen(QColor(theme.grid_half), 1))
        painter.drawRect(whole)
        is_faint = look is Look.NO_HOURS
        _paint_mark(painter, whole, look, theme)
        return QColor(theme.muted if is_faint else theme.text)
    painter.setBrush(QColor(colours.fill))
    painter.drawRoundedRect(whole, 3, 3)
    painter.setBrush(QColor(colours.bar))
    _paint_shape(painter, whole, look)
    return QColor(colours.text)


def _colours(look: Look, theme: Theme) -> StatusColours | None:
    return {
        Look.CLOSED: theme.completed,
        Look.AWAY: theme.pending,
        Look.PARTLY: theme.pending,
        Look.EXTRA: theme.arrived,
    }.get(look)


def _paint_shape(painter: QPainter, box: QRectF, look: Look) -> None:
    """Draw a bar below for closed, at the left for away, a corner for other hours."""
    size = min(box.width(), box.height())
    if look is Look.CLOSED:
        painter.drawRect(QRectF(box.left(), box.bottom() - 3, box.width(), 3))
    elif look is Look.AWAY:
        painter.drawRect(QRectF(box.left(), box.top(), 4, box.height()))
    elif look is Look.PARTLY:
        corner = box.topRight()
        side = size * 0.38
        points = [corner, corner - QPointF(side, 0), corner + QPointF(0, side)]
        painter.drawPolygon(QPolygonF(points))
    else:
        painter.drawRect(QRectF(box.left(), box.top(), box.width(), 3))


def _paint_mark(painter: QPainter, box: QRectF, look: Look, theme: Theme) -> None:
    """Draw a ring where an outside calendar takes some of the day."""
    if look is Look.OUTSIDE:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.confirmed.bar), 1.5))
        centre = box.topRight() + QPointF(-6, 6)
        painter.drawEllipse(centre, 3, 3)


def _paint_head(painter: QPainter, grid: YearGrid, month: int) -> None:
    theme, locale = appearance.current(), QLocale()
    place, line = grid.month_rect(month), grid.fontMetrics().height()
    font = QFont(grid.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    name = locale.standaloneMonthName(month)
    painter.drawText(QRect(place.left() + 2, place.top(), place.width(), line), name)
    painter.setFont(grid.font())
    painter.setPen(QColor(theme.muted))
    narrow = QLocale.FormatType.NarrowFormat
    first = locale.firstDayOfWeek().value - 1
    for column in range(7):
        left = place.left() + place.width() * column // 7
        box = QRect(left, place.top() + line, place.width() // 7, line)
        letter = locale.standaloneDayName((first + column) % 7 + 1, narrow)
        painter.drawText(box, _CENTRE, letter)


def _paint_day(painter: QPainter, grid: YearGrid, day: date) -> None:
    theme, box = appearance.current(), grid.rect_of(day)
    look = grid.look(day)
    ink = paint_look(painter, box, look_of(look) if look else Look.NO_HOURS)
    is_chosen = grid.first <= day <= grid.last
    if is_chosen:
        painter.setPen(QPen(QColor(theme.focus_ring), 1.5))
        shade = QColor(theme.accent)
        shade.setAlpha(36)
        painter.setBrush(shade)
        painter.drawRect(QRectF(box).adjusted(1, 1, -1.5, -1.5))
    font = QFont(grid.font())
    if day == grid.today:
        font.setWeight(QFont.Weight.Bold)
        font.setUnderline(True)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, _CENTRE, str(day.day))
    if day == grid.day and grid.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.focus_ring), 2.5))
        painter.drawRect(QRectF(box).adjusted(0.5, 0.5, -1, -1))
