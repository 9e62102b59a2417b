"""What a person does with appointments: which dialog opens, and what follows.

A dialog touches no service; it is given ports, ways to ask that return at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.slots import Alignment
from desk_app.ui import format as written
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import (
    AppointmentPorts,
    BookingForm,
    BookingPorts,
    CancelPorts,
    MoveForm,
    MovePorts,
    Screen,
)
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.bootstrap import Desk
    from desk_app.domain.schedule import ProviderDay
    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.ui.calls import Calls
    from desk_app.ui.dialogs.ports import OpeningsWanted
    from desk_app.ui.grid.wishes import MoveWish, SlotChoice
    from desk_app.ui.practice import Practice

    Then = Callable[[Any], object]
    Failed = Callable[[DeskError], object]


@dataclass(frozen=True, slots=True)
class Done:
    """An appointment as it is now, and one line on what was done."""

    appointment: Appointment
    words: str


class Flows(QObject):
    """Opens dialogs over the window; `done` brings what came of one."""

    done = Signal(object)

    def __init__(
        self, desk: Desk, calls: Calls, practice: Practice, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._calls, self._parent = desk, calls, parent
        self._practice = practice
        self._days: tuple[ProviderDay, ...] = ()
        self._service = ""

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue."""
        self._practice = practice

    def set_days(self, days: tuple[ProviderDay, ...]) -> None:
        """Let the dialogs know which days are on the grid."""
        self._days = days

    def set_service(self, name: str) -> None:
        """Begin bookings with this service where it is offered; "" for the usual."""
        self._service = name

    @Slot(object)
    def book(self, slot: SlotChoice | None) -> None:
        """Ask for a booking, at `slot` where one is chosen."""
        provider_id = slot.provider_id if slot else None
        offered = self._practice.services_called(self._service)
        chosen = next(iter(offered.values()), None)
        if provider_id is not None:
            chosen = offered.get(provider_id)
        form = BookingForm(
            self._screen(),
            provider_id=provider_id,
            start=slot.start if slot else None,
            service_id=chosen.service_id if chosen else None,
        )
        ports = self._booking_ports()
        booked = BookingDialog.ask(self._parent, form, ports)
        self._tell(booked, self.tr("Booked: %1"))

    @Slot(object)
    def cancel(self, appointment: Appointment) -> None:
        """Ask for the reason and cancel."""
        ports = self._cancel_ports()
        screen = self._screen()
        gone = CancelDialog.ask(self._parent, appointment, screen, ports)
        self._tell(gone, self.tr("Cancelled: %1"))

    @Slot(object)
    def move(self, wish: MoveWish) -> None:
        """Ask whether the appointment shall really go there, and move it."""
        form = MoveForm(self._screen(), wish.appointment, wish.provider_id, wish.start)
        moved = MoveDialog.ask(self._parent, form, self._move_ports())
        self._tell(moved, self.tr("Moved: %1"))

    @Slot(object)
    def show(self, appointment: Appointment) -> None:
        """Show everything about an appointment, and what can be done with it."""
        ports = AppointmentPorts(
            confirm=self._port(self._desk.booking.confirm),
            cancelling=self._cancel_ports(),
            moving=self._move_ports(),
        )
        changed = AppointmentDialog.ask(
            self._parent, appointment, self._screen(), ports
        )
        texts = {
            Status.CANCELLED: self.tr("Cancelled: %1"),
            Status.CONFIRMED: self.tr("Saved: %1"),
        }
        if changed is not None:
            self._tell(changed, texts.get(changed.status, self.tr("Saved: %1")))

    def _screen(self) -> Screen:
        catalogue = self._practice.catalogue
        return Screen(
            catalogue,
            self._practice.zone,
            datetime.now(UTC),
            self._days,
            catalogue.alignment or Alignment(),
        )

    def _tell(self, appointment: Appointment | None, text: str) -> None:
        if appointment is None:
            return
        zone, today = self._practice.zone, self._practice.today()
        when = written.moment(appointment.start, zone, today)
        provider = self._practice.providers.get(appointment.provider_id)
        parts = [appointment.client_name, when, provider.name if provider else ""]
        line = filled(text, " · ".join(part for part in parts if part))
        self.done.emit(Done(appointment, line))

    def _booking_ports(self) -> BookingPorts:
        return BookingPorts(
            find_clients=self._port(self._desk.clients.find, "clients"),
            openings=self._openings,
            book=self._port(self._desk.booking.book),
        )

    def _cancel_ports(self) -> CancelPorts:
        return CancelPorts(cancel=self._port(self._desk.booking.cancel))

    def _move_ports(self) -> MovePorts:
        return MovePorts(
            openings=self._openings, move=self._port(self._desk.booking.move)
        )

    def _openings(self, wanted: OpeningsWanted, then: Then, failed: Failed) -> None:
        # The services bring SQLAlchemy; by now it has long been imported.
        from desk_app.services.diary import OpeningQuery

        query = OpeningQuery(wanted.services, wanted.first, wanted.days, wanted.limit)
        self._port(self._find_openings)(query, then, failed)

    def _find_openings(self, query: Any) -> tuple[Opening, ...]:
        return self._desk.diary.openings(query)

    def _port(
        self, function: Callable[[Any], Any], replaces: str | None = None
    ) -> Callable[[Any, Then, Failed], None]:
        def ask(request: Any, then: Then, failed: Failed) -> None:
            self._calls.run(
                function, request, then=then, failed=failed, replaces=replaces
            )

        return ask
