"""What stands in place of something: starting, or why there is nothing to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk_app.ui import appearance, icons
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.plain import PlainLabel, without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.ui.words import Words

ICON_SIZE = 44
WIDEST = 520


class StartPage(QWidget):
    """An icon, a line, a paragraph, and buttons for what can be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QPushButton] = []
        self._build()

    def show_starting(self) -> None:
        """Say that the schedule is being opened."""
        colour = QColor(appearance.current().accent)
        self._show("calendar-days", colour, self.tr("Opening the schedule…"), "")
        self._fill(())

    def show_problem(self, words: Words, actions: Sequence[Action]) -> None:
        """Say why the schedule cannot be opened and what can be done."""
        colour = QColor(appearance.current().danger)
        self._show("circle-alert", colour, words.title, words.body)
        self._fill(actions)
        announce(self, words.spoken, urgent=True)

    def show_empty(self, icon: str, words: Words, action: Action) -> None:
        """Say why there is nothing to see, and offer the next step; focus stays."""
        colour = QColor(appearance.current().muted)
        self._show(icon, colour, words.title, words.body)
        self._fill((action,), takes_focus=False)
        announce(self, words.spoken)

    @property
    def said(self) -> str:
        """The line and the paragraph."""
        return f"{self._title.text()} {self._body.text()}".strip()

    def _build(self) -> None:
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = PlainLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        self._title.setFont(font)
        self._body = PlainLabel()
        self._body.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._row = QHBoxLayout()
        self._row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row.setSpacing(10)
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        column = QVBoxLayout(middle)
        column.setSpacing(12)
        column.addWidget(self._icon)
        for label in (self._title, self._body):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(6)
        column.addLayout(self._row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 4)
        across.addStretch(1)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(across)
        page.addStretch(3)

    def _show(self, icon: str, colour: QColor, title: str, body: str) -> None:
        ratio = self.devicePixelRatio()
        self._icon.setPixmap(icons.pixmap(icon, colour, ICON_SIZE, ratio))
        self._title.setText(title)
        self._body.setText(body)
        self._body.setVisible(bool(body))

    def _fill(self, actions: Sequence[Action], *, takes_focus: bool = True) -> None:
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = []
        for action in actions:
            button = QPushButton(without_mnemonic(action.text))
            button.clicked.connect(_Press(action))
            self._row.addWidget(button)
            self._buttons.append(button)
        if self._buttons:
            self._buttons[0].setProperty("primary", "true")
            if takes_focus:
                self._buttons[0].setFocus()


class _Press:
    """Does what a button says; `clicked` brings a flag nobody asked for."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __call__(self) -> None:
        self._action.run()
