"""Books an appointment: a known client at an agreed time in ten keystrokes or fewer."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desk_app.domain.appointment import BookedVia, BookingRequest
from desk_app.domain.openings import nearest
from desk_app.domain.slots import Opening
from desk_app.errors import Invalid, SlotTaken
from desk_app.ui import format as shown
from desk_app.ui import notices
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.dialogs.booking_body import BookingBody
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.notices import Words
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
        self._goes_when_looked = False
        self._is_untold = False
        self._desk = self.wire(ports.book, ports.patience, ports.take_over)
        self._ask_series = ports.repeat
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
        if is_as_opened and not self.fields.note.toPlainText().strip():
            return False
        return self.fields.is_touched()

    def submit(self) -> None:
        """Book, or say what is missing."""
        if self.fields.client.complain_of_gaps():
            return
        self._goes_when_looked = self.fields.times.is_looking
        if self._goes_when_looked:
            return
        opening = self._opening or self._untold_opening()
        if opening is None:
            self._say_misfit()
            return
        self.send(self._request(opening))

    def show_refusal(self, error: DeskError) -> None:
        """Say it at the field, beside free times, or above the buttons."""
        if isinstance(error, SlotTaken):
            near = [o for o in error.alternatives if isinstance(o, Opening)]
            self._say_with_times(notices.words(error), near, topic="time")
            self._opening = None
            self._look()
        elif not (
            isinstance(error, Invalid)
            and self.fields.complain(error.field, notices.words(error).text)
        ):
            self.banner.say(notices.words(error))

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the client and the time; the form keeps all that was entered."""
        request: BookingRequest = asking.request
        client = self.fields.client.client
        form = replace(
            self._form,
            provider_id=request.provider_id,
            start=request.start,
            service_id=request.service_id,
            client=client,
            new_client=request.new_client,
            notes=request.notes,
            pending=request.pending,
        )
        who = client or request.new_client
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
        self._repeat = PromptButton(self.tr("&Repeat…"))
        self._repeat.setAutoDefault(False)
        self._repeat.setVisible(ports.repeat is not None)
        self.footer.insertWidget(0, self._repeat)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Walk as a phone call goes: who, what, with whom, when."""
        fields = self.fields
        order = (
            fields.client.search,
            *fields.client.new_fields,
            *fields.choice.inputs,
            fields.note,
            fields.confirmed,
            fields.pending,
            *fields.times.inputs,
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
        self._repeat.clicked.connect(self._on_repeat)

    def _begin(self) -> None:
        service = offers.usual_service(self._form)
        self.fields.choice.choose(service, self._form.provider_id)
        self._look()
        self._show_heading()
        self.fields.fill(self._form)
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
                self._take(self._first_from_day(times).openings[0])
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

    def _first_from_day(self, times: Sequence[FreeTime]) -> FreeTime:
        """Return the first free time on the day that is asked for, or after it."""
        day, zone = self._form.day, self._screen.zone
        if day is None:
            return times[0]
        later = (free for free in times if free.start.astimezone(zone).date() >= day)
        return next(later, times[0])

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

    @Slot()
    def _on_repeat(self) -> None:
        """Go on with a series; this dialog closes once that is booked."""
        if self._ask_series is None or self.fields.client.complain_of_gaps():
            return
        service = self._chosen_service()
        if service is None or self._wanted is None:
            self._say_misfit()
        elif self._ask_series(self._as_entered(service, self._wanted), self):
            self.done(QDialog.DialogCode.Accepted)

    def _as_entered(self, service: Service, start: datetime) -> BookingForm:
        client = self.fields.client.client
        return replace(
            self._form,
            provider_id=service.provider_id,
            start=start,
            service_id=service.service_id,
            client=client,
            new_client=None if client else self.fields.client.new_client,
            notes=self.fields.note.toPlainText().strip(),
        )

    def _say_misfit(self) -> None:
        """Say why the time is not free and name the nearest that are."""
        times = self.fields.times.times
        if self._wanted is None or not self.fields.choice.services:
            title = self.tr("Choose a time")
            self.banner.say(Words(title), topic="time")
            return
        openings = [free.openings[0] for free in times]
        near = sorted(nearest(openings, self._wanted))
        self._say_with_times(self._why(self._wanted), near, topic="time")

    def _why(self, start: datetime) -> Words:
        """Return why the chosen service cannot start then."""
        for service in self.fields.choice.services:
            refusal = offers.why_not_then(self._screen, service, start)
            if refusal is not None:
                return replace(notices.words(refusal), next_step="")
        clock = shown.time(start, self._screen.zone)
        return Words(filled(self.tr("%1 is not free"), clock))

    def _say_with_times(
        self, words: Words, near: Iterable[Opening], topic: str
    ) -> None:
        near = list(near)[:3]
        if near and not words.next_step:
            step = self.tr("These times are free and near.")
            words = replace(words, next_step=step)
        actions = [Action(self._named(o), partial(self._take_near, o)) for o in near]
        self.banner.say(words, actions, topic=topic, numbered=True)

    def _named(self, opening: Opening) -> str:
        zone = self._screen.zone
        today = self._screen.now.astimezone(zone).date()
        when = shown.moment(opening.start, zone, today)
        wanted = self._wanted
        if wanted is not None and (
            wanted.astimezone(zone).date() == opening.start.astimezone(zone).date()
        ):
            when = shown.time(opening.start, zone)
        return when

    def _take_near(self, opening: Opening) -> None:
        self._take(opening)
        self.banner.clear("time")
        self.fields.client.search.setFocus()

    # -- the request

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
        )

    def _show_heading(self) -> None:
        service = self._chosen_service()
        who = self._chosen_provider()
        is_known = not (self.fields.times.is_looking or self._is_untold)
        self.heading.show_time(
            self._wanted, service, is_free=self._opening is not None or not is_known
        )
        self.heading.show_what(service, who)

    def _untold_opening(self) -> Opening | None:
        """Return the agreed time as if it were free, when nobody could tell."""
        services = self.fields.choice.services
        if not self._is_untold or self._wanted is None or len(services) != 1:
            return None
        start, one = self._wanted, services[0]
        return Opening(start, start + one.duration, one.provider_id, one.service_id)

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
    )
