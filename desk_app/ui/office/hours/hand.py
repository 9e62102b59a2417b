"""What a person does with a drawn week, by keys or by mouse, before it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.timetable import (
    CLOSED,
    LAST_MINUTE,
    Stretch,
    at,
    exchanged,
    fitted,
)

if TYPE_CHECKING:
    from desk_app.domain.timetable import Day, Week

STEP, FINE_STEP = 15, 5


class Hand:
    """A week, a cursor in it, and a window that was begun and not ended yet.

    What changes a day returns it as it shall be, None where nothing changes.
    """

    def __init__(self) -> None:
        self.week: Week = CLOSED
        self.weekday, self.minute = 0, 9 * 60
        self.begun: int | None = None

    @property
    def day(self) -> Day:
        """The day the cursor is on."""
        return self.week[self.weekday]

    @property
    def here(self) -> Stretch | None:
        """The window the cursor is in."""
        return at(self.day, self.minute)

    @property
    def drawn(self) -> Stretch | None:
        """The window that is being drawn."""
        if self.begun is None:
            return None
        end = self.minute if self.minute != self.begun else self.begun + STEP
        return fitted(self.begun, end)

    def go_to(self, weekday: int, minute: int) -> None:
        """Put the cursor somewhere, within the week."""
        if self.begun is None:
            self.weekday = weekday % 7
        last = LAST_MINUTE if self.begun is not None else LAST_MINUTE - FINE_STEP
        self.minute = max(0, min(minute, last))

    def walk(self, days: int, steps: int, *, fine: bool) -> None:
        """Walk by days and steps; the usual ones end on quarters of an hour."""
        step = FINE_STEP if fine else STEP
        minute = self.minute + steps * step
        if steps > 0:
            minute -= minute % step
        elif steps < 0:
            minute += -minute % step
        self.go_to(self.weekday + days, minute)

    def begin(self) -> None:
        """Begin a window here."""
        self.begun = self.minute

    def leave(self) -> bool:
        """Forget the window that was begun; False if none was."""
        had, self.begun = self.begun is not None, None
        return had

    def end(self) -> Day | None:
        """End the window that was begun."""
        drawn = self.drawn
        self.begun = None
        if drawn is None:
            return None
        self.minute = drawn.start
        return exchanged(self.day, None, drawn)

    def removed(self) -> Day | None:
        """Take the window here away."""
        return exchanged(self.day, self.here, None) if self.here else None

    def moved(self, by: int) -> Day | None:
        """Move the window here by some minutes, as far as the day goes."""
        here = self.here
        if here is None:
            return None
        by = max(-here.start, min(by, LAST_MINUTE - here.end))
        self.minute += by
        return exchanged(self.day, here, Stretch(here.start + by, here.end + by))

    def stretched(self, by: int) -> Day | None:
        """Move the edge that is nearer to the cursor."""
        here = self.here
        if here is None:
            return None
        is_start = self.minute - here.start < here.end - self.minute
        new = (
            fitted(min(here.start + by, here.end - FINE_STEP), here.end)
            if is_start
            else fitted(here.start, max(here.end + by, here.start + FINE_STEP))
        )
        if new is None:
            return None
        self.minute = new.start if is_start else new.end - FINE_STEP
        return exchanged(self.day, here, new)
