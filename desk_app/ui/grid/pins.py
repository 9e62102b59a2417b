"""The pinboard as the grid knows it: which cards are pinned, where one would go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.ui.grid.dragging import may_take_up, wish_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.grid.view import DiaryView
    from desk_app.ui.grid.wishes import MoveWish


class Pins(QObject):
    """What is pinned keeps its time, and its card says so.

    Signals:
        pin_requested: an appointment shall go onto the pinboard (`Appointment`).
        paste_requested: what is on it shall be put where the cursor is.
    """

    pin_requested = Signal(object)
    paste_requested = Signal()

    def __init__(self, view: DiaryView) -> None:
        super().__init__(view)
        self._view = view
        self._ids: frozenset[int] = frozenset()

    @property
    def ids(self) -> frozenset[int]:
        """The numbers of the appointments that are pinned."""
        return self._ids

    def show(self, ids: Collection[int]) -> None:
        """Let the cards of these say that they are pinned."""
        changed = self._ids ^ {*ids}
        self._ids = frozenset(ids)
        for number in changed:
            self._view.update_place(self._view.place_of(number))

    def pin(self) -> None:
        """Ask that the chosen appointment goes onto the pinboard."""
        appointment = self._view.chosen_appointment()
        if appointment is not None and may_take_up(self._view, appointment):
            self._view.carrying.leave()
            self.pin_requested.emit(appointment)

    def wish(self, appointment: Appointment) -> MoveWish | None:
        """Return the wish to put an appointment where the cursor is.

        It goes to the free start nearest to the cursor, as it would when dragged.
        """
        view, place = self._view, self._view.place
        if place is None or place.column >= len(view.columns):
            return None
        column = view.columns[place.column]
        targets = view.offers.for_move(appointment, column)
        reach = max(round(targets.length.total_seconds() / 120), view.step)
        offer = targets.nearest(place.minute, reach)
        start = offer.start if offer else column.clock.instant(place.minute)
        if start is None:
            return None
        refused = targets.refused(start)
        against = refused.policy if refused else ""
        return wish_for(column, appointment, start, against)
