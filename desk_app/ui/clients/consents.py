"""By which ways a client may be written to: a tick each, and what was sent so far."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
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
        self.ticks = {
            "consent_email": PromptCheck(self.tr("&E-mail")),
            "consent_sms": PromptCheck(self.tr("Te&xt message")),
            "consent_push": PromptCheck(self.tr("P&ush message")),
        }
        self.messages = PromptButton(self.tr("Message&s"))
        self.messages.setAutoDefault(False)
        self.messages.setToolTip(self.tr("What was sent to this client"))
        ticks = QHBoxLayout()
        ticks.setSpacing(14)
        for tick in self.ticks.values():
            said = filled(self.tr("May be sent: %1"), tick.text().replace("&", ""))
            tick.setAccessibleName(said)
            ticks.addWidget(tick)
        ticks.addStretch(1)
        ticks.addWidget(self.messages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(ticks)

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
