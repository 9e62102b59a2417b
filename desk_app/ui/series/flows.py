"""What a person does with series: repeat, and change one or all that follow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from desk_app.domain.deeds import CancelAllRequest, Seen
from desk_app.domain.series import ShiftWish
from desk_app.ui import notices
from desk_app.ui.dialogs import offers
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import BookingForm, CancelPorts, MoveForm, MovePorts
from desk_app.ui.phrases import filled
from desk_app.ui.series.dates_words import DatesWords
from desk_app.ui.series.dialog import SeriesDialog
from desk_app.ui.series.ports import SeriesForm, SeriesPorts, ShiftPorts
from desk_app.ui.series.scope import Scope, ScopeDialog
from desk_app.ui.series.shift import ShiftDialog
from desk_app.ui.still_asking import Ending, StillAsking
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.appointment import Appointment, CancelRequest, MoveRequest
    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.dialogs.ports import Unsettled

    Following = tuple[Appointment, ...]


class SeriesFlows(QObject):
    """Opens the dialogs of series, and tells what came of them."""

    def __init__(self, around: Around, still_asking: StillAsking) -> None:
        super().__init__(around)
        self._around, self._desk = around, around.desk
        self._still_asking = still_asking
        around.view.repeat_requested.connect(self.repeat)

    # -- repeat

    @Slot()
    def repeat(self) -> None:
        """Repeat the appointment the cursor is on, or begin a series at its time."""
        view = self._around.view
        appointment, slot = view.chosen_appointment(), view.chosen_free_slot()
        if appointment is not None:
            self._repeat_appointment(appointment)
        elif slot is None or slot.provider_id is None:
            self._around.hint.emit(
                self.tr("Go to an appointment, or to a free time, to repeat it.")
            )
        elif self._around.may_change(slot.provider_id):
            screen = self._around.screen().mine()
            offered = self._around.practice.services_called(self._around.service)
            chosen = offered.get(slot.provider_id)
            form = BookingForm(
                screen,
                slot.provider_id,
                slot.start,
                chosen.service_id if chosen else None,
            )
            self.repeat_booking(form, self._around.pane)

    def repeat_booking(
        self, form: BookingForm, parent: QWidget, hold_id: UUID | None = None
    ) -> bool:
        """Ask for a series as a booking was entered; say whether it was booked.

        `hold_id` is the hold of the booking's form on the first time.
        """
        service = offers.usual_service(form)
        if service is None or form.start is None:
            return False
        series = SeriesForm(
            form.screen,
            service,
            form.start,
            form.client,
            form.new_client,
            notes=form.notes,
            booked_via=form.booked_via,
            hold_id=hold_id,
        )
        return self._book(series, parent)

    def _repeat_appointment(self, appointment: Appointment) -> None:
        if not self._around.may_change(appointment.provider_id):
            return
        screen = self._around.screen()
        service = offers.service_of(screen.catalogue, appointment.service_id)
        if service is None:
            self._around.hint.emit(self.tr("This service is not offered any more."))
            return
        form = SeriesForm(screen, service, appointment.start, after=appointment)
        self._book(form, self._around.pane)

    def _book(self, form: SeriesForm, parent: QWidget) -> bool:
        booked = SeriesDialog.ask(parent, form, self._ports())
        self._tell_booked(booked)
        return bool(booked)

    def _tell_booked(self, booked: Following) -> None:
        if booked:
            text = self.tr("Booked %1 appointments, the first: %2")
            self._around.booked(_counted(text, booked), *booked)

    def _ports(self) -> SeriesPorts:
        port = self._around.port
        return SeriesPorts(
            find_clients=port(self._desk.clients.find, "clients"),
            plan=port(self._desk.series.plan, "series"),
            book=port(self._desk.series.book),
            take_over=self._keep_booking,
            alike=port(self._desk.client_files.duplicates, "alike"),
        )

    def _keep_booking(self, wish: Unsettled) -> None:
        ending = Ending(
            self._tell_booked,
            self.tr("Not booked: %1."),
            partial(self._book, wish.form, self._around.pane),
        )
        self._still_asking.keep(wish, ending)

    # -- one, or all that follow

    def cancel(
        self, appointment: Appointment, alone: Callable[[Appointment], object]
    ) -> None:
        """Cancel one appointment with `alone`, or all that follow as well."""
        title = self.tr("Cancel one, or the series")
        self._choose(appointment, title, alone, self._cancel_all)

    def move(self, form: MoveForm, alone: Callable[[MoveForm], object]) -> None:
        """Move one appointment with `alone`, or all that follow as well."""
        title = self.tr("Move one, or the series")

        def one(_appointment: Appointment) -> None:
            alone(form)

        def following(all_: Following) -> None:
            self._move_all(form, all_)

        self._choose(form.appointment, title, one, following)

    def _choose(
        self,
        appointment: Appointment,
        title: str,
        one: Callable[[Appointment], object],
        following: Callable[[Following], object],
    ) -> None:
        if appointment.series_id is None:
            one(appointment)
            return

        def then(all_: Following) -> None:
            if len(all_) < 2:
                one(appointment)
                return
            screen = self._around.screen()
            scope = ScopeDialog.ask(self._around.pane, title, all_, screen)
            if scope is Scope.ONE:
                one(appointment)
            elif scope is Scope.FOLLOWING:
                following(all_)

        def failed(error: DeskError) -> None:
            self._around.hint.emit(notices.words(error).title)

        self._around.port(self._desk.series.following)(appointment, then, failed)

    def _cancel_all(self, all_: Following) -> None:
        """Ask for the reason as for one, and cancel all of them."""
        screen = self._around.screen()
        send = self._around.port(self._desk.booking.cancel_all)
        seen = tuple(Seen(each.appointment_id, each.version) for each in all_)

        def cancel(request: CancelRequest, then: Any, failed: Any) -> None:
            asked = CancelAllRequest(
                request.idempotency_key, seen, request.reason, request.cancelled_by
            )
            send(asked, then, failed)

        dialog = CancelDialog(all_[0], screen, CancelPorts(cancel), self._around.pane)
        dialog.banner.say(self._will_go(all_))
        dialog.exec()
        dialog.deleteLater()
        if dialog.answer:
            text = _counted(self.tr("Cancelled %1 appointments, the first: %2"), all_)
            self._around.changed(text, all_, dialog.answer)

    def _will_go(self, all_: Following) -> Words:
        words = DatesWords(self._around.screen())
        title = filled(self.tr("%1 appointments will be cancelled"), str(len(all_)))
        dates = "; ".join(words.when(each.start) for each in all_)
        return Words(title, dates, tone=Tone.INFO)

    def _move_all(self, form: MoveForm, all_: Following) -> None:
        """Ask where the first goes, then show where all of them go."""
        wish = self._where_to(form)
        if wish is None:
            return
        port = self._around.port
        ports = ShiftPorts(
            plan=port(self._desk.series.plan_shift, "shift"),
            move_all=port(self._desk.booking.move_all),
        )
        screen = self._around.screen()
        dialog = ShiftDialog(all_[0], wish, screen, ports, self._around.pane)
        dialog.exec()
        dialog.deleteLater()
        before, after = dialog.moved()
        if after:
            text = _counted(self.tr("Moved %1 appointments, the first: %2"), after)
            self._around.changed(text, before, after)

    def _where_to(self, form: MoveForm) -> ShiftWish | None:
        number = form.appointment.appointment_id
        if form.start is not None:
            provider_id = form.provider_id or form.appointment.provider_id
            return ShiftWish(number, provider_id, form.start)

        def choose(request: MoveRequest, then: Any, _failed: Any) -> None:
            then(request)

        ports = MovePorts(self._openings, choose)
        chosen = MoveDialog.ask(self._around.pane, form, ports)
        if chosen is None:
            return None
        return ShiftWish(number, chosen.provider_id, chosen.start)

    def _openings(self, wanted: Any, then: Any, failed: Any) -> None:
        # The services bring SQLAlchemy; by now it has long been imported.
        from desk_app.services.diary import OpeningQuery

        query = OpeningQuery(wanted.services, wanted.first, wanted.days, wanted.limit)
        self._around.port(self._find_openings)(query, then, failed)

    def _find_openings(self, query: Any) -> tuple[Opening, ...]:
        return self._desk.diary.openings(query)


def _counted(text: str, appointments: Following) -> str:
    """Say how many; the first is named later, where a %1 stands."""
    return text.replace("%1", str(len(appointments))).replace("%2", "%1")
