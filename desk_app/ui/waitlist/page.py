"""All who wait, beside the schedule: who they are, what for, who rings them now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.plain import PlainLabel
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.model import entry_of
from desk_app.ui.waitlist.people import PeopleList
from desk_app.ui.waitlist.rows import IN_LIST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.waitlist import Entry
    from desk_app.ui.dialogs.ports import Screen

Key = Qt.Key
_LETTERS = (Key.Key_A, Key.Key_C, Key.Key_Delete)
_KEYS = (*_LETTERS, Key.Key_Return)


class WaitlistPage(QWidget):
    """Signals: what is wished, of whom."""

    add_wanted = Signal()
    change_wanted = Signal(object)
    call_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()
        self.empty.stand_for(self, self.people, *self._buttons, is_empty=True)

    @property
    def entry(self) -> Entry | None:
        """Who is chosen."""
        item = self.people.chosen
        return entry_of(item) if item is not None else None

    @property
    def hint(self) -> str:
        """What is said instead of a list."""
        return self.empty.said

    @property
    def said(self) -> str:
        """What stands below the list: why something was not done."""
        return self._said.text()

    def show_entries(self, entries: Sequence[Entry], screen: Screen) -> None:
        """Show all who wait."""
        self.people.show_people(entries, screen)
        self.empty.say(self._nobody_waits())
        parts = (self.people, *self._buttons)
        self.empty.stand_for(self, *parts, is_empty=not entries)
        self._show_buttons()

    def say(self, text: str) -> None:
        """Say below the list why something was not done."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        announce(self.people, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the letters on a button too."""
        if event.key() in _LETTERS and not event.modifiers():
            self._on_key(event.key())
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.people = PeopleList(IN_LIST, _KEYS)
        self.people.setAccessibleName(words.tr("Waiting list"))
        reading = words.tr("The waiting list is being read…")
        self.empty = EmptyState(EmptyWords("hourglass", reading))
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        self._said.setContentsMargins(16, 0, 16, 0)
        set_ink(self._said, Ink.WARNING)
        self._said.hide()
        self._add = PromptButton(words.tr("Add… (A)"))
        self._change = PromptButton(words.tr("Change… (Enter)"))
        self._call = PromptButton(words.tr("Ring (C)"))
        self._remove = PromptButton(words.tr("Take off (Del)"))
        buttons = QGridLayout()
        buttons.setContentsMargins(16, 4, 16, 14)
        buttons.setSpacing(8)
        self._buttons = (self._add, self._change, self._call, self._remove)
        for number, button in enumerate(self._buttons):
            button.setAutoDefault(False)
            buttons.addWidget(button, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.empty, 1)
        column.addWidget(self.people, 1)
        column.addWidget(self._said)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._add.clicked.connect(self.add_wanted)
        self._change.clicked.connect(partial(self._wish, self.change_wanted))
        self._call.clicked.connect(partial(self._wish, self.call_wanted))
        self._remove.clicked.connect(partial(self._wish, self.remove_wanted))
        self.people.doubleClicked.connect(partial(self._wish, self.change_wanted))
        self.people.key_pressed.connect(self._on_key)
        self.people.chosen_changed.connect(self._show_buttons)

    @Slot()
    def _show_buttons(self) -> None:
        is_any = self.entry is not None
        for button in (self._change, self._call, self._remove):
            button.setEnabled(is_any)

    def _wish(self, signal: SignalInstance, *_: object) -> None:
        if self.entry is not None:
            self.say("")
            signal.emit(self.entry)

    @Slot(int)
    def _on_key(self, key: int) -> None:
        if key == Key.Key_A:
            self.add_wanted.emit()
            return
        wishes = {
            Key.Key_Return: self.change_wanted,
            Key.Key_C: self.call_wanted,
            Key.Key_Delete: self.remove_wanted,
        }
        self._wish(wishes[Key(key)])

    def _nobody_waits(self) -> EmptyWords:
        return EmptyWords(
            "hourglass",
            words.tr("Nobody waits for an earlier time"),
            words.tr(
                "Somebody would come sooner? Add them here, with Alt+L while you book,"
                " or with Shift+L on their appointment."
            ),
            Action(words.tr("Add somebody… (A)"), self.add_wanted.emit),
        )
