"""Answers "why not this time?" for the place of the cursor, and goes on from there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Slot

from desk_app.domain.openings import nearest
from desk_app.domain.slots import Opening, facts_of, free_slots
from desk_app.ui.dialogs import offers, why_words
from desk_app.ui.dialogs.against import Against
from desk_app.ui.dialogs.ports import BookingForm
from desk_app.ui.dialogs.why_not import WayOn, WhyNotDialog, WhyNotForm
from desk_app.ui.grid.wishes import SlotChoice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.people import Service
    from desk_app.ui.around import Around
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.flows import Flows


class WhyFlows(QObject):
    """Opens the dialog over the window."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around, self._flows = around, flows
        around.view.why_requested.connect(self.ask)

    def ask_here(self) -> None:
        """Say why the time of the cursor cannot be had."""
        view = self._around.view
        slot, taken = view.chosen_slot(), view.chosen_appointment()
        column = view.chosen_column()
        if taken is not None and column is not None:
            slot = SlotChoice(taken.provider_id, taken.start, column.day)
        if slot is not None:
            self.ask(slot)

    @Slot(object)
    def ask(self, slot: SlotChoice) -> None:
        """Say why a time cannot be had, and book what is decided then."""
        form = self._form(slot)
        if form is None:
            return
        if not form.reasons:
            self._around.hint.emit(self.tr("This time is free: Enter books it."))
            return
        way_on = WhyNotDialog.ask(self._around.pane, form)
        if way_on is WayOn.ANYWAY:
            self._flows.book(slot)
        elif way_on is WayOn.NEAREST and form.nearest is not None:
            self._flows.book(self._place_of(form.nearest))

    def _form(self, slot: SlotChoice) -> WhyNotForm | None:
        screen = offers.in_room(self._around.screen(), slot.room_id)
        service = self._service(screen, slot)
        if service is None:
            self._around.hint.emit(self.tr("This provider offers nothing here."))
            return None
        if slot.room_id is not None:
            service = replace(service, rooms=(slot.room_id,))
        against = Against(screen).weigh(service, slot.start)
        reasons = why_words.reasons(screen, service, slot.start, against)
        free = nearest(_free(screen, service), slot.start, 1)
        if not self._around.me.may_change(slot.provider_id):
            free = ()
        near = next(iter(free), None)
        return WhyNotForm(screen, service, slot.start, reasons, near)

    def _service(self, screen: Screen, slot: SlotChoice) -> Service | None:
        """Return the service a booking at this place would begin with."""
        offered = self._around.practice.services_called(self._around.service)
        whose = (slot.provider_id,) if slot.provider_id else tuple(offered)
        may = {service.service_id for service in screen.catalogue.services}
        chosen = [offered[one].service_id for one in whose if one in offered]
        number = next((one for one in chosen if one in may), None)
        form = BookingForm(screen, slot.provider_id, slot.start, service_id=number)
        return offers.usual_service(form)

    def _place_of(self, opening: Opening) -> SlotChoice:
        provider = self._around.practice.providers[opening.provider_id]
        zone = ZoneInfo(provider.timezone)
        day = opening.start.astimezone(zone).date()
        return SlotChoice(opening.provider_id, opening.start, day)


def _free(screen: Screen, service: Service) -> Iterator[Opening]:
    """Yield what is free of a service with its provider on the days that are shown."""
    for column in screen.days:
        if column.provider.provider_id != service.provider_id:
            continue
        facts = facts_of(column, screen.now)
        for slot in free_slots(service, facts, screen.now, screen.alignment):
            yield Opening(slot.start, slot.end, service.provider_id, service.service_id)
