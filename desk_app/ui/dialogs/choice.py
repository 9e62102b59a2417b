"""What is booked and with whom: two lists that follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from desk_app.ui import format as shown
from desk_app.ui.dialogs import offers
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.people import Service
    from desk_app.domain.schedule import Catalogue

ANYONE = None


class ServiceChoice(QWidget):
    """The service by name, and one provider or anyone who offers it."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._build()
        self._connect()

    @property
    def provider_id(self) -> int | None:
        """The chosen provider; None for anyone."""
        chosen = self._provider.currentData()
        return None if chosen is None else int(chosen)

    @property
    def services(self) -> tuple[Service, ...]:
        """The services that fit: one, or those of one name for anyone."""
        name = self._service.currentData()
        if name is None:
            return ()
        return offers.named(self._catalogue, str(name), self.provider_id)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """The widgets that take the focus, in order."""
        return self._service, self._provider

    def choose(self, service: Service | None, provider_id: int | None) -> None:
        """Set both without telling anybody."""
        self._provider.blockSignals(True)
        self._provider.setCurrentIndex(max(self._provider.findData(provider_id), 0))
        self._provider.blockSignals(False)
        self._offer_services(service.name if service else "")

    def _build(self) -> None:
        self._service, self._provider = QComboBox(), QComboBox()
        self._service.setAccessibleName(self.tr("Service"))
        self._provider.setAccessibleName(self.tr("Provider"))
        self._provider.addItem(self.tr("Anyone who is free"), ANYONE)
        offering = {service.provider_id for service in self._catalogue.services}
        for provider in self._catalogue.providers:
            if provider.is_active and provider.provider_id in offering:
                name = offers.with_place(self._catalogue, provider)
                self._provider.addItem(name, provider.provider_id)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        rows = (
            (self.tr("&Service"), self._service),
            (self.tr("&With"), self._provider),
        )
        for text, field in rows:
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            layout.addWidget(label)
            layout.addWidget(field)
            if field is self._service:
                layout.addSpacing(8)
        self._offer_services("")

    def _connect(self) -> None:
        self._service.currentIndexChanged.connect(self._on_service)
        self._provider.currentIndexChanged.connect(self._on_provider)

    def _offer_services(self, name: str) -> None:
        """List what the provider offers and mark `name`, else the first."""
        self._service.blockSignals(True)
        self._service.clear()
        for service in offers.services_of(self._catalogue, self.provider_id):
            self._service.addItem(self._text(service), service.name)
        self._service.setCurrentIndex(max(self._service.findData(name), 0))
        self._service.blockSignals(False)

    def _text(self, service: Service) -> str:
        alike = offers.named(self._catalogue, service.name, self.provider_id)
        parts = [service.name]
        if len({one.duration_minutes for one in alike}) == 1:
            parts.append(shown.duration(service.duration_minutes))
        if len({one.price for one in alike}) == 1:
            parts.append(shown.money(service.price))
        return " · ".join(parts)

    @Slot()
    def _on_service(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_provider(self) -> None:
        self._offer_services(str(self._service.currentData() or ""))
        self.changed.emit()
