"""The place in a dialog that says what happened and what can be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import appearance, icons
from desk_app.ui.dialogs.inks import set_rule, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.plain import PlainLabel, without_mnemonic
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_ICONS = {
    Tone.INFO: "info",
    Tone.SUCCESS: "circle-check",
    Tone.WARNING: "triangle-alert",
    Tone.ERROR: "circle-alert",
}


class Banner(QFrame):
    """Words with buttons below; numbered buttons answer to Alt+1, Alt+2, Alt+3."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words | None = None
        self._topic = ""
        self._buttons: list[QPushButton] = []
        self._build()
        self.hide()

    @property
    def words(self) -> Words | None:
        """What is said now, or None."""
        return self._words

    @property
    def topic(self) -> str:
        """What the words are about."""
        return self._topic

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons, in order."""
        return tuple(self._buttons)

    def say(
        self,
        words: Words,
        actions: Sequence[Action] = (),
        *,
        topic: str = "",
        numbered: bool = False,
    ) -> None:
        """Show `words`, a button for each action, and let a screen reader say it."""
        self._words, self._topic = words, topic
        self._title.setText(words.title)
        self._text.setText(words.body)
        self._text.setVisible(bool(words.body))
        self._fill(actions, numbered=numbered)
        self._show_tone()
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(words.body)
        self.show()
        announce(self, words.spoken, urgent=words.tone is not Tone.INFO)

    def clear(self, topic: str = "") -> None:
        """Say nothing; with `topic`, only if the words are about that."""
        if topic in ("", self._topic):
            self._words, self._topic = None, ""
            self._fill((), numbered=False)
            self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._words is not None:
            self._show_tone()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the buttons one below the other where they do not fit in a row."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self.setObjectName("banner")
        self._icon = QLabel()
        self._title = PlainLabel()
        self._title.setWordWrap(True)
        sized(self._title, 1.0, bold=True)
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 6, 0, 0)
        self._row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addLayout(self._row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def _show_tone(self) -> None:
        tone = self._words.tone if self._words else Tone.INFO
        colours = appearance.current()
        colour = {
            Tone.INFO: colours.accent,
            Tone.SUCCESS: colours.success,
            Tone.WARNING: colours.warning,
            Tone.ERROR: colours.danger,
        }[tone]
        size = self.fontMetrics().height() + 2
        ratio = self.devicePixelRatio()
        self._icon.setPixmap(icons.pixmap(_ICONS[tone], QColor(colour), size, ratio))
        set_rule(self, "kind", tone.value)

    def _fill(self, actions: Sequence[Action], *, numbered: bool) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._buttons = []
        for number, action in enumerate(actions, start=1):
            button = PromptButton(self)
            text = without_mnemonic(action.text)
            button.setText(f"{number}   {text}" if numbered else text)
            button.setAutoDefault(False)
            button.setAccessibleName(action.text)
            if numbered:
                button.setShortcut(QKeySequence(f"Alt+{number}"))
                button.setToolTip(f"Alt+{number}")
            button.clicked.connect(_Press(action))
            self._row.addWidget(button)
            self._buttons.append(button)
        self._row.addStretch(1)
        self._arrange()

    def _arrange(self) -> None:
        needed = sum(button.sizeHint().width() + 8 for button in self._buttons)
        direction = QBoxLayout.Direction
        fits = needed <= self.width() - 60
        self._row.setDirection(direction.LeftToRight if fits else direction.TopToBottom)


class _Press:
    """Does what a button says, without what Qt adds to a click."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __call__(self) -> None:
        self._action.run()
