"""A provider cannot come: the day is blocked at once, then everybody is rung up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, Slot

from desk_app.domain.appointment import CancelledBy, CancelRequest, MoveRequest
from desk_app.domain.blocking import Absence
from desk_app.domain.slots import Opening
from desk_app.errors import SlotTaken
from desk_app.ui import notices, privacy
from desk_app.ui.my_day.away_page import AwayPage
from desk_app.ui.my_day.blocking import AwayDialog
from desk_app.ui.my_day.calls import CallList
from desk_app.ui.my_day.ports import DayWanted

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


@dataclass
class Away:
    """One absence: who, what was blocked for it, and the calls once they are known."""

    provider: Provider
    block: Block
    calls: CallList | None = None


class AwayFlows(QObject):
    """Joins the call lists with what is around them; ticks stay until the end."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around, self._flows, self._desk = around, flows, around.desk
        self._absences: dict[DayWanted, Away] = {}
        self._shown: DayWanted | None = None
        self.page = AwayPage()
        around.side.add_page(PAGE, self.tr("Call list"), self.page, "phone-call")
        self.page.accepted.connect(self._on_accepted)
        self.page.other_wanted.connect(self._on_other_wanted)
        self.page.cancel_wanted.connect(self._on_cancel_wanted)
        self.page.open_wanted.connect(self._on_open_wanted)
        around.done.connect(self._on_done)
        around.news.appointment_changed.connect(self._on_appointment_changed)
        around.person_changed.connect(self._forget_all)
        privacy.current().changed.connect(self.page.refresh)

    @property
    def shown(self) -> Away | None:
        """The absence that is shown."""
        return self._absences.get(self._shown) if self._shown else None

    def begin(self, provider: Provider, day: date, ports: BlockPorts) -> None:
        """Show the call list of a day; if it has none, ask, block, and look for one."""
        key = DayWanted(provider.provider_id, day)
        if key not in self._absences:
            made = AwayDialog.ask(self._around.pane, provider, day, ports)
            if made is None:
                return
            self._absences[key] = Away(provider, made)
            self._around.news.schedule_changed.emit()
        self._shown, away = key, self._absences[key]
        screen = self._around.screen()
        self.page.show_absence(away.provider, away.block, screen)
        self._around.side.show_page(PAGE)
        if away.calls is not None:
            self.page.show_calls(away.calls, screen)
            return
        absence = Absence(provider.provider_id, away.block.span.start)
        find = self._around.port(self._desk.my_day.rebook, "away")
        find(absence, partial(self._on_found, away), self._on_not_found)

    def _on_found(self, away: Away, proposals: tuple[Proposal, ...]) -> None:
        away.calls = CallList(proposals)
        if away is self.shown:
            self.page.show_calls(away.calls, self._around.screen())
        self._count()

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
        row = calls.find(call.was.appointment_id) if calls else -1
        if calls is not None and row >= 0 and isinstance(error, SlotTaken):
            near = tuple(o for o in error.alternatives if isinstance(o, Opening))
            calls.offer(row, near)
            self.page.refresh()
        self._hint(error)

    @Slot(object)
    def _on_other_wanted(self, call: Call) -> None:
        self._flows.find_time(call.now)

    @Slot(object)
    def _on_cancel_wanted(self, call: Call) -> None:
        """Cancel as the practice's wish: the price goes back, and it can be undone."""
        now, away = call.now, self.shown
        reason = away.block.reason if away else ""
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

        self._around.port(self._desk.booking.cancel)(request, then, self._hint)

    def _go_on(self, call: Call) -> None:
        calls = self.page.call_list
        if calls is not None:
            self.page.go_on(calls.find(call.was.appointment_id))

    # -- the whole

    @Slot()
    def _on_open_wanted(self) -> None:
        """Open the day again; what was moved stays where it is."""
        key, away = self._shown, self.shown
        if key is None or away is None:
            return

        def then(_none: object) -> None:
            self._around.said.emit(self.tr("The day is open again."))
            self._around.news.schedule_changed.emit()
            self._absences.pop(key, None)
            self._leave()

        unblock = self._around.port(self._desk.schedule_blocks.unblock)
        unblock(away.block.override_id, then, self._hint)

    @Slot()
    def _forget_all(self) -> None:
        self._absences.clear()
        self._leave()

    def _leave(self) -> None:
        self._shown = None
        self.page.clear()
        self._count()
        if self._around.side.current == PAGE:
            self._around.side.close_page()

    # -- news

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        for appointment in done.appointments:
            self._on_appointment_changed(appointment)

    @Slot(object)
    def _on_appointment_changed(self, appointment: Appointment) -> None:
        lists = [each.calls for each in self._absences.values() if each.calls]
        # Into each of them: somebody may have been moved to another who is ill.
        learned = [calls.put(appointment) for calls in lists]
        if any(learned):
            self.page.refresh()
            self._count()

    def _count(self) -> None:
        """Show at the edge of the window how many still have to be told."""
        lists = [each.calls for each in self._absences.values() if each.calls]
        self._around.side.set_count(PAGE, sum(calls.open for calls in lists))

    def _hint(self, error: DeskError) -> None:
        self._around.hint.emit(notices.words(error).title)
