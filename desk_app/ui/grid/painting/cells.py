"""Free times of the grid: what is offered, what the pointer and the keys are on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desk_app.ui.grid.painting.ink import RADIUS

if TYPE_CHECKING:
    from desk_app.ui.grid.clock import TimeLabels
    from desk_app.ui.grid.offers import Offers
    from desk_app.ui.grid.painting.scene import Scene
    from desk_app.ui.grid.roving import Cursor

_RING = 2


def paint_offers(
    painter: QPainter, scene: Scene, offers: Offers, labels: TimeLabels
) -> None:
    """Paint the free times of the chosen service as light cells with their start."""
    ink, theme = scene.ink, scene.ink.theme
    painter.setFont(ink.label_font)
    painter.setPen(ink.colour(theme.offer_text))
    for number in scene.shown_columns:
        for offer in offers.of(scene.columns[number]):
            rect = scene.frame.cell_rect(number, offer.top, offer.bottom)
            if rect.intersects(scene.exposed):
                picture = ink.cell(
                    theme.offer_fill, theme.offer_border, rect.width(), rect.height()
                )
                painter.drawPixmap(rect.topLeft(), picture)
                _paint_time(painter, scene, rect, labels.text(offer.top))


def paint_hover(
    painter: QPainter, scene: Scene, place: Cursor, labels: TimeLabels
) -> None:
    """Paint the free time under the pointer."""
    theme, colour = scene.ink.theme, scene.ink.colour
    rect = scene.frame.cell_rect(place.column, place.minute, place.bottom)
    fill = QColor(theme.accent)
    fill.setAlpha(40)
    _round(painter, rect, fill, QPen(Qt.PenStyle.NoPen))
    painter.setFont(scene.ink.label_font)
    painter.setPen(colour(theme.offer_text))
    _paint_time(painter, scene, rect, labels.text(place.minute))


def paint_chosen_time(
    painter: QPainter, scene: Scene, place: Cursor, labels: TimeLabels
) -> None:
    """Paint the time the keyboard is on; filled, so that it is found at a glance."""
    theme, colour = scene.ink.theme, scene.ink.colour
    rect = scene.frame.cell_rect(place.column, place.minute, place.bottom)
    _round(painter, rect, colour(theme.accent), QPen(Qt.PenStyle.NoPen))
    painter.setFont(scene.ink.label_font)
    painter.setPen(colour(theme.accent_text))
    _paint_time(painter, scene, rect, labels.text(place.minute))


def paint_ring(painter: QPainter, scene: Scene, rect: QRect, has_focus: bool) -> None:
    """Paint the ring around what is selected, stronger while the keyboard is here."""
    theme, colour = scene.ink.theme, scene.ink.colour
    width = _RING if has_focus else 1
    outside = QRect(rect).adjusted(-1, -1, 1, 1)
    pen = QPen(colour(theme.focus_ring if has_focus else theme.accent), width)
    _round(painter, outside, QColor(Qt.GlobalColor.transparent), pen)


def paint_glow(painter: QPainter, scene: Scene, rect: QRect) -> None:
    """Paint the light that lies on the card under the pointer."""
    shade = QColor("#ffffff" if scene.ink.theme.is_dark else "#000000")
    shade.setAlpha(16)
    pen = QPen(scene.ink.colour(scene.ink.theme.control_border), 1)
    _round(painter, rect, shade, pen)


def _paint_time(painter: QPainter, scene: Scene, rect: QRect, text: str) -> None:
    metrics = scene.ink.label_metrics
    if rect.height() < metrics.ascent() or rect.width() < 24:
        return
    drop = (min(rect.height(), metrics.height() + 6) - metrics.height()) // 2
    painter.drawText(rect.left() + 7, rect.top() + drop + metrics.ascent(), text)


def _round(painter: QPainter, rect: QRect, fill: QColor, pen: QPen) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(fill)
    half = pen.widthF() / 2 if pen.style() != Qt.PenStyle.NoPen else 0
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, RADIUS, RADIUS)
    painter.restore()
