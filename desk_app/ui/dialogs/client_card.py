"""The chosen client: how to reach them and what to know before booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.ui.dialogs import client_words
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.people import Client
    from desk_app.ui.dialogs.ports import Screen


class ClientCard(QWidget):
    """Shows one client."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._build()

    def show_client(self, client: Client) -> None:
        """Show `client`."""
        self._name.setText(client.name)
        self._phone.setText(client_words.phone(client))
        self._email.setText(client.email)
        self._email.setVisible(bool(client.email))
        warnings = client_words.warnings(client, self._screen)
        self._warnings.setText("\n".join(f"⚑ {text}" for text in warnings))
        self._warnings.setVisible(bool(warnings))
        self._notes.setText(client.notes)
        self._notes.setVisible(bool(client.notes))
        self.setAccessibleName(client_words.spoken(client, self._screen))

    def _build(self) -> None:
        self._name, self._phone = ElidedLabel(), ElidedLabel()
        self._email, self._notes = ElidedLabel(), ElidedLabel()
        self._warnings = PlainLabel()
        self._warnings.setWordWrap(True)
        sized(self._name, 1.1, bold=True)
        sized(self._phone, 1.1)
        set_ink(self._email, Ink.MUTED)
        set_ink(self._notes, Ink.MUTED)
        set_ink(self._warnings, Ink.DANGER)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        for label in (self._name, self._phone, self._email):
            layout.addWidget(label)
        more = PlainLabel(self.tr("F2: all about this client"))
        set_ink(more, Ink.MUTED)
        layout.addWidget(self._warnings)
        layout.addWidget(self._notes)
        layout.addStretch(1)
        layout.addWidget(more)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
