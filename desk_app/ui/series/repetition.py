"""How often something comes again: every so many weeks, so many times or until."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QHBoxLayout,
    QSpinBox,
    QWidget,
)

from desk_app.domain.recurrence import MOST, MOST_WEEKS, Repetition
from desk_app.ui.dialogs.prompt import PromptRadio
from desk_app.ui.go_to_date import LATEST
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

USUAL_TIMES = 6
USUAL_UNTIL = 6 * 7


class RepetitionRow(QWidget):
    """One line of fields; `changed` tells of each change.

    `adds_to_one` says that the times come on top of an appointment that stands.
    """

    changed = Signal()

    def __init__(
        self, first: date, *, adds_to_one: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._adds = int(adds_to_one)
        self._build(first)
        self._told = self.repetition
        self._connect()

    @property
    def repetition(self) -> Repetition:
        """What was chosen; an appointment that stands already is counted in."""
        weeks = self.weeks.value()
        if self.by_times.isChecked():
            return Repetition(weeks, times=self.times.value() + self._adds)
        last = self.until.date()
        day = date(last.year(), last.month(), last.day())
        return Repetition(weeks, until=day)

    def _build(self, first: date) -> None:
        self.weeks = _number(1, MOST_WEEKS, 1)
        self.weeks.setAccessibleName(self.tr("Every so many weeks"))
        self.times = _number(1, MOST - self._adds, USUAL_TIMES)
        self.times.setAccessibleName(self.tr("How many times"))
        begin = QDate(first.year, first.month, first.day)
        self.until = QDateEdit(begin.addDays(USUAL_UNTIL))
        self.until.setDateRange(begin, LATEST)
        short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        whole = short if "yyyy" in short else short.replace("yy", "yyyy")
        self.until.setDisplayFormat(whole)
        self.until.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.until.setAccessibleName(self.tr("Until which day"))
        times = self.tr("&times more") if self._adds else self.tr("&times")
        self.by_times = PromptRadio(times)
        self.by_day = PromptRadio(self.tr("&until"))
        self._ends = QButtonGroup(self)
        for button in (self.by_times, self.by_day):
            self._ends.addButton(button)
        self.by_times.setChecked(True)
        self._lay_out()

    def _lay_out(self) -> None:
        every = PlainLabel(self.tr("&Every"))
        every.setBuddy(self.weeks)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(every)
        row.addWidget(self.weeks)
        row.addWidget(PlainLabel(self.tr("weeks")))
        row.addSpacing(14)
        row.addWidget(self.times)
        row.addWidget(self.by_times)
        row.addSpacing(14)
        row.addWidget(self.by_day)
        row.addWidget(self.until)
        row.addStretch(1)
        order = (self.weeks, self.times, self.by_times, self.by_day, self.until)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.weeks.valueChanged.connect(self._tell)
        self.times.valueChanged.connect(self._choose(self.by_times))
        self.until.dateChanged.connect(self._choose(self.by_day))
        self.by_times.clicked.connect(self._go_to(self.times))
        self.by_day.clicked.connect(self._go_to(self.until))
        self._ends.buttonToggled.connect(self._tell)

    def _choose(self, button: PromptRadio) -> Callable[..., None]:
        """Return what lets a field that is changed count."""

        def choose() -> None:
            button.setChecked(True)
            self._tell()

        return choose

    @Slot()
    def _tell(self) -> None:
        """Tell of a change once; Enter says the same number again."""
        if self.repetition != self._told:
            self._told = self.repetition
            self.changed.emit()

    def _go_to(self, field: QSpinBox | QDateEdit) -> Callable[..., None]:
        """Return what lets a person type at once into a field."""

        def go() -> None:
            field.setFocus()
            if isinstance(field, QSpinBox):
                field.selectAll()

        return go


def _number(least: int, most: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    box.setMinimumWidth(box.fontMetrics().averageCharWidth() * 9)
    return box
