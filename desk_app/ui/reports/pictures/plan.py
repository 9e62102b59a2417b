"""What all pictures share: colours, letters, places of values, lines across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desk_app.ui import theme as themes

if TYPE_CHECKING:
    from desk_app.ui.reports.charts import Chart
    from desk_app.ui.theme import Theme

GAP = 8.0
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class Place(NamedTuple):
    """A value of a chart by its row and column."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours and letters a picture is painted with."""

    theme: Theme
    font: QFont

    @property
    def metrics(self) -> QFontMetricsF:
        """How large its letters are."""
        return QFontMetricsF(self.font)

    @property
    def strong(self) -> QFont:
        """The same letters, bold."""
        font = QFont(self.font)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @property
    def line(self) -> float:
        """The height of a line of text."""
        return self.metrics.height()

    def width(self, text: str, *, strong: bool = False) -> float:
        """Return how wide a text is."""
        metrics = QFontMetricsF(self.strong) if strong else self.metrics
        return metrics.horizontalAdvance(text)

    def elided(self, text: str, width: float) -> str:
        """Return as much of a text as fits."""
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def mixed(self, share: float) -> QColor:
        """Return the ground with so much of the accent in it."""
        ground, accent = QColor(self.theme.surface), QColor(self.theme.accent)

        def between(one: int, other: int) -> int:
            return round(one * (1 - share) + other * share)

        return QColor(
            between(ground.red(), accent.red()),
            between(ground.green(), accent.green()),
            between(ground.blue(), accent.blue()),
        )

    def words_on(self, ground: QColor) -> QColor:
        """Return black or white: one of them is readable on any ground."""
        given = (QColor(Qt.GlobalColor.black), QColor(Qt.GlobalColor.white))
        return max(given, key=lambda ink: themes.contrast(ink.name(), ground.name()))


class Plan(Protocol):
    """Where a chart stands in a room, and how it is painted there."""

    def paint(
        self, painter: QPainter, current: Place | None, *, has_focus: bool
    ) -> None:
        """Paint all of it; `current` is the value the keyboard is at."""

    def rect(self, place: Place) -> QRectF:
        """Return where a value stands."""

    def at(self, point: QPointF) -> Place | None:
        """Return the value at a point."""


def write(
    painter: QPainter,
    room: QRectF,
    text: str,
    colour: str | QColor,
    align: Qt.AlignmentFlag,
) -> None:
    """Write one line of text."""
    painter.setPen(QColor(colour))
    painter.drawText(room, align | Qt.TextFlag.TextSingleLine, text)


def ring(painter: QPainter, rect: QRectF, inks: Inks) -> None:
    """Draw the frame of the value that has the keyboard."""
    painter.setPen(QPen(QColor(inks.theme.focus_ring), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, 4, 4)


def labels_width(chart: Chart, inks: Inks, most: float) -> float:
    """Return how wide the labels of the rows are, at most so wide."""
    widest = max((inks.width(row.label) for row in chart.rows), default=0.0)
    return min(widest + 2, most)


def legend(painter: QPainter, room: QRectF, text: str, inks: Inks) -> None:
    """Write what marks and shades mean, at the lower edge."""
    if text:
        painter.setFont(inks.font)
        below = QRectF(room.left(), room.bottom() - inks.line, room.width(), inks.line)
        write(painter, below, inks.elided(text, room.width()), inks.theme.muted, LEFT)
