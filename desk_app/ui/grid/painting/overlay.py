"""What lies over the cards: the line of now, the card on the move, and empty words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desk_app.ui.grid.painting.ink import BAR, RADIUS

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.grid.painting.ink import Ink
    from desk_app.ui.grid.painting.scene import Scene

NOW_DOT = 4


@dataclass(frozen=True, slots=True)
class Ghost:
    """An appointment on the move, where it would go now.

    `words` are its new times, or in short why it cannot go there.
    """

    appointment: Appointment
    column: int
    top: int
    bottom: int
    words: str
    is_allowed: bool


def paint_now(painter: QPainter, scene: Scene, now: datetime) -> None:
    """Paint the line of now across the columns whose day is today."""
    colour = scene.ink.colour(scene.ink.theme.now_line)
    before = -2
    for number in scene.shown_columns:
        column, frame = scene.columns[number], scene.frame
        minute = column.clock.minute(now)
        if not column.clock.is_today(now) or not frame.first <= minute < frame.last:
            continue
        rect = frame.span_rect(number, minute, minute)
        y = rect.top()
        painter.fillRect(rect.left(), y - 1, rect.width(), 2, colour)
        if before != number - 1:
            _dot(painter, QPointF(rect.left() + NOW_DOT, y), scene)
        before = number


def paint_ghost(painter: QPainter, scene: Scene, ghost: Ghost) -> None:
    """Paint an appointment on the move, with its new time or why not."""
    ink, theme = scene.ink, scene.ink.theme
    rect = scene.frame.cell_rect(ghost.column, ghost.top, ghost.bottom)
    rect.setHeight(max(rect.height(), ink.line + 2))
    colours = theme.of_status(ghost.appointment.status)
    edge = theme.accent if ghost.is_allowed else theme.danger
    fill = colours.fill if ghost.is_allowed else theme.raised
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink.colour(edge), 2)
    if not ghost.is_allowed:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(ink.colour(fill))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    painter.restore()
    _ghost_words(painter, ink, ghost, rect)


def paint_empty(
    painter: QPainter, ink: Ink, room: QRect, words: tuple[str, str]
) -> None:
    """Paint a title and a sentence in the middle of an empty grid."""
    title, sentence = words
    painter.setPen(ink.colour(ink.theme.text))
    painter.setFont(ink.strong_font)
    middle = room.top() + room.height() // 2
    centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
    above = QRect(room.left(), middle - 4 * ink.line, room.width(), 4 * ink.line - 4)
    painter.drawText(above, centre, title)
    painter.setPen(ink.colour(ink.theme.muted))
    painter.setFont(ink.label_font)
    below = QRect(room.left() + 24, middle, room.width() - 48, 4 * ink.line)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(below, int(flags), sentence)


def _ghost_words(painter: QPainter, ink: Ink, ghost: Ghost, rect: QRect) -> None:
    theme = ink.theme
    left, width = rect.left() + BAR + 5, rect.width() - BAR - 9
    strong = ink.text_of(ghost.appointment.status)
    if not ghost.is_allowed:
        strong = ink.colour(theme.danger)
    words = [ink.name(ghost.words, width)]
    if rect.height() >= 2 * ink.line:
        words.append(ink.words(ghost.appointment.client_name, width))
    painter.setPen(strong)
    y = rect.top() + max(
        (min(rect.height(), 2 * ink.line) - len(words) * ink.line) // 2, 1
    )
    for font, text in zip((ink.name_font, ink.detail_font), words, strict=False):
        painter.setFont(font)
        painter.drawText(left, y + ink.name_rise, text)
        y += ink.line


def _dot(painter: QPainter, centre: QPointF, scene: Scene) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.ink.colour(scene.ink.theme.now_line))
    painter.drawEllipse(centre, NOW_DOT, NOW_DOT)
    painter.restore()
