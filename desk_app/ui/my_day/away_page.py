"""The page of an absence in the side pane: a call list that stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui import format as shown
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.my_day import calls
from desk_app.ui.my_day.cards import CardList
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.people import Provider
    from desk_app.domain.schedule import Block
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.my_day.calls import Call, CallList
    from desk_app.ui.my_day.cards import Card

Key = Qt.Key


class AwayPage(QWidget):
    """Whom to ring; each row is settled by one key.

    Signals:
        accepted: a proposal of a row was accepted (`Call`, its place among them).
        other_wanted: another time is to be looked for (`Call`).
        cancel_wanted: the practice cancels (`Call`).
        open_wanted: the day is to be opened again.
    """

    accepted = Signal(object, int)
    other_wanted = Signal(object)
    cancel_wanted = Signal(object)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.call_list: CallList | None = None
        self._screen: Screen | None = None
        self._build()
        self.list.opened.connect(self._on_opened)
        self.list.pressed_key.connect(self._on_key)
        self.again.clicked.connect(self.open_wanted)
        self.clear()

    @property
    def said(self) -> str:
        """How many still have to be told."""
        return self._left.text()

    def show_absence(self, provider: Provider, block: Block, screen: Screen) -> None:
        """Begin with an absence whose other times are being looked for."""
        self.call_list, self._screen = None, screen
        start = block.span.start.astimezone(ZoneInfo(provider.timezone))
        day = shown.long_date(start.date())
        self._name.setText(provider.name)
        self._day.setText(f"{day} · {block.reason}" if block.reason else day)
        self._left.setText(self.tr("Looking for other times…"))
        self.again.setEnabled(True)
        self.list.show_cards(())

    def show_calls(self, call_list: CallList, screen: Screen) -> None:
        """Show whom to ring."""
        self.call_list, self._screen = call_list, screen
        self.refresh()
        if call_list.calls:
            self.list.choose(0)

    def clear(self) -> None:
        """Show nobody any more."""
        self.call_list = None
        self.list.show_cards(())
        self._name.setText("")
        self._day.setText("")
        self._left.setText(
            self.tr("Nobody is away. “Provider is ill…” in “My day” begins a list.")
        )
        self.again.setEnabled(False)

    def refresh(self) -> None:
        """Show how everything stands now."""
        if self.call_list is None or self._screen is None:
            return
        self.list.show_cards(calls.cards(self.call_list.calls, self._screen))
        text = self.tr("Everybody is told.")
        if self.call_list.open:
            text = filled(self.tr("%1 still to tell"), str(self.call_list.open))
        self._left.setText(text)

    def go_on(self, from_row: int) -> None:
        """Go to the next one who has to be told."""
        if self.call_list is not None:
            row = self.call_list.next_open(from_row)
            if row >= 0:
                self.list.choose(row)

    def say(self, text: str) -> None:
        """Say something above the list."""
        self._left.setText(text)

    def _on_opened(self, card: Card) -> None:
        """Take the first proposal."""
        self._accept(card.what, 0)

    def _on_key(self, card: Card, key: int) -> None:
        call: Call = card.what
        if Key.Key_1 <= key <= Key.Key_9:
            self._accept(call, key - Key.Key_1)
        elif key == Key.Key_N and self.call_list is not None:
            row = self.call_list.find(call.was.appointment_id)
            self.call_list.ring(row)
            self.refresh()
            self.go_on(row)
        elif key == Key.Key_O:
            self.other_wanted.emit(call)
        elif key in (Key.Key_C, Key.Key_Delete):
            self.cancel_wanted.emit(call)

    def _accept(self, call: Call, place: int) -> None:
        is_open = call.outcome in (calls.Outcome.OPEN, calls.Outcome.NO_ANSWER)
        if is_open and place < len(call.openings):
            self.accepted.emit(call, place)

    def _build(self) -> None:
        self._name, self._day, self._left = ElidedLabel(), ElidedLabel(), PlainLabel()
        sized(self._name, 1.1, bold=True)
        set_ink(self._day, Ink.MUTED)
        self._left.setWordWrap(True)
        self.list = CardList(self.tr("Whom to ring"))
        keys = PlainLabel(
            self.tr(
                "1, 2, 3 moves there · O another time · N no answer"
                " · C the practice cancels · Ctrl+Z undoes"
            )
        )
        keys.setWordWrap(True)
        set_ink(keys, Ink.MUTED)
        self.again = PromptButton(self.tr("O&pen the day again"))
        self.again.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 14)
        column.setSpacing(4)
        for widget in (self._name, self._day, self._left):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.list, 1)
        column.addWidget(keys)
        column.addSpacing(4)
        column.addLayout(row)
        self.setFocusProxy(self.list)
