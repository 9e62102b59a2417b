"""The first start: try the demo, begin a practice here, or join one on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from desk_app.ui import appearance, icons
from desk_app.ui.access.page import CentredPage
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    from desk_app.ui.words import Words

ICON = 28
_NEXT, _BEFORE = (Qt.Key.Key_Down, Qt.Key.Key_Right), (Qt.Key.Key_Up, Qt.Key.Key_Left)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Choice(QPushButton):
    """A large button: an icon, what it does, and one sentence on what that means."""

    def __init__(self, icon: str, title: str, text: str) -> None:
        super().__init__()
        self._icon_name = icon
        self.setObjectName("choice")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._picture, self._title, self._text = (
            QLabel(),
            PlainLabel(title),
            PlainLabel(text),
        )
        self._build()

    def sizeHint(self) -> QSize:
        """Ask for the room that its words need."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter as well; the arrows lead to the other choices."""
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        elif event.key() in _NEXT:
            self.focusNextChild()
        elif event.key() in _BEFORE:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and hasattr(self, "_picture"):
            self._show_icon()

    def _build(self) -> None:
        sized(self._title, 1.1, bold=True)
        set_ink(self._text, Ink.MUTED)
        self._text.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(16)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        for label in (self._picture, self._title, self._text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._show_icon()

    def _show_icon(self) -> None:
        colour = QColor(appearance.current().accent)
        ratio = self.devicePixelRatio()
        self._picture.setPixmap(icons.pixmap(self._icon_name, colour, ICON, ratio))


class ChoicesPage(CentredPage):
    """Three ways to begin.

    Signals:
        demo_wanted, practice_wanted, server_wanted: one of them was chosen.
        left: back to where one came from.
    """

    demo_wanted = Signal()
    practice_wanted = Signal()
    server_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__("calendar-days")
        self.set_title(
            self.tr("Welcome to the front desk"),
            self.tr("How would you like to begin?"),
        )
        self.banner = Banner()
        self._build()

    def begin(self, *, can_go_back: bool) -> None:
        """Put the keyboard on the first choice, or on the one that was made."""
        self.banner.clear()
        self._back.setVisible(can_go_back)
        self._chosen.setFocus()

    def say(self, words: Words) -> None:
        """Say why the chosen way led nowhere."""
        self.banner.say(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape and not self._back.isHidden():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        ways = (
            (self._demo(), self.demo_wanted),
            (self._practice(), self.practice_wanted),
            (self._server(), self.server_wanted),
        )
        self._chosen = ways[0][0]
        for choice, signal in ways:
            choice.clicked.connect(self._on_chosen)
            choice.clicked.connect(signal)
            self.column.addWidget(choice)
        self.column.addWidget(self.banner)
        self._back = PromptButton(self.tr("&Back"))
        self._back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        self.column.addSpacing(8)
        self.column.addLayout(row)

    def _demo(self) -> Choice:
        return Choice(
            "play",
            self.tr("Try the demo"),
            self.tr(
                "A busy practice with invented people; nothing can go wrong in it."
            ),
        )

    def _practice(self) -> Choice:
        return Choice(
            "monitor",
            self.tr("Start a practice on this computer"),
            self.tr("For one desk: the schedule is kept here and needs no server."),
        )

    def _server(self) -> Choice:
        return Choice(
            "server",
            self.tr("Connect to our practice’s server"),
            self.tr(
                "For several desks that share one schedule, with a login for each."
            ),
        )

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self.sender()
        if isinstance(chosen, Choice):
            self._chosen = chosen
