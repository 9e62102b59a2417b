"""What stays at the left while the grid scrolls: the hours, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desk_app.ui.grid.practice_hours import PracticeHours
from desk_app.ui.plain import tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desk_app.ui.grid.surface import DiarySurface

_PADDING = 8


class TimeRuler(QWidget):
    """The hours at the left edge, and a label for the time it is now.

    Where all columns go by one clock that is not the practice's, its hours stand
    beside theirs; `Corner` says which is which.
    """

    def __init__(self, view: DiarySurface) -> None:
        super().__init__(view)
        self._view = view
        self._known: object = None
        self._here = PracticeHours((), None)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def here(self) -> PracticeHours:
        """The practice's hours beside those of the columns."""
        clocks = tuple(column.clock for column in self._view.columns)
        if self._known != (clocks, self._view.zone):
            self._known = clocks, self._view.zone
            self._here = PracticeHours(clocks, self._view.zone)
        return self._here

    def needed_width(self) -> int:
        """Return the width for the longest label, or for two beside each other."""
        return self.lane * (2 if self.here.are_needed else 1)

    @property
    def lane(self) -> int:
        """The width of one label with the room around it."""
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
        now = view.now_minute() if view.columns else None
        near = ink.label_metrics.height() / view.frame.scale
        for hour in range(view.frame.first, view.frame.last, 60):
            # The label of now takes the place of an hour's beside it.
            if view.columns and (now is None or abs(hour - now) > near):
                self._paint_hour(painter, hour)
        if now is not None:
            self._paint_now(painter, now)

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
        if here := self.here.text(minute):
            x = self.lane - _PADDING - metrics.horizontalAdvance(here)
            painter.drawText(QPoint(x, base), here)

    def _paint_now(self, painter: QPainter, minute: int) -> None:
        view, ink = self._view, self._view.ink
        height = ink.label_metrics.height() + 2
        y = view.frame.y(minute) - height // 2
        rect = QRectF(self.width() - self.lane + 2, y, self.lane - 4, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.colour(ink.theme.now_line))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(ink.colour(ink.theme.now_text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, view.labels.text(minute))


class Corner(QWidget):
    """Above the ruler: whose clock each of two rows of hours is."""

    def __init__(self, view: DiarySurface) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def words(self) -> tuple[str, ...]:
        """The places of the two clocks, from left to right; none for one clock."""
        here = self._view.ruler.here
        return here.places if here.are_needed else ()

    def look_again(self) -> None:
        """Say which clocks are shown now."""
        here = self._view.ruler.here
        self.setToolTip(tool_tip(here.note) if here.are_needed else "")
        self.setAccessibleName(here.note if here.are_needed else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, lane = self._view.ink, self._view.ruler.lane
        painter = QPainter(self)
        painter.fillRect(event.rect(), ink.colour(ink.theme.surface))
        painter.setFont(ink.note_font)
        painter.setPen(ink.colour(ink.theme.warning))
        height = ink.note_metrics.height()
        elide, right = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignRight
        for number, place in enumerate(self.words):
            room = QRect(lane * number, self.height() - height - 6, lane - 4, height)
            text = ink.note_metrics.elidedText(place, elide, room.width())
            painter.drawText(room, right, text)
