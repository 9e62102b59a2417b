"""The lower edge of an appointment on the move: by mouse, or by Shift and arrows.

Nothing is written here; what is dropped only says how long a person wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QTimer

from desk_app.domain.policies import may_override
from desk_app.ui.grid.dragging import may_take_up
from desk_app.ui.grid.painting.overlay import Ghost
from desk_app.ui.grid.wishes import MoveWish
from desk_app.ui.grid.words import refused_words, tr

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.grid.view import DiaryView

# How near to the edge the pointer takes it, and how low a card has none.
REACH, LOWEST_CARD = 5, 16
# How long a person may think between two presses before they count.
PAUSE_MS = 450


class Stretching:
    """The appointment whose length is being changed, and how long it would be."""

    def __init__(self, view: DiaryView) -> None:
        self._view = view
        self.ghost: Ghost | None = None
        self._against = ""
        self._pause = QTimer(view, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.drop)

    def edge_at(self, pos: QPoint) -> Appointment | None:
        """Return the appointment whose lower edge is under the pointer."""
        view = self._view
        card = view.diary.card(view.indexAt(pos))
        if card is None:
            return None
        appointment = card.appointment
        place = view.place_of(appointment.appointment_id)
        if place is None:
            return None
        rect = view.place_rect(place)
        if rect.height() < LOWEST_CARD:
            return None
        is_near = rect.bottom() - view.content(pos).y() <= REACH
        return appointment if is_near else None

    def begin(self, appointment: Appointment) -> bool:
        """Take the edge of an appointment."""
        view = self._view
        place = view.place_of(appointment.appointment_id)
        if place is None or not may_take_up(view, appointment):
            return False
        self._put(appointment, place.column, place.minute, place.bottom)
        return True

    def follow(self, pos: QPoint) -> None:
        """End where the pointer is, at a step of the clock."""
        ghost, view = self.ghost, self._view
        if ghost is not None:
            minute = view.frame.minute(view.content(pos).y())
            step = view.step
            self._put_end(round(minute / step) * step)

    def step(self, by: int) -> None:
        """Make the chosen appointment a step longer or shorter."""
        view, appointment = self._view, self._view.chosen_appointment()
        if self.ghost is None and (appointment is None or not self.begin(appointment)):
            return
        if self.ghost is None:
            return
        step, bottom = view.step, self.ghost.bottom
        # From a length between two steps to the nearer one of them.
        whole = bottom // step * step if by > 0 else -(-bottom // step) * step
        self._put_end(whole + by * step)
        view.nodes.announce(self.ghost.words)
        self._pause.start()

    def drop(self) -> None:
        """Wish the appointment as long as it is drawn; a refused length says why."""
        ghost, view, against = self.ghost, self._view, self._against
        if ghost is None:
            return
        self.leave()
        moved = ghost.appointment
        minutes = ghost.bottom - ghost.top
        if minutes * 60 == (moved.end - moved.start).total_seconds():
            return
        if against and not may_override(view.me.role, against):
            view.hint.emit(tr("It cannot be that long: %1.", ghost.words))
            return
        view.move_requested.emit(
            MoveWish(moved, moved.provider_id, moved.start, minutes, against)
        )

    def leave(self) -> None:
        """Leave the appointment as long as it was."""
        self._pause.stop()
        if self.ghost is not None:
            self._update()
            self.ghost, self._against = None, ""

    def look_again(self) -> None:
        """The diary has changed: an older picture of the appointment is let go."""
        ghost = self.ghost
        if ghost is None:
            return
        latest = self._view.diary.appointment(ghost.appointment.appointment_id)
        if latest is not ghost.appointment:
            self.leave()

    def _put_end(self, bottom: int) -> None:
        ghost, view = self.ghost, self._view
        if ghost is None:
            return
        least = ghost.top + min(view.step, 5)
        bottom = max(least, min(bottom, view.frame.last))
        self._put(ghost.appointment, ghost.column, ghost.top, bottom)

    def _put(
        self, appointment: Appointment, column: int, top: int, bottom: int
    ) -> None:
        self._update()
        view = self._view
        words = view.labels.span(top, bottom)
        targets = view.offers.for_move(appointment, view.columns[column])
        refused = targets.refused_length(bottom - top)
        self._against = refused.policy if refused else ""
        if refused:
            words = refused_words(refused.policy)
        self.ghost = Ghost(appointment, column, top, bottom, words, refused is None)
        self._update()

    def _update(self) -> None:
        ghost, view = self.ghost, self._view
        if ghost is not None and ghost.column < len(view.columns):
            rect = view.frame.cell_rect(ghost.column, ghost.top, ghost.bottom)
            view.update_content(
                rect.united(QRect(rect.left(), rect.top(), 1, view.ink.line * 2))
            )
