"""The page of a provider's day in the side pane."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.appointment import Appointment
from desk_app.ui import format as shown
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.my_day.cards import CardList
from desk_app.ui.my_day.day_words import DayWords
from desk_app.ui.notice_bar import Action
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from desk_app.domain.desk_rules import DeskRules
    from desk_app.domain.schedule import ProviderDay
    from desk_app.ui.my_day.cards import Card


class DayPage(QWidget):
    """Whose day it is, the list, and what can be done with the day.

    Signals:
        late_wanted, block_wanted, away_wanted: a button or its key.
        link_wanted, copy_wanted: the meeting of the chosen visit (`Appointment`) is to
            be opened, or its link copied.
    """

    late_wanted = Signal()
    block_wanted = Signal()
    away_wanted = Signal()
    link_wanted = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column: ProviderDay | None = None
        self._build()
        self.late.clicked.connect(self.late_wanted)
        self.block.clicked.connect(self.block_wanted)
        self.away.clicked.connect(self.away_wanted)
        self.link.clicked.connect(self._on_link)
        self.copy.clicked.connect(self._on_copy)
        self.list.chosen.connect(self._on_chosen)

    @property
    def said(self) -> str:
        """What stands in place of the list, "" beside it."""
        is_said = self._pages.currentWidget() is not self.list
        return self._instead.said if is_said else ""

    def show_day(self, column: ProviderDay, rules: DeskRules, zone: ZoneInfo) -> None:
        """Show a day as it stands now, by the provider's clock; `zone` is ours."""
        self.column = column
        words = DayWords(column, datetime.now(UTC), rules)
        self._name.setText(column.provider.name)
        parts = (shown.long_date(column.day), words.summary(), words.clock_note(zone))
        self._day.setText(" · ".join(part for part in parts if part))
        cards = words.cards()
        self.list.show_cards(cards)
        if cards:
            self._pages.setCurrentWidget(self.list)
        else:
            self._instead.say(self._nothing_planned())
            self._pages.setCurrentWidget(self._instead)

    def say(self, text: str) -> None:
        """Say something in place of the list."""
        self._instead.say(EmptyWords("calendar-days", text))
        self._pages.setCurrentWidget(self._instead)

    def _nothing_planned(self) -> EmptyWords:
        return EmptyWords(
            "calendar-days",
            self.tr("Nothing is planned on this day"),
            self.tr("Visits and blocked times stand here, in their order."),
            Action(self.tr("&Block time…"), self.block_wanted.emit),
        )

    @Slot(object)
    def _on_chosen(self, card: Card | None) -> None:
        visit = card.what if card else None
        has_link = isinstance(visit, Appointment) and bool(visit.meeting_link)
        for button in (self.link, self.copy):
            button.setEnabled(has_link)

    @Slot()
    def _on_link(self) -> None:
        card = self.list.current
        if card is not None and isinstance(card.what, Appointment):
            self.link_wanted.emit(card.what)

    @Slot()
    def _on_copy(self) -> None:
        card = self.list.current
        if card is not None and isinstance(card.what, Appointment):
            self.copy_wanted.emit(card.what)

    def _build(self) -> None:
        self._name, self._day = ElidedLabel(), ElidedLabel()
        sized(self._name, 1.1, bold=True)
        set_ink(self._day, Ink.MUTED)
        self.list = CardList(self.tr("My day"))
        self._instead = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._instead)
        self._keys = PlainLabel(
            self.tr(
                "A arrived · S with provider · O left · C completed · X no‑show"
                " · N note · Del opens a block"
            )
        )
        self._keys.setWordWrap(True)
        set_ink(self._keys, Ink.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 14)
        column.setSpacing(4)
        for widget in (self._name, self._day):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self._pages, 1)
        column.addWidget(self._keys)
        column.addSpacing(4)
        column.addLayout(self._build_buttons())
        self.setFocusProxy(self.list)

    def _build_buttons(self) -> QGridLayout:
        self.late = PromptButton(self.tr("&Running late…"))
        self.block = PromptButton(self.tr("Bloc&k time…"))
        self.away = PromptButton(self.tr("Pro&vider is ill…"))
        self.link = PromptButton(self.tr("Open &meeting (G)"))
        self.copy = PromptButton(self.tr("Cop&y link (L)"))
        for button in (self.link, self.copy):
            button.setEnabled(False)
        grid = QGridLayout()
        grid.setSpacing(8)
        buttons = (self.late, self.block, self.link, self.copy, self.away)
        for place, button in enumerate(buttons):
            button.setAutoDefault(False)
            grid.addWidget(button, place // 2, place % 2)
        return grid
