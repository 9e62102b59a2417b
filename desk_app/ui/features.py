"""All that stands beside the schedule: each part connects itself to what is around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.ui.command.flows import CommandFlows
from desk_app.ui.clients.panel_flows import ClientPanelFlows
from desk_app.ui.shortcuts import Wish
from desk_app.ui.waitlist.flows import WaitlistFlows

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.ui.around import Around
    from desk_app.ui.flows import Flows


class Features(QObject):
    """Makes the parts, and says which keys ask for what of them."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around, self._flows = around, flows
        self.command = CommandFlows(around, flows)
        self.client = ClientPanelFlows(around, flows)
        self.waitlist = WaitlistFlows(around, flows)

    def keys(self) -> dict[Wish, Callable[[], object]]:
        """Return what each key of the parts does."""
        return {
            Wish.COMMAND: self.command.open,
            Wish.CLIENT: self.client.show_chosen,
            Wish.WAITLIST: self.waitlist.open,
            Wish.WAITLIST_HERE: self.waitlist.open_here,
        }
