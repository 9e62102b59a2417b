"""What stands where there is nothing: what this is, why it is empty, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import icons
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desk_app.ui.notice_bar import Action

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDEST_IN_LETTERS = 52
_PICTURE = 32


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """What this is, why it is empty, and the next step if there is one."""

    icon: str
    title: str
    why: str = ""
    step: Action | None = None


class EmptyState(QWidget):
    """Says quietly, in the middle of a place, why it is empty; one button goes on.

    Where the keyboard enters a place it stands on the button, so Enter goes on.
    """

    def __init__(
        self, words: EmptyWords | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._step: Action | None = None
        self._build()
        self.button.clicked.connect(self._on_clicked)
        if words is not None:
            self.say(words)

    @property
    def said(self) -> str:
        """What stands here, "" where this is not shown."""
        if self.isHidden():
            return ""
        return "\n".join(filter(None, (self._title.text(), self._why.text())))

    def say(self, words: EmptyWords) -> None:
        """Say this from now on."""
        self._step = words.step
        self._picture.name = words.icon
        self._picture.update()
        self._title.setText(words.title)
        self._why.setText(words.why)
        self._why.setVisible(bool(words.why))
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(words.why)
        if words.step is not None:
            self.button.setText(words.step.text)
        self.button.setAccessibleDescription(f"{words.title}\n{words.why}".strip())
        self.button.setVisible(words.step is not None)
        # PySide6 takes None, for no proxy, though its annotations do not say so.
        proxy = self.button if words.step else None
        self.setFocusProxy(proxy)  # type: ignore[arg-type]

    def stand_for(self, page: QWidget, *parts: QWidget, is_empty: bool) -> None:
        """Stand in place of the parts of a page, or give way to them.

        The keyboard goes along where it is in the page; it enters at the first part.
        """
        inside = QApplication.focusWidget()
        had_focus = inside is not None and page.isAncestorOf(inside)
        is_turned = self.isHidden() is is_empty
        for part in parts:
            part.setVisible(not is_empty)
        self.setVisible(is_empty)
        page.setFocusProxy(self if is_empty else parts[0])
        if is_turned and had_focus:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the next step."""
        if event.key() in _ENTER and self._step and not event.isAutoRepeat():
            self.button.click()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        # It can hold the keyboard, so that Esc closes what it stands in.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._picture, self._title, self._why = _Picture(), PlainLabel(), PlainLabel()
        sized(self._title, 1.1, bold=True)
        set_ink(self._why, Ink.MUTED)
        self.button = PromptButton()
        self.button.setAutoDefault(False)
        middle = QWidget()
        letters = middle.fontMetrics().averageCharWidth()
        middle.setMaximumWidth(letters * _WIDEST_IN_LETTERS)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._why):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)

    @Slot()
    def _on_clicked(self) -> None:
        if self._step is not None:
            self._step.run()


class _Picture(QWidget):
    """An icon in the colour of what is of less weight, light or dark."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(fixed, fixed)

    def sizeHint(self) -> QSize:
        return QSize(_PICTURE, _PICTURE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.name:
            with QPainter(self) as painter:
                field = QRect(0, 0, _PICTURE, _PICTURE)
                picture = icons.icon(self.name, QPalette.ColorRole.PlaceholderText)
                picture.paint(painter, field)
