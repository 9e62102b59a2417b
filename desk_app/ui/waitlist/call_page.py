"""Who fits a free time, whom to ring first on top, with numbers large to dial."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk_app.domain.waitlist import Ranked
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import announce
from desk_app.ui.plain import PlainLabel
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.people import PeopleList
from desk_app.ui.waitlist.rows import TO_DIAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.waitlist import FreedSlot
    from desk_app.ui.dialogs.ports import Screen

Key = Qt.Key


class CallPage(QWidget):
    """Signals: what came of ringing somebody (`Ranked`)."""

    call_wanted = Signal(object)
    no_answer_said = Signal(object)
    declined_said = Signal(object)
    took_said = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_busy = False
        self._build()
        self._connect()

    @property
    def one(self) -> Ranked | None:
        """Who is chosen."""
        item = self.people.chosen
        return item if isinstance(item, Ranked) else None

    @property
    def heading(self) -> str:
        """Which time it is about."""
        return self._time.text()

    @property
    def said(self) -> str:
        """What stands below the list."""
        return self._said.text()

    def show_slot(
        self, slot: FreedSlot, found: Sequence[Ranked] | None, screen: Screen
    ) -> None:
        """Show who could have a time; None while that is being looked up."""
        self._time.setText(words.place(slot, screen))
        self._count.setText(_counted(found))
        self.people.show_people(found or (), screen)
        self._show_buttons()

    def say(self, text: str) -> None:
        """Say below the list why something was not done."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        announce(self.people, text)

    def set_busy(self, *, is_busy: bool) -> None:
        """Take no wish while one is on its way."""
        self._is_busy = is_busy
        self._show_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the letters on a button too."""
        if event.modifiers() or not self._does(event.key()):
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._time, self._count = PlainLabel(), PlainLabel()
        sized(self._time, 1.35, bold=True)
        self._time.setWordWrap(True)
        self._count.setWordWrap(True)
        set_ink(self._count, Ink.MUTED)
        for label in (self._time, self._count):
            label.setContentsMargins(16, 0, 16, 0)
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        self._said.setContentsMargins(16, 0, 16, 0)
        set_ink(self._said, Ink.WARNING)
        self._said.hide()
        self._deeds = (
            (Key.Key_C, PromptButton(words.tr("Calling (C)")), self.call_wanted),
            (Key.Key_N, PromptButton(words.tr("No answer (N)")), self.no_answer_said),
            (Key.Key_D, PromptButton(words.tr("Declined (D)")), self.declined_said),
            (Key.Key_T, PromptButton(words.tr("Took it (T)")), self.took_said),
        )
        self._deeds[-1][1].setProperty("primary", "true")
        keys = [key for key, _, _ in self._deeds]
        self.people = PeopleList(TO_DIAL, keys)
        self.people.setAccessibleName(words.tr("Whom to ring"))
        self.setFocusProxy(self.people)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QGridLayout()
        buttons.setContentsMargins(16, 4, 16, 14)
        buttons.setSpacing(8)
        for number, (_, button, _) in enumerate(self._deeds):
            button.setAutoDefault(False)
            buttons.addWidget(button, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._time)
        column.addWidget(self._count)
        column.addSpacing(4)
        column.addWidget(self.people, 1)
        column.addWidget(self._said)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for _, button, signal in self._deeds:
            button.clicked.connect(partial(self._wish, signal))
        self.people.key_pressed.connect(self._does)
        self.people.chosen_changed.connect(self._show_buttons)

    @Slot()
    def _show_buttons(self) -> None:
        for _, button, _ in self._deeds:
            button.setEnabled(self.one is not None and not self._is_busy)

    def _wish(self, signal: SignalInstance, *_: object) -> None:
        if self.one is not None and not self._is_busy:
            self.say("")
            signal.emit(self.one)

    @Slot(int)
    def _does(self, key: int) -> bool:
        """Do what a letter means; say whether it means anything."""
        signal = next((s for letter, _, s in self._deeds if letter == key), None)
        if signal is not None:
            self._wish(signal)
        return signal is not None


def _counted(found: Sequence[Ranked] | None) -> str:
    """Say how many people fit."""
    if found is None:
        return words.tr("Looking who waits for it…")
    if not found:
        return words.tr("Nobody who waits could have this time.")
    if len(found) == 1:
        return words.tr("One person could have this time.")
    count = str(len(found))
    return words.tr("%1 people could have this time. Ring from the top.", count)
