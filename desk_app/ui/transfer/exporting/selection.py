"""Which appointments: of which days, providers, services and statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.appointment import Status
from desk_app.domain.exports import STANDING, Selection
from desk_app.domain.periods import Days, Period, days_of
from desk_app.ui.day_field import DayField
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.grid.words import status_word
from desk_app.ui.plain import PlainLabel
from desk_app.ui.transfer.exporting import words
from desk_app.ui.transfer.tick_list import TickList

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.schedule import Catalogue


class SelectionFields(QWidget):
    """Reads a `Selection`; everything is ticked at first, but for cancellations.

    Signals:
        changed: something else is chosen.
    """

    changed = Signal()

    def __init__(
        self, catalogue: Catalogue, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._catalogue, self._today = catalogue, today
        self._build()
        self._connect()
        self._on_period()

    @property
    def selection(self) -> Selection:
        """Which appointments are chosen."""
        days = self.days
        return Selection(
            days.first,
            days.last,
            () if self.providers.are_all else self.providers.ticked,
            () if self.services.are_all else self.services.ticked,
            self.statuses.ticked,
        )

    @property
    def days(self) -> Days:
        """The chosen days."""
        period = self.period.currentData()
        if isinstance(period, Period):
            return days_of(period, self._today)
        return Days(self.first.day, self.last.day)

    def may_go(self) -> bool:
        """Say whether something can be chosen by this, or what is missing."""
        days = self.days
        is_in_order = not (days.first and days.last and days.last < days.first)
        if not is_in_order:
            self._days_complaint.say(words.tr("The last day is before the first."))
            return False
        for ticks in (self.providers, self.services, self.statuses):
            if not ticks.ticked and ticks.rows.count():
                self._complaint.say(words.tr("Tick at least one in each list."))
                ticks.rows.setFocus()
                return False
        return True

    def hide_people(self) -> None:
        """Offer no providers and services: who looks has but their own."""
        self.providers.hide()
        self.services.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._build_period())
        column.addWidget(self._days_complaint)
        lists = QHBoxLayout()
        lists.setSpacing(12)
        for ticks in self._build_lists():
            lists.addWidget(ticks, 1)
        column.addLayout(lists)
        self._complaint = Complaint(self.providers.rows)
        column.addWidget(self._complaint)

    def _build_period(self) -> QHBoxLayout:
        label = PlainLabel(words.tr("&Period"))
        self.period = QComboBox()
        self.period.setAccessibleName(words.tr("Period"))
        for period in Period:
            self.period.addItem(words.period(period), period)
        self.period.addItem(words.tr("Other days…"), None)
        self.period.setCurrentIndex(self.period.findData(Period.THIS_YEAR))
        label.setBuddy(self.period)
        self.first = DayField(words.tr("First day"), self._today)
        self._dash = PlainLabel("–")
        self.last = DayField(words.tr("Last day"), self._today)
        self._days_complaint = Complaint(self.last)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (label, self.period, self.first, self._dash, self.last):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _build_lists(self) -> tuple[TickList, ...]:
        self.providers = TickList(words.tr("P&roviders"), words.tr("Providers"))
        people = [(p.provider_id, p.name) for p in self._catalogue.providers]
        self.providers.fill(people, [number for number, _ in people])
        self.services = TickList(words.tr("&Services"), words.tr("Services"))
        names = sorted({service.name for service in self._catalogue.services})
        self.services.fill([(name, name) for name in names], names)
        self.statuses = TickList(words.tr("S&tatus"), words.tr("Status"))
        known = [(status, status_word(status)) for status in Status]
        self.statuses.fill(known, STANDING)
        return self.providers, self.services, self.statuses

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(self._on_period)
        for field in (self.first, self.last):
            field.dateChanged.connect(self._on_changed)
        for ticks in (self.providers, self.services, self.statuses):
            ticks.changed.connect(self._on_changed)

    @Slot()
    def _on_period(self) -> None:
        is_open = self.period.currentData() is None
        for widget in (self.first, self._dash, self.last):
            widget.setVisible(is_open)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self._days_complaint.clear_words()
        self._complaint.clear_words()
        self.changed.emit()
