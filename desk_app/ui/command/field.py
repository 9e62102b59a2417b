"""The field of the line: under each part stands what it was taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QLineEdit

from desk_app.domain.command_line import LONGEST_LINE, Kind, Reading, Span
from desk_app.ui import appearance

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from desk_app.ui.theme import Theme

# QLineEdit draws its cursor this far to the right of where its rectangle begins.
_CURSOR_INSET = 5
_SIZE, _CAPTION = 1.15, 0.8
_LINES = {
    Kind.CLIENT: Qt.PenStyle.SolidLine,
    Kind.NEW: Qt.PenStyle.SolidLine,
    Kind.DAY: Qt.PenStyle.DashLine,
    Kind.TIME: Qt.PenStyle.DotLine,
    Kind.SERVICE: Qt.PenStyle.DashDotLine,
    Kind.PROVIDER: Qt.PenStyle.DashDotDotLine,
}


class CommandField(QLineEdit):
    """One line of text; a rule, its pattern and a word below tell the parts apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading("")
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _SIZE)
        self.setFont(font)
        self._small = QFont(font)
        self._small.setPointSizeF(font.pointSizeF() * _CAPTION / _SIZE)
        self.setObjectName("commandField")
        self.setMaxLength(LONGEST_LINE)
        self.setTextMargins(0, 0, 0, round(QFontMetricsF(self._small).height()) + 4)

    def show_reading(self, reading: Reading) -> None:
        """Mark what the parts were taken for."""
        self._reading = reading
        self.setAccessibleDescription(spoken(reading))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the marks below it."""
        super().paintEvent(event)
        if self._reading.text != self.text():
            return
        spans = [one for one in self._reading.spans if one.kind is not Kind.NOTHING]
        if not spans:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._small)
            painter.setClipRect(self.rect().adjusted(6, 0, -6, 0))
            places = [self._place(span) for span in spans]
            ends = [left for left, _ in places[1:]] + [float(self.width())]
            for span, place, end in zip(spans, places, ends, strict=True):
                self._mark(painter, span, place, end)

    def _place(self, span: Span) -> tuple[float, float]:
        """Return where a part begins and ends, in the field's coordinates."""
        layout = QTextLayout(self.text(), self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        here = self.cursorPosition()
        start, end, cursor = (
            _x(line.cursorToX(place)) for place in (span.start, span.end, here)
        )
        origin = self.cursorRect().x() + _CURSOR_INSET - cursor
        return origin + min(start, end), origin + max(start, end)

    def _mark(
        self, painter: QPainter, span: Span, place: tuple[float, float], end: float
    ) -> None:
        left, right = place
        below = self.cursorRect().bottom() + 1.0
        theme = appearance.current()
        if span.kind is Kind.UNKNOWN:
            painter.setPen(QPen(QColor(theme.danger), 1.6))
            _wave(painter, left, right, below)
        else:
            pen = QPen(QColor(_colour(span.kind, theme)), 2)
            pen.setStyle(_LINES[span.kind])
            painter.setPen(pen)
            painter.drawLine(QPointF(left, below), QPointF(right, below))
        self._caption(painter, span.kind, QRectF(left, below, end - left - 6, 0))

    def _caption(self, painter: QPainter, kind: Kind, room: QRectF) -> None:
        theme, metrics = appearance.current(), QFontMetricsF(self._small)
        text = caption(kind)
        if kind is Kind.UNKNOWN and metrics.horizontalAdvance(text) > room.width():
            text = "?"
        if metrics.horizontalAdvance(text) > room.width():
            return
        is_odd = kind is Kind.UNKNOWN
        painter.setPen(QColor(theme.danger if is_odd else theme.muted))
        painter.drawText(QPointF(room.left(), room.top() + metrics.ascent() + 2), text)


def caption(kind: Kind) -> str:
    """Return what a part was taken for, in a word."""
    return {
        Kind.CLIENT: _tr("who"),
        Kind.NEW: _tr("new"),
        Kind.DAY: _tr("day"),
        Kind.TIME: _tr("time"),
        Kind.SERVICE: _tr("service"),
        Kind.PROVIDER: _tr("with"),
        Kind.UNKNOWN: _tr("not understood"),
        Kind.NOTHING: "",
    }[kind]


def spoken(reading: Reading) -> str:
    """Return what each part was taken for, for a screen reader."""
    parts = [
        f"{caption(span.kind)}: {reading.text[span.start : span.end]}"
        for span in reading.spans
        if span.kind is not Kind.NOTHING
    ]
    return ", ".join(parts)


def _colour(kind: Kind, theme: Theme) -> str:
    return {
        Kind.CLIENT: theme.text,
        Kind.NEW: theme.link,
        Kind.DAY: theme.accent,
        Kind.TIME: theme.accent,
        Kind.SERVICE: theme.warning,
        Kind.PROVIDER: theme.success,
    }[kind]


def _wave(painter: QPainter, left: float, right: float, y: float) -> None:
    step, height = 3.0, 1.5
    points: list[QPointF] = []
    x = left
    while x <= right:
        points.append(QPointF(x, y + (height if len(points) % 2 else -height)))
        x += step
    painter.drawPolyline(points)


def _x(answer: object) -> float:
    """Return the place of a cursor; PySide answers with a pair where it moves one."""
    return float(answer[0] if isinstance(answer, tuple) else answer)  # type: ignore[arg-type]


def _tr(text: str) -> str:
    return QCoreApplication.translate("command", text)
