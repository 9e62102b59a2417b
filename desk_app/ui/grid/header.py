"""What stays above the columns while the grid scrolls: the names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from desk_app.domain.desk_rules import DeskRules
from desk_app.domain.waiting_room import waits_too_long
from desk_app.ui import format as written
from desk_app.ui import icons
from desk_app.ui.grid.words import tr, waiting_in, waiting_note

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QMouseEvent, QPaintEvent

    from desk_app.ui.grid.columns import Column
    from desk_app.ui.grid.surface import DiarySurface

_PADDING = 8


@dataclass(frozen=True, slots=True)
class _Head:
    """What is written above one column."""

    title: str
    note: str
    colour: str = ""
    is_today: bool = False
    zone: str = ""
    waiting: str = ""
    is_late: bool = False


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
        self._rules = DeskRules()
        self._heads_now: tuple[_Head, ...] = ()
        self._drawn: object = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def needed_height(self) -> int:
        """Return the height for two lines of text."""
        ink = self._view.ink
        return ink.strong_metrics.height() + ink.note_metrics.height() + 12

    def know(self, rules: DeskRules) -> None:
        """Point out who waits longer than these rules let people wait."""
        self._rules = rules
        self.look_again()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is written below the name of each column."""
        return tuple(head.note for head in self._heads())

    def look_again(self) -> None:
        """Repaint if a head has changed; turning to another day changes few."""
        heads = self._heads()
        drawn = (heads, self._view.frame.edges, self._view.ink)
        if drawn != self._drawn:
            self._heads_now, self._drawn = heads, drawn
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        view, ink = self._view, self._view.ink
        painter = QPainter(self)
        painter.fillRect(event.rect(), ink.colour(ink.theme.surface))
        painter.translate(-view.horizontalOffset(), 0)
        edges, height = view.frame.edges, self.height()
        line = ink.colour(ink.theme.grid_column)
        for number, head in enumerate(self._heads_now):
            left, right = edges[number], edges[number + 1]
            self._paint_head(painter, head, QRect(left, 0, right - left, height))
            painter.fillRect(right - 1, 8, 1, height - 8, line)
        painter.resetTransform()
        painter.fillRect(0, height - 1, self.width(), 1, line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        x = int(event.position().x()) + self._view.horizontalOffset()
        column = self._view.frame.column(x)
        if 0 <= column < len(self._view.columns):
            self.column_chosen.emit(column)

    def _heads(self) -> tuple[_Head, ...]:
        columns = self._view.columns
        are_days = len({column.key[0] for column in columns}) == 1
        if are_days and len(columns) > 1:
            return tuple(self._head_of_day(column) for column in columns)
        with_day = len({column.day for column in columns}) > 1
        return tuple(self._head_of_provider(c, with_day) for c in columns)

    def _head_of_provider(self, column: Column, with_day: bool) -> _Head:
        day = written.short_date(column.day) if with_day else ""
        zone = self._zone_note(column)
        note = _joined(zone, day, column.kind or _load(column))
        head = _Head(column.name, note, column.colour, zone=zone)
        return self._with_waiting(head, column, _joined(zone, day))

    def _head_of_day(self, column: Column) -> _Head:
        is_today = column.clock.is_today(self._view.now)
        note = tr("Today") if is_today else _load(column)
        zone = self._zone_note(column)
        note = _joined(zone, note)
        title = written.short_date(column.day)
        head = _Head(title, note, is_today=is_today, zone=zone)
        return self._with_waiting(head, column, zone)

    def _with_waiting(self, head: _Head, column: Column, before: str) -> _Head:
        """Say in place of the note who waits for this provider, and how long."""
        here, now = waiting_in(column), self._view.now
        waiting = waiting_note(here, now)
        if not waiting:
            return head
        is_late = any(waits_too_long(one, now, self._rules) for one in here)
        note = _joined(before, waiting)
        return replace(head, note=note, waiting=waiting, is_late=is_late)

    def _paint_head(self, painter: QPainter, head: _Head, room: QRect) -> None:
        ink, theme = self._view.ink, self._view.ink.theme
        if head.is_today:
            painter.fillRect(room, ink.colour(theme.grid_today))
            bar = QRect(room.left(), room.bottom() - 3, room.width(), 3)
            painter.fillRect(bar, ink.colour(theme.accent))
        top = (room.height() - self.needed_height()) // 2 + 5
        left = room.left() + _PADDING
        if head.colour:
            left += self._paint_dot(painter, head.colour, QPoint(left, top))
        rect = QRect(left, top, room.right() - _PADDING - left, 0)
        self._paint_lines(painter, rect, head)

    def _paint_dot(self, painter: QPainter, colour: str, at: QPoint) -> int:
        """Paint a provider's colour; return the room it takes."""
        metrics = self._view.ink.strong_metrics
        size = max(metrics.ascent() - 3, 6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        y = at.y() + (metrics.height() - size) / 2
        painter.drawEllipse(QRectF(at.x(), y, size, size))
        painter.restore()
        return size + 6

    def _paint_lines(self, painter: QPainter, rect: QRect, head: _Head) -> None:
        ink, theme = self._view.ink, self._view.ink.theme
        title, note = head.title, head.note
        font, colour, metrics = ink.note_font, theme.muted, ink.note_metrics
        if head.zone:
            # Whoever reads a time below must know whose clock it is.
            colour = theme.warning
        elif head.waiting:
            colour = theme.warning if head.is_late else theme.text
        elif ink.strong_metrics.horizontalAdvance(title) > rect.width():
            first, second = _halves(title, ink.strong_metrics, rect.width())
            if second:
                # In a narrow column the whole name says more than the note.
                title, note = first, second
                font, colour, metrics = ink.strong_font, theme.text, ink.strong_metrics
        elide, base = Qt.TextElideMode.ElideRight, rect.top() + ink.strong_rise
        painter.setFont(ink.strong_font)
        painter.setPen(ink.colour(theme.text))
        title = ink.strong_metrics.elidedText(title, elide, rect.width())
        painter.drawText(rect.left(), base, title)
        painter.setFont(font)
        painter.setPen(ink.colour(colour))
        base += ink.strong_metrics.descent() + ink.note_metrics.ascent() + 1
        left = rect.left()
        if head.is_late:
            left += self._paint_late(painter, QPoint(left, base - metrics.ascent()))
        note = metrics.elidedText(note, elide, rect.right() - left)
        painter.drawText(left, base, note)

    def _paint_late(self, painter: QPainter, at: QPoint) -> int:
        """Paint the sign of too long a wait; return the room it takes."""
        ink = self._view.ink
        size, colour = ink.note_metrics.ascent() + 1, QColor(ink.theme.warning)
        painter.drawPixmap(at, icons.pixmap("clock-alert", colour, size, ink.ratio))
        return size + 4

    def _zone_note(self, column: Column) -> str:
        zone = self._view.zone
        if zone is None:
            return ""
        return written.zone_note(column.clock.start, column.clock.zone, zone)


def _load(column: Column) -> str:
    if not column.hours and not column.cards:
        return tr("Closed")
    count = len(column.cards)
    return tr("%1 booked", str(count)) if count else tr("Nothing booked")


def _halves(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Break a text after as many words as fit into a width; one word stays whole."""
    words = text.split(" ")
    count = len(words) - 1
    while count > 1 and metrics.horizontalAdvance(" ".join(words[:count])) > width:
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:]) if count else ""


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))
