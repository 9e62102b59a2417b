"""A page in the middle of the window: a title, a form, words, and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import appearance, icons
from desk_app.ui.access.form import Form
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desk_app.errors import DeskError
    from desk_app.ui.notice_bar import Action
    from desk_app.ui.words import Words

ICON = 40
WIDE = 440


class CentredPage(QScrollArea):
    """Holds a column in the middle; scrolls where the window is too low for it."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._build_frame()

    def set_title(self, title: str, text: str = "") -> None:
        """Say what the page is for."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and hasattr(self, "_icon"):
            self._show_icon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column as wide as its words like it."""
        super().resizeEvent(event)
        letters = self.fontMetrics().height() * WIDE // 16
        self._middle.setFixedWidth(min(letters, self.viewport().width() - 40))

    def _build_frame(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._icon, self._title, self._text = QLabel(), PlainLabel(), PlainLabel()
        sized(self._title, 1.5, bold=True)
        set_ink(self._text, Ink.MUTED)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self._title, self._text):
            label.setWordWrap(True)
        self._middle = QWidget()
        self.column = QVBoxLayout(self._middle)
        self.column.setContentsMargins(0, 24, 0, 24)
        self.column.setSpacing(8)
        for widget in (self._icon, self._title, self._text):
            self.column.addWidget(widget)
        self.column.addSpacing(10)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.addStretch(1)
        page = QVBoxLayout()
        page.addStretch(2)
        page.addWidget(self._middle)
        page.addStretch(3)
        across.addLayout(page)
        across.addStretch(1)
        self.setWidget(whole)
        self._show_icon()

    def _show_icon(self) -> None:
        colour = QColor(appearance.current().accent)
        ratio = self.devicePixelRatio()
        self._icon.setPixmap(icons.pixmap(self._icon_name, colour, ICON, ratio))


class FormPage(CentredPage):
    """A form with one main button, which Enter presses, and one that leads back.

    Signals:
        left: the way back was taken.
    """

    left = Signal()

    def __init__(self, icon: str, go: str, back: str) -> None:
        super().__init__(icon)
        self._go_words = go
        self._is_busy = False
        self._had_focus: QWidget | None = None
        self.form, self.banner = Form(), Banner()
        self.go, self.back = PromptButton(go), PromptButton(back)
        self.go.setProperty("primary", "true")
        self._lay_out()
        self.go.clicked.connect(self._on_go)
        self.back.clicked.connect(self.left)

    @property
    def is_busy(self) -> bool:
        """Whether what was typed is being tried."""
        return self._is_busy

    def submit(self) -> None:
        """Check what was entered and ask for it, or say what is missing."""
        raise NotImplementedError

    def begin(self) -> None:
        """Put the keyboard where typing begins."""
        raise NotImplementedError

    def show_trying(self) -> None:
        """Say that what was typed is being tried."""
        raise NotImplementedError

    def show_refusal(self, error: DeskError) -> None:
        """Say at the field, or below the form, why that does not work."""
        raise NotImplementedError

    def forget(self) -> None:
        """Forget passwords that were typed."""
        raise NotImplementedError

    def show_busy(self, words: str) -> None:
        """Keep everything readable and untouched while it is tried."""
        self._had_focus = self.window().focusWidget()
        self.banner.clear()
        self.form.clear()
        self._set_busy(busy=True)
        self.go.setText(words)

    def show_again(self) -> None:
        """Let a person go on where they were."""
        self._set_busy(busy=False)
        self.go.setText(self._go_words)
        # Where another page has come meanwhile, the keyboard stays there.
        if self._had_focus is not None and self.isVisible():
            self._had_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: Words, actions: Sequence[Action] = ()) -> None:
        """Say beside the form what happened and what can be done."""
        self.banner.say(words, actions)
        self.ensureWidgetVisible(self.banner)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on Enter, go back on Esc."""
        if self._is_busy:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                focused = self.window().focusWidget()
                button = focused if isinstance(focused, PromptButton) else self.go
                button.click()
        elif event.key() == Qt.Key.Key_Escape and not self.back.isHidden():
            self.back.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.go)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(16)
        inside.addWidget(self.form)
        inside.addWidget(self.banner)
        inside.addLayout(buttons)
        self.column.addWidget(card)

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        for widget in (self.form, self.go, self.back):
            widget.setEnabled(not busy)

    def _on_go(self) -> None:
        if not self._is_busy:
            self.submit()
