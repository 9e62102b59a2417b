"""What can be asked about one client, as a menu and as the dialogs it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.ui.clients.erase import EraseDialog
from desk_app.ui.clients.export import ExportDialog
from desk_app.ui.dialogs.history import HistoryDialog
from desk_app.ui.phrases import filled
from desk_app.ui.plain import without_mnemonic

if TYPE_CHECKING:
    from desk_app.ui.clients.ports import ClientPorts, Named

LONGEST_NAME = 40


class ClientRequests(QObject):
    """Opens the dialogs about one client over a window.

    Signals:
        erased: nothing that is shown of the client is right any more.
    """

    erased = Signal()

    def __init__(self, client: Named, ports: ClientPorts, parent: QWidget) -> None:
        super().__init__(parent)
        self._client, self._ports, self._window = client, ports, parent

    @Slot()
    def show_history(self) -> None:
        """Show what was done with the client's data and visits."""
        ports = self._ports.history(self._client.client_id)
        HistoryDialog.show_for(self._window, self._client.name, ports)

    @Slot()
    def export(self) -> None:
        """Write everything about the client into files."""
        ExportDialog.ask(self._window, self._client, self._ports)

    @Slot()
    def erase(self) -> None:
        """Forget the client, if a person confirms it."""
        if EraseDialog.ask(self._window, self._client, self._ports):
            self.erased.emit()


class ClientMenu(QMenu):
    """The requests of one client; what this person may not ask is left out."""

    def __init__(
        self, requests: ClientRequests, client: Named, ports: ClientPorts
    ) -> None:
        super().__init__()
        name = client.name
        if len(name) > LONGEST_NAME:
            name = name[: LONGEST_NAME - 1] + "…"
        history = filled(self.tr("&History of %1"), without_mnemonic(name))
        self.addAction(history, requests.show_history)
        if ports.may_export:
            self.addAction(self.tr("E&xport data…"), requests.export)
        if ports.may_erase:
            self.addSeparator()
            self.addAction(self.tr("&Erase…"), requests.erase)


def button_text() -> str:
    """Return what the button with this menu says."""
    return QCoreApplication.translate("ClientMenu", "C&lient")
