"""All that stands beside the schedule: each part connects itself to what is around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.ui.changes.flows import ChangesFlows
from desk_app.ui.clients.panel_flows import ClientPanelFlows
from desk_app.ui.command.flows import CommandFlows
from desk_app.ui.moving import MovingFlows
from desk_app.ui.paper.flows import PaperFlows
from desk_app.ui.pinboard.flows import PinboardFlows
from desk_app.ui.refunds.flows import RefundFlows
from desk_app.ui.search.flows import SearchFlows
from desk_app.ui.shortcuts import Wish
from desk_app.ui.undo.flows import UndoFlows
from desk_app.ui.views.look_flows import LookFlows
from desk_app.ui.why.flows import WhyFlows

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.ui.around import Around
    from desk_app.ui.flows import Flows
    from desk_app.ui.memory import Memory


class Features(QObject):
    """Makes the parts, and says which keys ask for what of them."""

    def __init__(self, around: Around, flows: Flows, memory: Memory) -> None:
        super().__init__(around)
        self._around, self._flows = around, flows
        self.command = CommandFlows(around, flows)
        self.client = ClientPanelFlows(around, flows)
        self.moving = MovingFlows(around, flows)
        self.pinboard = PinboardFlows(around, self.moving, memory)
        self.undo = UndoFlows(around)
        self.looks = LookFlows(around, memory)
        self.paper = PaperFlows(around)
        self.search = SearchFlows(around)
        self.changes = ChangesFlows(around, memory)
        self._why = WhyFlows(around, flows)
        self.refunds = RefundFlows(around)

    def keys(self) -> dict[Wish, Callable[[], object]]:
        """Return what each key of the parts does."""
        return {
            Wish.COMMAND: self.command.open,
            Wish.CLIENT: self.client.show_chosen,
            Wish.PINBOARD: self.pinboard.switch_page,
            Wish.UNDO: self.undo.undo_latest,
            Wish.UNDO_LIST: self.undo.switch_list,
            Wish.WHY_NOT: self._why.ask_here,
            Wish.PRIVACY: self.looks.switch_privacy,
            Wish.COLOURS: self.looks.next_colours,
            Wish.PRINT: self.paper.open,
            Wish.SEARCH: self.search.open,
            Wish.CHANGES: self.changes.open,
            Wish.REFUNDS: self.refunds.switch,
            Wish.REPEAT: self._flows.series.repeat,
        }
