"""The strip at the right edge: a button for each page of the pane, with a count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from desk_app.ui import appearance, icons

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

ICON = 20
MOST = 99


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as the strip offers it: its name, title, icon and key."""

    name: str
    title: str
    icon: str
    key: str


class Strip(QFrame):
    """Buttons from top to bottom; the one whose page is shown is pressed.

    Signals:
        page_wanted: a button was pressed (the page's name).
    """

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, _Button] = {}
        self.setObjectName("strip")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 8, 4, 8)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.hide()

    def add(self, entry: Entry) -> None:
        """Offer one more page, below the others."""
        button = _Button(entry, self)
        name = entry.name
        button.clicked.connect(lambda: self.page_wanted.emit(name))
        self._buttons[name] = button
        self._column.insertWidget(self._column.count() - 1, button)
        self.show()

    def show_current(self, name: str) -> None:
        """Press the button of the page that is shown, none for ""."""
        for key, button in self._buttons.items():
            button.setChecked(key == name)

    def set_count(self, name: str, count: int, *, is_late: bool = False) -> None:
        """Show how many a page holds, and whether one of them waits too long."""
        if name in self._buttons:
            self._buttons[name].set_count(count, is_late=is_late)


class _Button(QToolButton):
    """An icon with a count at its corner."""

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry, self._count, self._is_late = entry, 0, False
        self.setCheckable(True)
        self.setIcon(icons.icon(entry.icon))
        self.setIconSize(QSize(ICON, ICON))
        side = ICON + 20
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name()

    def set_count(self, count: int, *, is_late: bool) -> None:
        """Show a number, nothing for 0."""
        if (count, is_late) != (self._count, self._is_late):
            self._count, self._is_late = count, is_late
            self._name()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        theme = appearance.current()
        ground = QColor(theme.danger if self._is_late else theme.accent)
        text = str(self._count) if self._count <= MOST else f"{MOST}+"
        font = self.font()
        font.setPixelSize(11)
        font.setBold(True)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            width = max(16, painter.fontMetrics().horizontalAdvance(text) + 8)
            box = QRectF(self.width() - width - 1, 1, width, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 8, 8)
            painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _name(self) -> None:
        """Say by name what the picture and the number say."""
        entry, count = self._entry, self._count
        name = f"{entry.title}: {count}" if count else entry.title
        if self._is_late:
            name = self.tr("%1, too long").replace("%1", name)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({entry.key})" if entry.key else name)
