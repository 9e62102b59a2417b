"""An appointment on the move, by mouse or by keys, until it is dropped or left.

Nothing is written here: a drop only says where a person wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QTimer

from desk_app.domain.appointment import Status
from desk_app.domain.policies import may_override
from desk_app.ui.grid.painting.overlay import Ghost
from desk_app.ui.grid.wishes import MoveWish
from desk_app.ui.grid.words import refused_words, tr

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.errors import Refused
    from desk_app.ui.grid.columns import Column
    from desk_app.ui.grid.offers import Targets
    from desk_app.ui.grid.view import DiaryView

_MOVABLE = (Status.PENDING, Status.CONFIRMED)
_EDGE, _SPEED, _TICK_MS = 28, 14, 25
_ANYWHERE = 24 * 60


def may_take_up(view: DiaryView, appointment: Appointment) -> bool:
    """Say whether this person may move an appointment, or hint why not."""
    if appointment.status not in _MOVABLE:
        view.hint.emit(tr("Only open appointments can be moved."))
        return False
    if not view.me.may_change(appointment.provider_id):
        view.hint.emit(tr("Your login changes your own diary only."))
        return False
    return True


def wish_for(
    column: Column, moved: Appointment, start: datetime, against: str
) -> MoveWish:
    """Return the wish that an appointment goes into a column."""
    owner = column.owner_of(moved)
    return MoveWish(moved, owner, start, against=against, room_id=column.room_id)


class Carrying:
    """The appointment that is being moved, and where it would go now."""

    def __init__(self, view: DiaryView) -> None:
        self._view = view
        self.ghost: Ghost | None = None
        self.by_keys = False
        self._start: datetime | None = None
        self._refused: Refused | None = None
        self._grabbed = 0
        self._pos = QPoint()
        self._targets: dict[int, Targets] = {}
        self._scrolling = QTimer(view)
        self._scrolling.setInterval(_TICK_MS)
        self._scrolling.timeout.connect(self._scroll)

    def begin(self, appointment: Appointment, grabbed: int = 0) -> bool:
        """Take an appointment up, `grabbed` minutes below its start."""
        if not may_take_up(self._view, appointment):
            return False
        place = self._view.place_of(appointment.appointment_id)
        if place is None:
            return False
        self.leave()
        self._grabbed, self.by_keys = grabbed, False
        self._put(appointment, place.column, place.minute, _ANYWHERE)
        return True

    def begin_with_keys(self) -> None:
        """Take the chosen appointment up; arrows, Enter and Esc decide the rest."""
        appointment = self._view.chosen_appointment()
        if appointment is not None and self.begin(appointment):
            self.by_keys = True
            self._view.hint.emit(
                tr("Arrow keys choose the new time, Enter moves, Esc leaves it.")
            )

    def follow(self, pos: QPoint) -> None:
        """Go where the pointer is, to the free start nearest to it."""
        if self.ghost is None:
            return
        self._pos = pos
        view, at = self._view, self._view.content(pos)
        column = view.frame.nearest_column(at.x())
        minute = view.frame.minute(at.y()) - self._grabbed
        self._put(self.ghost.appointment, column, minute, self._reach(column))
        near = not view.viewport().rect().adjusted(0, _EDGE, 0, -_EDGE).contains(pos)
        if near and not self._scrolling.isActive() and not self.by_keys:
            self._scrolling.start()

    def step(self, down: int, right: int) -> None:
        """Go to the next free start up or down, or beside in another column."""
        ghost, view = self.ghost, self._view
        if ghost is None:
            return
        column = max(0, min(ghost.column + right, len(view.columns) - 1))
        if not down:
            self._put(ghost.appointment, column, ghost.top, _ANYWHERE)
        else:
            minute = self._next(column, ghost.top, down)
            self._put(ghost.appointment, column, minute, 0)
        view.reveal(self._ghost_rect())
        view.nodes.announce(self.ghost.words if self.ghost else "")

    def drop(self) -> None:
        """Wish the appointment to where it is now; a refused place says why.

        What this person may decide against a rule is wished all the same.
        """
        ghost, start, view = self.ghost, self._start, self._view
        if ghost is None:
            return
        against = self._refused.policy if self._refused else ""
        may_be = not against or may_override(view.me.role, against)
        if start is None or not may_be:
            if not self.by_keys:
                self.leave()
            view.hint.emit(tr("It cannot go there: %1.", ghost.words))
            return
        wish = wish_for(view.columns[ghost.column], ghost.appointment, start, against)
        self.leave()
        if wish.changes_something:
            view.move_requested.emit(wish)

    def leave(self) -> None:
        """Put the appointment back."""
        if self.ghost is None:
            return
        self._update()
        self.ghost, self._start, self.by_keys = None, None, False
        self._refused = None
        self._targets.clear()
        self._scrolling.stop()
        self._view.hint.emit("")

    def look_again(self) -> None:
        """The diary has changed: what is carried stays in the hand."""
        self._targets.clear()
        ghost, view = self.ghost, self._view
        if ghost is None:
            return
        if not view.columns:
            self.leave()
            return
        column = min(ghost.column, len(view.columns) - 1)
        latest = view.diary.appointment(ghost.appointment.appointment_id)
        self._put(latest or ghost.appointment, column, ghost.top, self._reach(column))

    def _put(
        self, appointment: Appointment, number: int, minute: int, reach: int
    ) -> None:
        self._update()
        view = self._view
        targets = self._targets_of(appointment, number)
        offer = targets.nearest(minute, reach)
        if offer is None:
            self._put_freely(appointment, number, minute, targets)
        else:
            words = view.labels.span(offer.top, offer.bottom)
            self._start, self._refused = offer.start, None
            self.ghost = Ghost(
                appointment, number, offer.top, offer.bottom, words, True
            )
        self._update()

    def _put_freely(
        self, appointment: Appointment, number: int, minute: int, targets: Targets
    ) -> None:
        """Stand at a step of the clock, and say if that is not possible."""
        view = self._view
        length = round(targets.length.total_seconds() / 60)
        top = minute - minute % view.step
        top = max(view.frame.first, min(top, view.frame.last - length))
        self._start = view.columns[number].clock.instant(top)
        words = view.labels.span(top, top + length)
        refused = targets.refused(self._start) if self._start else None
        self._refused = refused
        is_allowed = self._start is not None and refused is None
        if refused is not None:
            words = refused_words(refused.policy)
        elif self._start is None:
            words = tr("This time does not exist on this day")
        self.ghost = Ghost(appointment, number, top, top + length, words, is_allowed)

    def _next(self, number: int, minute: int, by: int) -> int:
        if self.ghost is None:
            return minute
        starts = self._targets_of(self.ghost.appointment, number).starts
        if not starts:
            return minute + by * self._view.step
        if by > 0:
            return min((o.top for o in starts if o.top > minute), default=minute)
        return max((o.top for o in starts if o.top < minute), default=minute)

    def _reach(self, number: int) -> int:
        """Return how far a free start draws the pointer, in minutes."""
        if self.ghost is None:
            return 0
        length = self._targets_of(self.ghost.appointment, number).length
        return max(round(length.total_seconds() / 120), self._view.step)

    def _targets_of(self, appointment: Appointment, number: int) -> Targets:
        targets = self._targets.get(number)
        if targets is None:
            column = self._view.columns[number]
            targets = self._view.offers.for_move(appointment, column)
            self._targets[number] = targets
        return targets

    def _ghost_rect(self) -> QRect:
        ghost = self.ghost
        if ghost is None or ghost.column >= len(self._view.frame.edges) - 1:
            return QRect()
        rect = self._view.frame.cell_rect(ghost.column, ghost.top, ghost.bottom)
        return rect.adjusted(0, 0, 0, self._view.ink.line)

    def _update(self) -> None:
        if self.ghost is not None:
            self._view.update_content(self._ghost_rect())
            origin = self._view.place_of(self.ghost.appointment.appointment_id)
            self._view.update_place(origin)

    def _scroll(self) -> None:
        """Scroll while the pointer stays at an edge with something in the hand."""
        room = self._view.viewport().rect()
        down = _push(self._pos.y(), room.height())
        right = _push(self._pos.x(), room.width()) if room.width() else 0
        bars = (self._view.verticalScrollBar(), self._view.horizontalScrollBar())
        before = [bar.value() for bar in bars]
        for bar, by in zip(bars, (down, right), strict=True):
            bar.setValue(bar.value() + by * _SPEED)
        if self.ghost is None or [bar.value() for bar in bars] == before:
            self._scrolling.stop()
        else:
            self.follow(self._pos)


def _push(at: int, size: int) -> int:
    if at < _EDGE:
        return -1
    return 1 if at > size - _EDGE else 0
