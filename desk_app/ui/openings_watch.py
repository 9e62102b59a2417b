"""Keeps the rail's list of next openings true while things change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.ui.rail.openings import HOW_FAR_DAYS, HOW_MANY, OpeningsShown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.services.diary import OpeningQuery
    from desk_app.ui.calls import Calls
    from desk_app.ui.practice import Practice
    from desk_app.ui.rail.rail import Rail

    FindOpenings = Callable[[OpeningQuery], Sequence[Opening]]

TOGETHER_MS = 150


class OpeningsWatch(QObject):
    """Looks up openings whenever the service, the providers or the times change."""

    def __init__(
        self, find: FindOpenings, calls: Calls, rail: Rail, practice: Practice
    ) -> None:
        super().__init__(rail)
        self._find, self._calls, self._rail = find, calls, rail
        self._practice = practice
        self._soon = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._soon.timeout.connect(self.look)

    @property
    def is_waiting(self) -> bool:
        """Whether the list is about to be looked up."""
        return self._soon.isActive()

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue."""
        self._practice = practice
        self.look_soon()

    @Slot()
    def look_soon(self) -> None:
        """Look up again once things have settled."""
        self._soon.start()

    @Slot()
    def look(self) -> None:
        """Look up the openings now."""
        # Only here because the services bring SQLAlchemy, which the window can do
        # without until the database has been opened.
        from desk_app.services.diary import OpeningQuery

        self._soon.stop()
        checked = self._rail.providers.model.checked
        services = self._practice.ids_called(self._rail.service, set(checked))
        if not self._rail.service:
            self._rail.openings.show_hint()
            return
        if not services:
            self._rail.openings.show_nobody()
            return
        query = OpeningQuery(services, self._practice.today(), HOW_FAR_DAYS, HOW_MANY)
        self._calls.run(
            self._find,
            query,
            then=self._on_found,
            failed=self._on_failed,
            replaces="next openings",
        )

    @Slot(object)
    def _on_found(self, openings: Sequence[Opening]) -> None:
        if not self._rail.service:
            return
        shown = OpeningsShown(
            self._practice.zone, self._practice.today(), self._practice.providers
        )
        self._rail.openings.show_openings(openings, shown)

    @Slot(object)
    def _on_failed(self, _error: DeskError) -> None:
        self._rail.openings.show_problem()
