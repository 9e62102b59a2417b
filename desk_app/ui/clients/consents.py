"""By which ways a client may be written to: a tick each, and what was sent so far."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptButton, PromptCheck
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.client_file import ClientFile


class Consents(QWidget):
    """Ticks that count at once; who may not change them sees how they stand.

    Signals:
        change_wanted: what is written now, and how it shall be (`ClientDetails` twice).
        messages_wanted: what was sent to the client is to be shown.
    """

    change_wanted = Signal(object, object)
    messages_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: ClientFile | None = None
        self._build()
        for tick in self.ticks.values():
            tick.clicked.connect(self._on_clicked)
        self.messages.clicked.connect(self.messages_wanted)

    def show_file(self, file: ClientFile) -> None:
        """Show how it stands with a client."""
        self._file = file
        for name, tick in self.ticks.items():
            tick.setChecked(getattr(file.details, name))
            tick.setEnabled(name in file.may_change)

    def _build(self) -> None:
        label = PlainLabel(self.tr("May be sent"))
        set_ink(label, Ink.MUTED)
        ways = {
            "consent_email": (self.tr("&E-mail"), self.tr("e-mail")),
            "consent_sms": (self.tr("Te&xt"), self.tr("text message")),
            "consent_push": (self.tr("P&ush"), self.tr("push message")),
        }
        self.ticks = {name: PromptCheck(text) for name, (text, _) in ways.items()}
        self.messages = PromptButton(self.tr("Messages &sent"))
        self.messages.setAutoDefault(False)
        self.messages.setToolTip(self.tr("What was sent to this client"))
        ticks = QHBoxLayout()
        ticks.setSpacing(14)
        ticks.addWidget(label)
        for name, tick in self.ticks.items():
            said = filled(self.tr("May be sent: %1"), ways[name][1])
            tick.setAccessibleName(said)
            tick.setToolTip(said)
            ticks.addWidget(tick)
        ticks.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(ticks)
        column.addWidget(self.messages, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _on_clicked(self) -> None:
        if self._file is None:
            return
        ticks, known = self.ticks, self._file.details
        wanted = replace(
            known,
            consent_email=ticks["consent_email"].isChecked(),
            consent_sms=ticks["consent_sms"].isChecked(),
            consent_push=ticks["consent_push"].isChecked(),
        )
        self.change_wanted.emit(known, wanted)
