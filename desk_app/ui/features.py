"""All that stands beside the schedule: each part connects itself to what is around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.ui.changes.flows import ChangesFlows
from desk_app.ui.clients.panel_flows import ClientPanelFlows
from desk_app.ui.command.flows import CommandFlows
from desk_app.ui.first_run.flows import FirstRunFlows
from desk_app.ui.keys_dialog import KeysDialog
from desk_app.ui.letters import Letters
from desk_app.ui.moving import MovingFlows
from desk_app.ui.my_day.flows import MyDayFlows
from desk_app.ui.office.settings.desk_file import DeskFile
from desk_app.ui.office.year.day_flows import DayHoursFlows
from desk_app.ui.outage.flows import OutageFlows
from desk_app.ui.outgoing.messages_flows import MessagesFlows
from desk_app.ui.outgoing.queue_flows import QueueFlows
from desk_app.ui.outgoing.reminding import Reminding
from desk_app.ui.paper.flows import PaperFlows
from desk_app.ui.pinboard.flows import PinboardFlows
from desk_app.ui.read_back.flows import ReadBackFlows
from desk_app.ui.refunds.flows import RefundFlows
from desk_app.ui.reports.flows import ReportsFlows
from desk_app.ui.search.flows import SearchFlows
from desk_app.ui.shortcuts import Wish
from desk_app.ui.undo.flows import UndoFlows
from desk_app.ui.views.look_flows import LookFlows
from desk_app.ui.waiting.flows import WaitingFlows
from desk_app.ui.waitlist.flows import WaitlistFlows
from desk_app.ui.why.flows import WhyFlows

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.ui.around import Around
    from desk_app.ui.flows import Flows
    from desk_app.ui.looks import Looks
    from desk_app.ui.memory import Memory
    from desk_app.ui.outgoing.light import Light


class Features(QObject):
    """Makes the parts, and says which keys ask for what of them."""

    def __init__(self, around: Around, flows: Flows, memory: Memory) -> None:
        super().__init__(around)
        self._around, self._flows, self._memory = around, flows, memory
        self.command = CommandFlows(around, flows)
        self.read_back = ReadBackFlows(around)
        self.command.opened.connect(self.read_back.forget)
        self.letters = Letters(around.view, on=around.desk.settings.single_letters)
        around.view.typing_began.connect(self.command.open)
        self.client = ClientPanelFlows(around, flows)
        self.looks = LookFlows(around, memory)
        self.paper = PaperFlows(around)
        self.moving = MovingFlows(around, flows)
        self._why = WhyFlows(around, flows)
        self._day_hours = DayHoursFlows(around)
        # The order of their pages at the edge of the window.
        self.waiting = WaitingFlows(around, flows)
        self.outage = OutageFlows(around, flows)
        self.first_run = FirstRunFlows(around)
        self.my_day = MyDayFlows(around, flows, self.waiting.marking, flows.links)
        self.waitlist = WaitlistFlows(around, flows)
        self.pinboard = PinboardFlows(around, self.moving, memory)
        self.search = SearchFlows(around)
        self.changes = ChangesFlows(around, memory)
        self.refunds = RefundFlows(around)
        self.messages = MessagesFlows(around)
        flows.messages = self.messages.show_visit
        around.view.messages_requested.connect(self.messages.show_visit)
        self.client.panel.visit_messages_wanted.connect(self.messages.show_visit)
        self.client.panel.messages_wanted.connect(self.messages.show_file)
        self.queue = QueueFlows(around, self.messages.deciding)
        self.reminding = Reminding(around)
        self.undo = UndoFlows(around)
        self.reports = ReportsFlows(around, self.search)

    def desk_file(self, looks: Looks) -> DeskFile:
        """Return the settings of this desk, which are drawn by `looks`."""
        opened = self._around.desk.settings
        return DeskFile(self._memory, opened, looks, self.letters)

    def begin(self) -> None:
        """Go on as the desk was left, once the keys are connected."""
        self.letters.switch(on=self.letters.are_on)
        self.first_run.look()

    def light(self, light: Light) -> None:
        """Let the light at the lower edge say how messages stand, and lead to them."""
        self.queue.stands.connect(light.show_lamp)
        light.clicked.connect(self.queue.switch)

    def keys(self) -> dict[Wish, Callable[[], object]]:
        """Return what each key of the parts does."""
        return {
            Wish.COMMAND: self.command.open,
            Wish.COPY_LINE: self.read_back.copy,
            Wish.HELP: self._show_keys,
            Wish.CLIENT: self.client.show_chosen,
            Wish.WAITLIST: self.waitlist.open,
            Wish.WAITLIST_HERE: self.waitlist.open_here,
            Wish.PINBOARD: self.pinboard.switch_page,
            Wish.UNDO: self.undo.undo_latest,
            Wish.UNDO_LIST: self.undo.switch_list,
            Wish.WHY_NOT: self._why.ask_here,
            Wish.DAY_HOURS: self._day_hours.open_here,
            Wish.PRIVACY: self.looks.switch_privacy,
            Wish.COLOURS: self.looks.next_colours,
            Wish.PRINT: self._print,
            Wish.SEARCH: self.search.open,
            Wish.CHANGES: self.changes.open,
            Wish.REFUNDS: self.refunds.switch,
            Wish.MESSAGES: self.messages.show_chosen,
            Wish.MEETING: self._flows.links.open_chosen,
            Wish.QUEUE: self.queue.switch,
            Wish.REPORTS: self.reports.switch,
            Wish.WALK_IN: self.waiting.enter,
            Wish.WAITING_ROOM: self.waiting.switch_room,
            Wish.MISSING: self.waiting.switch_missing,
            Wish.REPEAT: self._flows.series.repeat,
            Wish.MY_DAY: self.my_day.show_day,
            Wish.KEPT_DAYS: self.outage.show_kept,
            Wish.NOTE_LATER: self.outage.note,
        }

    def _print(self) -> None:
        """Print what stands in the middle of the window."""
        shown = self.reports.is_shown
        (self.reports.print_report if shown else self.paper.open)()

    def _show_keys(self) -> None:
        KeysDialog.show_over(self._around.pane, self.letters)
