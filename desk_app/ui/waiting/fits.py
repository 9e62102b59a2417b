"""The first free time of today for each who waits without one."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.domain.staff import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk_app.domain.slots import Opening
    from desk_app.domain.waiting_room import Room, Waiting
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around


class Fits(QObject):
    """Looks them up again whenever the room or the schedule has changed.

    Signals:
        found: the times may be others.
    """

    found = Signal()

    def __init__(self, around: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self.by_walk_in: dict[int, Opening] = {}

    def look(self, room: Room) -> None:
        """Look for a time for each who has none."""
        without = [one for one in room.here if one.walk_in_id is not None]
        known = {one.walk_in_id for one in without}
        self.by_walk_in = {k: v for k, v in self.by_walk_in.items() if k in known}
        if self._around.me.role is Role.PROVIDER:
            return
        alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for one in without:
            alike[tuple(self._services(one))].append(one.walk_in_id or 0)
        for services, numbers in alike.items():
            self._ask(services, tuple(numbers))

    def _ask(self, services: tuple[int, ...], numbers: tuple[int, ...]) -> None:
        """Ask once for all who would take the same."""
        # The services bring SQLAlchemy; by now it has long been imported.
        from desk_app.services.diary import OpeningQuery

        if not services:
            return
        today = self._around.practice.today()
        self._around.calls.run(
            self._around.desk.diary.openings,
            OpeningQuery(services, today, 1, 1),
            then=partial(self._on_found, numbers),
            failed=self._on_failed,
            replaces=f"fit {services}",
        )

    def _services(self, one: Waiting) -> Iterable[int]:
        """Yield the ids of the services that would do."""
        for service in self._around.practice.catalogue.services:
            fits = one.service_name in ("", service.name)
            if fits and one.provider_id in (None, service.provider_id):
                yield service.service_id

    def _on_found(
        self, numbers: tuple[int, ...], openings: tuple[Opening, ...]
    ) -> None:
        before = dict(self.by_walk_in)
        for number in numbers:
            self.by_walk_in.pop(number, None)
            if openings:
                self.by_walk_in[number] = openings[0]
        if before != self.by_walk_in:
            self.found.emit()

    def _on_failed(self, _error: DeskError) -> None:
        """Offer what was known."""
