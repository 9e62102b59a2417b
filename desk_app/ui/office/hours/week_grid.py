"""The drawn week: days as columns, windows drawn, stretched and moved in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter

from desk_app.domain.timetable import HOUR, LAST_MINUTE, at, exchanged, fitted
from desk_app.ui.notice_bar import announce
from desk_app.ui.office.hours import words
from desk_app.ui.office.hours.hand import FINE_STEP, STEP, Hand
from desk_app.ui.office.hours.week_painter import paint
from desk_app.ui.painted import PaintedWidget
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.timetable import Day, Stretch, Week

USUAL = (7 * HOUR, 19 * HOUR)
GRIP = 6
Key = Qt.Key
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ARROWS: dict[int, tuple[int, int]] = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
}
_ENTER = (Key.Key_Return, Key.Key_Enter, Key.Key_Space)


@dataclass(frozen=True, slots=True)
class Drag:
    """What the mouse has taken: a window or nothing, and which part of it.

    `edge` is -1 for its start, 1 for its end, 0 for all of it.
    """

    weekday: int
    minute: int
    taken: Stretch | None
    edge: int = 0


class WeekGrid(PaintedWidget):
    """Seven days; the page keeps what they hold.

    Signals:
        day_changed: a day shall be another one (its weekday, the day).
        text_wanted: the day's times are to be typed (its weekday, a first letter).
    """

    day_changed = Signal(int, object)
    text_wanted = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hand = Hand()
        self._drag: Drag | None = None
        self._shown_drag: Stretch | None = None
        self._copied: Day | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Hours of the week, drawn"))
        self.setAccessibleDescription(
            self.tr("Arrows walk. Enter begins and ends a window, Delete removes it.")
        )

    # -- what is shown

    def show_week(self, week: Week) -> None:
        """Show another week; the cursor stays."""
        self.hand.week = week
        self.update()

    @property
    def range(self) -> tuple[int, int]:
        """The first and the last minute that are drawn, whole hours."""
        hand = self.hand
        edges = [each for day in hand.week for each in day]
        first = min([USUAL[0], hand.minute, *(each.start for each in edges)])
        last = max([USUAL[1], hand.minute + 1, *(each.end for each in edges)])
        return first // HOUR * HOUR, min(-(-last // HOUR) * HOUR, LAST_MINUTE)

    @property
    def gutter(self) -> int:
        """The room for the clock at the left."""
        return self.fontMetrics().horizontalAdvance(words.clock(20 * HOUR)) + 14

    def edges(self, weekday: int) -> tuple[int, int]:
        """Return where the column of a day begins and ends."""
        width = self.width() - self.gutter
        left = self.gutter + width * weekday // 7
        return left, self.gutter + width * (weekday + 1) // 7

    def height_of(self, minute: int) -> int:
        """Return where a minute is drawn."""
        first, last = self.range
        return round((minute - first) / (last - first) * (self.height() - 1))

    def box(self, weekday: int, stretch: Stretch) -> QRect:
        """Return where a window is drawn."""
        left, right = self.edges(weekday)
        top, bottom = self.height_of(stretch.start), self.height_of(stretch.end)
        return QRect(left + 3, top, right - left - 7, bottom - top)

    @property
    def in_hand(self) -> tuple[int, Stretch] | None:
        """The window that is being drawn or dragged, and on which day."""
        if self._drag is not None and self._shown_drag is not None:
            return self._drag.weekday, self._shown_drag
        drawn = self.hand.drawn
        return None if drawn is None else (self.hand.weekday, drawn)

    @property
    def taken(self) -> Stretch | None:
        """The window that is dragged elsewhere and so not drawn where it was."""
        return self._drag.taken if self._drag is not None else None

    # -- for screen readers

    def keys(self) -> Sequence[Hashable]:
        """The chosen time, then each day."""
        return ("cursor", *range(7))

    def said_of(self, key: Hashable) -> str:
        """Return a day with its hours, or the chosen time and what it lies in."""
        if isinstance(key, int):
            day = words.hours(self.hand.week[key])
            return f"{words.weekday(key, is_long=True)}: {day}"
        hand = self.hand
        here = hand.drawn or hand.here
        state = words.hours((here,)) if here else self.tr("closed")
        if hand.begun is not None:
            state = filled(self.tr("new window %1"), state)
        day = words.weekday(hand.weekday, is_long=True)
        return f"{day} {words.clock(hand.minute)}, {state}"

    def rect_of(self, key: Hashable) -> QRect:
        """Return a column, or the place of the cursor."""
        weekday = key if isinstance(key, int) else self.hand.weekday
        left, right = self.edges(weekday)
        if isinstance(key, int):
            return QRect(left, 0, right - left, self.height())
        return QRect(left, self.height_of(self.hand.minute), right - left, 4)

    def current_key(self) -> Hashable:
        """The cursor."""
        return "cursor"

    # -- Qt

    def sizeHint(self) -> QSize:
        """Ask for a line of text for each hour."""
        line = self.fontMetrics().height()
        return QSize(560, line * 20)

    def minimumSizeHint(self) -> QSize:
        """Be readable on small screens."""
        return QSize(420, self.fontMetrics().height() * 13)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the week."""
        with QPainter(self) as painter:
            paint(painter, self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.update()
        self.tell_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no cursor."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, draw, move and remove; a digit begins to type the day's times."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ARROWS:
            self._on_arrow(*_ARROWS[event.key()], modifiers)
        elif modifiers == _CTRL and event.key() in (Key.Key_C, Key.Key_V):
            self._on_copy(is_copy=event.key() == Key.Key_C)
        elif modifiers & (_CTRL | _ALT):
            super().keyPressEvent(event)
        elif not self._on_plain_key(event.key(), event.text()):
            super().keyPressEvent(event)
            return
        self._follow()

    def _on_plain_key(self, key: int, text: str) -> bool:
        """Do what a key without modifiers says; False if it says nothing here."""
        hand = self.hand
        if key in _ENTER:
            self._on_enter()
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self._send(hand.removed())
        elif key == Key.Key_Escape:
            return hand.leave()
        elif key in (Key.Key_Home, Key.Key_End):
            hand.go_to(hand.weekday, self.range[0 if key == Key.Key_Home else 1])
        elif key == Key.Key_F2 or text.isdecimal():
            hand.leave()
            self.text_wanted.emit(hand.weekday, text if text.isdecimal() else "")
        else:
            return False
        return True

    def _on_arrow(self, days: int, steps: int, held: Qt.KeyboardModifier) -> None:
        hand = self.hand
        fine = bool(held & _SHIFT)
        by = steps * (FINE_STEP if fine else STEP)
        if held & _CTRL:
            self._send(hand.moved(by) if steps else None)
        elif held & _ALT:
            self._send(hand.stretched(by) if steps else None)
        else:
            hand.walk(days, steps, fine=fine)

    def _on_enter(self) -> None:
        hand = self.hand
        if hand.begun is not None:
            self._send(hand.end())
        elif hand.here is not None:
            self.text_wanted.emit(hand.weekday, "")
        else:
            hand.begin()

    def _on_copy(self, *, is_copy: bool) -> None:
        hand = self.hand
        if is_copy:
            self._copied = hand.day
            text = filled(self.tr("Copied: %1"), words.hours(hand.day))
            announce(self, text)
        elif self._copied is not None:
            self._send(self._copied)

    def _send(self, day: Day | None) -> None:
        if day is not None and day != self.hand.day:
            self.day_changed.emit(self.hand.weekday, day)

    def _follow(self) -> None:
        self.update()
        self.tell_focus()
        announce(self, self.said_of("cursor"))

    # -- the mouse

    def place_at(self, point: QPoint) -> tuple[int, int]:
        """Return the weekday and the minute under a point."""
        width = max(self.width() - self.gutter, 1)
        weekday = max(0, min((point.x() - self.gutter) * 7 // width, 6))
        first, last = self.range
        minute = first + round(point.y() / max(self.height() - 1, 1) * (last - first))
        return weekday, max(0, min(minute, LAST_MINUTE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a window, or one of its edges, or begin a new one."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        weekday, minute = self.place_at(point)
        self.hand.leave()
        self.hand.go_to(weekday, _snapped(minute))
        self._drag = self._drag_at(weekday, minute, point.y())
        self._follow()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would come of it; over an edge, that it can be taken."""
        weekday, minute = self.place_at(event.position().toPoint())
        if self._drag is None:
            drag = self._drag_at(weekday, minute, event.position().toPoint().y())
            is_edge = drag.taken is not None and drag.edge
            shape = Qt.CursorShape
            self.setCursor(shape.SizeVerCursor if is_edge else shape.ArrowCursor)
            return
        fine = bool(event.modifiers() & _SHIFT)
        self._shown_drag = _dragged(self._drag, minute, FINE_STEP if fine else STEP)
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Change the day as it was shown."""
        drag, shown = self._drag, self._shown_drag
        self._drag = self._shown_drag = None
        if drag is not None and shown is not None and shown != drag.taken:
            day = exchanged(self.hand.week[drag.weekday], drag.taken, shown)
            self.day_changed.emit(drag.weekday, day)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let the times be typed."""
        weekday, _ = self.place_at(event.position().toPoint())
        self.text_wanted.emit(weekday, "")

    def _drag_at(self, weekday: int, minute: int, y: int) -> Drag:
        for each in self.hand.week[weekday]:
            if abs(self.height_of(each.start) - y) <= GRIP:
                return Drag(weekday, minute, each, -1)
            if abs(self.height_of(each.end) - y) <= GRIP:
                return Drag(weekday, minute, each, 1)
        return Drag(weekday, minute, at(self.hand.week[weekday], minute))


def _snapped(minute: int, step: int = STEP) -> int:
    return minute // step * step


def _dragged(drag: Drag, minute: int, step: int) -> Stretch | None:
    """Return the window as it would be if the mouse were let go now."""
    nearest = (minute + step // 2) // step * step
    taken = drag.taken
    if taken is None:
        start = _snapped(drag.minute, step)
        return fitted(start, nearest if nearest > start else minute // step * step)
    if drag.edge:
        kept = taken.end if drag.edge < 0 else taken.start
        return fitted(kept, nearest)
    by = (minute - drag.minute + step // 2) // step * step
    by = max(-taken.start, min(by, LAST_MINUTE - taken.end))
    return fitted(taken.start + by, taken.end + by)
