"""Colours, fonts and small pictures of the grid, made once per theme and font."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from desk_app.domain.appointment import Status
from desk_app.ui.fonts import tabular
from desk_app.ui.grid.painting.letters import Letters
from desk_app.ui.theme import tinted

if TYPE_CHECKING:
    from desk_app.ui.theme import StatusColours, Theme

RADIUS = 4.0
TILE = 8
_MOST_CELLS = 300


class Ink:
    """What the painters of the grid paint with.

    Text in cards is drawn without kerning where the script allows it: drawing a name
    that was never seen before takes half the time, and a day has hundreds.
    """

    def __init__(self, theme: Theme, font: QFont, ratio: float) -> None:
        self.theme, self.ratio = theme, ratio
        self.name_font = _quick(font, QFont.Weight.DemiBold, 1.0)
        self.detail_font = _quick(font, QFont.Weight.Normal, 0.9)
        self.tiny_font = _quick(font, QFont.Weight.DemiBold, 0.72)
        self.names, self.words = Letters(self.name_font), Letters(self.detail_font)
        self.tiny_names = Letters(self.tiny_font)
        self.label_font = tabular(font)
        self.label_font.setPointSizeF(font.pointSizeF() * 0.9)
        self.note_font = _plain(font, QFont.Weight.Normal, 0.9)
        self.strong_font = _plain(font, QFont.Weight.DemiBold, 1.0)
        self.label_metrics = QFontMetrics(self.label_font)
        self.note_metrics = QFontMetrics(self.note_font)
        self.strong_metrics = QFontMetrics(self.strong_font)
        self._measure()
        self.hatch = _hatch(theme.grid_blocked, theme.grid_hatch, ratio)
        self._tail = _hatch(theme.grid_open, theme.grid_hatch, ratio)
        self._colours: dict[str, QColor] = {}
        self._tints: dict[str, StatusColours] = {}
        self._text_colours = {
            status: QColor(theme.of_status(status).text) for status in Status
        }
        self._cells: dict[tuple[object, ...], QPixmap] = {}
        self._tails: dict[tuple[int, int], QPixmap] = {}

    def _measure(self) -> None:
        name = QFontMetrics(self.name_font)
        detail = QFontMetrics(self.detail_font)
        self.line, self.name_rise = name.height(), name.ascent()
        self.name_drop = name.descent()
        self.letter = name.averageCharWidth()
        self.detail_line, self.detail_rise = detail.height(), detail.ascent()
        self.tiny_cap = QFontMetrics(self.tiny_font).capHeight()
        self.strong_rise = self.strong_metrics.ascent()
        self.mark = max(round(self.line * 0.8), 10)

    def colour(self, name: str) -> QColor:
        """Return "#rrggbb" as a QColor, made once."""
        colour = self._colours.get(name)
        if colour is None:
            colour = self._colours[name] = QColor(name)
        return colour

    def colours_of(self, status: Status, tint: str) -> StatusColours:
        """Return the colours of a card: those of its status, or of its tint."""
        if not tint:
            return self.theme.of_status(status)
        colours = self._tints.get(tint)
        if colours is None:
            colours = self._tints[tint] = tinted(tint, self.theme)
        return colours

    def text_of(self, status: Status) -> QColor:
        """Return the colour of the words on a card."""
        return self._text_colours[status]

    def cell(self, fill: str, border: str, width: int, height: int) -> QPixmap:
        """Return a cell with round corners, as offers have."""
        key = (fill, border, width, height)
        picture = self._cells.get(key)
        if picture is None:
            if len(self._cells) > _MOST_CELLS:
                self._cells.clear()
            size = QSize(width, height)
            picture = self._cells[key] = blank(size, self.ratio)
            painter = smooth(picture)
            rounded(painter, size, fill, QPen(QColor(border), 1))
            painter.end()
        return picture

    def tail(self, width: int, height: int) -> QPixmap:
        """Return what is drawn below a card for its buffer."""
        picture = self._tails.get((width, height))
        if picture is None:
            if len(self._tails) > _MOST_CELLS:
                self._tails.clear()
            picture = self._tails[width, height] = blank(
                QSize(width, height), self.ratio
            )
            painter = QPainter(picture)
            painter.drawTiledPixmap(0, 0, width, height, self._tail)
            painter.end()
        return picture


def blank(size: QSize, ratio: float) -> QPixmap:
    """Return a transparent picture of this size, sharp at this ratio."""
    picture = QPixmap(
        max(round(size.width() * ratio), 1), max(round(size.height() * ratio), 1)
    )
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def smooth(picture: QPixmap) -> QPainter:
    """Return a painter for curves and slanted lines."""
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def rounded(painter: QPainter, size: QSize, fill: str, pen: QPen) -> QPainterPath:
    """Fill and outline a shape with round corners; return it for clipping."""
    half = pen.widthF() / 2
    rect = QRectF(0, 0, size.width(), size.height()).adjusted(half, half, -half, -half)
    path = QPainterPath()
    path.addRoundedRect(rect, RADIUS, RADIUS)
    painter.fillPath(path, QColor(fill))
    painter.strokePath(path, pen)
    return path


def _plain(font: QFont, weight: QFont.Weight, size: float) -> QFont:
    result = QFont(font)
    result.setWeight(weight)
    result.setPointSizeF(font.pointSizeF() * size)
    return result


def _quick(font: QFont, weight: QFont.Weight, size: float) -> QFont:
    result = _plain(font, weight, size)
    result.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    return result


def _hatch(ground: str, line: str, ratio: float) -> QPixmap:
    """Return a tile of slanted lines that joins itself on all sides."""
    tile = blank(QSize(TILE, TILE), ratio)
    tile.fill(QColor(ground))
    painter = smooth(tile)
    painter.setPen(QPen(QColor(line), 1.2))
    for shift in (-TILE, 0, TILE):
        painter.drawLine(shift, TILE, shift + TILE, 0)
    painter.end()
    return tile
