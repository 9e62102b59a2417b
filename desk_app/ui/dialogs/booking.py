"""Books an appointment: a known client at an agreed time in ten keystrokes or fewer."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.appointment import BookedVia, BookingRequest
from desk_app.domain.openings import nearest
from desk_app.domain.slots import Opening
from desk_app.errors import Invalid, Refused, SlotTaken
from desk_app.ui import format as shown
from desk_app.ui import notices
from desk_app.ui.dialogs import offers, visit_words, why_words
from desk_app.ui.dialogs.against import Against
from desk_app.ui.dialogs.booking_body import BookingBody
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.near_times import NearTimes
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.dialogs.repeat import RepeatButton
from desk_app.ui.phrases import filled
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.offers import FreeTime
    from desk_app.ui.dialogs.ports import BookingForm, BookingPorts


class BookingDialog(DeskDialog):
    """Asks for everything a booking needs and stays until it is booked."""

    def __init__(
        self, form: BookingForm, ports: BookingPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._form, self._screen = form, form.screen
        self._wanted: datetime | None = form.start
        self._opening: Opening | None = None
        self._goes_when_looked = self._is_untold = False
        self._against = Against(form.screen)
        self._desk = self.wire(ports.book, ports.patience, ports.take_over)
        self._holder = ports.holder
        self._build(ports)
        self._connect()
        self._begin()

    @classmethod
    def ask(
        cls, parent: QWidget | None, form: BookingForm, ports: BookingPorts
    ) -> Appointment | None:
        """Return the appointment that was booked, or None."""
        dialog = cls(form, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Appointment | None = dialog.answer
        return answer

    @property
    def opening(self) -> Opening | None:
        """The free time that would be booked."""
        return self._opening

    def is_touched(self) -> bool:
        """Say whether a client or a note was entered."""
        known = self._form.client
        is_as_opened = known is not None and self.fields.client.client is known
        if is_as_opened:
            return self.fields.is_written()
        return self.fields.is_touched()

    def submit(self) -> None:
        """Book, or say what is missing."""
        if self.fields.client.complain_of_gaps():
            return
        self._goes_when_looked = self.fields.times.is_looking
        if self._goes_when_looked:
            return
        opening = self._opening or self._judged_elsewhere()
        if opening is None:
            self._say_misfit()
        elif not self.fields.aside.complain_of_gaps():
            self.send(self._request(opening))

    def show_refusal(self, error: DeskError) -> None:
        """Say it at the field, beside free times, or above the buttons."""
        words = notices.words(error)
        if isinstance(error, SlotTaken):
            near = [o for o in error.alternatives if isinstance(o, Opening)]
            self._near.offer_at_once(words, near, self._book_near)
            self._opening = None
            self._look()
        elif isinstance(error, Refused):
            self.fields.room.look_again()
            self._against.tell(error)
            self._near.offer_at_once(words, self._others(), self._book_near)
            self._weigh()
        elif not (
            isinstance(error, Invalid)
            and self.fields.complain(error.field, notices.words(error).text)
        ):
            self.banner.say(words)

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the client and the time; the form keeps all that was entered."""
        request, form = asking.request, self._as_entered(asking.request)
        who = form.client or form.new_client
        name = who.name if who else ""
        words = visit_words.planned(
            name, request.start, request.provider_id, self._screen
        )
        return Unsettled(asking, words, form)

    # -- building

    def _build(self, ports: BookingPorts) -> None:
        self.setWindowTitle(self.tr("Book an appointment"))
        self.heading = Heading(self._screen)
        self.header.addWidget(self.heading)
        self.fields = BookingBody(self._screen, ports)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.fields)
        self.fields.place_banner(self.banner)
        self._near = NearTimes(self.banner, self._named)
        self._repeat = RepeatButton(self, ports.repeat, self._to_repeat)
        self._order_tabs()
        if ports.waiting is not None:
            ports.waiting(self)

    def _order_tabs(self) -> None:
        """Walk as a phone call goes: who, what, with whom, when."""
        fields = self.fields
        order = (
            fields.client.search,
            *fields.client.new_fields,
            *fields.choice.inputs,
            fields.room.rooms,
            fields.note,
            fields.confirmed,
            fields.pending,
            *fields.times.inputs,
            fields.aside.reason,
            self._repeat,
            *self.buttons,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.fields.edited.connect(self._on_edited)
        self.fields.choice.changed.connect(self._on_choice)
        self.fields.times.picked.connect(self._on_picked)
        self.fields.times.looked.connect(self._on_looked)
        self.fields.times.failed.connect(self._on_not_looked)

    def _begin(self) -> None:
        service = offers.usual_service(self._form)
        self.fields.choice.choose(service, self._form.provider_id)
        self.fields.fill(self._form)
        self._look()
        self._show_heading()
        self.fields.client.search.setFocus()

    # -- the time

    def _look(self) -> None:
        choice = self.fields.choice
        prefer = self._form.provider_id
        day = self._form.day
        self.fields.times.look(choice.services, self._wanted or day, prefer)

    def _take(self, opening: Opening) -> None:
        self._opening, self._wanted = opening, opening.start
        self.fields.times.choose(opening.start)
        self.banner.clear("time")
        self._show_heading()

    @Slot()
    def _on_looked(self) -> None:
        """Judge the agreed time; then go on, if Enter was pressed meanwhile."""
        self._is_untold = False
        self._judge()
        if self._goes_when_looked:
            self.submit()

    @Slot()
    def _on_not_looked(self) -> None:
        """Let the practice itself decide over the agreed time."""
        self._is_untold, self._goes_when_looked = True, False
        self._show_heading()

    def _judge(self) -> None:
        """Keep the agreed time if it is free; say so if it is not."""
        times = self.fields.times.times
        if self._wanted is None:
            if times:
                first = offers.first_from(times, self._form.day, self._screen.zone)
                self._take(first.openings[0])
            return
        free = self.fields.times.at(self._wanted)
        if free is not None and self.banner.topic != "time":
            self._take(free.openings[0])
        elif free is None:
            self._opening = None
            self.fields.times.choose(self._wanted)
            self._show_heading()
            if self.banner.topic != "time":
                self._say_misfit()

    @Slot(object)
    def _on_picked(self, free: FreeTime) -> None:
        self._take(free.openings[0])

    @Slot()
    def _on_choice(self) -> None:
        self._opening = None
        self.banner.clear("time")
        self._look()
        self._show_heading()

    @Slot()
    def _on_edited(self) -> None:
        self.stay()
        self._weigh()

    def _say_misfit(self) -> None:
        """Say why the time is not free and name the nearest that are."""
        if self._wanted is None or not self.fields.choice.services:
            title = self.tr("Choose a time")
            self.banner.say(Words(title), topic="time")
            return
        self._near.offer(self._why(self._wanted), self._others(), self._take_near)

    def _others(self) -> list[Opening]:
        """Return the free times nearest to the one that cannot be had."""
        if self._wanted is None:
            return []
        openings = [free.openings[0] for free in self.fields.times.times]
        client = self.fields.client.client
        others = [
            o
            for o in openings
            if o.start != self._wanted and self._against.is_open_to(client, o)
        ]
        return sorted(nearest(others, self._wanted))

    def _why(self, start: datetime) -> Words:
        """Return why the chosen service cannot start then."""
        for service in self.fields.choice.services:
            closed = self._against.of_time(service, start)
            if closed:
                return why_words.notice(self._screen, service, start, closed)
        clock = shown.time(start, self._screen.zone)
        return Words(filled(self.tr("%1 is not free"), clock))

    def _named(self, opening: Opening) -> str:
        zone = self._screen.zone
        today = self._screen.now.astimezone(zone).date()
        wanted = self._wanted
        if wanted is not None and shown.is_same_day(wanted, opening.start, zone):
            return shown.time(opening.start, zone)
        return shown.moment(opening.start, zone, today)

    def _take_near(self, opening: Opening) -> None:
        self._take(opening)
        self.fields.client.search.setFocus()

    def _book_near(self, opening: Opening) -> None:
        """Book another time for the same client at once."""
        self._take(opening)
        self.submit()

    # -- rules in the way

    def _weigh(self) -> None:
        """Show what speaks against the time, and what may be set aside of it."""
        service, start = self._judged_service(), self._wanted
        against: tuple[Refused, ...] = ()
        if service is not None and start is not None:
            client, is_free = self.fields.client.client, self._opening is not None
            against = self._against.weigh(service, start, client, is_free=is_free)
        details = self._against.details(against, self.fields.client.client)
        self.fields.aside.show_rules(against, self._chosen_provider(), details)
        self.offer_anyway(is_on=self.fields.aside.is_on)
        self.grow()

    def _judged_service(self) -> Service | None:
        """Return the service whose rules decide, None while they cannot be told."""
        services = self.fields.choice.services
        if self._opening is not None:
            return self._chosen_service()
        if self.fields.times.is_looking or len(services) != 1:
            return None
        return services[0]

    def _judged_elsewhere(self) -> Opening | None:
        """Return a time that is not offered, but which the practice may still give.

        With rules set aside, or where the rules are not known here.
        """
        service, start = self._judged_service(), self._wanted
        if service is None or start is None:
            return None
        known = offers.objections_then(self._screen, service, start)
        if not (self.fields.aside.is_on or self._is_untold or known is None):
            return None
        return offers.opening_at(service, start)

    # -- the request

    def _as_entered(self, request: BookingRequest) -> BookingForm:
        return replace(
            self._form,
            provider_id=request.provider_id,
            start=request.start,
            service_id=request.service_id,
            client=self.fields.client.client,
            new_client=request.new_client,
            notes=request.notes,
            pending=request.pending,
            reason=self.fields.aside.reason.toPlainText(),
            room_id=request.room_id,
        )

    def _to_repeat(self) -> BookingForm | None:
        """Return what a series begins with, taken or not; else say what is missing."""
        if self.fields.client.complain_of_gaps():
            return None
        service, start = self._chosen_service(), self._wanted
        if service is None or start is None:
            self._say_misfit()
            return None
        first = self._opening or offers.opening_at(service, start)
        return self._as_entered(self._request(first))

    def _request(self, opening: Opening) -> BookingRequest:
        fields = self.fields
        client = fields.client.client
        return BookingRequest(
            idempotency_key=self._desk.key,
            provider_id=opening.provider_id,
            service_id=opening.service_id,
            start=opening.start,
            client_id=client.client_id if client else None,
            new_client=None if client else fields.client.new_client,
            notes=fields.note.toPlainText().strip(),
            booked_via=self._form.booked_via or BookedVia.DESK,
            pending=fields.pending.isChecked(),
            override=fields.aside.override,
            room_id=fields.room.room_id,
        )

    def _show_heading(self) -> None:
        service, opening = self._chosen_service(), self._opening
        is_free = bool(opening or self.fields.times.is_looking or self._is_untold)
        self.heading.show_time(self._wanted, service, is_free=is_free)
        self.heading.show_what(service, self._chosen_provider())
        self.fields.room.look(service, self._wanted)
        if self._holder is not None:
            is_one = opening is not None or len(self.fields.choice.services) == 1
            self._holder.choose(self._wanted, service if is_one else None)
        self._weigh()

    def _chosen_service(self) -> Service | None:
        if self._opening is not None:
            return offers.service_of(self._screen.catalogue, self._opening.service_id)
        return next(iter(self.fields.choice.services), None)

    def _chosen_provider(self) -> str:
        chosen = self.fields.choice.provider_id
        provider_id = self._opening.provider_id if self._opening else chosen
        if provider_id is None:
            return self.tr("anyone who is free")
        provider = offers.provider_of(self._screen.catalogue, provider_id)
        return provider.name if provider else ""


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("BookingDialog", "&Book"),
        busy=translate("BookingDialog", "Booking…"),
        leave=translate("BookingDialog", "Close"),
        anyway=translate("BookingDialog", "&Book anyway"),
    )
