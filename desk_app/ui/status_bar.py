"""The lower edge: what was done last, the database's state, whose schedule this is."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from desk_app import __version__
from desk_app.ui import appearance, icons, privacy
from desk_app.ui.access import words
from desk_app.ui.notice_bar import announce
from desk_app.ui.outgoing.light import Light
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from desk_app.settings import Settings

LONGEST_NAME = 40


class Link(Enum):
    """How this desk stands to the database."""

    CONNECTING = auto()
    CONNECTED = auto()
    OFFLINE = auto()


_ICONS = {
    Link.CONNECTING: "refresh-cw",
    Link.CONNECTED: "database",
    Link.OFFLINE: "cloud-off",
}


_LOOKS = (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange)


class StatusBar(QStatusBar):
    """Left: the last action. Right: the link, the practice's place, the version."""

    link_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = Link.CONNECTING
        self._as_of = self._said = ""
        self._is_built = False
        self._build()
        self._is_built = True
        self._show()

    @property
    def link(self) -> Link:
        """How this desk stands to the database, as shown."""
        return self._link

    @property
    def said(self) -> str:
        """What was done last."""
        return self._said

    def say(self, text: str) -> None:
        """Write what was done last; it stays until something else is done."""
        self._said = text
        self._last.setText(text)

    @Slot(str)
    def hint(self, text: str) -> None:
        """Write a passing hint over what was done last; "" takes it away."""
        self._last.setText(text or self._said)

    def show_link(self, link: Link, as_of: str = "") -> None:
        """Show the database's state; `as_of` is the time the schedule is from."""
        changed = link is not self._link
        self._link, self._as_of = link, as_of
        self._show()
        if changed:
            announce(self, self._words.text())
            self.link_changed.emit(link)

    @property
    def place(self) -> str:
        """Where the schedule is kept, as shown."""
        return self._place.text()

    def show_place(self, settings: Settings) -> None:
        """Show where the schedule is kept: the demo, this computer, or a server."""
        name = words.place(settings)
        metrics = self._place.fontMetrics()
        short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
        self._place.setText(short)
        self._place.setMinimumWidth(metrics.horizontalAdvance(short))

    def event(self, event: QEvent) -> bool:
        if event.type() in _LOOKS and self._is_built:
            self._show()
        return super().event(event)

    def _build(self) -> None:
        self.setSizeGripEnabled(False)
        self._last = ElidedLabel()
        self._last.setAccessibleName(self.tr("Last action"))
        self._last.setForegroundRole(QPalette.ColorRole.WindowText)
        self.light = Light()
        self._picture, self._words = QLabel(), PlainLabel()
        self._place = PlainLabel()
        self._hidden = PlainLabel(self.tr("Names hidden (F12)"))
        font = self._hidden.font()
        font.setBold(True)
        self._hidden.setFont(font)
        self._hidden.setForegroundRole(QPalette.ColorRole.Link)
        self._hidden.setVisible(privacy.current().is_on)
        privacy.current().changed.connect(self._hidden.setVisible)
        version = PlainLabel(filled(self.tr("Version %1"), __version__))
        version.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        right = QWidget()
        row = QHBoxLayout(right)
        row.setContentsMargins(8, 3, 12, 3)
        row.setSpacing(5)
        row.addWidget(self.light)
        row.addSpacing(10)
        for widget in (self._picture, self._words, self._place, version, self._hidden):
            row.addWidget(widget)
        row.insertSpacing(4, 14)
        row.insertSpacing(6, 14)
        left = QWidget()
        inside = QHBoxLayout(left)
        inside.setContentsMargins(12, 3, 8, 3)
        inside.addWidget(self._last)
        self.addWidget(left, 1)
        self.addPermanentWidget(right)

    def _show(self) -> None:
        theme = appearance.current()
        colours = {
            Link.CONNECTING: theme.warning,
            Link.CONNECTED: theme.success,
            Link.OFFLINE: theme.danger,
        }
        size, ratio = self.fontMetrics().height(), self.devicePixelRatio()
        colour = QColor(colours[self._link])
        picture = icons.pixmap(_ICONS[self._link], colour, size, ratio)
        self._picture.setPixmap(picture)
        self._words.setText(self._link_words())

    def _link_words(self) -> str:
        if self._link is Link.CONNECTED:
            return self.tr("Connected")
        if self._link is Link.CONNECTING:
            return self.tr("Connecting…")
        text = self.tr("Offline – trying again")
        if not self._as_of:
            return text
        return f"{text} · {filled(self.tr('as of %1'), self._as_of)}"
