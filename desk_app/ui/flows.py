"""What a person does with appointments: which dialog opens, and what follows.

A dialog touches no service; it is given ports, ways to ask that return at once.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from desk_app.domain.appointment import Appointment, ConfirmRequest, Status
from desk_app.domain.staff import Role
from desk_app.ui.clients.file_dialog import ClientFileDialog
from desk_app.ui.clients.flows import ClientsDataFlows
from desk_app.ui.dialogs import offers, visit_words
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
    Unsettled,
)
from desk_app.ui.holding import HoldingFlows
from desk_app.ui.moving import moved_text
from desk_app.ui.outgoing.meeting import MeetingLinks
from desk_app.ui.phrases import filled
from desk_app.ui.series.flows import SeriesFlows
from desk_app.ui.still_asking import Ending, StillAsking

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.people import Client
    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.dialogs.ports import OpeningsWanted, Repeat
    from desk_app.ui.grid.wishes import MoveWish, SlotChoice
    from desk_app.ui.holding import Holder

    Then = Callable[[Any], object]
    Failed = Callable[[DeskError], object]


class Flows(QObject):
    """Opens dialogs over the window; what came of them is told to what is around."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around, self._desk = around, around.desk
        self._clients_data = ClientsDataFlows(
            around.desk, around.calls, around.practice, around.pane
        )
        self.client_ports = self._clients_data.file_ports()
        self.waiting: Callable[[BookingDialog], object] | None = None
        self.sooner: Callable[[QWidget, Appointment], object] | None = None
        self.messages: Callable[[Appointment], object] | None = None
        self.links = MeetingLinks(around)
        self._still_asking = StillAsking(around.pane.notice)
        self._still_asking.said.connect(around.said)
        self.holding = HoldingFlows(around)
        self.series = SeriesFlows(around, self._still_asking)
        around.practice_changed.connect(self._on_practice_changed)

    @Slot()
    def _on_practice_changed(self) -> None:
        self._clients_data.set_practice(self._around.practice)

    @Slot(object)
    def book(self, slot: SlotChoice) -> None:
        """Ask for a booking at `slot`; in a room with whoever may be there."""
        provider_id, me = slot.provider_id, self._around.me
        if provider_id is None and me.role is Role.PROVIDER:
            provider_id = me.provider_id
        if provider_id is None or self._around.may_change(provider_id):
            form = self._form(provider_id, start=slot.start, room_id=slot.room_id)
            self._book(form)

    def book_here(self, day: date) -> None:
        """Ask for a booking at the cursor; where nothing can begin, on `day`.

        Providers book with themselves, wherever the cursor is.
        """
        view, me = self._around.view, self._around.me
        slot, column = view.chosen_free_slot(), view.chosen_column()
        if slot is not None and (slot.room_id or me.may_change(slot.provider_id)):
            self.book(slot)
        elif column is not None:
            self.book_on(column.day, column.provider_id)
        else:
            self.book_on(day, None)

    def open_form(self, form: BookingForm) -> None:
        """Ask for a booking of which much is known already."""
        self._book(form)

    def book_on(self, day: date, provider_id: int | None) -> None:
        """Ask for a booking on a day, with one provider or whoever is free."""
        me = self._around.me
        if not me.may_change(provider_id):
            provider_id = me.provider_id
        self._book(self._form(provider_id, day=day))

    def book_for(self, client: Client, again: Appointment | None = None) -> None:
        """Ask for a booking for a client: at the cursor, or the same visit `again`."""
        slot, me = self._around.view.chosen_free_slot(), self._around.me
        if again is not None and me.may_change(again.provider_id):
            service_id = again.service_id
            form = self._form(again.provider_id, service_id=service_id)
        elif again is None and slot is not None and me.may_change(slot.provider_id):
            form = self._form(slot.provider_id, start=slot.start)
        else:
            form = self._form(me.provider_id, day=self._around.pager.day)
        self._book(replace(form, client=client))

    @Slot(object)
    def cancel(self, appointment: Appointment) -> None:
        """Ask for the reason and cancel, one of a series or all that follow."""
        if self._around.may_change(appointment.provider_id):
            self.series.cancel(appointment, self._cancel)

    def _cancel(self, appointment: Appointment) -> None:
        ports, screen = self._cancel_ports(appointment), self._around.screen()
        gone = CancelDialog.ask(self._around.pane, appointment, screen, ports)
        self._tell(self.tr("Cancelled: %1"), appointment, gone)

    @Slot(object)
    def move(self, wish: MoveWish) -> None:
        """Ask whether the appointment shall really go there, and move it."""
        form = MoveForm(
            self._around.screen(),
            wish.appointment,
            wish.provider_id,
            wish.start,
            wish.length_minutes,
            room_id=wish.room_id,
        )
        if not self._around.may_change(wish.appointment.provider_id, wish.provider_id):
            return
        if wish.is_resize:
            self._move(form)
        else:
            self.series.move(form, self._move)

    @Slot(object)
    def find_time(self, appointment: Appointment) -> None:
        """Ask for another time, and move the appointment there."""
        if self._around.may_change(appointment.provider_id):
            form = MoveForm(self._around.screen(), appointment)
            self.series.move(form, self._move)

    @Slot(object)
    def confirm(self, appointment: Appointment) -> None:
        """Confirm without a dialog; what comes of it is said in the window."""
        if not self._around.may_change(appointment.provider_id):
            return
        asking = Asking(self._around.port(self._desk.booking.confirm), PATIENCE)
        wish = Unsettled(asking, visit_words.visit(appointment, self._around.screen()))
        self._keep_confirming(appointment, wish)
        self._around.said.emit(filled(self.tr("Confirming: %1"), wish.words))
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
            confirm=self._around.port(self._desk.booking.confirm),
            cancelling=self._cancel_ports(appointment),
            moving=self._move_ports(appointment),
            take_over=partial(self._keep_confirming, appointment),
            history=self._clients_data.history(appointment.appointment_id),
            client=self._clients_data.ports(),
            sooner=self.sooner,
            messages=self.messages,
            meeting=self.links.ports(),
            move_series=self.find_time,
            cancel_series=self.cancel,
            mark=self._around.view.mark_requested.emit,
        )
        screen = self._around.screen()
        changed = AppointmentDialog.ask(self._around.pane, appointment, screen, ports)
        if changed is None:
            return
        text = self.tr("Saved: %1")
        if changed.status is Status.CANCELLED:
            text = self.tr("Cancelled: %1")
        elif (changed.start, changed.room_id) != (
            appointment.start,
            appointment.room_id,
        ):
            text = moved_text(appointment, changed)
        elif changed.status is not appointment.status:
            text = self.tr("Confirmed: %1")
        self._tell(text, appointment, changed)

    # -- dialogs

    def _form(self, provider_id: int | None, **given: Any) -> BookingForm:
        offered = self._around.practice.services_called(self._around.service)
        chosen = next(iter(offered.values()), None)
        if provider_id is not None:
            chosen = offered.get(provider_id)
        service_id = chosen.service_id if chosen else None
        form = BookingForm(self._around.screen(), provider_id, service_id=service_id)
        return replace(form, **given)

    def _book(self, form: BookingForm) -> None:
        screen = offers.in_room(self._around.screen().mine(), form.room_id)
        form = replace(form, screen=screen)
        holder = self.holding.holder()
        ports = self._booking_ports()
        book, repeat = holder.used_by(ports.book), self._repeating(holder)
        ports = replace(ports, book=book, holder=holder, repeat=repeat)
        booked = BookingDialog.ask(self._around.pane, form, ports)
        holder.close()
        self.tell_booked(booked)

    def _repeating(self, holder: Holder) -> Repeat:
        """Return the way to a series that begins with the time a form holds."""

        def repeat(form: BookingForm, parent: QWidget) -> bool:
            return self.series.repeat_booking(form, parent, holder.hold_id)

        return repeat

    def _move(self, form: MoveForm) -> None:
        form = replace(form, screen=self._around.screen().mine())
        holder = self.holding.holder()
        ports = self._move_ports(form.appointment)
        ports = replace(ports, move=holder.used_by(ports.move), holder=holder)
        moved = MoveDialog.ask(self._around.pane, form, ports)
        holder.close()
        if moved is not None:
            text = moved_text(form.appointment, moved)
            self._tell(text, form.appointment, moved)

    def tell_booked(self, booked: Appointment | None) -> None:
        """Tell the window of a new appointment, if there is one."""
        if booked is not None:
            self._around.booked(self.tr("Booked: %1"), booked)

    def _tell(self, text: str, before: Appointment, now: Appointment | None) -> None:
        if now is not None:
            self._around.changed(text, (before,), (now,))

    # -- wishes whose dialog is closed, though their outcome is not known

    def keep_booking(self, wish: Unsettled) -> None:
        """Go on asking for a booking whose outcome is not known."""
        ending = Ending(
            self.tell_booked,
            self.tr("Not booked: %1."),
            partial(self._book, wish.form),
        )
        self._still_asking.keep(wish, ending)

    def _keep_cancelling(self, appointment: Appointment, wish: Unsettled) -> None:
        ending = Ending(
            partial(self._tell, self.tr("Cancelled: %1"), appointment),
            self.tr("Not cancelled: %1."),
            partial(self._reopen, appointment, self.cancel),
        )
        self._still_asking.keep(wish, ending)

    def _keep_moving(self, appointment: Appointment, wish: Unsettled) -> None:
        def again(latest: Appointment) -> None:
            self._move(replace(wish.form, appointment=latest))

        ending = Ending(
            partial(self._tell, self.tr("Moved: %1"), appointment),
            self.tr("Not moved: %1."),
            partial(self._reopen, appointment, again),
        )
        self._still_asking.keep(wish, ending)

    def _keep_confirming(self, appointment: Appointment, wish: Unsettled) -> None:
        ending = Ending(
            partial(self._tell, self.tr("Confirmed: %1"), appointment),
            self.tr("Not confirmed: %1."),
            partial(self._reopen, appointment, self.show),
        )
        self._still_asking.keep(wish, ending)

    def _reopen(
        self, appointment: Appointment, show: Callable[[Appointment], object]
    ) -> None:
        """Open a dialog on the appointment as it is now."""

        def then(latest: Appointment | None) -> None:
            show(latest or appointment)

        def failed(_error: DeskError) -> None:
            show(appointment)

        self._around.port(self._desk.diary.get)(
            appointment.appointment_id, then, failed
        )

    # -- ports

    def _booking_ports(self) -> BookingPorts:
        return BookingPorts(
            find_clients=self._around.port(self._desk.clients.find, "clients"),
            openings=self.openings,
            book=self._around.port(self._desk.booking.book),
            take_over=self.keep_booking,
            waiting=self.waiting,
            alike=self._around.port(self._desk.client_files.duplicates, "alike"),
            show_client=self._show_client,
            rooms=self._around.port(self._desk.places.states),
        )

    def _show_client(self, over: QWidget, client: Client) -> None:
        ClientFileDialog.show_for(over, client, self.client_ports)

    def _cancel_ports(self, appointment: Appointment) -> CancelPorts:
        return CancelPorts(
            cancel=self._around.port(self._desk.booking.cancel),
            take_over=partial(self._keep_cancelling, appointment),
        )

    def _move_ports(self, appointment: Appointment) -> MovePorts:
        return MovePorts(
            openings=self.openings,
            move=self._around.port(self._desk.booking.move),
            take_over=partial(self._keep_moving, appointment),
            rooms=self._around.port(self._desk.places.states),
        )

    def openings(self, wanted: OpeningsWanted, then: Then, failed: Failed) -> None:
        # The services bring SQLAlchemy; by now it has long been imported.
        from desk_app.services.diary import OpeningQuery

        query = OpeningQuery(wanted.services, wanted.first, wanted.days, wanted.limit)
        self._around.port(self._find_openings)(query, then, failed)

    def _find_openings(self, query: Any) -> tuple[Opening, ...]:
        return self._desk.diary.openings(query)
