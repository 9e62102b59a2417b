"""Moves an appointment: confirms a drag, or finds another time by keyboard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.appointment import MoveRequest
from desk_app.domain.openings import nearest
from desk_app.domain.slots import Opening
from desk_app.errors import SlotTaken
from desk_app.ui import notices
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.move_body import MoveBody
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.notice_bar import Action
from desk_app.ui.notices import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.offers import FreeTime
    from desk_app.ui.dialogs.ports import MoveForm, MovePorts


class MoveDialog(DeskDialog):
    """Shows from where to where; Enter moves, Esc leaves everything as it is."""

    def __init__(
        self, form: MoveForm, ports: MovePorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._form = form
        self._appointment = form.appointment
        # The appointment leaves its time: that is free for itself.
        self._screen = offers.without(form.screen, form.appointment)
        self._start: datetime | None = form.start
        self._desk = self.wire(ports.move, ports.patience, ports.take_over)
        self._build(ports)
        self._connect()
        self._begin()

    @classmethod
    def ask(
        cls, parent: QWidget | None, form: MoveForm, ports: MovePorts
    ) -> Appointment | None:
        """Return the appointment at its new time, or None if it stays."""
        dialog = cls(form, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Appointment | None = dialog.answer
        return answer

    @property
    def changes(self) -> str:
        """What else changes with the time, as it is shown."""
        return self._fields.changes

    def submit(self) -> None:
        """Move, or say why not."""
        service = self._service()
        if self._start is None or service is None:
            self.banner.say(Words(self.tr("Choose a free time")), topic="time")
            return
        if self._is_where_it_is(self._start, service):
            title = self.tr("This is where the appointment already is")
            step = self.tr("Choose another time or provider.")
            self.banner.say(Words(title, next_step=step), topic="time")
            return
        if self._say_misfit():
            return
        self.send(
            MoveRequest(
                idempotency_key=self._desk.key,
                appointment_id=self._appointment.appointment_id,
                version=self._appointment.version,
                provider_id=service.provider_id,
                start=self._start,
            )
        )

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the client and the new time."""
        service, start = self._service(), self._start or self._appointment.start
        moved = self._appointment
        provider_id = service.provider_id if service else moved.provider_id
        form = replace(self._form, start=start, provider_id=provider_id)
        words = visit_words.planned(moved.client_name, start, provider_id, self._screen)
        return Unsettled(asking, words, form)

    def show_refusal(self, error: DeskError) -> None:
        """Offer other times if this one is gone; else say it above the buttons."""
        if isinstance(error, SlotTaken):
            near = [o for o in error.alternatives if isinstance(o, Opening)]
            self._say_with_times(notices.words(error), near)
            self._look()
        else:
            self.banner.say(notices.words(error))

    def _build(self, ports: MovePorts) -> None:
        self.setWindowTitle(self.tr("Move the appointment"))
        heading = Heading(self._form.screen)
        heading.show_moving(self._appointment)
        self.header.addWidget(heading)
        self._fields = MoveBody(self._form, ports)
        self._fields.place_banner(self.banner)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._fields)

    def _connect(self) -> None:
        self._fields.provider.currentIndexChanged.connect(self._on_provider)
        self._fields.times.picked.connect(self._on_picked)
        self._fields.times.looked.connect(self._on_looked)

    def _begin(self) -> None:
        self._look()
        self._show()
        if self._start is None:
            self._fields.times.chips.setFocus()
        else:
            self._say_misfit()
            self.buttons[0].setFocus()

    def _service(self) -> Service | None:
        chosen = self._fields.provider.currentData()
        if chosen is None:
            return None
        name = self._appointment.service_name
        found = offers.named(self._screen.catalogue, name, int(chosen))
        return next(iter(found), None)

    def _look(self) -> None:
        service = self._service()
        around = self._start or self._appointment.start
        services = (service,) if service else ()
        self._fields.times.look(services, around, None)

    def _show(self) -> None:
        service = self._service()
        if service is not None:
            self._fields.show_target(self._start, service)

    def _is_where_it_is(self, start: datetime, service: Service) -> bool:
        old = self._appointment
        return start == old.start and service.provider_id == old.provider_id

    def _say_misfit(self) -> bool:
        """Say why the time is not free, if the grid knows; say whether it did."""
        service = self._service()
        if self._start is None or service is None:
            return False
        refusal = offers.why_not_then(self._screen, service, self._start)
        if refusal is None:
            return False
        times = self._fields.times.times
        near = nearest([free.openings[0] for free in times], self._start)
        words = replace(notices.words(refusal), next_step="")
        self._say_with_times(words, sorted(near))
        return True

    def _say_with_times(self, words: Words, near: Iterable[Opening]) -> None:
        near = list(near)[:3]
        if near and not words.next_step:
            step = self.tr("These times are free and near.")
            words = replace(words, next_step=step)
        actions = [Action(self._named(o), partial(self._take, o)) for o in near]
        self.banner.say(words, actions, topic="time", numbered=True)

    def _named(self, opening: Opening) -> str:
        provider = offers.provider_of(self._screen.catalogue, opening.provider_id)
        return visit_words.moment(opening.start, provider, self._screen)

    def _take(self, opening: Opening) -> None:
        place = self._fields.provider.findData(opening.provider_id)
        if place >= 0:
            self._start = opening.start
            self._fields.provider.setCurrentIndex(place)
        self._fields.times.choose(opening.start)
        self.banner.clear("time")
        self._show()
        self.buttons[0].setFocus()

    @Slot()
    def _on_looked(self) -> None:
        self._fields.times.choose(self._start)
        if self.banner.topic == "time" and not self.banner.buttons:
            self._say_misfit()

    @Slot(object)
    def _on_picked(self, free: FreeTime) -> None:
        self._start = free.start
        self.banner.clear("time")
        self._show()

    @Slot()
    def _on_provider(self) -> None:
        self.banner.clear("time")
        self._look()
        self._show()
        self._say_misfit()


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("MoveDialog", "&Move"),
        busy=translate("MoveDialog", "Moving…"),
        leave=translate("MoveDialog", "&Keep as it is"),
    )
