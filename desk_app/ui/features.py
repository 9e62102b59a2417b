"""All that stands beside the schedule: each part connects itself to what is around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.ui.clients.panel_flows import ClientPanelFlows
from desk_app.ui.command.flows import CommandFlows
from desk_app.ui.read_back.flows import ReadBackFlows
from desk_app.ui.shortcuts import Wish

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
        self.read_back = ReadBackFlows(around)
        self.command.opened.connect(self.read_back.forget)
        self.client = ClientPanelFlows(around, flows)

    def keys(self) -> dict[Wish, Callable[[], object]]:
        """Return what each key of the parts does."""
        return {
            Wish.COMMAND: self.command.open,
            Wish.COPY_LINE: self.read_back.copy,
            Wish.CLIENT: self.client.show_chosen,
        }
