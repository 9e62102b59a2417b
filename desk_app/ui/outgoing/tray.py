"""Notices of the desktop: shown by the system where it can, and gone by themselves.

An icon stands in the tray only while there is something to say. It keeps nothing
alive: it goes with the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from desk_app import paths

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_MS = 20_000
# The icon stays for a while longer: some systems take the notice away with it.
STAYS_MS = 60_000


class Tray(QObject):
    """Shows one notice after the other.

    Signals:
        clicked: the notice that was shown last, or its icon.
    """

    clicked = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        make: Callable[[QIcon, QObject], QSystemTrayIcon] = QSystemTrayIcon,
    ) -> None:
        """Show by an icon that `make` makes."""
        super().__init__(parent)
        self._make = make
        self._icon: QSystemTrayIcon | None = None
        self._ends = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._ends.timeout.connect(self.take_away)
        program = QCoreApplication.instance()
        if program is not None:
            program.aboutToQuit.connect(self.take_away)

    @property
    def is_shown(self) -> bool:
        """Whether there is an icon now."""
        return self._icon is not None

    def show(self, title: str, text: str) -> bool:
        """Show a notice; say whether the system can."""
        icon = self._icon or self._made()
        if not (icon.isSystemTrayAvailable() and icon.supportsMessages()):
            icon.deleteLater()
            self._icon = None
            return False
        self._icon = icon
        icon.show()
        icon.setToolTip(title)
        information = QSystemTrayIcon.MessageIcon.Information
        icon.showMessage(title, text, information, SHOWN_MS)
        self._ends.start()
        return True

    @Slot()
    def take_away(self) -> None:
        """Let nothing stand in the tray."""
        self._ends.stop()
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _made(self) -> QSystemTrayIcon:
        picture = QIcon(str(paths.resources() / "icons" / "app.svg"))
        icon = self._make(picture, self)
        icon.messageClicked.connect(self._on_clicked)
        icon.activated.connect(self._on_clicked)
        return icon

    @Slot()
    def _on_clicked(self) -> None:
        self.take_away()
        self.clicked.emit()
