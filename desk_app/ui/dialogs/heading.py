"""The head of a dialog: day and time in large letters, and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui import format as shown
from desk_app.ui.dialogs import offers
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.ui.dialogs.ports import Screen


class Heading(QWidget):
    """When, and what with whom."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._build()

    @property
    def state(self) -> str:
        """What is said beside the time: that it is not free, or another clock."""
        return self._state.text()

    def show_time(
        self, start: datetime | None, service: Service | None, *, is_free: bool
    ) -> None:
        """Show the day and time of a visit, and whether it is free."""
        if start is None:
            self._time.setText(self.tr("Choose a time"))
            self._day.setText("")
            self._state.hide()
            return
        zone = self._screen.zone
        clock = shown.time(start, zone)
        if service is not None:
            clock = shown.time_range(start, start + service.duration, zone)
        self._time.setText(clock)
        self._day.setText(shown.long_date(start.astimezone(zone).date()))
        self._state.setText("" if is_free else self.tr("not free"))
        set_ink(self._time, Ink.NORMAL if is_free else Ink.WARNING)
        self._note_zone(start, service)
        self._state.setVisible(bool(self._state.text()))

    def show_what(self, service: Service | None, who: str) -> None:
        """Show the service, its length and price, and with whom."""
        parts = [who]
        if service is not None:
            parts = [
                filled(self.tr("%1 with %2"), service.name, who),
                shown.duration(service.duration_minutes),
                shown.money(service.price),
            ]
        self._what.setText(" · ".join(part for part in parts if part))

    def show_appointment(self, appointment: Appointment) -> None:
        """Show when an appointment is, whose, and what with whom."""
        zone, catalogue = self._screen.zone, self._screen.catalogue
        service = offers.service_of(catalogue, appointment.service_id)
        self._time.setText(shown.time_range(appointment.start, appointment.end, zone))
        self._day.setText(shown.long_date(appointment.start.astimezone(zone).date()))
        self._state.setText("")
        self._note_zone(appointment.start, service)
        self._state.setVisible(bool(self._state.text()))
        provider = offers.provider_of(catalogue, appointment.provider_id)
        what = appointment.service_name
        if provider is not None:
            what = filled(self.tr("%1 with %2"), what, provider.name)
        self._what.setText(f"{appointment.client_name} · {what}")

    def show_moving(self, appointment: Appointment) -> None:
        """Show whose appointment is moved; the times stand in the body."""
        self._time.setText(self.tr("Move"))
        self._day.setText(appointment.client_name)
        self._state.hide()
        parts = (appointment.service_name, appointment.client_phone)
        self._what.setText(" · ".join(part for part in parts if part))

    def _note_zone(self, start: datetime, service: Service | None) -> None:
        """Say what the clock shows where the provider is, if that differs."""
        if service is None:
            return
        provider = offers.provider_of(self._screen.catalogue, service.provider_id)
        if provider is None:
            return
        zone = ZoneInfo(provider.timezone)
        note = shown.zone_note(start, zone, self._screen.zone)
        if note:
            there = f"{shown.time(start, zone)} {note}"
            self._state.setText(f"{self._state.text()} ({there})".strip())

    def _build(self) -> None:
        self._time, self._day, self._state = PlainLabel(), ElidedLabel(), PlainLabel()
        self._what = ElidedLabel()
        sized(self._time, 1.6, bold=True)
        sized(self._day, 1.6)
        sized(self._state, 1.0, bold=True)
        set_ink(self._state, Ink.WARNING)
        set_ink(self._what, Ink.MUTED)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self._time)
        above.addWidget(self._state)
        above.addWidget(self._day, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(above)
        layout.addWidget(self._what)
