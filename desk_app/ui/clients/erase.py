"""Erases a client: says what goes and what stays, and is never done by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk_app.ui.clients import erase_words
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel, without_mnemonic
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.rights import Counts
    from desk_app.errors import DeskError
    from desk_app.ui.clients.ports import ClientPorts, Named

WIDE = 560


class EraseDialog(DeskDialog):
    """Two steps: a tick that it is meant, then the button. Enter keeps the client."""

    def __init__(
        self, client: Named, ports: ClientPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._client, self._ports = client, ports
        self.wire(ports.erase, PATIENCE)
        self._line = Latest(ports.counts, self._on_counted, self._on_failed, self)
        self._build()
        self._sure.toggled.connect(self._on_sure)
        self._line.ask(client.client_id)

    @classmethod
    def ask(cls, parent: QWidget | None, client: Named, ports: ClientPorts) -> bool:
        """Return whether the client was erased."""
        dialog = cls(client, ports, parent)
        erased = bool(dialog.exec())
        dialog.deleteLater()
        return erased

    @property
    def sure(self) -> QCheckBox:
        """The tick that it is meant."""
        return self._sure

    @property
    def counted(self) -> str:
        """How much there is, as it is shown."""
        return self._counted.text()

    def submit(self) -> None:
        """Erase."""
        if self._sure.isChecked():
            self.send(self._client.client_id)

    def show_refusal(self, error: DeskError) -> None:
        """Say it above the buttons, with room for all of it."""
        super().show_refusal(error)
        self.grow()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Erase a client"))
        name = ElidedLabel(filled(self.tr("Erase %1"), self._client.name))
        sized(name, 1.3, bold=True)
        self._counted = PlainLabel(self.tr("Counting…"))
        self._counted.setWordWrap(True)
        set_ink(self._counted, Ink.MUTED)
        self.header.addWidget(name)
        self.header.addWidget(self._counted)
        text = self.tr("&Yes, erase %1 for good")
        who = without_mnemonic(self._client.name[:60])
        self._sure = QCheckBox(filled(text, who))
        column = QVBoxLayout(self.body)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(12)
        for card in erase_words.cards():
            column.addWidget(card)
        column.addWidget(self._sure)
        self.body.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        go, keep = self.buttons
        go.setEnabled(False)
        go.setAutoDefault(False)
        self.make_default(keep)
        keep.setFocus()

    @Slot(bool)
    def _on_sure(self, is_sure: bool) -> None:
        self.buttons[0].setEnabled(is_sure)

    def _on_counted(self, counts: Counts) -> None:
        self._counted.setText(erase_words.counted(counts, self._ports.screen))
        if counts.to_come:
            self._sure.setEnabled(False)
            title = self.tr("This client has appointments to come")
            step = self.tr("Cancel them first, then erase the client.")
            self.banner.say(Words(title, next_step=step, tone=Tone.WARNING))
        self.grow()

    def _on_failed(self, error: DeskError) -> None:
        self._counted.setText("")
        self.show_refusal(error)

    def _lock(self, *, locked: bool) -> None:
        super()._lock(locked=locked)
        self._on_sure(self._sure.isChecked() and not locked)


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("EraseDialog", "&Erase"),
        busy=translate("EraseDialog", "Erasing…"),
        leave=translate("EraseDialog", "&Keep"),
    )
