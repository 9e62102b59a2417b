"""Keeps the practice's own facts true: its services, providers and settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.schedule import Catalogue
    from desk_app.ui.calls import Calls
    from desk_app.ui.practice import Practice


class CatalogueWatch(QObject):
    """Reads the catalogue again when asked to, and tells when it has changed.

    Signals:
        changed: what there is now (`Practice`).
        failed: it could not be read (`DeskError`).
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, read: Callable[[], Catalogue], calls: Calls, known: Practice
    ) -> None:
        super().__init__()
        self._read, self._calls = read, calls
        self.practice = known

    @Slot()
    def look(self) -> None:
        """Read it again."""
        self._calls.run(
            self._read, then=self._on_read, failed=self.failed.emit, replaces="practice"
        )

    @Slot(object)
    def know(self, catalogue: Catalogue) -> None:
        """Take what is known without reading it."""
        self._on_read(catalogue)

    @Slot(object)
    def _on_read(self, catalogue: Catalogue) -> None:
        if catalogue != self.practice.catalogue:
            self.practice = replace(self.practice, catalogue=catalogue)
            self.changed.emit(self.practice)

    def stand_at(self, at: frozenset[int]) -> None:
        """Let the desk be at other locations."""
        if at != self.practice.at:
            self.practice = replace(self.practice, at=at)
            self.changed.emit(self.practice)
