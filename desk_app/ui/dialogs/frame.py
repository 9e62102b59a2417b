"""The frame of dialogs that change something: they stay until the outcome is known.

Header, body, banner, buttons. What was typed is never lost: a refusal is said in the
dialog, Esc asks before it throws something away, and while a change is on its way the
dialog keeps everything readable and cannot be closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import notices, privacy
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.ports import TakeOver, Unsettled

# From then on a person is told that the program has not forgotten them.
PATIENT_MS = 2_000
_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.Shortcut,
    QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.Drop,
}


@dataclass(frozen=True, slots=True)
class Verbs:
    """The words of the main button, at rest and while its wish is on its way.

    `anyway` stands on it while rules of the practice are to be set aside.
    """

    go: str
    busy: str
    leave: str
    anyway: str = ""


class DeskDialog(QDialog):
    """A dialog with one main button that asks the practice for one change."""

    outcome_known = Signal()

    def __init__(self, verbs: Verbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Any = None
        self._verbs = verbs
        self._is_anyway = False
        self._asking: Asking | None = None
        self._take_over: TakeOver | None = None
        self._had_focus: QWidget | None = None
        self._slow = QTimer(self, singleShot=True, interval=PATIENT_MS)
        self._slow.timeout.connect(self._say_still_trying)
        self._growing = QTimer(self, singleShot=True, interval=0)
        self._growing.timeout.connect(self._fit)
        self._is_locked = False
        self._build_frame()
        privacy.listen(self)
        self._default: QPushButton = self._go
        self._go.clicked.connect(self._on_go)
        self._leave.clicked.connect(self.reject)

    @property
    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """The main button and the one that leaves."""
        return self._go, self._leave

    # -- what a dialog of this kind says for itself

    def is_touched(self) -> bool:
        """Say whether closing would lose something that was typed."""
        return False

    def submit(self) -> None:
        """Check what was entered and send it, or say what is missing."""
        raise NotImplementedError

    def unsettled(self, asking: Asking) -> Unsettled:
        """Say what was asked for, and how to open this dialog again."""
        raise NotImplementedError

    def show_refusal(self, error: DeskError) -> None:
        """Say in the dialog why the practice said no, and what to do next."""
        self.banner.say(notices.words(error))

    # -- what it uses

    def wire(
        self,
        send: Callable[..., None],
        patience: tuple[int, ...],
        take_over: TakeOver | None = None,
    ) -> Asking:
        """Set by which way wishes leave."""
        self._take_over = take_over
        self._asking = Asking(send, patience, self)
        self._asking.answered.connect(self._on_answered)
        self._asking.refused.connect(self._on_refused)
        self._asking.doubted.connect(self._on_doubted)
        return self._asking

    def send(self, request: Any) -> None:
        """Send a request that carries the key of `wire`'s Asking."""
        if self._asking is None or self._asking.is_open:
            return
        self.banner.clear()
        self._lock(locked=True)
        self._slow.start()
        self._asking.send(request)

    def make_default(self, button: QPushButton) -> None:
        """Let Enter press `button`."""
        self._default = button
        button.setDefault(True)

    def offer_anyway(self, *, is_on: bool) -> None:
        """Let the main button say that rules are set aside, or that none is."""
        self._is_anyway = is_on
        if not self._is_locked:
            self._go.setText(self._at_rest())

    def grow(self) -> None:
        """Make room for what has just been said, where the dialog is low."""
        # Once everything inside has told how much it needs now.
        self._growing.start()

    def stay(self) -> None:
        """Take back the wish to leave, as anything that is typed does."""
        self.banner.clear("leaving")

    # -- Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Open at the size it asks for, as far as the screen has room."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.sizeHint().boundedTo(self._room()))
        super().showEvent(event)

    def reject(self) -> None:
        """Close, unless a change is on its way or something would be lost."""
        if self._asking is not None and self._asking.is_open:
            self._say_wait()
        elif self.is_touched() and self.banner.topic != "leaving":
            self._ask_before_leaving()
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the default button on Enter, once per press of the key."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            focused = self.focusWidget()
            button = focused if isinstance(focused, QPushButton) else self._default
            button.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the body as it is while its wish is on its way."""
        if self._is_locked and event.type() in _INPUT:
            key = getattr(event, "key", lambda: None)()
            return bool(key != Qt.Key.Key_Escape)
        return super().eventFilter(watched, event)

    # -- private

    def _build_frame(self) -> None:
        self.header = QVBoxLayout()
        self.header.setContentsMargins(20, 16, 20, 14)
        self.header.setSpacing(2)
        self.body = QWidget()
        self.banner = Banner()
        self._go = PromptButton(self._verbs.go)
        self._go.setDefault(True)
        self._go.setMinimumWidth(self._widest())
        self._leave = PromptButton(self._verbs.leave)
        self._leave.setAutoDefault(False)
        self.footer = QHBoxLayout()
        self.footer.setContentsMargins(20, 0, 20, 16)
        self.footer.setSpacing(10)
        self.footer.addStretch(1)
        self.footer.addWidget(self._leave)
        self.footer.addWidget(self._go)
        head = QFrame()
        head.setObjectName("dialogHead")
        head.setLayout(self.header)
        self._said = QVBoxLayout()
        self._said.setContentsMargins(20, 0, 20, 0)
        self._said.addWidget(self.banner)
        # All in one: behind the lock nothing of it shows, whatever happens meanwhile.
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addWidget(self.body, 1)
        layout.addLayout(self._said)
        layout.addLayout(self.footer)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(whole)

    @Slot()
    def _fit(self) -> None:
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout else 0
        wanted = QSize(self.width(), max(self.height(), needed))
        self.resize(wanted.boundedTo(self._room()))

    def _room(self) -> QSize:
        """Return the most that a dialog may take of the screen."""
        return self.screen().availableSize() - QSize(20, 60)

    def _widest(self) -> int:
        """Return the width at which the main button never changes its size."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        verbs = self._verbs
        texts = (verbs.go, verbs.busy, verbs.anyway, self.tr("Checking…"))
        metrics = QFontMetrics(font)
        return max(metrics.horizontalAdvance(text) for text in texts) + 34

    def _lock(self, *, locked: bool) -> None:
        self._is_locked = locked
        self._slow.stop()
        if locked:
            self._had_focus = self.focusWidget()
        for widget in self.body.findChildren(QWidget):
            if locked and not self.banner.isAncestorOf(widget):
                widget.installEventFilter(self)
            else:
                widget.removeEventFilter(self)
        self._go.setText(self._verbs.busy if locked else self._at_rest())
        self._go.setEnabled(not locked)
        self._leave.setEnabled(not locked)
        if not locked and self._had_focus is not None:
            self._had_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _at_rest(self) -> str:
        return self._verbs.anyway if self._is_anyway else self._verbs.go

    @Slot()
    def _on_go(self) -> None:
        if self._asking is None or not self._asking.is_open:
            self.submit()

    @Slot(object)
    def _on_answered(self, answer: object) -> None:
        self._lock(locked=False)
        self.answer = answer
        self.accept()

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self._lock(locked=False)
        self.banner.clear()
        self.show_refusal(error)
        self.outcome_known.emit()

    @Slot(object)
    def _on_doubted(self, _error: DeskError) -> None:
        self._slow.stop()
        actions = [Action(self.tr("Ask now"), self._ask_now)]
        if self._take_over is not None:
            later = self.tr("Close and keep asking")
            actions.append(Action(later, self._hand_over))
        if self.banner.topic != "doubt":
            self.banner.say(notices.checking(), actions, topic="doubt")
        self._go.setText(self.tr("Checking…"))

    def _ask_now(self) -> None:
        if self._asking is not None:
            self._asking.ask_now()

    def _hand_over(self) -> None:
        """Close; the window goes on asking and tells the outcome."""
        asking = self._asking
        if asking is None or self._take_over is None or not asking.is_open:
            return
        asking.disconnect(self)
        asking.setParent(None)
        self._asking = None
        self._slow.stop()
        self._take_over(self.unsettled(asking))
        super().reject()

    @Slot()
    def _say_still_trying(self) -> None:
        title = self.tr("Still trying…")
        text = self.tr("The database has not answered yet. What you typed is kept.")
        self.banner.say(Words(title, text, tone=Tone.INFO), topic="slow")

    def _say_wait(self) -> None:
        if self.banner.topic in ("doubt", "slow"):
            return
        title = self.tr("One moment: the answer is on its way")
        text = self.tr("This closes by itself when it is known.")
        self.banner.say(Words(title, text, tone=Tone.INFO), topic="wait")

    def _ask_before_leaving(self) -> None:
        words = Words(
            self.tr("Throw away what you typed?"),
            self.tr("Nothing has been saved yet."),
            self.tr("Press Esc again to throw it away."),
            Tone.WARNING,
        )
        actions = (
            Action(self.tr("Throw away"), self.reject),
            Action(self.tr("Go on"), self.stay),
        )
        self.banner.say(words, actions, topic="leaving")


def over(parent: QWidget) -> QWidget:
    """Return what a dialog opens over: one that is open already, else `parent`."""
    return QApplication.activeModalWidget() or parent
