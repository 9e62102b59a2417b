"""Turns the listener's reports into signals of what the window does about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desk_app.worker.reports import (
    AppointmentChanged,
    AppointmentGone,
    CatalogueChanged,
    ClientChanged,
    Connected,
    ConnectionLost,
    HoldsChanged,
    QueueChanged,
    RefreshDue,
    ReminderDue,
    ScheduleChanged,
    WaitingRoomChanged,
    WaitlistChanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.worker.reports import Report


class News(QObject):
    """One signal for each thing there is to do."""

    appointment_changed = Signal(object)
    appointment_gone = Signal(int)
    schedule_changed = Signal()
    catalogue_changed = Signal()
    connected = Signal()
    connection_lost = Signal()
    refresh_due = Signal()
    holds_changed = Signal(object)
    waiting_room_changed = Signal()
    waitlist_changed = Signal()
    client_changed = Signal(int)
    queue_changed = Signal()
    reminder_due = Signal(int)

    @Slot(object)
    def tell(self, report: Report) -> None:
        """Emit the signal of `report`."""
        if isinstance(report, AppointmentChanged):
            self.appointment_changed.emit(report.appointment)
        elif isinstance(report, AppointmentGone):
            self.appointment_gone.emit(report.appointment_id)
        elif isinstance(report, HoldsChanged):
            self.holds_changed.emit(report.holds)
        elif isinstance(report, ClientChanged):
            # A client's name stands on the cards of any day.
            self.schedule_changed.emit()
            self.client_changed.emit(report.client_id)
        elif isinstance(report, ReminderDue):
            self.reminder_due.emit(report.appointment_id)
        else:
            self._signals()[type(report)]()

    def _signals(self) -> dict[type, Callable[[], None]]:
        return {
            ScheduleChanged: self.schedule_changed.emit,
            CatalogueChanged: self.catalogue_changed.emit,
            Connected: self.connected.emit,
            ConnectionLost: self.connection_lost.emit,
            RefreshDue: self.refresh_due.emit,
            WaitingRoomChanged: self.waiting_room_changed.emit,
            WaitlistChanged: self.waitlist_changed.emit,
            QueueChanged: self.queue_changed.emit,
        }
