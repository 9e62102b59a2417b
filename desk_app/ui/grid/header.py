"""What stays while the grid scrolls: names above the columns, hours at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from desk_app.ui import format as written
from desk_app.ui.grid.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from desk_app.ui.grid.columns import Column
    from desk_app.ui.grid.surface import DiarySurface

_PADDING = 8


class HeaderStrip(QWidget):
    """The heads of the columns.

    In a view of several providers a head says who, in one of several days when.

    Signals:
        column_chosen: a head was clicked, by its number.
    """

    column_chosen = Signal(int)

    def __init__(self, view: DiarySurface) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def needed_height(self) -> int:
        """Return the height for two lines of text."""
        ink = self._view.ink
        return ink.strong_metrics.height() + ink.label_metrics.height() + 12

    def paintEvent(self, event: QPaintEvent) -> None:
        view, ink = self._view, self._view.ink
        painter = QPainter(self)
        painter.fillRect(event.rect(), ink.colour(ink.theme.surface))
        edges = view.frame.edges
        painter.translate(-view.horizontalOffset(), 0)
        names_differ = len({c.provider.provider_id for c in view.columns}) > 1
        days_differ = len({c.day for c in view.columns}) > 1
        for number, column in enumerate(view.columns):
            room = QRect(
                edges[number], 0, edges[number + 1] - edges[number], self.height()
            )
            if days_differ and not names_differ:
                self._paint_day(painter, column, room)
            else:
                self._paint_provider(painter, column, room, days_differ)
            line = ink.colour(ink.theme.grid_column)
            painter.fillRect(room.right(), 8, 1, room.height() - 8, line)
        border = ink.colour(ink.theme.grid_column)
        painter.resetTransform()
        painter.fillRect(0, self.height() - 1, self.width(), 1, border)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        x = int(event.position().x()) + self._view.horizontalOffset()
        column = self._view.frame.column(x)
        if 0 <= column < len(self._view.columns):
            self.column_chosen.emit(column)

    def _paint_provider(
        self, painter: QPainter, column: Column, room: QRect, with_day: bool
    ) -> None:
        ink = self._view.ink
        dot = max(ink.strong_metrics.ascent() - 3, 6)
        left = room.left() + _PADDING
        top = (room.height() - self.needed_height()) // 2 + 5
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(column.provider.colour))
        y = top + (ink.strong_metrics.height() - dot) / 2
        painter.drawEllipse(QRectF(left, y, dot, dot))
        painter.restore()
        inset = dot + 6
        kind = written.provider_type(column.provider.type)
        day = written.short_date(column.day) if with_day else ""
        note = " · ".join(filter(None, [day, kind, self._zone_note(column)]))
        rect = QRect(left + inset, top, room.width() - 2 * _PADDING - inset, 0)
        self._paint_lines(painter, rect, column.provider.name, note)

    def _paint_day(self, painter: QPainter, column: Column, room: QRect) -> None:
        ink, theme = self._view.ink, self._view.ink.theme
        is_today = column.clock.is_today(self._view.now)
        if is_today:
            painter.fillRect(room, ink.colour(theme.grid_today))
            bar = QRect(room.left(), room.bottom() - 3, room.width(), 3)
            painter.fillRect(bar, ink.colour(theme.accent))
        note = tr("Today") if is_today else self._load(column)
        note = " · ".join(filter(None, [note, self._zone_note(column)]))
        top = (room.height() - self.needed_height()) // 2 + 5
        rect = QRect(room.left() + _PADDING, top, room.width() - 2 * _PADDING, 0)
        self._paint_lines(painter, rect, written.short_date(column.day), note)

    def _paint_lines(
        self, painter: QPainter, rect: QRect, title: str, note: str
    ) -> None:
        ink, theme = self._view.ink, self._view.ink.theme
        elide, width = Qt.TextElideMode.ElideRight, rect.width()
        painter.setFont(ink.strong_font)
        painter.setPen(ink.colour(theme.text))
        base = rect.top() + ink.strong_metrics.ascent()
        title = ink.strong_metrics.elidedText(title, elide, width)
        painter.drawText(rect.left(), base, title)
        painter.setFont(ink.label_font)
        painter.setPen(ink.colour(theme.muted))
        base += ink.strong_metrics.descent() + ink.label_metrics.ascent() + 1
        note = ink.label_metrics.elidedText(note, elide, width)
        painter.drawText(rect.left(), base, note)

    def _load(self, column: Column) -> str:
        if not column.hours and not column.cards:
            return tr("Closed")
        count = len(column.cards)
        return tr("%1 booked", str(count)) if count else tr("Nothing booked")

    def _zone_note(self, column: Column) -> str:
        zone = self._view.zone
        if zone is None:
            return ""
        return written.zone_note(column.clock.start, column.clock.zone, zone)


class TimeRuler(QWidget):
    """The hours at the left edge, and a label for the time it is now."""

    def __init__(self, view: DiarySurface) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def needed_width(self) -> int:
        """Return the width for the longest label."""
        metrics, labels = self._view.ink.label_metrics, self._view.labels
        widest = max(
            metrics.horizontalAdvance(labels.text(hour * 60)) for hour in range(24)
        )
        return widest + 2 * _PADDING

    def paintEvent(self, event: QPaintEvent) -> None:
        view, ink = self._view, self._view.ink
        painter = QPainter(self)
        painter.fillRect(event.rect(), ink.colour(ink.theme.surface))
        line = ink.colour(ink.theme.grid_column)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), line)
        painter.translate(0, -view.verticalOffset())
        painter.setFont(ink.label_font)
        painter.setPen(ink.colour(ink.theme.muted))
        for hour in range(view.frame.first, view.frame.last, 60):
            self._paint_hour(painter, hour)
        self._paint_now(painter)

    def _paint_hour(self, painter: QPainter, minute: int) -> None:
        view, metrics = self._view, self._view.ink.label_metrics
        y = view.frame.y(minute)
        # The label stands beside its line; the first one would be cut, so below it.
        base = y + metrics.ascent() - metrics.height() // 2
        if minute == view.frame.first:
            base = y + metrics.ascent()
        text = view.labels.text(minute)
        x = self.width() - _PADDING - metrics.horizontalAdvance(text)
        painter.drawText(QPoint(x, base), text)

    def _paint_now(self, painter: QPainter) -> None:
        view, ink = self._view, self._view.ink
        minute = view.now_minute()
        if minute is None:
            return
        height = ink.label_metrics.height() + 2
        y = view.frame.y(minute) - height // 2
        rect = QRectF(2, y, self.width() - 4, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.colour(ink.theme.now_line))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(ink.colour(ink.theme.now_text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, view.labels.text(minute))
