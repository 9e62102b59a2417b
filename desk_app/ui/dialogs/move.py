"""Moves an appointment: confirms a drag, or finds another time by keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.appointment import MoveRequest
from desk_app.domain.openings import nearest
from desk_app.domain.policies import Policy
from desk_app.domain.slots import Opening
from desk_app.errors import Invalid, Refused, SlotTaken
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import offers, visit_words, why_words
from desk_app.ui.dialogs.against import Against
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.move_body import MoveBody
from desk_app.ui.dialogs.near_times import NearTimes
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.words import Words

if TYPE_CHECKING:
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
        # Nothing is aligned to a length that one appointment alone has.
        is_own = bool(form.length_minutes or form.appointment.own_minutes)
        unasked = (Policy.NOT_ALIGNED,) if is_own else ()
        self._against = Against(self._screen, unasked)
        self._desk = self.wire(ports.move, ports.patience, ports.take_over)
        self._holder = ports.holder
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
        if self._closed() and not self._fields.aside.is_on:
            self._say_misfit()
            return
        if self._fields.aside.complain_of_gaps():
            return
        self.send(
            MoveRequest(
                idempotency_key=self._desk.key,
                appointment_id=self._appointment.appointment_id,
                version=self._appointment.version,
                provider_id=service.provider_id,
                start=self._start,
                length_minutes=self._form.length_minutes,
                override=self._fields.aside.override,
                room_id=self._fields.room.room_id,
            )
        )

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the client and the new time."""
        service, start = self._service(), self._start or self._appointment.start
        moved = self._appointment
        provider_id = service.provider_id if service else moved.provider_id
        reason = self._fields.aside.reason.toPlainText()
        form = replace(
            self._form,
            start=start,
            provider_id=provider_id,
            reason=reason,
            room_id=self._fields.room.room_id,
        )
        who = privacy.name(moved.client_name)
        words = visit_words.planned(who, start, provider_id, self._screen)
        return Unsettled(asking, words, form)

    def show_refusal(self, error: DeskError) -> None:
        """Offer other times if this one is gone; else say it above the buttons."""
        words = notices.words(error)
        if isinstance(error, SlotTaken):
            near = [o for o in error.alternatives if isinstance(o, Opening)]
            self._near.offer_at_once(words, near, self._move_near)
            self._look()
        elif isinstance(error, Refused):
            self._fields.room.look_again()
            self._against.tell(error)
            self._near.offer_at_once(words, self._others(), self._move_near)
            self._weigh()
        elif isinstance(error, Invalid) and error.field == "override_reason":
            self._fields.aside.complain(words.text)
        else:
            self.banner.say(words)

    def is_touched(self) -> bool:
        """Say whether a reason was typed."""
        return self._fields.aside.is_touched()

    def _build(self, ports: MovePorts) -> None:
        self.setWindowTitle(self.tr("Move the appointment"))
        heading = Heading(self._form.screen)
        heading.show_moving(self._appointment)
        self.header.addWidget(heading)
        self._fields = MoveBody(self._form, ports)
        self._fields.place_banner(self.banner)
        self._near = NearTimes(self.banner, self._named)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._fields)

    def _connect(self) -> None:
        self._fields.provider.currentIndexChanged.connect(self._on_provider)
        self._fields.times.picked.connect(self._on_picked)
        self._fields.times.looked.connect(self._on_looked)
        self._fields.aside.edited.connect(self._weigh)
        self._fields.room.changed.connect(self._on_room)

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
            service = self._as_long(service)
            self._fields.show_target(self._start, service)
            self._fields.room.look(service, self._start or self._appointment.start)
        if self._holder is not None:
            self._holder.choose(self._start, service)
        self._weigh()

    @Slot()
    def _weigh(self) -> None:
        """Show what speaks against the place, and what may be set aside of it."""
        self.stay()
        service, start = self._service(), self._start
        against: tuple[Refused, ...] = ()
        provider = None
        if service is not None and start is not None:
            provider = offers.provider_of(self._screen.catalogue, service.provider_id)
            if not self._is_where_it_is(start, service):
                against = self._against.weigh(self._as_long(service), start)
        details = self._against.details(against)
        name = provider.name if provider else ""
        self._fields.aside.show_rules(against, name, details)
        self.offer_anyway(is_on=self._fields.aside.is_on)
        self.grow()

    def _as_long(self, service: Service) -> Service:
        """Return the service as long as the appointment keeps to be."""
        minutes = self._form.length_minutes or self._appointment.own_minutes
        return replace(service, duration_minutes=minutes or service.duration_minutes)

    def _is_where_it_is(self, start: datetime, service: Service) -> bool:
        old, stays = self._appointment, self._form.length_minutes is None
        is_there = start == old.start and service.provider_id == old.provider_id
        return is_there and stays and not self._changes_room()

    def _changes_room(self) -> bool:
        return self._fields.room.room_id not in (None, self._appointment.room_id)

    def _say_misfit(self) -> bool:
        """Say why the time is not free, if the grid knows; say whether it did."""
        service, start, closed = self._service(), self._start, self._closed()
        if service is None or start is None or not closed:
            return False
        service = self._as_long(service)
        words = why_words.notice(self._screen, service, start, closed)
        self._near.offer(words, self._others(), self._take)
        return True

    def _closed(self) -> tuple[Refused, ...]:
        """Return all that closes the new place by itself."""
        service = self._service()
        if self._start is None or service is None:
            return ()
        return self._against.of_time(self._as_long(service), self._start)

    def _others(self) -> list[Opening]:
        """Return the free times nearest to the one that cannot be had."""
        if self._start is None:
            return []
        openings = [free.openings[0] for free in self._fields.times.times]
        others = [o for o in openings if o.start != self._start]
        return sorted(nearest(others, self._start))

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

    def _move_near(self, opening: Opening) -> None:
        """Move to another time at once."""
        self._take(opening)
        self.submit()

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
    def _on_room(self) -> None:
        """Show the new room; alone it leaves the time as it is."""
        if self._start is None and self._changes_room():
            self._start = self._appointment.start
        service = self._service()
        if service is not None:
            self._fields.show_target(self._start, self._as_long(service))
        self._weigh()

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
        anyway=translate("MoveDialog", "&Move anyway"),
    )
