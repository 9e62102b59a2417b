"""The bar above a report: which days, whose figures, of which service."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QHBoxLayout, QWidget

from desk_app.domain.hours import FIRST_DAY, LAST_DAY
from desk_app.domain.reports.periods import Period, PeriodChoice, period_of
from desk_app.errors import Invalid
from desk_app.ui.go_to_date import with_whole_year
from desk_app.ui.plain import PlainLabel
from desk_app.ui.reports import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

USUAL = PeriodChoice.THIS_MONTH
_BETWEEN = 14


class Filters(QWidget):
    """States what is to be counted.

    Signals:
        changed: something else is to be counted.
    """

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._build()
        self._connect()
        self._show_dates()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        dates = self.period_box, self.first, self.last
        return (*dates, self.provider_box, self.service_box)

    @property
    def choice(self) -> PeriodChoice:
        """The period by its name."""
        return PeriodChoice(self.period_box.currentData())

    @property
    def period(self) -> Period | None:
        """The days, None while the two dates are not in order."""
        named = period_of(self.choice, self._today)
        if named is not None:
            return named
        try:
            return Period(_day(self.first), _day(self.last))
        except Invalid:
            return None

    @property
    def provider_id(self) -> int | None:
        """Whose figures, None for all."""
        chosen: int | None = self.provider_box.currentData()
        return chosen

    @property
    def service(self) -> str:
        """Of which service, "" for all."""
        return str(self.service_box.currentData() or "")

    def set_today(self, today: date) -> None:
        """Count named periods from another day."""
        self._today = today
        self._show_dates()

    def set_choice(self, choice: PeriodChoice) -> None:
        """Choose a period by its name."""
        self.period_box.setCurrentIndex(self.period_box.findData(choice))

    def set_provider(self, provider_id: int | None) -> None:
        """Choose whose figures."""
        place = self.provider_box.findData(provider_id)
        self.provider_box.setCurrentIndex(max(place, 0))

    def set_service(self, service: str) -> None:
        """Choose a service by its name."""
        self.service_box.setCurrentIndex(max(self.service_box.findData(service), 0))

    def offer(
        self, providers: Mapping[int, str], services: Sequence[str], *, is_own: bool
    ) -> None:
        """Offer these; what is chosen stays chosen where it is among them."""
        own = [] if is_own else [(self.tr("All providers"), None)]
        _fill(
            self.provider_box,
            [*own, *((name, number) for number, name in providers.items())],
        )
        everything = (self.tr("All services"), "")
        _fill(self.service_box, [everything, *((name, name) for name in services)])

    def clear(self) -> None:
        """Offer nothing and nobody, as before the first report."""
        self.offer({}, (), is_own=False)

    def _build(self) -> None:
        self.period_box, self.provider_box = QComboBox(), QComboBox()
        self.service_box = QComboBox()
        for choice in PeriodChoice:
            self.period_box.addItem(words.choice(choice), choice)
        self.set_choice(USUAL)
        self.first, self.last = QDateEdit(), QDateEdit()
        self.first.setAccessibleName(self.tr("First day"))
        self.last.setAccessibleName(self.tr("Last day"))
        for field in (self.first, self.last):
            field.setDisplayFormat(with_whole_year())
            field.setKeyboardTracking(False)
            field.setDateRange(_qdate(FIRST_DAY), _qdate(LAST_DAY))
        for box in (self.provider_box, self.service_box):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(9)
        self.clear()
        self._parts = (
            _part(self.tr("&Period"), self.period_box, self.first, self.last),
            _part(self.tr("Pro&vider"), self.provider_box),
            _part(self.tr("&Service"), self.service_box),
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in two rows where one has no room."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Put the parts where they fit, the period above the others or beside them."""
        wide = sum(part.sizeHint().width() + _BETWEEN for part in self._parts)
        is_narrow = self.isVisible() and wide > self.width()
        for number, part in enumerate(self._parts):
            row = 1 if is_narrow and number else 0
            self._grid.addWidget(part, row, number - row)
        self._grid.addWidget(self._parts[0], 0, 0, 1, 2 if is_narrow else 1)
        self._grid.setColumnStretch(len(self._parts), 1)

    def _connect(self) -> None:
        self.period_box.currentIndexChanged.connect(self._on_period)
        for box in (self.provider_box, self.service_box):
            box.currentIndexChanged.connect(self.changed)
        for field in (self.first, self.last):
            field.dateChanged.connect(self._on_dates)

    @Slot()
    def _on_period(self) -> None:
        self._show_dates()
        self.changed.emit()

    @Slot()
    def _on_dates(self) -> None:
        if self.choice is PeriodChoice.OTHER:
            self.changed.emit()

    def _show_dates(self) -> None:
        """Let dates be typed only where they are asked for, beginning with the last."""
        is_other = self.choice is PeriodChoice.OTHER
        for field in (self.first, self.last):
            field.setVisible(is_other)
        self._place()
        named = period_of(self.choice, self._today)
        if named is not None:
            _show(self.first, named.first)
            _show(self.last, named.last)


def _part(text: str, box: QComboBox, *more: QWidget) -> QWidget:
    """Return a label with what is chosen beside it."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in (_label(text, box), box, *more):
        row.addWidget(widget)
    row.addStretch(1)
    return part


def _fill(box: QComboBox, items: Sequence[tuple[str, object]]) -> None:
    """Offer these without a word, and keep what is chosen if it is among them."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, value in items:
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0) if items else -1)
    box.blockSignals(False)


def _label(text: str, buddy: QWidget) -> PlainLabel:
    label = PlainLabel(text)
    label.setBuddy(buddy)
    label.setProperty("tone", "muted")
    buddy.setAccessibleName(text.replace("&", ""))
    label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return label


def _day(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())


def _show(field: QDateEdit, day: date) -> None:
    field.blockSignals(True)
    field.setDate(_qdate(day))
    field.blockSignals(False)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
