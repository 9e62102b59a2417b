"""Why not this time? Every rule that closes it, and the two ways on from there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import format as shown
from desk_app.ui.dialogs import offers, rule_words, visit_words
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, without_mnemonic

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.people import Service
    from desk_app.domain.slots import Opening
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.dialogs.why_words import Reason

WIDE = 440


class WayOn(Enum):
    """What a person decides once they know why."""

    ANYWAY = auto()
    NEAREST = auto()


@dataclass(frozen=True, slots=True)
class WhyNotForm:
    """A time that cannot be had, why, and the nearest one that can."""

    screen: Screen
    service: Service
    start: datetime
    reasons: tuple[Reason, ...]
    nearest: Opening | None = None


class WhyNotDialog(QDialog):
    """Small enough to be read in one look; one key leads on, Esc leaves."""

    def __init__(self, form: WhyNotForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.way_on: WayOn | None = None
        self._build()
        self._connect()

    @classmethod
    def ask(cls, parent: QWidget | None, form: WhyNotForm) -> WayOn | None:
        """Return how to go on, None to leave it."""
        dialog = cls(form, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.way_on

    @property
    def said(self) -> str:
        """Everything that is said, for screen readers and tests."""
        return "\n".join(reason.spoken for reason in self._form.reasons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the letters that stand on the buttons, without Alt as well."""
        letters = {Qt.Key.Key_B: self._anyway, Qt.Key.Key_N: self._nearest}
        button = letters.get(Qt.Key(event.key()))
        if button is not None and button.isVisibleTo(self):
            button.click()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Why not this time?"))
        head = QFrame()
        head.setObjectName("dialogHead")
        self._build_head(QVBoxLayout(head))
        rows = QVBoxLayout()
        rows.setContentsMargins(20, 0, 20, 0)
        rows.setSpacing(12)
        for reason in self._form.reasons:
            rows.addWidget(self._row(reason))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(head)
        column.addLayout(rows)
        column.addStretch(1)
        column.addLayout(self._build_buttons())
        self.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        self.setAccessibleDescription(self.said)

    def _build_head(self, head: QVBoxLayout) -> None:
        form = self._form
        provider = offers.provider_of(form.screen.catalogue, form.service.provider_id)
        when = visit_words.moment(form.start, provider, form.screen)
        title = PlainLabel(filled(self.tr("%1: why not?"), when))
        sized(title, 1.3, bold=True)
        title.setWordWrap(True)
        name = provider.name if provider else ""
        length = shown.duration(form.service.duration_minutes)
        about = PlainLabel(" · ".join((name, form.service.name, length)))
        set_ink(about, Ink.MUTED)
        about.setWordWrap(True)
        head.setContentsMargins(20, 16, 20, 14)
        head.setSpacing(2)
        head.addWidget(title)
        head.addWidget(about)

    def _row(self, reason: Reason) -> QWidget:
        row = QWidget()
        row.setAccessibleName(reason.spoken)
        title, text, who = (
            PlainLabel(part) for part in (reason.title, reason.text, reason.who)
        )
        sized(title, 1.0, bold=True)
        set_ink(title, Ink.WARNING)
        set_ink(who, Ink.MUTED)
        inside = QVBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(1)
        for label in (title, text, who):
            label.setWordWrap(True)
            inside.addWidget(label)
        return row

    def _build_buttons(self) -> QHBoxLayout:
        form = self._form
        self._anyway = PromptButton(self.tr("&Book anyway…"))
        self._nearest = PromptButton(self._named_nearest())
        self._leave = PromptButton(self.tr("Close"))
        policies = [reason.policy for reason in form.reasons]
        me = form.screen.catalogue.me
        is_mine = me.may_change(form.service.provider_id)
        self._anyway.setVisible(is_mine and rule_words.may_all(policies, me.role))
        self._nearest.setVisible(form.nearest is not None)
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 16)
        row.setSpacing(10)
        row.addStretch(1)
        for button in (self._leave, self._anyway, self._nearest):
            button.setAutoDefault(False)
            row.addWidget(button)
        default = self._nearest if form.nearest is not None else self._leave
        default.setDefault(True)
        default.setFocus()
        return row

    def _named_nearest(self) -> str:
        form = self._form
        if form.nearest is None:
            return ""
        start = form.nearest.start
        provider = offers.provider_of(form.screen.catalogue, form.nearest.provider_id)
        zone = form.screen.zone
        if shown.is_same_day(start, form.start, zone):
            when = shown.time(start, zone)
        else:
            when = visit_words.moment(start, provider, form.screen)
        if provider and provider.provider_id != form.service.provider_id:
            when = f"{when} · {provider.name}"
        return filled(self.tr("&Nearest free: %1"), without_mnemonic(when))

    def _connect(self) -> None:
        self._anyway.clicked.connect(self._on_anyway)
        self._nearest.clicked.connect(self._on_nearest)
        self._leave.clicked.connect(self.reject)

    @Slot()
    def _on_anyway(self) -> None:
        self.way_on = WayOn.ANYWAY
        self.accept()

    @Slot()
    def _on_nearest(self) -> None:
        self.way_on = WayOn.NEAREST
        self.accept()
