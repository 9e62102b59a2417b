"""What shall become of events, and of which days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.calendar_file.becoming import Becoming, CalendarWish
from desk_app.domain.calendar_file.events import Days
from desk_app.domain.hours import LAST_DAY
from desk_app.ui.day_field import DayField
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.plain import PlainLabel
from desk_app.ui.transfer.calendar import words
from desk_app.ui.transfer.calendar.words import tr
from desk_app.ui.transfer.radio_row import RadioRow

if TYPE_CHECKING:
    from desk_app.ui.transfer.calendar.ports import CalendarPorts

A_YEAR = timedelta(days=365)


class WishFields(QWidget):
    """Reads a `CalendarWish` and the days.

    Signals:
        changed: something else is wished.
    """

    changed = Signal()

    def __init__(self, ports: CalendarPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._build()
        self._follow()
        self._connect()

    @property
    def wish(self) -> CalendarWish:
        """What shall become of the events."""
        return CalendarWish(
            self.becoming.chosen,
            int(self.provider.currentData() or 0),
            int(self.service.currentData() or 0),
            takes_titles=self.titles.isChecked(),
            takes_days=self.days_too.isChecked(),
            takes_free=self.free_too.isChecked(),
            stays_booked=self.stays.isChecked(),
        )

    @property
    def zone(self) -> str:
        """The clock by which days begin, and times of no place are: the provider's."""
        chosen = self.provider.currentData()
        for provider in self._ports.catalogue.providers:
            if provider.provider_id == chosen:
                return provider.timezone
        return self._ports.zone.key

    def days(self) -> Days | None:
        """Return the chosen days, None after saying that they are none."""
        first, last = self.first.day, self.last.day
        if last < first:
            self._complaint.say(tr("The last day is before the first."))
            return None
        return Days(first, last, self.zone)

    def _build(self) -> None:
        self.becoming = RadioRow([*Becoming], words.becoming, words.about)
        self._build_choices()
        self._build_days()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (
            *self._labelled(tr("Fr&om"), self.first),
            *self._labelled(tr("&until"), self.last),
            *self._labelled(tr("&Provider"), self.provider),
            *self._labelled(tr("&Service"), self.service),
        ):
            row.addWidget(widget)
        row.addStretch(1)
        column.addWidget(self.becoming)
        column.addLayout(row)
        column.addWidget(self._complaint)
        column.addWidget(self._build_ticks())

    def _labelled(self, text: str, field: QWidget) -> tuple[QWidget, QWidget]:
        label = PlainLabel(text)
        label.setBuddy(field)
        if field is self.service:
            self._service_label = label
        return label, field

    def _build_choices(self) -> None:
        self.provider, self.service = QComboBox(), QComboBox()
        self.provider.setAccessibleName(tr("Provider"))
        self.service.setAccessibleName(tr("Service"))
        for provider in self._ports.catalogue.providers:
            if provider.is_active:
                self.provider.addItem(provider.name, provider.provider_id)
        for box in (self.provider, self.service):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(16)

    def _build_days(self) -> None:
        today = self._ports.today
        self.first = DayField(tr("First day"), today)
        self.last = DayField(tr("Last day"), min(today + A_YEAR, LAST_DAY))
        self._complaint = Complaint(self.last)

    def _build_ticks(self) -> QWidget:
        self.titles = PromptCheck(tr("&Titles as reasons, for everybody to read"))
        self.days_too = PromptCheck(tr("Events of &whole days block the day"))
        self.free_too = PromptCheck(tr("Also what is marked as &free"))
        self.stays = PromptCheck(tr("Appointments in these times sta&y"))
        for tick in (self.titles, self.days_too):
            tick.setChecked(True)
        self.ticks = QWidget()
        rows = QVBoxLayout(self.ticks)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for pair in ((self.titles, self.days_too), (self.free_too, self.stays)):
            row = QHBoxLayout()
            row.setSpacing(18)
            for tick in pair:
                row.addWidget(tick, 1)
            rows.addLayout(row)
        return self.ticks

    def _connect(self) -> None:
        self.becoming.changed.connect(self._on_becoming)
        self.provider.currentIndexChanged.connect(self._on_provider)
        self.service.currentIndexChanged.connect(self.changed)
        for field in (self.first, self.last):
            field.dateChanged.connect(self._on_day)
        for tick in (self.titles, self.days_too, self.free_too, self.stays):
            tick.toggled.connect(self.changed)

    @Slot()
    def _on_becoming(self) -> None:
        self._follow()
        self.changed.emit()

    @Slot()
    def _on_provider(self) -> None:
        self._follow()
        self.changed.emit()

    @Slot()
    def _on_day(self) -> None:
        self._complaint.clear_words()
        self.changed.emit()

    def _follow(self) -> None:
        """Offer what there is to say about this kind, and what a provider offers."""
        is_blocking = self.becoming.chosen is Becoming.BLOCKS
        self.ticks.setVisible(is_blocking)
        for widget in (self._service_label, self.service):
            widget.setVisible(not is_blocking)
        before = self.service.currentText()
        self.service.blockSignals(True)
        self.service.clear()
        for service in self._ports.catalogue.services:
            if service.provider_id == self.provider.currentData():
                self.service.addItem(service.name, service.service_id)
        self.service.setCurrentIndex(max(self.service.findText(before), 0))
        self.service.blockSignals(False)
