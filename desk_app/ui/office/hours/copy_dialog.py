"""Gives the weekly hours of one provider to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desk_app.ui.admin.form import FormDialog, hint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.phrases import filled
from desk_app.ui.plain import without_mnemonic
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.domain.people import Provider
    from desk_app.ui.around import Port

WIDE, HIGH = 420, 200


class CopyDialog(FormDialog):
    """Who gets the same hours; theirs are replaced.

    `request` makes what is sent of the ids that were ticked.
    """

    def __init__(
        self,
        provider: Provider,
        others: Sequence[Provider],
        send: Port,
        request: Callable[[tuple[int, ...]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._request = request
        self.wire(send, PATIENCE)
        self._build(provider, others)

    def is_touched(self) -> bool:
        """Ticks are quickly set again."""
        return False

    def submit(self) -> None:
        """Send it, or ask for somebody."""
        chosen = tuple(n for n, tick in self.ticks.items() if tick.isChecked())
        if chosen:
            self.send(self._request(chosen))
        else:
            self.banner.say(Words(self.tr("Tick who gets these hours")))

    def _build(self, provider: Provider, others: Sequence[Provider]) -> None:
        self.setWindowTitle(self.tr("Weekly hours"))
        title = filled(self.tr("The same hours as %1"), provider.name)
        self.build_head(title, self.tr("For whom? Their own weekly hours go."))
        self.ticks: dict[int, PromptCheck] = {}
        inside = QWidget()
        rows = QVBoxLayout(inside)
        for other in others:
            tick = PromptCheck(without_mnemonic(other.name))
            tick.setAccessibleName(other.name)
            self.ticks[other.provider_id] = tick
            rows.addWidget(tick)
        rows.addStretch(1)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setWidget(inside)
        room.setMinimumHeight(HIGH * self.fontMetrics().height() // 16)
        column = self.build_column(WIDE)
        column.addWidget(room, 1)
        text = self.tr("Blocks, extra hours and closed days stay as they are.")
        column.addWidget(hint(text))
        if self.ticks:
            next(iter(self.ticks.values())).setFocus()


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("CopyDialog", "&Copy"),
        busy=translate("CopyDialog", "Copying…"),
        leave=translate("CopyDialog", "Close"),
    )
