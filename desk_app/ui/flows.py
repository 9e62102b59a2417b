"""What a person does with appointments: which dialog opens, and what follows.

A dialog touches no service; it is given ports, ways to ask that return at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from desk_app.domain.appointment import Appointment, ConfirmRequest, Status
from desk_app.domain.slots import Alignment
from desk_app.ui.clients.flows import ClientsDataFlows
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import (
    PATIENCE,
    AppointmentPorts,
    BookingForm,
    BookingPorts,
    CancelPorts,
    MoveForm,
    MovePorts,
    Screen,
    Unsettled,
)
from desk_app.ui.phrases import filled
from desk_app.ui.still_asking import Ending, StillAsking

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desk_app.bootstrap import Desk
    from desk_app.domain.schedule import ProviderDay
    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.ui.calls import Calls
    from desk_app.ui.dialogs.ports import OpeningsWanted
    from desk_app.ui.grid.wishes import MoveWish, SlotChoice
    from desk_app.ui.practice import Practice
    from desk_app.ui.schedule_pane import SchedulePane

    Then = Callable[[Any], object]
    Failed = Callable[[DeskError], object]


@dataclass(frozen=True, slots=True)
class Done:
    """An appointment as it is now, and one line on what was done."""

    appointment: Appointment
    words: str


class Flows(QObject):
    """Opens dialogs over the window.

    Signals:
        done: what came of one (`Done`), also long after it was closed.
        said: a line on how a wish stands that is still asked for.
        hint: why a wish is not for whoever is signed in.
    """

    done = Signal(object)
    said = Signal(str)
    hint = Signal(str)

    def __init__(
        self, desk: Desk, calls: Calls, practice: Practice, pane: SchedulePane
    ) -> None:
        super().__init__(pane)
        self._desk, self._calls, self._parent = desk, calls, pane
        self._practice = practice
        self._clients_data = ClientsDataFlows(desk, calls, practice, pane)
        self._days: tuple[ProviderDay, ...] = ()
        self._service = ""
        self._still_asking = StillAsking(pane.notice)
        self._still_asking.said.connect(self.said)

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue."""
        self._practice = practice
        self._clients_data.set_practice(practice)

    def set_days(self, days: tuple[ProviderDay, ...]) -> None:
        """Let the dialogs know which days are on the grid."""
        self._days = days

    def set_service(self, name: str) -> None:
        """Begin bookings with this service where it is offered; "" for the usual."""
        self._service = name

    @Slot(object)
    def book(self, slot: SlotChoice) -> None:
        """Ask for a booking at `slot`."""
        if self._may_change(slot.provider_id):
            self._book(self._form(slot.provider_id, start=slot.start))

    def book_here(self, day: date) -> None:
        """Ask for a booking at the cursor; where nothing can begin, on `day`.

        Providers book with themselves, wherever the cursor is.
        """
        view, me = self._parent.view, self._practice.catalogue.me
        slot, column = view.chosen_free_slot(), view.chosen_column()
        if slot is not None and me.may_change(slot.provider_id):
            self.book(slot)
        elif column is not None:
            self.book_on(column.day, column.provider.provider_id)
        else:
            self.book_on(day, None)

    def book_on(self, day: date, provider_id: int | None) -> None:
        """Ask for a booking on a day, with one provider or whoever is free."""
        me = self._practice.catalogue.me
        if not me.may_change(provider_id):
            provider_id = me.provider_id
        self._book(self._form(provider_id, day=day))

    @Slot(object)
    def cancel(self, appointment: Appointment) -> None:
        """Ask for the reason and cancel."""
        if not self._may_change(appointment.provider_id):
            return
        ports, screen = self._cancel_ports(appointment), self._screen()
        gone = CancelDialog.ask(self._parent, appointment, screen, ports)
        self._tell(self.tr("Cancelled: %1"), gone)

    @Slot(object)
    def move(self, wish: MoveWish) -> None:
        """Ask whether the appointment shall really go there, and move it."""
        form = MoveForm(self._screen(), wish.appointment, wish.provider_id, wish.start)
        if self._may_change(wish.appointment.provider_id, wish.provider_id):
            self._move(form)

    @Slot(object)
    def find_time(self, appointment: Appointment) -> None:
        """Ask for another time, and move the appointment there."""
        if self._may_change(appointment.provider_id):
            self._move(MoveForm(self._screen(), appointment))

    @Slot(object)
    def confirm(self, appointment: Appointment) -> None:
        """Confirm without a dialog; what comes of it is said in the window."""
        if not self._may_change(appointment.provider_id):
            return
        asking = Asking(self._port(self._desk.booking.confirm), PATIENCE)
        wish = Unsettled(asking, visit_words.visit(appointment, self._screen()))
        self._keep_confirming(appointment, wish)
        self.said.emit(filled(self.tr("Confirming: %1"), wish.words))
        number, version = appointment.appointment_id, appointment.version
        asking.send(ConfirmRequest(asking.key, number, version))

    @Slot(object)
    def show_history(self, appointment: Appointment) -> None:
        """Show what was done with an appointment, and by whom."""
        self._clients_data.show_history(appointment)

    @Slot(object)
    def show(self, appointment: Appointment) -> None:
        """Show everything about an appointment, and what can be done with it."""
        ports = AppointmentPorts(
            confirm=self._port(self._desk.booking.confirm),
            cancelling=self._cancel_ports(appointment),
            moving=self._move_ports(appointment),
            take_over=partial(self._keep_confirming, appointment),
            history=self._clients_data.history(appointment.appointment_id),
            client=self._clients_data.ports(),
        )
        screen = self._screen()
        changed = AppointmentDialog.ask(self._parent, appointment, screen, ports)
        if changed is None:
            return
        text = self.tr("Saved: %1")
        if changed.status is Status.CANCELLED:
            text = self.tr("Cancelled: %1")
        elif changed.start != appointment.start:
            text = self.tr("Moved: %1")
        elif changed.status is not appointment.status:
            text = self.tr("Confirmed: %1")
        self._tell(text, changed)

    # -- dialogs

    def _may_change(self, *provider_ids: int) -> bool:
        """Say whether these diaries are this person's to change, or why not."""
        may = all(map(self._practice.catalogue.me.may_change, provider_ids))
        if not may:
            self.hint.emit(
                self.tr("With your login you book and change your own diary.")
            )
        return may

    def _form(self, provider_id: int | None, **given: Any) -> BookingForm:
        offered = self._practice.services_called(self._service)
        chosen = next(iter(offered.values()), None)
        if provider_id is not None:
            chosen = offered.get(provider_id)
        service_id = chosen.service_id if chosen else None
        form = BookingForm(self._screen(), provider_id, service_id=service_id)
        return replace(form, **given)

    def _book(self, form: BookingForm) -> None:
        form = replace(form, screen=self._screen().mine())
        booked = BookingDialog.ask(self._parent, form, self._booking_ports())
        self._tell(self.tr("Booked: %1"), booked)

    def _move(self, form: MoveForm) -> None:
        form = replace(form, screen=self._screen().mine())
        ports = self._move_ports(form.appointment)
        moved = MoveDialog.ask(self._parent, form, ports)
        self._tell(self.tr("Moved: %1"), moved)

    def _screen(self) -> Screen:
        catalogue = self._practice.catalogue
        return Screen(
            catalogue,
            self._practice.zone,
            datetime.now(UTC),
            self._days,
            catalogue.alignment or Alignment(),
            has_logins=self._desk.access.can_lock(catalogue.me),
        )

    def _tell(self, text: str, appointment: Appointment | None) -> None:
        if appointment is not None:
            words = visit_words.visit(appointment, self._screen())
            self.done.emit(Done(appointment, filled(text, words)))

    # -- wishes whose dialog is closed, though their outcome is not known

    def _keep_booking(self, wish: Unsettled) -> None:
        self._keep(
            wish,
            self.tr("Booked: %1"),
            self.tr("Not booked: %1."),
            partial(self._book, wish.form),
        )

    def _keep_cancelling(self, appointment: Appointment, wish: Unsettled) -> None:
        self._keep(
            wish,
            self.tr("Cancelled: %1"),
            self.tr("Not cancelled: %1."),
            partial(self._reopen, appointment, self.cancel),
        )

    def _keep_moving(self, appointment: Appointment, wish: Unsettled) -> None:
        def again(latest: Appointment) -> None:
            self._move(replace(wish.form, appointment=latest))

        self._keep(
            wish,
            self.tr("Moved: %1"),
            self.tr("Not moved: %1."),
            partial(self._reopen, appointment, again),
        )

    def _keep_confirming(self, appointment: Appointment, wish: Unsettled) -> None:
        self._keep(
            wish,
            self.tr("Confirmed: %1"),
            self.tr("Not confirmed: %1."),
            partial(self._reopen, appointment, self.show),
        )

    def _keep(
        self, wish: Unsettled, done: str, refused: str, again: Callable[[], object]
    ) -> None:
        ending = Ending(partial(self._tell, done), refused, again)
        self._still_asking.keep(wish, ending)

    def _reopen(
        self, appointment: Appointment, show: Callable[[Appointment], object]
    ) -> None:
        """Open a dialog on the appointment as it is now."""

        def then(latest: Appointment | None) -> None:
            show(latest or appointment)

        def failed(_error: DeskError) -> None:
            show(appointment)

        self._port(self._desk.diary.get)(appointment.appointment_id, then, failed)

    # -- ports

    def _booking_ports(self) -> BookingPorts:
        return BookingPorts(
            find_clients=self._port(self._desk.clients.find, "clients"),
            openings=self._openings,
            book=self._port(self._desk.booking.book),
            take_over=self._keep_booking,
        )

    def _cancel_ports(self, appointment: Appointment) -> CancelPorts:
        return CancelPorts(
            cancel=self._port(self._desk.booking.cancel),
            take_over=partial(self._keep_cancelling, appointment),
        )

    def _move_ports(self, appointment: Appointment) -> MovePorts:
        return MovePorts(
            openings=self._openings,
            move=self._port(self._desk.booking.move),
            take_over=partial(self._keep_moving, appointment),
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
