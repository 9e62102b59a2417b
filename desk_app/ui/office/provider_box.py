"""Chooses the provider whose times are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.people import Provider

LETTERS = 24


class ProviderBox(QWidget):
    """A list of providers; the one who was shown stays until `keep` is called.

    Signals:
        chosen: a person chose another one.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._providers: tuple[Provider, ...] = ()
        self._shown = -1
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Provider"))
        shortest = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.box.setSizeAdjustPolicy(shortest)
        self.box.setMinimumContentsLength(LETTERS)
        label = PlainLabel(self.tr("&Provider"))
        label.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(label)
        row.addWidget(self.box)
        self.box.activated.connect(self._on_activated)
        self.setFocusProxy(self.box)

    @property
    def provider(self) -> Provider | None:
        """The chosen one, None if there is none."""
        place = self.box.currentIndex()
        return self._providers[place] if 0 <= place < len(self._providers) else None

    def offer(self, providers: Sequence[Provider]) -> None:
        """Offer these; who was chosen stays chosen."""
        was = self.provider
        numbers = [each.provider_id for each in providers]
        self._providers = tuple(providers)
        self.box.clear()
        for each in providers:
            self.box.addItem(each.name)
        place = (
            numbers.index(was.provider_id) if was and was.provider_id in numbers else 0
        )
        self.box.setCurrentIndex(place if numbers else -1)
        self.keep()

    def choose(self, provider_id: int) -> None:
        """Choose somebody by number."""
        numbers = [each.provider_id for each in self._providers]
        if provider_id in numbers:
            self.box.setCurrentIndex(numbers.index(provider_id))
            self._on_activated()

    def keep(self) -> None:
        """Stay with the one who is chosen."""
        self._shown = self.box.currentIndex()

    def go_back(self) -> None:
        """Choose the one who was shown before."""
        self.box.setCurrentIndex(self._shown)

    @Slot()
    def _on_activated(self) -> None:
        if self.box.currentIndex() != self._shown:
            self.chosen.emit()
