"""The ground of the grid: open, closed and blocked time, and the lines of the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt

from desk_app.ui.grid.painting.ink import TILE
from desk_app.ui.grid.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter

    from desk_app.ui.grid.columns import BlockMark, Column
    from desk_app.ui.grid.painting.scene import Scene


def paint(painter: QPainter, scene: Scene) -> None:
    """Paint the exposed part of the ground."""
    theme, colour = scene.ink.theme, scene.ink.colour
    if not scene.columns:
        painter.fillRect(scene.exposed, colour(theme.grid_closed))
        return
    for number in scene.shown_columns:
        for top, bottom, is_open in _stretches(scene, scene.columns[number]):
            rect = scene.frame.span_rect(number, top, bottom) & scene.exposed
            shade = theme.grid_open if is_open else theme.grid_closed
            painter.fillRect(rect, colour(shade))
    _paint_lines(painter, scene)
    for number in scene.shown_columns:
        _paint_blocks(painter, scene, number)
    _paint_edges(painter, scene)


def is_closed(column: Column) -> bool:
    """Say whether there is nothing at all in a column."""
    return not (column.hours or column.cards or column.blocks)


def _stretches(scene: Scene, column: Column) -> Iterator[tuple[int, int, bool]]:
    """Yield open and closed time in turns, so that no pixel is filled twice."""
    top = scene.frame.first
    for hours in column.hours:
        if top < hours.top:
            yield top, hours.top, False
        yield hours.top, hours.bottom, True
        top = hours.bottom
    # A line more than the last minute has: the lowest pixels of the viewport.
    yield top, scene.frame.last + 60, False


def _paint_lines(painter: QPainter, scene: Scene) -> None:
    theme, exposed = scene.ink.theme, scene.exposed
    for minute, y in lines(scene):
        shade = theme.grid_hour if minute % 60 == 0 else theme.grid_half
        painter.fillRect(exposed.left(), y, exposed.width(), 1, scene.ink.colour(shade))


def lines(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield the minutes that have a line, with their y, where exposed."""
    frame, exposed = scene.frame, scene.exposed
    step = 15 if frame.scale * 15 > 1.6 * scene.ink.line else 30
    first = frame.minute(exposed.top()) // step * step
    for minute in range(first, frame.last + 1, step):
        y = frame.y(minute)
        if y > exposed.bottom():
            return
        yield minute, y


def _paint_edges(painter: QPainter, scene: Scene) -> None:
    colour, exposed = scene.ink.colour(scene.ink.theme.grid_column), scene.exposed
    for number in scene.shown_columns:
        x = scene.frame.edges[number + 1] - 1
        painter.fillRect(x, exposed.top(), 1, exposed.height(), colour)


def _paint_blocks(painter: QPainter, scene: Scene, number: int) -> None:
    column = scene.columns[number]
    for block in column.blocks:
        rect = scene.frame.span_rect(number, block.top, block.bottom)
        if rect.intersects(scene.exposed):
            _paint_block(painter, scene, block, rect)
    if is_closed(column) and not all(map(is_closed, scene.columns)):
        rect = scene.frame.span_rect(number, scene.frame.first, scene.frame.last)
        _paint_words(painter, scene, tr("Closed"), rect)


def _paint_block(
    painter: QPainter, scene: Scene, block: BlockMark, rect: QRect
) -> None:
    seen = rect & scene.exposed
    # The tiles hang from the content's corner, so that lines meet when scrolled.
    offset = QPoint(seen.left() % TILE, seen.top() % TILE)
    painter.drawTiledPixmap(seen, scene.ink.hatch, offset)
    line = scene.ink.colour(scene.ink.theme.grid_hour)
    painter.fillRect(rect.left(), rect.top(), rect.width(), 1, line)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
    _paint_words(painter, scene, block.reason or tr("Blocked"), rect)


def _paint_words(painter: QPainter, scene: Scene, words: str, rect: QRect) -> None:
    ink = scene.ink
    height = ink.detail_line
    if rect.height() < height - 2 or rect.width() < 24:
        return
    text = ink.words.cut(words, rect.width() - 16)
    top = rect.top() + max(min((rect.height() - height) // 2, 4), 0)
    width = ink.words.width(text) + 8
    label = QRect(rect.left() + 4, top, width, height)
    painter.fillRect(label, ink.colour(ink.theme.grid_blocked))
    painter.setFont(ink.words.font_for(text))
    painter.setPen(ink.colour(ink.theme.muted))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(label, flags, text)
