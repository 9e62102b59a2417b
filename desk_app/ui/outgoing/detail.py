"""All about one message, and what a person can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.queue import State
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.outgoing import words
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.deliveries import Delivery
    from desk_app.ui.dialogs.ports import Screen

TWICE = "twice"
_AGAIN, _SETTLE = Qt.Key.Key_T, Qt.Key.Key_G


class DeliveryDetail(QFrame):
    """Tells what its row has no room for; buttons and keys decide.

    What may have arrived is sent again only after a warning.

    Signals:
        again_wanted: it shall be tried anew (`Delivery`).
        settle_wanted: it shall rest (`Delivery`).
    """

    again_wanted = Signal(object)
    settle_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Delivery | None = None
        self._build()
        self.again.clicked.connect(self._on_again)
        self.settle.clicked.connect(self._on_settle)

    @property
    def row(self) -> Delivery | None:
        """What is told."""
        return self._row

    @property
    def said(self) -> str:
        """Everything that stands here."""
        labels = (self._title, self._state, self._lines, self._step)
        return "\n".join(label.text() for label in labels if label.text())

    def show_row(self, row: Delivery | None, screen: Screen) -> None:
        """Tell about another row, or the same one as it is now; None: about none."""
        if row is None or self._row is None or row.outbox_id != self._row.outbox_id:
            self.banner.clear()
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        told = words.whom(row, screen)
        self._title.setText(" · ".join(filter(None, (words.what(row), told))))
        self._state.setText(words.state(row, screen))
        set_ink(self._state, words.ink(row, screen.now))
        self._put(self._lines, words.lines(row, screen))
        self._put(self._step, words.next_step(row))
        self._offer(row)

    def press(self, key: int) -> bool:
        """Take the key of a button; say whether it was one."""
        buttons = {_AGAIN: self.again, _SETTLE: self.settle}
        button = buttons.get(Qt.Key(key))
        if button is None or button.isHidden() or self.isHidden():
            return False
        button.click()
        return True

    def _build(self) -> None:
        self.setObjectName("card")
        self._title, self._state = PlainLabel(), PlainLabel()
        self._lines, self._step = PlainLabel(), PlainLabel()
        sized(self._title, 1.0, bold=True)
        set_ink(self._lines, Ink.MUTED)
        self.banner = Banner()
        self.again, self.settle = PromptButton(), PromptButton()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.again, self.settle):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for label in (self._title, self._state, self._lines, self._step):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.banner)
        column.addLayout(buttons)
        self.hide()

    def _offer(self, row: Delivery) -> None:
        self.again.setText(words.try_again(row))
        self.settle.setText(words.settle(row))
        for button in (self.again, self.settle):
            button.setVisible(row.is_trouble)
            button.setAccessibleDescription(self._title.text())

    def _put(self, label: PlainLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    @Slot()
    def _on_again(self) -> None:
        row = self._row
        if row is None:
            return
        if row.state is not State.UNSURE:
            self.banner.clear()
            self.again_wanted.emit(row)
            return
        sure = Action(self.tr("Send it all the same"), self._on_sure)
        leave = Action(self.tr("Leave it"), self._on_left)
        self.banner.say(words.twice(), (sure, leave), topic=TWICE)
        self.banner.buttons[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sure(self) -> None:
        row = self._row
        self._on_left()
        if row is not None:
            self.again_wanted.emit(row)

    def _on_left(self) -> None:
        """Put the keyboard back before the button that has it goes."""
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.banner.clear(TWICE)

    @Slot()
    def _on_settle(self) -> None:
        if self._row is not None:
            self.banner.clear()
            self.settle_wanted.emit(self._row)
