"""What others are booking: hatched, with a broken line around it and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QBrush, QPainter, QPen

from desk_app.ui.grid.painting.ink import RADIUS
from desk_app.ui.grid.painting.plans import LEFT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk_app.ui.grid.held import HeldMark
    from desk_app.ui.grid.painting.ink import Ink
    from desk_app.ui.grid.painting.scene import Scene

_DASHES = (4.0, 3.0)


def paint_held(painter: QPainter, scene: Scene, marks: Iterable[HeldMark]) -> None:
    """Paint the times that other desks are booking."""
    for mark in marks:
        rect = scene.frame.cell_rect(mark.column, mark.top, mark.bottom)
        if rect.intersects(scene.exposed):
            _paint_ground(painter, scene.ink, rect)
            _paint_words(painter, scene.ink, rect, mark)


def _paint_ground(painter: QPainter, ink: Ink, rect: QRect) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink.colour(ink.theme.warning), 1.5)
    pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    painter.setBrush(QBrush(ink.hatch))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    painter.restore()


def _paint_words(painter: QPainter, ink: Ink, rect: QRect, mark: HeldMark) -> None:
    left, width = rect.left() + LEFT, rect.width() - LEFT - 6
    is_low = rect.height() < ink.line + ink.detail_line + 4
    title = f"{mark.title} · {mark.detail}" if is_low else mark.title
    base = rect.top() + 3 + ink.name_rise
    if is_low:
        base = rect.center().y() + (ink.name_rise - ink.name_drop) // 2 + 1
    lines = [(ink.names, title, ink.theme.text, base)]
    if not is_low:
        lines.append((ink.words, mark.detail, ink.theme.muted, base + ink.detail_line))
    for letters, text, colour, y in lines:
        shown = letters.cut(text, width)
        painter.setFont(letters.font_for(shown))
        painter.setPen(ink.colour(colour))
        painter.drawText(left, y, shown)
