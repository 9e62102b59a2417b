"""The light at the lower edge: quiet while all leaves by itself, else plain to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QToolButton

from desk_app.domain.deliveries import Lamp, Standing
from desk_app.ui import appearance, icons
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.notice_bar import announce
from desk_app.ui.outgoing import queue_words
from desk_app.ui.plain import set_tool_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.worker.reports import Why

KEY = "Ctrl+Shift+E"
_INKS = {
    Lamp.NEEDS_YOU: Ink.DANGER,
    Lamp.SIGN_IN: Ink.DANGER,
    Lamp.NOBODY_SENDS: Ink.WARNING,
    Lamp.LATE: Ink.WARNING,
    Lamp.CALM: Ink.MUTED,
}
_ICONS = {
    Lamp.NEEDS_YOU: "circle-alert",
    Lamp.SIGN_IN: "lock",
    Lamp.NOBODY_SENDS: "clock-alert",
    Lamp.LATE: "clock-alert",
    Lamp.CALM: "mail",
}
_LOOKS = (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange)


class Light(QToolButton):
    """A button that leads to the queue. It speaks when it turns, and only then.

    Signals:
        spoke: what a screen reader was told (str).
    """

    spoke = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lamp, self._standing = Lamp.CALM, Standing()
        self._why: Why | None = None
        self._is_made = True
        self.setObjectName("light")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._show()

    @property
    def lamp(self) -> Lamp:
        """What it says."""
        return self._lamp

    @Slot(object, object, object)
    def show_lamp(self, lamp: Lamp, standing: Standing, why: Why | None = None) -> None:
        """Say how messages stand from now on; `why` this desk does not send them."""
        before, more = self._lamp, standing.needs_you > self._standing.needs_you
        self._lamp, self._standing, self._why = lamp, standing, why
        self._show()
        turned = lamp is not before or (lamp is Lamp.NEEDS_YOU and more)
        if turned:
            announce(self, self._spoken(), urgent=lamp is Lamp.NEEDS_YOU)
            self.spoke.emit(self._spoken())

    def event(self, event: QEvent) -> bool:
        # Qt sends some while it makes the button.
        if event.type() in _LOOKS and hasattr(self, "_is_made"):
            self._show()
        return super().event(event)

    def _show(self) -> None:
        text = queue_words.light(self._lamp, self._standing)
        self.setText(text)
        style = Qt.ToolButtonStyle
        beside, alone = style.ToolButtonTextBesideIcon, style.ToolButtonIconOnly
        self.setToolButtonStyle(beside if text else alone)
        set_ink(self, _INKS[self._lamp])
        theme = appearance.current()
        colours = {Ink.DANGER: theme.danger, Ink.WARNING: theme.warning}
        colour = QColor(colours.get(_INKS[self._lamp], theme.muted))
        size = self.fontMetrics().height()
        picture = icons.pixmap(
            _ICONS[self._lamp], colour, size, self.devicePixelRatio()
        )
        self.setIcon(QIcon(picture))
        self.setIconSize(QSize(size, size))
        self.setAccessibleName(self._spoken())
        set_tool_tip(self, f"{queue_words.explained(self._lamp, self._why)} ({KEY})")

    def _spoken(self) -> str:
        text = queue_words.light(self._lamp, self._standing)
        explained = queue_words.explained(self._lamp, self._why)
        return f"{text}. {explained}" if text else explained
