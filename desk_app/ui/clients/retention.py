"""How long clients are kept, how many are past that, and the way to erase those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui import notices
from desk_app.ui.clients import erase_words
from desk_app.ui.clients.erase_due import EraseDueDialog, rule_in_words
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.rights import Retention
    from desk_app.errors import DeskError
    from desk_app.ui.clients.ports import DataPorts


class RetentionCard(QFrame):
    """One card; reads by itself, and again after something was erased."""

    def __init__(self, ports: DataPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._retention: Retention | None = None
        self._line = Latest(ports.retention, self._on_read, self._on_failed, self)
        self._build()
        self._go.clicked.connect(self._on_go)
        self.look()

    @property
    def button(self) -> PromptButton:
        """The one that erases those who are due."""
        return self._go

    @property
    def said(self) -> str:
        """What the card says."""
        return f"{self._rule.text()} {self._due.text()}".strip()

    def look(self) -> None:
        """Read again."""
        self._due.setText(self.tr("Looking who is past that…"))
        self._go.hide()
        self._line.ask(None)

    def _build(self) -> None:
        self.setObjectName("card")
        title = PlainLabel(self.tr("Retention"))
        sized(title, 1.0, bold=True)
        self._rule, self._due = PlainLabel(), PlainLabel()
        self._rule.setWordWrap(True)
        self._due.setWordWrap(True)
        set_ink(self._rule, Ink.MUTED)
        self._go = PromptButton()
        self._go.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._due, 1)
        row.addWidget(self._go)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(4)
        inside.addWidget(title)
        inside.addWidget(self._rule)
        inside.addLayout(row)

    def _on_read(self, retention: Retention) -> None:
        self._retention = retention
        count = len(retention.due)
        rule = rule_in_words(retention.years)
        where = self.tr("This is set in the office, under “Settings”.")
        self._rule.setText(f"{rule} {where}")
        self._due.setVisible(retention.years > 0)
        self._go.setVisible(count > 0)
        self._due.setText(erase_words.past_that(count))
        self._go.setText(filled(self.tr("E&rase %1…"), erase_words.clients(count)))

    def _on_failed(self, error: DeskError) -> None:
        self._due.setText(notices.words(error).title)

    @Slot()
    def _on_go(self) -> None:
        if self._retention is None:
            return
        if EraseDueDialog.ask(self.window(), self._retention, self._ports):
            self.look()
