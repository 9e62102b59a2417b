"""Where things stand in the grid: minutes to y, columns to x, and back. No painting.

Coordinates are those of the whole content; the view takes its scroll position off.
All edges are whole pixels, so that lines are crisp without antialiasing.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from desk_app.ui.grid.clock import DAY, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desk_app.ui.grid.columns import Card, Column

# Text lines per hour; 4 shows a quarter of an hour as one line of text.
ZOOM_LEVELS = (1.6, 2.2, 3.0, 4.0, 5.5, 8.0, 12.0)
DEFAULT_ZOOM = 3

_LEAST_HOURS = 9
_USUAL_DAY = Stretch(8 * 60, 18 * 60)
_LEFT, _RIGHT, _GAP = 3, 4, 2


@dataclass(frozen=True, slots=True)
class Frame:
    """One layout of the grid: which minutes it shows, how high, and its columns.

    `edges` are the x of the columns' left edges and of the last one's right edge. A
    card lower than `least_card` grows into free time after it.
    """

    first: int
    last: int
    scale: float
    edges: tuple[int, ...]
    least_card: int = 4

    @property
    def height(self) -> int:
        """The height of all hours."""
        return self.y(self.last)

    @property
    def width(self) -> int:
        """The width of all columns."""
        return self.edges[-1]

    def y(self, minute: float) -> int:
        """Return where a wall minute begins."""
        return round((minute - self.first) * self.scale)

    def minute(self, y: float) -> int:
        """Return the wall minute at `y`, within what is shown."""
        minute = int(self.first + (y + 0.5) / self.scale)
        return max(self.first, min(minute, self.last - 1))

    def column(self, x: int) -> int:
        """Return the column at `x`, -1 if there is none."""
        if not 0 <= x < self.width:
            return -1
        return bisect_right(self.edges, x) - 1

    def nearest_column(self, x: int) -> int:
        """Return the column at `x` or the one next to it."""
        return self.column(max(0, min(x, self.width - 1)))

    def columns(self, left: int, right: int) -> range:
        """Return the columns that lie between two x."""
        if right <= 0 or left >= self.width:
            return range(0)
        return range(self.nearest_column(left), self.nearest_column(right - 1) + 1)

    def span_rect(self, column: int, top: int, bottom: int) -> QRect:
        """Return the whole width of a column between two minutes."""
        left, y = self.edges[column], self.y(top)
        return QRect(left, y, self.edges[column + 1] - left, self.y(bottom) - y)

    def cell_rect(self, column: int, top: int, bottom: int) -> QRect:
        """Return the room that a card over all lanes has between two minutes."""
        y = self.y(top)
        left, right = self.edges[column] + _LEFT, self.edges[column + 1] - _RIGHT
        return QRect(left, y + 1, right - left, max(self.y(bottom) - y - 1, 4))

    def card_rect(self, column: int, card: Card) -> QRect:
        """Return where a card stands."""
        return QRect(*self.card_place(column, card))

    def card_place(self, column: int, card: Card) -> tuple[int, int, int, int]:
        """Return x, y, width and height of a card; quick, as each repaint asks."""
        y = round((card.top - self.first) * self.scale)
        bottom = round((card.bottom - self.first) * self.scale)
        if bottom - y < self.least_card and card.free_until > card.bottom:
            free = round((card.free_until - self.first) * self.scale)
            bottom = min(y + self.least_card, free)
        left, right = self.edges[column] + _LEFT, self.edges[column + 1] - _RIGHT
        if card.lane_count > 1:
            lane = (right - left + _GAP) / card.lane_count
            right = left + round((card.lane + card.lane_span) * lane) - _GAP
            left += round(card.lane * lane)
        return left, y + 1, right - left, max(bottom - y - 1, 4)

    def card_at(self, column: int, column_data: Column, x: int, y: int) -> int:
        """Return the row of the card at a point, -1 if there is none."""
        for row, card in enumerate(column_data.cards):
            if self.card_rect(column, card).contains(x, y):
                return row
        return -1


@dataclass(frozen=True, slots=True)
class Room:
    """What a frame is made for: the viewport, and how large text is."""

    width: int
    height: int
    line: int
    least_column: int


def frame_for(columns: Sequence[Column], room: Room, zoom: int) -> Frame:
    """Lay the columns out: a day that is lower than the viewport fills it."""
    hours = hours_shown(columns)
    minutes = hours.bottom - hours.top
    scale = max(ZOOM_LEVELS[zoom] * room.line / 60, room.height / minutes)
    if not columns:
        scale = room.height / minutes
    count = max(len(columns), 1)
    width = max(room.width, count * room.least_column)
    edges = tuple(round(number * width / count) for number in range(count + 1))
    return Frame(hours.top, hours.bottom, scale, edges, room.line)


def hours_shown(columns: Iterable[Column]) -> Stretch:
    """Return the full hours, nine at least, that hold all opening and all cards."""
    tops, bottoms = [], []
    for column in columns:
        for shown in (column.hours, column.cards):
            tops += [each.top for each in shown]
            bottoms += [each.bottom for each in shown]
    if not tops:
        return _USUAL_DAY
    top, bottom = min(tops) // 60 * 60, -(-max(bottoms) // 60) * 60
    # A short day keeps its usual scale instead of being blown up.
    bottom = min(max(bottom, top + _LEAST_HOURS * 60), DAY)
    return Stretch(max(min(top, bottom - _LEAST_HOURS * 60), 0), bottom)


def step_at(scale: float, line: int) -> int:
    """Return how finely a free time can be picked at this zoom: 5 or 15 minutes."""
    return 5 if 5 * scale >= 0.7 * line else 15
