"""Cards that are on the pinboard: a broken line around them, and a pin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desk_app.ui import icons
from desk_app.ui.grid.painting.ink import RADIUS

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from desk_app.ui.grid.painting.ink import Ink
    from desk_app.ui.grid.painting.scene import Scene
    from desk_app.ui.grid.view import DiaryView

_DASHES = (3.0, 2.0)


def paint_pins(painter: QPainter, view: DiaryView, scene: Scene) -> None:
    """Mark the pinned cards that are exposed."""
    for number in view.pins.ids:
        place = view.place_of(number)
        if place is not None:
            rect = view.place_rect(place)
            if rect.intersects(scene.exposed):
                _paint_pin(painter, scene.ink, rect)


def _paint_pin(painter: QPainter, ink: Ink, rect: QRect) -> None:
    theme = ink.theme
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink.colour(theme.accent), 2)
    pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    side = min(ink.mark + 6, rect.height() - 2)
    badge = QRectF(rect.right() - side - 2, rect.top() + 2, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour(theme.accent))
    painter.drawEllipse(badge)
    size = max(side - 6, 6)
    picture = icons.pixmap("pin", ink.colour(theme.accent_text), size, ink.ratio)
    corner = badge.center().toPoint()
    painter.drawPixmap(corner.x() - size // 2, corner.y() - size // 2, picture)
    painter.restore()
