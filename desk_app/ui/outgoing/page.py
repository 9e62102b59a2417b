"""The page of messages beside the schedule: of one visit, or all of a client."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.queue import State
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.outgoing import words
from desk_app.ui.outgoing.detail import DeliveryDetail
from desk_app.ui.outgoing.rows import DeliveryRole, DeliveryRows, NumberRole
from desk_app.ui.plain import PlainLabel
from desk_app.ui.side.rows import make_list
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from desk_app.domain.deliveries import Delivery
    from desk_app.ui.dialogs.ports import Screen

SEND = "send"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MessagesPage(QWidget):
    """Whose messages these are, the list, and all about the chosen one.

    Signals:
        send_wanted: a message of this kind shall be sent by hand (str).
        visit_wanted: the visit that the chosen one is about (`Delivery`).
    """

    send_wanted = Signal(str)
    visit_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = DeliveryRows(self)
        self._screen: Screen | None = None
        self._kinds: tuple[str, ...] = ()
        self._build()
        self._connect()

    @property
    def said(self) -> str:
        """What stands in place of the list, "" beside it."""
        return self.empty.said

    @property
    def offered(self) -> tuple[str, ...]:
        """What can be sent by hand."""
        return self._kinds

    def name(self, whose: str) -> None:
        """Say whose messages are shown."""
        self._whose.setText(whose)

    def show_rows(
        self, rows: Sequence[Delivery], screen: Screen, *, with_visits: bool
    ) -> None:
        """Show messages, the latest first; the chosen one stays chosen."""
        self._screen = screen
        chosen = self.list.currentIndex().data(NumberRole)
        self.model.show(rows, screen, with_visits=with_visits)
        row = max(self.model.place_of(NumberRole, chosen), 0)
        self.list.setCurrentIndex(self.model.index(row))
        self._on_current()
        self.empty.say(self._nothing_sent())
        self._stand(is_list=bool(rows))

    def offer(self, kinds: Sequence[str]) -> None:
        """Offer to send messages of these kinds by hand."""
        if tuple(kinds) != self._kinds:
            self._kinds = tuple(kinds)
            if self.banner.topic == SEND:
                self._on_kind("")
        self.send.setVisible(bool(kinds))

    def say(self, text: str) -> None:
        """Say something in place of the list."""
        self.empty.say(EmptyWords("mail", text))
        self._show_detail(None)
        self._stand(is_list=False)
        announce(self.empty, text)

    def complain(self, said: Words) -> None:
        """Say why something could not be done, below the list."""
        self.banner.say(said)

    def clear(self) -> None:
        """Show nothing of what somebody else has seen."""
        self.model.put_rows([])
        self.name("")
        self.offer(())
        self.say("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the page from the list, which would search by them."""
        if watched is self.list and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            if is_press and self._take(event):
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T, G: decide. S: send by hand. Enter: the visit in the schedule."""
        if not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or event.isAutoRepeat():
            return False
        if event.key() in _ENTER:
            self._on_activated(self.list.currentIndex())
        elif event.key() == Qt.Key.Key_S and not self.send.isHidden():
            self._on_send()
        else:
            return self.detail.press(event.key())
        return True

    def _build(self) -> None:
        self._whose = PlainLabel()
        self._whose.setWordWrap(True)
        self._whose.setContentsMargins(16, 0, 16, 0)
        set_ink(self._whose, Ink.MUTED)
        self.list = make_list(self.model, self.tr("Messages"))
        self.list.installEventFilter(self)
        self.list.setAccessibleDescription(
            self.tr("T tries again, G settles, S sends by hand, Enter shows the visit.")
        )
        self.empty, self.detail = EmptyState(), DeliveryDetail()
        self.banner = Banner()
        self.send = PromptButton(self.tr("&Send by hand… (S)"))
        self.send.setAutoDefault(False)
        below = QVBoxLayout()
        below.setContentsMargins(16, 8, 16, 14)
        below.setSpacing(10)
        below.addWidget(self.banner)
        below.addWidget(self.detail)
        below.addWidget(self.send, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._whose, self.empty, self.list):
            column.addWidget(widget, 0 if widget is self._whose else 1)
        column.addLayout(below)
        self.send.hide()
        self._stand(is_list=False)

    def _connect(self) -> None:
        selection = self.list.selectionModel()
        selection.currentChanged.connect(self._on_current)
        self.list.doubleClicked.connect(self._on_activated)
        self.send.clicked.connect(self._on_send)
        self.detail.again_wanted.connect(self._on_decided)
        self.detail.settle_wanted.connect(self._on_decided)

    def _stand(self, *, is_list: bool) -> None:
        self.empty.stand_for(self, self.list, is_empty=not is_list)

    def _nothing_sent(self) -> EmptyWords:
        return EmptyWords(
            "mail",
            self.tr("No messages"),
            self.tr(
                "Confirmations, changes and reminders stand here: what was sent, what"
                " waits and until when, what failed and why."
            ),
        )

    @Slot()
    def _on_current(self) -> None:
        self._show_detail(self.list.currentIndex().data(DeliveryRole))

    def _show_detail(self, row: Delivery | None) -> None:
        if self._screen is not None:
            self.detail.show_row(row, self._screen)

    @Slot()
    def _on_send(self) -> None:
        """Ask which; what is chosen by its number leaves at once."""
        actions = [
            Action(words.kind(kind), partial(self._on_kind, kind))
            for kind in self._kinds
        ]
        actions.append(Action(self.tr("None of these"), partial(self._on_kind, "")))
        asked = Words(self.tr("Which message shall be sent now?"), tone=Tone.INFO)
        self.banner.say(asked, actions, topic=SEND, numbered=True)
        self.banner.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kind(self, kind: str) -> None:
        """Put the keyboard back before the button that has it goes."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.banner.clear(SEND)
        if kind in self._unsure():
            self._warn(kind)
        elif kind:
            self.send_wanted.emit(kind)

    def _warn(self, kind: str) -> None:
        """Ask once more about what may have arrived already."""
        sure = Action(self.tr("Send it all the same"), partial(self._on_sure, kind))
        leave = Action(self.tr("Leave it"), partial(self._on_kind, ""))
        self.banner.say(words.twice(), (sure, leave), topic=SEND)
        self.banner.buttons[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sure(self, kind: str) -> None:
        self._on_kind("")
        self.send_wanted.emit(kind)

    def _unsure(self) -> set[str]:
        """Return the kinds of which one may have left, and nobody knows."""
        count = self.model.rowCount()
        rows = [self.model.index(row).data(DeliveryRole) for row in range(count)]
        return {row.kind for row in rows if row.state is State.UNSURE}

    @Slot()
    def _on_decided(self) -> None:
        self.banner.clear()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row: Delivery | None = index.data(DeliveryRole)
        if row is not None:
            self.visit_wanted.emit(row)
