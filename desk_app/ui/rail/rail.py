"""The left rail as a whole; each part knows nothing of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui.rail.heading import heading
from desk_app.ui.rail.month import Month
from desk_app.ui.rail.openings import NextOpenings
from desk_app.ui.rail.provider_filter import ProviderFilter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

WIDTH_IN_LETTERS = 34


class Rail(QFrame):
    """What to show: which day, whose, and the free times of which service."""

    day_chosen = Signal(object)
    providers_changed = Signal()
    service_chosen = Signal(str)
    opening_chosen = Signal(object)
    everywhere_wanted = Signal(bool)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = Month(today)
        self.providers = ProviderFilter()
        self.openings = NextOpenings()
        self._service = QComboBox()
        self._everywhere = QCheckBox(self.tr("All locations"))
        self._build()
        self._connect()

    @property
    def first_stop(self) -> QWidget:
        """Where the keyboard enters the rail."""
        return self.month.days

    @property
    def service(self) -> str:
        """The name of the chosen service, "" for none."""
        return self._service.currentData() or ""

    def set_services(self, names: Iterable[str]) -> None:
        """Offer other services; keep the chosen one if it is still there."""
        chosen = self.service
        self._service.blockSignals(True)
        self._service.clear()
        self._service.addItem(self.tr("No service"), "")
        for name in names:
            self._service.addItem(name, name)
        self._service.setCurrentIndex(max(0, self._service.findData(chosen)))
        self._service.blockSignals(False)
        if self.service != chosen:
            self.service_chosen.emit(self.service)

    def offer_everywhere(self, *, is_offered: bool) -> None:
        """Offer those of all locations, at a desk that shows its own."""
        self._everywhere.setVisible(is_offered)

    def choose_everywhere(self) -> None:
        """Show those of all locations."""
        self._everywhere.setChecked(True)

    def choose_service(self, name: str) -> None:
        """Show the free times of the service called `name`; "" for none."""
        self._service.setCurrentIndex(max(0, self._service.findData(name)))

    def _build(self) -> None:
        self.setObjectName("rail")
        self.setFrameShape(QFrame.Shape.NoFrame)
        width = self.fontMetrics().averageCharWidth() * WIDTH_IN_LETTERS
        self.setFixedWidth(max(232, width))
        self._service.setAccessibleName(self.tr("Show free times for"))
        shortest = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._service.setSizeAdjustPolicy(shortest)
        self._service.setMinimumContentsLength(8)
        policy = QSizePolicy.Policy
        self._service.setSizePolicy(policy.Expanding, policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.month)
        column.addSpacing(6)
        column.addWidget(self.providers)
        column.addWidget(self._everywhere)
        self._everywhere.hide()
        column.addSpacing(6)
        label = heading(self.tr("Show free times for"), self._service)
        column.addWidget(label)
        column.addWidget(self._service)
        column.addSpacing(6)
        column.addWidget(self.openings)
        column.addStretch(1)

    def _connect(self) -> None:
        self.month.day_chosen.connect(self.day_chosen)
        self.providers.chosen_changed.connect(self.providers_changed)
        self.openings.opening_chosen.connect(self.opening_chosen)
        self._everywhere.toggled.connect(self.everywhere_wanted)
        self._service.currentIndexChanged.connect(self._on_service_chosen)

    @Slot()
    def _on_service_chosen(self) -> None:
        self.service_chosen.emit(self.service)
