"""A calm bar below the schedule: what to read to the caller, and how to copy it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from desk_app.ui import appearance, icons
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.notice_bar import announce
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ReadBackBar(QFrame):
    """Stays until the next action."""

    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """The line, "" while there is none."""
        return "" if self.isHidden() else self._line.text()

    def show_line(self, text: str) -> None:
        """Show a line and let a screen reader say it."""
        self._line.setText(text)
        self.setAccessibleDescription(text)
        self.show()
        announce(self, text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def _build(self) -> None:
        self.setObjectName("readBack")
        self.setAccessibleName(self.tr("To read to the caller"))
        self._icon = QLabel()
        self._line = PlainLabel()
        self._line.setWordWrap(True)
        sized(self._line, 1.05)
        copy = QPushButton(self.tr("Copy"))
        copy.setToolTip(self.tr("Copy this line (Ctrl+C in the schedule)"))
        copy.setAccessibleName(self.tr("Copy the line for the caller"))
        copy.clicked.connect(self.copy_wanted)
        close = QToolButton()
        close.setIcon(icons.icon("x"))
        close.setAccessibleName(self.tr("Close the line for the caller"))
        close.setToolTip(self.tr("Close"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._line, 1)
        row.addWidget(copy)
        row.addWidget(close)
        self._show_icon()

    def _show_icon(self) -> None:
        size = self.fontMetrics().height() + 2
        colour = QColor(appearance.current().accent)
        self._icon.setPixmap(
            icons.pixmap("phone", colour, size, self.devicePixelRatio())
        )
