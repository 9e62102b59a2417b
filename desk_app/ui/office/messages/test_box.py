"""Sends a test message, and says what becomes of it while somebody watches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.domain.message_settings import TestWish
from desk_app.domain.messages import Channel
from desk_app.domain.queue import Outcome, State
from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.outgoing import words as outgoing
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.message_settings import Fate
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around

LOOK_AGAIN_MS = 700
LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class TestLabels:
    """What a test of one channel asks for, and an example of it."""

    __test__ = False

    name: str
    example: str
    about: str


class TestBox(QFrame):
    """An address, a button, and below them what became of the message."""

    __test__ = False

    def __init__(
        self,
        around: Around,
        channel: Channel,
        labels: TestLabels,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._channel, self._labels = channel, labels
        self._wish: TestWish | None = None
        self._may_send = False
        service = around.desk.message_settings
        self._asking = Asking(around.port(service.test), PATIENCE, self)
        self._look = around.port(service.fate, f"test {channel}")
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS, singleShot=True)
        self._build()
        self._connect()
        self.allow(why_not="")

    def allow(self, *, why_not: str) -> None:
        """Let a test be sent, or say why there can be none now."""
        self._may_send = not why_not
        self._why_not.setText(why_not)
        self._why_not.setVisible(bool(why_not))
        self.address.setEnabled(self._may_send)
        self._follow()

    @Slot()
    def send(self) -> None:
        """Have a test message sent to the address."""
        if self._may_send and not self._asking.is_open:
            self._timer.stop()
            self.complaint.clear_words()
            self._wish = TestWish(uuid4(), self._channel, self.address.text())
            self._say(_sending())
            self._asking.send(self._wish)
            self._follow()

    def _build(self) -> None:
        self.setObjectName("card")
        title = PlainLabel(self.tr("Try it out"))
        sized(title, 1.0, bold=True)
        self.address = QLineEdit()
        self.address.setMaxLength(LONGEST_ADDRESS)
        self.address.setPlaceholderText(self._labels.example)
        self.address.setAccessibleName(self._labels.name)
        self.complaint = Complaint(self.address)
        self.button = PromptButton(self.tr("Send a &test message"))
        self.button.setAutoDefault(False)
        self._why_not = hint("")
        self.outcome = Banner()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.address, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(hint(self._labels.about))
        column.addLayout(row)
        for widget in (self.complaint, self._why_not, self.outcome):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.address.textChanged.connect(self.complaint.clear_words)
        self.address.textChanged.connect(self._follow)
        self.address.returnPressed.connect(self.send)
        self.button.clicked.connect(self.send)
        self._asking.answered.connect(self._on_fate)
        self._asking.refused.connect(self._on_refused)
        self._timer.timeout.connect(self._on_time)

    @Slot()
    def _follow(self) -> None:
        is_typed = bool(self.address.text().strip())
        may_send = self._may_send and is_typed and not self._asking.is_open
        self.button.setEnabled(may_send)

    def _say(self, words: Words) -> None:
        if words != self.outcome.words:
            self.outcome.say(words)

    @Slot()
    def _on_time(self) -> None:
        if not self.isVisible():
            self._timer.start()
        elif self._wish is not None and not self._asking.is_open:
            self._look(self._wish, self._on_fate, self._on_not_seen)

    @Slot(object)
    def _on_fate(self, fate: Fate) -> None:
        self._say(fate_words(fate, self._channel))
        self._follow()
        if not fate.is_settled:
            self._timer.start()

    @Slot(object)
    def _on_not_seen(self, _error: DeskError) -> None:
        # The message goes its way; the next look may tell more.
        self._timer.start()

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self._follow()
        if isinstance(error, Invalid) and error.field == "address":
            self.outcome.clear()
            self.complaint.say(str(error))
        else:
            self._say(notices.words(error))


def fate_words(fate: Fate, channel: Channel) -> Words:
    """Return what became of a test message, and what can be done."""
    if fate.state is State.DONE:
        return Words(_taken(channel), _look_there(channel), tone=Tone.SUCCESS)
    if not fate.is_settled:
        return _sending() if fate.couriers else _nobody()
    if fate.state is State.UNSURE or fate.outcome == Outcome.ANSWER_LOST:
        text = outgoing.outcome(fate.outcome)
        return Words(_tr("It may have arrived"), text, _look_there(channel))
    why = outgoing.outcome(fate.outcome)
    said = ""
    if fate.said:
        said = filled(_tr("The other side said: %1."), fate.said.rstrip("."))
    text = " ".join(filter(None, (why, said)))
    return Words(_tr("It was not sent"), text, _step(fate.outcome), Tone.ERROR)


def _sending() -> Words:
    return Words(_tr("Sending…"), tone=Tone.INFO)


def _nobody() -> Words:
    return Words(
        _tr("No computer is sending at the moment"),
        _tr("The message waits, and leaves as soon as one does."),
        _tr("The page “Who sends” says how to let one."),
    )


def _taken(channel: Channel) -> str:
    return {
        Channel.PUSH: _tr("The push service has taken it"),
        Channel.SMS: _tr("The SMS service has taken it"),
    }.get(channel, _tr("Arrived at the mail server"))


def _look_there(channel: Channel) -> str:
    if channel is Channel.EMAIL:
        return _tr("Look into the mailbox, and into its folder for junk.")
    return _tr("Look at the telephone it was sent to.")


def _step(outcome: str) -> str:
    steps: dict[str, str] = {
        Outcome.SIGN_IN: _tr("Check login and password, save, then try once more."),
        Outcome.NOT_SET_UP: _tr("Fill in the form above and save it."),
        Outcome.REFUSED: _tr("Check the address, and whom messages come from."),
    }
    return steps.get(outcome) or _tr(
        "Check the server and the network, then try once more."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("TestBox", text)
