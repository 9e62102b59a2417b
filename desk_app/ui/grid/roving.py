"""Where the keyboard's one place in the grid is, and where each key takes it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.ui.grid.clock import Stretch
    from desk_app.ui.grid.columns import Card, Column
    from desk_app.ui.grid.offers import Offer


@dataclass(frozen=True, slots=True)
class Cursor:
    """A free time of a column, or an appointment in it.

    `wanted` is the minute that going up and down asked for; going left and right
    returns to it.
    """

    column: int
    minute: int
    bottom: int
    appointment_id: int | None = None
    wanted: int = -1

    @property
    def goal(self) -> int:
        """The minute that neighbours are looked up by."""
        return self.wanted if self.wanted >= 0 else self.minute


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in one column where the cursor can stand."""

    minute: int
    bottom: int
    appointment_id: int | None = None

    def at(self, column: int, wanted: int = -1) -> Cursor:
        """Return the cursor that stands here."""
        return Cursor(column, self.minute, self.bottom, self.appointment_id, wanted)


def stops(
    column: Column, shown: Stretch, step: int, offers: Sequence[Offer] = ()
) -> list[Stop]:
    """Return all places of a column from top to bottom.

    These are its appointments, and between them the offered times, or where nothing
    is offered every `step` minutes and the end of each appointment's buffer.
    """
    cards = column.cards
    places = [
        Stop(card.top, card.bottom, card.appointment.appointment_id) for card in cards
    ]
    if offers:
        places += [Stop(offer.top, offer.bottom) for offer in offers]
    else:
        places += _free_steps(cards, column, shown, step)
    # Of two places at one minute the order of the cards, which is stable, decides.
    return sorted(places, key=lambda stop: stop.minute)


def along(stops: Sequence[Stop], cursor: Cursor, by: int) -> Cursor:
    """Return the cursor `by` places further down, or up if negative."""
    here = _index_of(stops, cursor)
    if here is None:
        minutes = [stop.minute for stop in stops]
        place = bisect_left(minutes, cursor.minute)
        target = place + by - (1 if by > 0 else 0)
    else:
        target = here + by
    return stops[max(0, min(target, len(stops) - 1))].at(cursor.column)


def across(stops: Sequence[Stop], cursor: Cursor, column: int) -> Cursor:
    """Return the place of another column that lies beside the cursor."""
    goal = cursor.goal
    inside = [stop for stop in stops if stop.minute <= goal < stop.bottom]
    nearest = min(
        inside or stops, key=lambda stop: (abs(stop.minute - goal), stop.minute)
    )
    return nearest.at(column, goal)


def nearest(stops: Sequence[Stop], column: int, minute: int) -> Cursor:
    """Return the place in a column that is nearest to a minute."""
    return across(stops, Cursor(column, minute, minute), column)


def free_at(
    column: Column, minute: int, step: int, offers: Sequence[Offer] = ()
) -> Stop:
    """Return the free time that a click at a minute means.

    The offered time there if there is one, else the step, but not before an earlier
    appointment and its buffer have ended.
    """
    for offer in offers:
        if offer.top <= minute < offer.bottom:
            return Stop(offer.top, offer.bottom)
    ends = [card.tail for card in column.cards if card.top <= minute]
    start = max([minute - minute % step, *ends])
    return Stop(start, _next_start(column, start, start - start % step + step))


def _free_steps(
    cards: Sequence[Card], column: Column, shown: Stretch, step: int
) -> list[Stop]:
    taken = [(card.top, card.tail) for card in cards]
    starts = {*range(shown.top, shown.bottom, step)}
    starts |= {bottom for _, bottom in taken if bottom < shown.bottom}
    free = [
        start
        for start in sorted(starts)
        if not any(top <= start < bottom for top, bottom in taken)
    ]
    return [
        Stop(start, _next_start(column, start, start - start % step + step))
        for start in free
    ]


def _next_start(column: Column, start: int, end: int) -> int:
    """Return `end`, or the top of a card that begins before it."""
    tops = [card.top for card in column.cards if start < card.top < end]
    return min([end, *tops])


def _index_of(stops: Sequence[Stop], cursor: Cursor) -> int | None:
    for number, stop in enumerate(stops):
        if cursor.appointment_id is not None:
            if stop.appointment_id == cursor.appointment_id:
                return number
        elif stop.minute == cursor.minute and stop.appointment_id is None:
            return number
    return None
