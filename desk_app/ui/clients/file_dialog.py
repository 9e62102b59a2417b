"""A client's file over a dialog, for a look before one goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.clients.deeds import ClientDeeds
from desk_app.ui.clients.panel import ClientPanel
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import shortened

if TYPE_CHECKING:
    from desk_app.domain.people import Client
    from desk_app.ui.clients.file_ports import FilePorts

WIDE, HIGH = 480, 680
LONGEST_TITLE = 100


class ClientFileDialog(QDialog):
    """The same panel as beside the schedule, without what leads elsewhere.

    Whatever is changed from here has a dialog of its own that loses nothing.
    """

    def __init__(
        self, client: Client, ports: FilePorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(shortened(client.name, LONGEST_TITLE, 1))
        self.panel = ClientPanel(ports, is_glance=True)
        self._deeds = ClientDeeds(self.panel, ports, self)
        self._close = PromptButton(self.tr("Close"))
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        footer = QHBoxLayout()
        footer.setContentsMargins(16, 0, 16, 14)
        footer.addStretch(1)
        footer.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.panel, 1)
        column.addLayout(footer)
        scale = self.fontMetrics().height()
        self.resize(WIDE * scale // 16, HIGH * scale // 16)
        self.panel.show_client(client.client_id)
        self.panel.setFocus()

    @classmethod
    def show_for(cls, parent: QWidget | None, client: Client, ports: FilePorts) -> None:
        """Show a file until it is closed."""
        dialog = cls(client, ports, parent)
        dialog.exec()
        dialog.deleteLater()
