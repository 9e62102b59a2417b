"""What lies over the cards: the line of now, the card on the move, and empty words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desk_app.ui import privacy
from desk_app.ui.grid.painting.ink import RADIUS
from desk_app.ui.grid.painting.plans import LEFT

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.grid.painting.ink import Ink
    from desk_app.ui.grid.painting.scene import Scene

NOW_DOT = 4
_FAINT = 90


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


def paint_now(
    painter: QPainter, scene: Scene, now: datetime, *, is_over_cards: bool
) -> None:
    """Paint the line of now across the columns whose day is today.

    It is painted below the cards, and faintly over them: names stay readable.
    """
    colour = QColor(scene.ink.theme.now_line)
    if is_over_cards:
        colour.setAlpha(_FAINT)
    before = -2
    for number in scene.shown_columns:
        column, frame = scene.columns[number], scene.frame
        minute = column.clock.minute(now)
        if not column.clock.is_today(now) or not frame.first <= minute < frame.last:
            continue
        rect = frame.span_rect(number, minute, minute)
        painter.fillRect(rect.left(), rect.top() - 1, rect.width(), 2, colour)
        if is_over_cards and before != number - 1:
            _dot(painter, QPointF(rect.left() + NOW_DOT, rect.top()), scene)
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
    """Paint a title and a sentence on a panel in the middle of an empty grid."""
    title, sentence = words
    width = min(ink.letter * 46, room.width() - 32)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    inner = QRect(0, 0, width - 48, 400)
    text = ink.note_metrics.boundingRect(inner, int(flags), sentence)
    height = text.height() + ink.line + 46
    panel = QRect(0, 0, width, height)
    panel.moveCenter(room.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink.colour(ink.theme.border), 1))
    painter.setBrush(ink.colour(ink.theme.raised))
    painter.drawRoundedRect(QRectF(panel).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.restore()
    painter.setPen(ink.colour(ink.theme.text))
    painter.setFont(ink.strong_font)
    top = panel.adjusted(24, 18, -24, 0)
    painter.drawText(top, Qt.AlignmentFlag.AlignHCenter, title)
    painter.setPen(ink.colour(ink.theme.muted))
    painter.setFont(ink.note_font)
    painter.drawText(top.adjusted(0, ink.line + 8, 0, 0), int(flags), sentence)


def _ghost_words(painter: QPainter, ink: Ink, ghost: Ghost, rect: QRect) -> None:
    theme = ink.theme
    left, width = rect.left() + LEFT, rect.width() - LEFT - 4
    strong = ink.text_of(ghost.appointment.status)
    if not ghost.is_allowed:
        strong = ink.colour(theme.danger)
    words = [ink.names.cut(ghost.words, width)]
    if rect.height() >= 2 * ink.line:
        name = privacy.name(ghost.appointment.client_name)
        words.append(ink.words.cut(name, width))
    painter.setPen(strong)
    y = rect.top() + max(
        (min(rect.height(), 2 * ink.line) - len(words) * ink.line) // 2, 1
    )
    for letters, text in zip((ink.names, ink.words), words, strict=False):
        painter.setFont(letters.font_for(text))
        painter.drawText(left, y + ink.name_rise, text)
        y += ink.line


def _dot(painter: QPainter, centre: QPointF, scene: Scene) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.ink.colour(scene.ink.theme.now_line))
    painter.drawEllipse(centre, NOW_DOT, NOW_DOT)
    painter.restore()
