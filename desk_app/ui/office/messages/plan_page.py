"""The page of what is sent: who is told what, and by which channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from desk_app.domain.message_plan import FOR_CLIENTS, MessagePlan
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.form_page import FormPage
from desk_app.ui.office.messages.card import card
from desk_app.ui.office.messages.plan_grid import PlanGrid, short
from desk_app.ui.office.page import focus
from desk_app.ui.phrases import filled
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.desk import Desk
    from desk_app.domain.messages import Channel
    from desk_app.domain.practice_choices import PracticeChoices
    from desk_app.ui.around import Around

_PAGES = {"EMAIL": "mail", "PUSH": "push", "SMS": "sms"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen, and the channels by which something can leave."""

    choices: PracticeChoices
    set_up: frozenset[Channel]


class PlanPage(FormPage):
    """A table of ticks; what is usual comes back by one button."""

    def __init__(self, around: Around, go_to: Callable[[str], object]) -> None:
        desk = around.desk
        super().__init__(
            self.tr("Who is told what, and how. Counts for what leaves from now on."),
            around.port(lambda _: _chosen(desk), "message plan"),
            around.port(lambda change: _change(desk, change)),
        )
        self._go_to = go_to
        self._build()
        self._connect()

    def enter(self) -> None:
        """Begin with the first tick."""
        focus(self.grid)

    def show_value(self, value: Chosen) -> None:
        """Tick what is chosen, and say what is not set up."""
        self.grid.show_set_up(value.set_up)
        self.grid.show_plan(value.choices.message_plan)
        self._say_missing([each for each in FOR_CLIENTS if each not in value.set_up])

    def wanted(self) -> Chosen:
        """Return what is ticked."""
        found: Chosen = self.known
        return replace(
            found, choices=replace(found.choices, message_plan=self.grid.plan)
        )

    def request(self) -> tuple[Chosen, Chosen]:
        """Return what was seen, and what is wanted."""
        return self.known, self.wanted()

    def changed(self) -> None:
        """Say whether it is what is usual."""
        super().changed()
        self.usual.setEnabled(self.grid.plan != MessagePlan())

    def _build(self) -> None:
        frame, column = card(self.tr("Who is told by what"))
        self.grid = PlanGrid()
        self.missing = Banner()
        self.usual = _button(self.tr("&Back to what is usual"))
        note = self.tr(
            "Arrows walk over the ticks, Space sets them. Nobody gets what they do not"
            " wish: each client’s form says by which ways they may be told. Nothing"
            " clinical stands in a subject, a push or a text message."
        )
        column.addWidget(self.grid)
        column.addWidget(self.missing)
        column.addWidget(hint(note))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.times = _button(self.tr("&Lead times and quiet hours…"))
        self.texts = _button(self.tr("Te&xts…"))
        for button in (self.usual, self.times, self.texts):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.column.addWidget(frame)
        self.column.addStretch(1)

    def _connect(self) -> None:
        self.grid.changed.connect(self.changed)
        self.usual.clicked.connect(self._on_usual)
        self.times.clicked.connect(self._on_times)
        self.texts.clicked.connect(self._on_texts)

    def _say_missing(self, channels: list[Channel]) -> None:
        """Say by which channels nothing leaves yet, and lead there."""
        if not channels:
            self.missing.clear()
            return
        names = ", ".join(short(each) for each in channels)
        words = Words(
            filled(self.tr("Not set up yet: %1"), names),
            self.tr("What is ticked there leaves once it is."),
            tone=Tone.INFO,
        )
        text = self.tr("Set up: %1…")
        self.missing.say(
            words,
            [
                Action(filled(text, short(each)), _Way(self._go_to, _PAGES[each]))
                for each in channels
            ],
        )

    @Slot()
    def _on_usual(self) -> None:
        self.grid.show_plan(MessagePlan())

    @Slot()
    def _on_times(self) -> None:
        self._go_to("settings")

    @Slot()
    def _on_texts(self) -> None:
        self._go_to("texts")


@dataclass(frozen=True, slots=True)
class _Way:
    """Goes to a page."""

    go_to: Callable[[str], object]
    name: str

    def __call__(self) -> None:
        self.go_to(self.name)


def _button(text: str) -> PromptButton:
    button = PromptButton(text)
    button.setAutoDefault(False)
    return button


# -- on a pool thread


def _chosen(desk: Desk) -> Chosen:
    return Chosen(desk.practice_settings.choices(), desk.message_settings.set_up())


def _change(desk: Desk, change: tuple[Chosen, Chosen]) -> Any:
    known, wanted = change
    choices = desk.practice_settings.change(known.choices, wanted.choices)
    return replace(wanted, choices=choices)
