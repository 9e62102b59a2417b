"""Twelve small months of one provider; a day or a range of days is chosen in them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter

from desk_app.ui.notice_bar import announce
from desk_app.ui.office.year import words
from desk_app.ui.office.year.year_painter import paint
from desk_app.ui.painted import PaintedWidget

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.overrides import DayLook

MONTHS, ACROSS, NARROW = range(1, 13), 4, 3
GAP = 14
Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ENTER = (Key.Key_Return, Key.Key_Enter)
_STEPS: dict[int, int] = {
    Key.Key_Left: -1,
    Key.Key_Right: 1,
    Key.Key_Up: -7,
    Key.Key_Down: 7,
}
_ACTS = (Key.Key_Delete, Key.Key_A, Key.Key_O, Key.Key_X, Key.Key_U)


class YearGrid(PaintedWidget):
    """Arrows walk, with Shift they choose a range; Enter opens it.

    Signals:
        opened: something is to be done with the chosen days.
        pressed_key: another key on the chosen days.
        chosen: other days are chosen.
    """

    opened = Signal()
    pressed_key = Signal(int)
    chosen = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self._looks: dict[date, DayLook] = {}
        self.day = self._anchor = today
        self.year = today.year
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The year, day by day"))
        self.setAccessibleDescription(
            self.tr("Arrows walk, with Shift they choose several days.")
        )

    @property
    def first(self) -> date:
        """The first of the chosen days."""
        return min(self.day, self._anchor)

    @property
    def last(self) -> date:
        """The last of them."""
        return max(self.day, self._anchor)

    def show_year(self, year: int, looks: Sequence[DayLook]) -> None:
        """Show a year; the cursor stays on its day, as far as there is one."""
        self._looks = {each.day: each for each in looks}
        if year != self.year:
            self.year = year
            last = monthrange(year, self.day.month)[1]
            self.choose(self.day.replace(year=year, day=min(self.day.day, last)))
        self.update()

    def look(self, day: date) -> DayLook | None:
        """Return how a day stands, None before it is known."""
        return self._looks.get(day)

    def choose(self, day: date, *, extends: bool = False) -> None:
        """Choose a day, or all from the one before until it."""
        self.day = max(date(self.year, 1, 1), min(day, date(self.year, 12, 31)))
        if not extends:
            self._anchor = self.day
        self.update()
        self.tell_focus()
        announce(self, self.said_of(self.day))
        self.chosen.emit()

    # -- where things are

    @property
    def across(self) -> int:
        """How many months stand side by side."""
        return ACROSS if self.width() > 42 * self.fontMetrics().height() else NARROW

    def month_rect(self, month: int) -> QRect:
        """Return the place of a month."""
        across = self.across
        down = len(MONTHS) // across
        wide = (self.width() - GAP * (across - 1)) // across
        high = (self.height() - GAP * (down - 1)) // down
        row, column = divmod(month - 1, across)
        return QRect(column * (wide + GAP), row * (high + GAP), wide, high)

    @property
    def head(self) -> int:
        """How high the name of a month is, with its weekdays."""
        return self.fontMetrics().height() * 2

    def rect_of(self, key: Hashable) -> QRect:
        """Return the place of a day."""
        day = key if isinstance(key, date) else self.day
        month = self.month_rect(day.month)
        column = (day.weekday() - first_weekday()) % 7
        before = (day.replace(day=1).weekday() - first_weekday()) % 7
        row = (before + day.day - 1) // 7
        height = month.height() - self.head
        left = month.left() + month.width() * column // 7
        right = month.left() + month.width() * (column + 1) // 7
        top = month.top() + self.head + height * row // 6
        bottom = month.top() + self.head + height * (row + 1) // 6
        return QRect(left, top, right - left, bottom - top)

    def day_at(self, point: QPoint) -> date | None:
        """Return the day under a point."""
        for day in self.keys():
            if self.rect_of(day).contains(point):
                return day
        return None

    # -- for screen readers

    def keys(self) -> Sequence[date]:
        """All days of the year."""
        first = date(self.year, 1, 1).toordinal()
        last = date(self.year, 12, 31).toordinal()
        return [date.fromordinal(number) for number in range(first, last + 1)]

    def said_of(self, key: Hashable) -> str:
        """Return the day and how it stands."""
        look = self._looks.get(key) if isinstance(key, date) else None
        return words.said(look) if look else str(key)

    def current_key(self) -> Hashable:
        """The day the cursor is on."""
        return self.day

    # -- Qt

    def sizeHint(self) -> QSize:
        """Ask for room in which numbers can be read."""
        line = self.fontMetrics().height()
        return QSize(44 * line, 28 * line)

    def minimumSizeHint(self) -> QSize:
        """Be readable on small screens."""
        line = self.fontMetrics().height()
        return QSize(28 * line, 22 * line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the year."""
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
        """Walk by days, weeks and months; tell of keys that do something."""
        key = event.key()
        extends = bool(event.modifiers() & _SHIFT)
        if key in _STEPS:
            self.choose(self.day + timedelta(days=_STEPS[key]), extends=extends)
        elif key in (Key.Key_PageUp, Key.Key_PageDown):
            step = 1 if key == Key.Key_PageDown else -1
            self.choose(_months_on(self.day, step), extends=extends)
        elif key in (Key.Key_Home, Key.Key_End):
            last = monthrange(self.day.year, self.day.month)[1]
            day = self.day.replace(day=1 if key == Key.Key_Home else last)
            self.choose(day, extends=extends)
        elif key == Key.Key_T and self.today.year == self.year:
            self.choose(self.today)
        elif key in _ENTER:
            self.opened.emit()
        elif key in _ACTS and not event.modifiers():
            self.pressed_key.emit(key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a day; with Shift all until it."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(day, extends=bool(event.modifiers() & _SHIFT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose all days until the one under the mouse."""
        day = self.day_at(event.position().toPoint())
        if day is not None and day != self.day:
            self.choose(day, extends=True)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open the chosen day."""
        self.opened.emit()


def first_weekday() -> int:
    """Return on which weekday weeks begin here, 0 for Monday."""
    return QLocale().firstDayOfWeek().value - 1


def _months_on(day: date, step: int) -> date:
    """Return the same day of a month before or after, within the year."""
    month = max(1, min(day.month + step, 12))
    return day.replace(month=month, day=min(day.day, monthrange(day.year, month)[1]))
