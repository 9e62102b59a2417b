"""What is done with a client from the file: changed, merged, separated, exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot

from desk_app.ui import notices
from desk_app.ui.clients.compare import MergeDialog
from desk_app.ui.clients.edit import EditClientDialog
from desk_app.ui.clients.menu import ClientMenu, ClientRequests
from desk_app.ui.clients.ports import Named
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.client_file import ClientFile, MergeWish
    from desk_app.errors import DeskError
    from desk_app.ui.clients.file_ports import FilePorts
    from desk_app.ui.clients.panel import ClientPanel


@dataclass(frozen=True, slots=True)
class Merged:
    """Two entries were made one: what to say, and the number of the way back."""

    words: str
    merge_id: int


class ClientDeeds(QObject):
    """Opens the dialogs that a panel asks for, over a window.

    Signals:
        said: one line on what was done.
        merged: two entries were made one (`Merged`).
    """

    said = Signal(str)
    merged = Signal(object)

    def __init__(self, panel: ClientPanel, ports: FilePorts, window: QWidget) -> None:
        super().__init__(panel)
        self._panel, self._ports, self._window = panel, ports, window
        self._separating = Latest(
            ports.unmerge, self._on_separated, self._on_not_separated, self
        )
        panel.edit_wanted.connect(self._on_edit)
        panel.merge_wanted.connect(self._on_merge)
        panel.separate_wanted.connect(self.separate)
        panel.more_wanted.connect(self._on_more)

    @Slot(int)
    def separate(self, merge_id: int) -> None:
        """Make two entries of one again."""
        self._separating.ask(merge_id)

    @Slot(object)
    def _on_edit(self, file: ClientFile) -> None:
        self._panel.note.save()
        stands = EditClientDialog.ask(self._window, file, self._ports)
        if stands is not None:
            self._panel.look()
            self.said.emit(filled(self.tr("Saved: %1"), stands.name))

    @Slot(object)
    def _on_merge(self, wish: MergeWish) -> None:
        self._panel.note.save()
        done = MergeDialog.ask(self._window, wish, self._ports)
        if done is None:
            return
        merger, merge_id = done
        self._panel.show_client(merger.keep.client_id)
        text = self.tr("Merged: %1 is now part of %2")
        words = filled(text, merger.gone.name, merger.keep.name)
        self.merged.emit(Merged(words, merge_id))

    @Slot(object)
    def _on_more(self, file: ClientFile) -> None:
        ports = self._ports.data()
        named = Named(file.client.client_id, file.client.name)
        requests = ClientRequests(named, ports, self._window)
        requests.erased.connect(self._panel.look)
        menu = ClientMenu(requests, named, ports)
        button = self._panel.data
        menu.exec(button.mapToGlobal(QPoint(0, button.height())))
        menu.deleteLater()

    def _on_separated(self, _: object) -> None:
        self._panel.look()
        self.said.emit(self.tr("They are two entries again."))

    def _on_not_separated(self, error: DeskError) -> None:
        self._panel.banner.say(notices.words(error), topic="separating")
