"""The data of any client: found, seen, exported, erased; and how long they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui import notices
from desk_app.ui.clients import erase_words
from desk_app.ui.clients.menu import ClientRequests
from desk_app.ui.clients.ports import Named
from desk_app.ui.clients.retention import RetentionCard
from desk_app.ui.dialogs.client_field import ClientField
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.rights import Counts
    from desk_app.errors import DeskError
    from desk_app.ui.clients.ports import DataPorts

WIDE, HIGH = 620, 600


class ClientsDataDialog(QDialog):
    """For managers: one client at a time, and all who are past their time."""

    def __init__(self, ports: DataPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        counts = ports.of_client.counts
        self._line = Latest(counts, self._on_counted, self._on_failed, self)
        self._build()
        self._connect()

    @classmethod
    def ask(cls, parent: QWidget | None, ports: DataPorts) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(ports, parent)
        dialog.exec()
        dialog.deleteLater()

    @property
    def field(self) -> ClientField:
        """Where a client is looked for."""
        return self._field

    @property
    def counted(self) -> str:
        """How much is kept about the client, as it is shown."""
        return self._counted.text()

    @property
    def retention(self) -> RetentionCard:
        """The card about how long clients are kept."""
        return self._retention

    @property
    def buttons(self) -> tuple[PromptButton, ...]:
        """What can be asked about the client: history, export, erase."""
        return self._history, self._export, self._erase

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Clients’ data"))
        title = PlainLabel(self.tr("Clients’ data"))
        sized(title, 1.3, bold=True)
        head = QFrame()
        head.setObjectName("dialogHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(20, 16, 20, 14)
        above.addWidget(title)
        of_client = self._ports.of_client
        self._field = ClientField(of_client.screen, self._ports.find, only_known=True)
        self._counted = PlainLabel()
        self._counted.setWordWrap(True)
        set_ink(self._counted, Ink.MUTED)
        self._retention = RetentionCard(self._ports)
        inside = QVBoxLayout()
        inside.setContentsMargins(20, 0, 20, 0)
        inside.setSpacing(10)
        inside.addWidget(self._field, 1)
        inside.addWidget(self._counted)
        inside.addLayout(self._build_requests())
        inside.addSpacing(6)
        inside.addWidget(self._retention)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addLayout(inside, 1)
        layout.addLayout(self._build_footer())
        scale = self.fontMetrics().height()
        self.resize(WIDE * scale // 16, HIGH * scale // 16)
        self._show_nobody()

    def _build_requests(self) -> QHBoxLayout:
        self._history = PromptButton(self.tr("&History…"))
        self._export = PromptButton(self.tr("E&xport…"))
        self._erase = PromptButton(self.tr("&Erase…"))
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in self.buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self._export.setVisible(self._ports.of_client.may_export)
        self._erase.setVisible(self._ports.of_client.may_erase)
        return row

    def _build_footer(self) -> QHBoxLayout:
        # Enter belongs to the list of clients, so no button is the default.
        self._close = PromptButton(self.tr("Close"))
        self._close.setAutoDefault(False)
        footer = QHBoxLayout()
        footer.setContentsMargins(20, 0, 20, 16)
        footer.addStretch(1)
        footer.addWidget(self._close)
        return footer

    def _connect(self) -> None:
        self._field.changed.connect(self._on_client)
        self._history.clicked.connect(self._on_history)
        self._export.clicked.connect(self._on_export)
        self._erase.clicked.connect(self._on_erase)
        self._close.clicked.connect(self.reject)

    def _requests(self) -> ClientRequests | None:
        client = self._field.client
        if client is None:
            return None
        named = Named(client.client_id, client.name)
        requests = ClientRequests(named, self._ports.of_client, self)
        requests.erased.connect(self._on_erased)
        return requests

    def _show_nobody(self) -> None:
        self._counted.setText(self.tr("Find the client whose data it is about."))
        for button in self.buttons:
            button.setEnabled(False)

    @Slot()
    def _on_client(self) -> None:
        client = self._field.client
        self._line.drop()
        if client is None:
            self._show_nobody()
            return
        self._counted.setText(self.tr("Counting…"))
        for button in self.buttons:
            button.setEnabled(True)
        self._line.ask(client.client_id)

    def _on_counted(self, counts: Counts) -> None:
        self._counted.setText(erase_words.counted(counts, self._ports.of_client.screen))

    def _on_failed(self, error: DeskError) -> None:
        self._counted.setText(notices.words(error).title)

    @Slot()
    def _on_history(self) -> None:
        if requests := self._requests():
            requests.show_history()

    @Slot()
    def _on_export(self) -> None:
        if requests := self._requests():
            requests.export()

    @Slot()
    def _on_erase(self) -> None:
        if requests := self._requests():
            requests.erase()

    @Slot()
    def _on_erased(self) -> None:
        self._field.search.clear()
        self._field.search.setFocus()
        self._show_nobody()
        self._counted.setText(self.tr("The client was erased."))
        self._retention.look()
