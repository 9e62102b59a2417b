"""Copies a service to other providers, and says before what that does at each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QWidget,
)

from desk_app.domain.offering import (
    Copy,
    Copying,
    CopyWish,
    ServiceDraft,
    copying,
    namesake,
)
from desk_app.errors import Stale
from desk_app.ui.admin.form import FormDialog, hint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.office import page_words
from desk_app.ui.office.services import words
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.people import Provider, Service
    from desk_app.errors import DeskError
    from desk_app.ui.around import Port

WIDE, HIGH = 560, 260


class CopyDialog(FormDialog):
    """A tick for each other provider; who has one of that name is said."""

    def __init__(
        self,
        service: Service,
        everything: Sequence[Service],
        others: Sequence[Provider],
        send: Port,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._draft = ServiceDraft.of(service)
        self._others = others
        self._there = {
            one.provider_id: namesake(service.name, one.provider_id, everything)
            for one in others
        }
        self.ticks: dict[int, QCheckBox] = {}
        self._wish = self.wire(send, PATIENCE)
        self._build(service)
        self._follow()
        next(iter(self.ticks.values())).setFocus()

    def is_touched(self) -> bool:
        """Ticks are not worth a question."""
        return False

    def submit(self) -> None:
        """Copy it to everybody who is ticked."""
        copies = tuple(
            Copy(number, there.service_id if there else None)
            for number, there in self._there.items()
            if self.ticks[number].isChecked()
        )
        if copies:
            self.send(CopyWish(self._wish.key, self._draft, copies))

    def show_refusal(self, error: DeskError) -> None:
        """Say why nothing was copied."""
        if isinstance(error, Stale):
            self.banner.say(page_words.refusal(error))
        else:
            super().show_refusal(error)

    def _build(self, service: Service) -> None:
        title = filled(self.tr("Copy %1"), service.name)
        self.setWindowTitle(title)
        self.build_head(title, words.short(self._draft))
        column = self.build_column(WIDE)
        column.setSpacing(10)
        column.addWidget(hint(self.tr("Who shall offer it as well, just as it is?")))
        column.addWidget(self._build_list(), 1)
        column.addLayout(self._build_all())
        column.addWidget(hint(words.new_only()))

    def _build_list(self) -> QScrollArea:
        inside = QFrame()
        grid = QGridLayout(inside)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, provider in enumerate(self._others):
            there = self._there[provider.provider_id]
            does = copying(self._draft, there)
            said = PlainLabel(words.copied(does, self._draft, there))
            said.setWordWrap(True)
            set_ink(said, Ink.WARNING if does is Copying.UPDATE else Ink.MUTED)
            tick = QCheckBox(without_mnemonic(provider.name))
            tick.setAccessibleName(f"{provider.name}: {said.text()}")
            tick.setEnabled(does is not Copying.SAME)
            tick.toggled.connect(self._follow)
            self.ticks[provider.provider_id] = tick
            grid.addWidget(tick, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 1)
        grid.setRowStretch(len(self._others), 1)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        inside.setObjectName("card")
        room.setWidget(inside)
        room.setMinimumHeight(HIGH * self.fontMetrics().height() // 16)
        return room

    def _build_all(self) -> QHBoxLayout:
        self._new = PromptButton(self.tr("&All who do not offer it yet"))
        self._nobody = PromptButton(self.tr("&Nobody"))
        row = QHBoxLayout()
        for button in (self._new, self._nobody):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self._new.clicked.connect(self._on_new)
        self._nobody.clicked.connect(self._on_nobody)
        return row

    @Slot()
    def _on_new(self) -> None:
        for number, tick in self.ticks.items():
            tick.setChecked(self._there[number] is None)

    @Slot()
    def _on_nobody(self) -> None:
        for tick in self.ticks.values():
            tick.setChecked(False)

    @Slot()
    def _follow(self) -> None:
        go, _ = self.buttons
        go.setEnabled(any(tick.isChecked() for tick in self.ticks.values()))
        self.stay()


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("CopyDialog", "&Copy"),
        busy=translate("CopyDialog", "Copying…"),
        leave=translate("CopyDialog", "Close"),
    )
