"""Erases everybody who has been kept long enough, with a list to look at before."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import notices
from desk_app.ui.clients import erase_words
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.progress import ProgressPane
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.rights import Retention
    from desk_app.errors import DeskError
    from desk_app.ui.clients.ports import DataPorts
    from desk_app.ui.dialogs.ports import Screen

WIDE, HIGH = 560, 560
# More names than anybody would look at.
MOST_SHOWN = 2_000


class State(Enum):
    """Where the dialog stands."""

    ASKING = auto()
    ERASING = auto()
    DONE = auto()


class EraseDueDialog(QDialog):
    """Shows who is due; erases one after the other and can be stopped."""

    def __init__(
        self, retention: Retention, ports: DataPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._retention, self._ports = retention, ports
        self._is_stopped = False
        self._line = Latest(ports.erase_due, self._on_erased, self._on_failed, self)
        self._state = State.ASKING
        self._build()
        self._connect()

    @classmethod
    def ask(
        cls, parent: QWidget | None, retention: Retention, ports: DataPorts
    ) -> bool:
        """Return whether anything may have been erased."""
        dialog = cls(retention, ports, parent)
        dialog.exec()
        began = dialog.state is not State.ASKING
        dialog.deleteLater()
        return began

    @property
    def state(self) -> State:
        """Where the dialog stands."""
        return self._state

    @property
    def sure(self) -> QCheckBox:
        """The tick that it is meant."""
        return self._sure

    @property
    def buttons(self) -> tuple[PromptButton, PromptButton]:
        """The one that erases or stops, and the one that leaves."""
        return self._go, self._leave

    @property
    def banner(self) -> Banner:
        """Where the outcome is said."""
        return self._banner

    def reject(self) -> None:
        """Close; while clients are being erased, stop first."""
        if self._state is State.ERASING:
            self._stop()
        else:
            super().reject()

    def _build(self) -> None:
        count = len(self._retention.due)
        self.setWindowTitle(self.tr("Erase clients"))
        text = filled(self.tr("Erase %1"), erase_words.clients(count))
        title = PlainLabel(text)
        sized(title, 1.3, bold=True)
        rule = PlainLabel(rule_in_words(self._retention.years))
        rule.setWordWrap(True)
        set_ink(rule, Ink.MUTED)
        head = QFrame()
        head.setObjectName("dialogHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(20, 16, 20, 14)
        above.addWidget(title)
        above.addWidget(rule)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addLayout(self._build_body(), 1)
        layout.addLayout(self._build_footer())
        scale = self.fontMetrics().height()
        self.resize(WIDE * scale // 16, HIGH * scale // 16)

    def _build_body(self) -> QVBoxLayout:
        self._list = _due_table(self._retention, self._ports.of_client.screen)
        stays = PlainLabel(
            self.tr(
                "Of each, everything personal goes, in the history as well; their"
                " appointments stay as times and prices of “Erased client”."
            )
        )
        stays.setWordWrap(True)
        self._sure = QCheckBox(self.tr("&Yes, erase them all for good"))
        self.progress = ProgressPane()
        self._banner = Banner()
        column = QVBoxLayout()
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(12)
        for widget in (self._list, stays, self._sure, self.progress, self._banner):
            column.addWidget(widget, 1 if widget is self._list else 0)
        return column

    def _build_footer(self) -> QHBoxLayout:
        self._go = PromptButton(self.tr("&Erase"))
        self._leave = PromptButton(self.tr("&Keep"))
        self._go.setEnabled(False)
        self._go.setAutoDefault(False)
        self._leave.setDefault(True)
        self._leave.setFocus()
        footer = QHBoxLayout()
        footer.setContentsMargins(20, 0, 20, 16)
        footer.setSpacing(10)
        footer.addStretch(1)
        footer.addWidget(self._leave)
        footer.addWidget(self._go)
        return footer

    def _connect(self) -> None:
        self._sure.toggled.connect(self._go.setEnabled)
        self._go.clicked.connect(self._on_go)
        self._leave.clicked.connect(self.reject)
        self.progress.cancel_button.clicked.connect(self._stop)

    @Slot()
    def _on_go(self) -> None:
        self._state = State.ERASING
        self._go.setEnabled(False)
        self._sure.setEnabled(False)
        self._leave.hide()
        work = self.progress.begin(self.tr("Erasing"))
        self.progress.cancel_button.setFocus()
        self._line.ask(work)

    @Slot()
    def _stop(self) -> None:
        self._is_stopped = True
        self.progress.cancel()

    def _on_erased(self, count: int) -> None:
        self._end()
        said = filled(self.tr("Erased: %1"), erase_words.clients(count))
        text = ""
        if self._is_stopped:
            text = self.tr("Stopped; the others are as they were.")
        self._banner.say(Words(said, text, tone=Tone.SUCCESS))

    def _on_failed(self, error: DeskError) -> None:
        self._end()
        self._banner.say(notices.words(error))

    def _end(self) -> None:
        self._state = State.DONE
        self.progress.end()
        for widget in (self._sure, self._go):
            widget.hide()
        self._leave.setText(self.tr("Close"))
        self._leave.show()
        self._leave.setFocus(Qt.FocusReason.OtherFocusReason)


def rule_in_words(years: int) -> str:
    """Return how long clients are kept, as a sentence."""
    if years == 0:
        return _tr("Clients are kept for ever.")
    if years == 1:
        return _tr("Clients are kept for one year after they were last here.")
    text = _tr("Clients are kept for %1 years after they were last here.")
    return filled(text, QLocale().toString(years))


def _due_table(retention: Retention, screen: Screen) -> QTableWidget:
    """Return who is due, those longest gone first."""
    due = retention.due[:MOST_SHOWN]
    table = QTableWidget(len(due), 2)
    table.setHorizontalHeaderLabels([_tr("Client"), _tr("Last here, or entered")])
    table.setAccessibleName(_tr("Clients who are due"))
    for row, client in enumerate(due):
        name = " ".join(client.name.split())
        table.setItem(row, 0, QTableWidgetItem(name))
        day = erase_words.date_of(client.last_seen, screen)
        table.setItem(row, 1, QTableWidgetItem(day))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return table


def _tr(text: str) -> str:
    return QCoreApplication.translate("EraseDueDialog", text)
