"""Says while a new client is typed that they may be here already; stops nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.duplicates import Likeness
from desk_app.ui.clients.likely import LikelyStrip
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.notice_bar import announce
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.client_file import Likely
    from desk_app.domain.people import NewClient
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.ports import Failed, Then

    Alike = Callable[[NewClient, Then[tuple[Likely, ...]], Failed], None]

# A number is not looked for while it is being typed.
DEBOUNCE_MS = 200


class KnownAlready(QWidget):
    """Looks for entries like the one that is typed.

    Signals:
        chosen: the one that is here already is to be used (`Client`).
        grown: there is something to say, which needs room.
    """

    chosen = Signal(object)
    grown = Signal()

    def __init__(self, alike: Alike | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed: NewClient | None = None
        self._soon = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._line = (
            Latest(alike, self._on_known, self._on_failed, self) if alike else None
        )
        title = self.tr("Here already? Then use this entry")
        self.strip = LikelyStrip(title, self.tr("&Use"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)
        self._soon.timeout.connect(self._look)
        self.strip.chosen.connect(self.chosen)

    def look(self, typed: NewClient) -> None:
        """Look for this one soon; what was found for another is no longer shown."""
        if typed == self._typed:
            return
        self._typed = typed
        self.strip.show_likely(())
        if self._line is not None:
            self._line.drop()
            self._soon.start()

    @Slot()
    def _look(self) -> None:
        if self._line is not None and self._typed is not None:
            self._line.ask(self._typed)

    def _on_known(self, likely: tuple[Likely, ...]) -> None:
        self.strip.show_likely(likely)
        if likely:
            self.grown.emit()
        for one in likely:
            if one.likeness is Likeness.SAME_PERSON:
                text = self.tr("%1 is here already. Alt+U uses that entry.")
                announce(self, filled(text, one.client.name))
                return

    def _on_failed(self, _error: DeskError) -> None:
        """Booking goes on without: it only would have been said."""
