"""The head of a dialog: day and time in large letters, and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.interval import Interval
from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel
from desk_app.ui.privacy import ClientLabel

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
        """What is said beside the time: that it is not free."""
        return self._state.text()

    @property
    def clocks(self) -> str:
        """Both clocks, where the provider's shows another time."""
        return self._clocks.text()

    def show_time(
        self, start: datetime | None, service: Service | None, *, is_free: bool
    ) -> None:
        """Show the day and time of a visit, and whether it is free."""
        if start is None:
            self._time.setText(self.tr("Choose a time"))
            self._day.setText("")
            self._state.hide()
            self._clocks.hide()
            return
        zone = self._screen.zone
        end = start + service.duration if service is not None else None
        clock = shown.time_range(start, end, zone) if end else shown.time(start, zone)
        self._time.setText(clock)
        self._day.setText(shown.long_date(start.astimezone(zone).date()))
        self._state.setText("" if is_free else self.tr("not free"))
        set_ink(self._time, Ink.NORMAL if is_free else Ink.WARNING)
        self._state.setVisible(not is_free)
        provider_id = service.provider_id if service else None
        self._show_clocks(Interval(start, end) if end else None, provider_id)

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
        self._time.setText(shown.time_range(appointment.start, appointment.end, zone))
        self._day.setText(shown.long_date(appointment.start.astimezone(zone).date()))
        self._state.hide()
        self._show_clocks(appointment.visit, appointment.provider_id)
        provider = offers.provider_of(catalogue, appointment.provider_id)
        what = appointment.service_name
        if provider is not None:
            what = filled(self.tr("%1 with %2"), what, provider.name)
        who = appointment.client_name
        self._what.write(lambda: f"{privacy.name(who)} · {what}")

    def show_moving(self, appointment: Appointment) -> None:
        """Show whose appointment is moved; the times stand in the body."""
        self._time.setText(self.tr("Move"))
        self._day.write(lambda: privacy.name(appointment.client_name))
        self._state.hide()
        self._clocks.hide()
        what, phone = appointment.service_name, appointment.client_phone
        self._what.write(lambda: " · ".join(filter(None, (what, privacy.phone(phone)))))

    def _show_clocks(self, visit: Interval | None, provider_id: int | None) -> None:
        """Name both clocks where the provider's shows another time."""
        provider = None
        if provider_id is not None:
            provider = offers.provider_of(self._screen.catalogue, provider_id)
        is_elsewhere = visit and visit_words.there(visit.start, provider, self._screen)
        if visit is not None and is_elsewhere:
            self._clocks.setText(visit_words.clocks(visit, provider, self._screen))
        else:
            self._clocks.setText("")
        self._clocks.setVisible(bool(self._clocks.text()))

    def _build(self) -> None:
        self._time, self._day, self._state = PlainLabel(), ClientLabel(), PlainLabel()
        self._clocks, self._what = ElidedLabel(), ClientLabel()
        sized(self._time, 1.6, bold=True)
        sized(self._day, 1.6)
        sized(self._state, 1.0, bold=True)
        set_ink(self._state, Ink.WARNING)
        sized(self._clocks, 1.0, bold=True)
        set_ink(self._clocks, Ink.WARNING)
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
        layout.addWidget(self._clocks)
        layout.addWidget(self._what)
