"""A month in place of the schedule: its name, one line on the chosen day, days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui import format as shown
from desk_app.ui import icons
from desk_app.ui.month import words
from desk_app.ui.month.model import DAYS, CountsModel
from desk_app.ui.month.table import DaysTable
from desk_app.ui.plain import ElidedLabel, PlainLabel
from desk_app.ui.rail.month_model import DayRole
from desk_app.ui.rail.steps import same_day_of_month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.month import DayCount


class MonthPage(QWidget):
    """A month to look over and to go to a day from.

    Signals:
        month_changed: other days are shown, whose counts are not known yet.
        day_chosen: the schedule of a day is wanted (date).
        left: the schedule is wanted again.
    """

    month_changed = Signal()
    day_chosen = Signal(object)
    left = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CountsModel(today, self)
        self._trouble = ""
        self._build()
        self.table.day_chosen.connect(self.day_chosen)
        self.table.day_wanted.connect(self.go_to)
        self.table.moved.connect(self._show_line)
        self._previous.clicked.connect(self._on_previous)
        self._next.clicked.connect(self._on_next)

    @property
    def day(self) -> date:
        """Where the cursor stands."""
        day: date = self.table.currentIndex().data(DayRole)
        return day

    @property
    def line(self) -> str:
        """What is said of the chosen day."""
        return self._line.text()

    @Slot(object)
    def go_to(self, day: date) -> None:
        """Put the cursor on a day, in its month."""
        is_other = self.model.month != day.replace(day=1)
        if is_other or not self.table.currentIndex().isValid():
            self.model.set_month(day)
            self._title.setText(shown.month_and_year(day))
            self.table.setAccessibleDescription(self._title.text())
        self.table.setCurrentIndex(self.model.index_of(day))
        if is_other:
            self.month_changed.emit()

    @Slot(int)
    def turn(self, step: int) -> None:
        """Show the next (1) or last (-1) month."""
        self.go_to(same_day_of_month(self.day, step))

    def show_counts(self, counts: Sequence[DayCount]) -> None:
        """Show what was read of the days that are shown."""
        self._trouble = ""
        self.model.set_counts(counts)
        self._show_line()

    def complain(self, text: str) -> None:
        """Say why the counts are old, or are not there."""
        self._trouble = text
        self._show_line()

    @property
    def asked(self) -> tuple[date, int]:
        """The first of the days that are shown, and how many they are."""
        return self.model.first, DAYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._title = PlainLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        self._title.setFont(font)
        self._line = ElidedLabel()
        self._line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._previous = icons.button("chevron-left", self.tr("Previous month (PgUp)"))
        self._next = icons.button("chevron-right", self.tr("Next month (PgDown)"))
        self._close = icons.button("x", self.tr("Back to the schedule (Esc)"))
        self._close.clicked.connect(self.left)
        self.table = DaysTable(self.model, self)
        self.setFocusProxy(self.table)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._previous)
        head.addWidget(self._next)
        head.addSpacing(12)
        head.addWidget(self._line, 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    @Slot()
    def _show_line(self) -> None:
        if not self.table.currentIndex().isValid():
            return
        count = self.model.count_of(self.day)
        said = f"{shown.long_date(self.day)}: {words.in_full(count)}" if count else ""
        self._line.setText(self._trouble or said)

    @Slot()
    def _on_previous(self) -> None:
        self.turn(-1)

    @Slot()
    def _on_next(self) -> None:
        self.turn(1)
