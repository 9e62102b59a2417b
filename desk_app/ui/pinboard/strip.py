"""A line below the schedule while something is pinned, on every day one turns to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from desk_app.ui import icons
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

ICON = 16


class PinStrip(QFrame):
    """Says what Ctrl+V would put down, and how many more there are.

    Signals:
        opened: the whole pinboard is asked for.
    """

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._more.clicked.connect(self.opened)
        self.hide()

    @property
    def text(self) -> str:
        """What is said to be pinned."""
        return self._what.text()

    def show_next(self, words: str, more: int) -> None:
        """Name the one that is put down next; "" hides the line."""
        self._what.setText(words)
        several = filled(self.tr("%1 more"), str(more)) if more else self.tr("Open")
        self._more.setText(f"{several} (B)")
        self._more.setAccessibleName(self.tr("Open the pinboard"))
        self.setAccessibleName(filled(self.tr("Pinned: %1"), words))
        self.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if hasattr(self, "_icon"):
            self._show_icon()

    def _build(self) -> None:
        self.setObjectName("pinStrip")
        self._icon = QLabel()
        self._show_icon()
        self._what = ElidedLabel()
        font = self._what.font()
        font.setBold(True)
        self._what.setFont(font)
        hint = PlainLabel(self.tr("Ctrl+V puts it where the cursor is"))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._more = QToolButton()
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 10, 5)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._what, 1)
        row.addWidget(hint)
        row.addWidget(self._more)

    def _show_icon(self) -> None:
        picture = icons.icon("pin").pixmap(ICON, ICON)
        self._icon.setPixmap(picture)
