"""A field for a password: hidden until somebody wants to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desk_app.ui import icons

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

LONGEST = 1_000
ICON = 16


class PasswordField(QLineEdit):
    """Shows dots, and letters while its button is pressed down.

    Signals:
        caps_lock_seen: whether the letter just typed tells that Caps Lock is on.
    """

    caps_lock_seen = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)
        self._build()
        self._eye.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def forget(self) -> None:
        """Empty the field, also for those who would undo it."""
        self.clear()
        self.setModified(False)
        self._eye.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the end of the field."""
        super().resizeEvent(event)
        size = self._eye.sizeHint()
        left = self.width() - size.width() - 4
        self._eye.setGeometry(
            left, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look whether a letter came out in the other case than it was typed in."""
        letter = event.text()
        super().keyPressEvent(event)
        if len(letter) == 1 and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_seen.emit(letter.isupper() is not shift)

    def _build(self) -> None:
        self._eye = QToolButton(self)
        self._eye.setCheckable(True)
        self._eye.setProperty("small", "true")
        self._eye.setIconSize(QSize(ICON, ICON))
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTextMargins(0, 0, self._eye.sizeHint().width() + 2, 0)

    @Slot(bool)
    def _on_toggled(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._eye.setIcon(icons.icon("eye-off" if is_shown else "eye"))
        text = (
            self.tr("Hide the password") if is_shown else self.tr("Show the password")
        )
        self._eye.setToolTip(text)
        self._eye.setAccessibleName(text)
