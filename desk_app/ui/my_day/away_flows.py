"""A provider cannot come: the day is blocked at once, then everybody is rung up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, Slot

from desk_app.domain.appointment import CancelledBy, CancelRequest, MoveRequest
from desk_app.domain.blocking import Absence
from desk_app.domain.slots import Opening
from desk_app.errors import SlotTaken
from desk_app.ui import notices
from desk_app.ui.my_day.away_page import AwayPage
from desk_app.ui.my_day.blocking import AwayDialog
from desk_app.ui.my_day.calls import CallList

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Provider
    from desk_app.domain.rebooking import Proposal
    from desk_app.domain.schedule import Block
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Done
    from desk_app.ui.flows import Flows
    from desk_app.ui.my_day.calls import Call
    from desk_app.ui.my_day.ports import BlockPorts

PAGE = "away"


class AwayFlows(QObject):
    """Joins the call list with what is around it."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around, self._flows, self._desk = around, flows, around.desk
        self._block: Block | None = None
        self._provider: Provider | None = None
        self.page = AwayPage()
        around.side.add_page(PAGE, self.tr("Call list"), self.page)
        self.page.accepted.connect(self._on_accepted)
        self.page.other_wanted.connect(self._on_other_wanted)
        self.page.cancel_wanted.connect(self._on_cancel_wanted)
        self.page.open_wanted.connect(self._on_open_wanted)
        around.done.connect(self._on_done)
        around.news.appointment_changed.connect(self._on_appointment_changed)
        around.person_changed.connect(self._forget)

    @property
    def is_under_way(self) -> bool:
        """Whether there is a call list."""
        return self._block is not None

    def show_list(self) -> None:
        """Show the call list once more, if there is one."""
        if self.is_under_way:
            self._around.side.show_page(PAGE)

    def begin(self, provider: Provider, day: date, ports: BlockPorts) -> None:
        """Ask from when on, block it at once, and look for other times."""
        made = AwayDialog.ask(self._around.pane, provider, day, ports)
        if made is None:
            return
        self._block, self._provider = made, provider
        self._around.news.schedule_changed.emit()
        self.page.show_absence(provider.name, made, self._around.screen())
        self._around.side.show_page(PAGE)
        self._look_for_times()

    def _look_for_times(self) -> None:
        if self._block is None or self._provider is None:
            return
        absence = Absence(self._provider.provider_id, self._block.span.start)
        find = self._around.port(self._desk.my_day.rebook, "away")
        find(absence, self._on_found, self._on_not_found)

    @Slot(object)
    def _on_found(self, proposals: tuple[Proposal, ...]) -> None:
        self.page.show_calls(CallList(proposals), self._around.screen())

    @Slot(object)
    def _on_not_found(self, error: DeskError) -> None:
        self.page.say(notices.words(error).title)

    # -- one call

    @Slot(object, int)
    def _on_accepted(self, call: Call, place: int) -> None:
        """Move the appointment at once."""
        opening, now = call.openings[place], call.now
        request = MoveRequest(
            uuid4(),
            now.appointment_id,
            now.version,
            opening.provider_id,
            opening.start,
        )

        def then(after: Appointment) -> None:
            calls = self.page.call_list
            if calls is not None:
                calls.take_away(opening)
            self._around.changed(self.tr("Moved: %1"), (now,), (after,))
            self._go_on(call)

        failed = partial(self._on_not_moved, call)
        self._around.port(self._desk.booking.move)(request, then, failed)

    def _on_not_moved(self, call: Call, error: DeskError) -> None:
        """Propose what is free instead."""
        calls = self.page.call_list
        if calls is not None and isinstance(error, SlotTaken):
            near = tuple(o for o in error.alternatives if isinstance(o, Opening))
            calls.offer(calls.find(call.was.appointment_id), near)
            self.page.refresh()
        self._around.hint.emit(notices.words(error).title)

    @Slot(object)
    def _on_other_wanted(self, call: Call) -> None:
        self._flows.find_time(call.now)

    @Slot(object)
    def _on_cancel_wanted(self, call: Call) -> None:
        """Cancel as the practice's wish: the price goes back, and it can be undone."""
        now = call.now
        reason = self._block.reason if self._block else ""
        request = CancelRequest(
            uuid4(),
            now.appointment_id,
            now.version,
            reason or self.tr("Provider not available"),
            CancelledBy.PRACTICE,
        )

        def then(after: Appointment) -> None:
            self._around.changed(self.tr("Cancelled: %1"), (now,), (after,))
            self._go_on(call)

        def failed(error: DeskError) -> None:
            self._around.hint.emit(notices.words(error).title)

        self._around.port(self._desk.booking.cancel)(request, then, failed)

    def _go_on(self, call: Call) -> None:
        calls = self.page.call_list
        if calls is not None:
            self.page.go_on(calls.find(call.was.appointment_id))

    # -- the whole

    @Slot()
    def _on_open_wanted(self) -> None:
        """Open the day again; what was moved stays where it is."""
        block = self._block
        if block is None:
            return

        def then(_none: object) -> None:
            self._around.said.emit(self.tr("The day is open again."))
            self._around.news.schedule_changed.emit()
            self._forget()

        def failed(error: DeskError) -> None:
            self._around.hint.emit(notices.words(error).title)

        unblock = self._around.port(self._desk.schedule_blocks.unblock)
        unblock(block.override_id, then, failed)

    @Slot()
    def _forget(self) -> None:
        self._block, self._provider, self.page.call_list = None, None, None
        self.page.list.show_cards(())
        if self._around.side.current == PAGE:
            self._around.side.close_page()

    # -- news

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        for appointment in done.appointments:
            self._on_appointment_changed(appointment)

    @Slot(object)
    def _on_appointment_changed(self, appointment: Appointment) -> None:
        calls = self.page.call_list
        if calls is not None and calls.put(appointment):
            self.page.refresh()
