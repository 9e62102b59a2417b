"""What a person decides about stranded appointments, until it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING
from uuid import uuid4

from desk_app.domain.appointment import CancelledBy
from desk_app.domain.policies import refund_due
from desk_app.domain.stranding import Decision, Fate, Settlement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Money
    from desk_app.domain.rebooking import Proposal
    from desk_app.domain.slots import Opening


class Since(Enum):
    """What happened to an appointment since the list was shown the last time."""

    NOTHING = auto()
    NEW = auto()
    """It was booked, or moved here, meanwhile."""
    CHANGED = auto()
    """Somebody changed it: it has to be decided about again."""
    LOST = auto()
    """The time it was to go to is not free any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One appointment and its fate; a MOVE goes to the opening at `place`."""

    appointment: Appointment
    fate: Fate = Fate.KEEP
    place: int = 0
    openings: tuple[Opening, ...] = ()
    since: Since = Since.NOTHING

    @property
    def goes_to(self) -> Opening | None:
        """The opening that was chosen, None for none."""
        return self.openings[self.place] if self.fate is Fate.MOVE else None


class Choices:
    """All stranded appointments by start, and what was decided about each.

    What was decided in an earlier round counts still for those that stand as before.
    """

    def __init__(
        self, appointments: Sequence[Appointment], earlier: Settlement | None = None
    ) -> None:
        known = {} if earlier is None else _by_number(earlier)
        self._wished = known
        self.rows = [
            _row(each, known, is_first=earlier is None)
            for each in sorted(appointments, key=lambda a: (a.start, a.appointment_id))
        ]

    def offer(self, proposals: Sequence[Proposal]) -> None:
        """Learn which times are free; a time that was chosen before and is, stays."""
        openings = {p.appointment.appointment_id: p.openings for p in proposals}
        for number, row in enumerate(self.rows):
            found = openings.get(row.appointment.appointment_id, ())
            self.rows[number] = replace(row, openings=found)
            self._restore(number)

    def keep(self, number: int) -> None:
        """Leave an appointment where it is."""
        self._decide(number, fate=Fate.KEEP)

    def cancel(self, number: int) -> None:
        """Let the practice cancel it."""
        self._decide(number, fate=Fate.CANCEL)

    def move(self, number: int, place: int) -> bool:
        """Move it to one of its openings; False if another one goes there."""
        row = self.rows[number]
        if not 0 <= place < len(row.openings):
            return False
        if self._is_given(number, row.openings[place]):
            return False
        self._decide(number, fate=Fate.MOVE, place=place)
        return True

    def move_to_first(self, number: int) -> bool:
        """Move it to the nearest opening that nobody else was given."""
        places = range(len(self.rows[number].openings))
        return any(self.move(number, place) for place in places)

    def count(self, fate: Fate) -> int:
        """Return how many have this fate."""
        return sum(row.fate is fate for row in self.rows)

    def given_back(self, now: datetime) -> tuple[Money, ...]:
        """Return what is given back to those that are cancelled, by currency."""
        sums: dict[str, Money] = {}
        for row in self.rows:
            if row.fate is Fate.CANCEL:
                due = refund_due(row.appointment, CancelledBy.PRACTICE, now)
                was = sums.get(due.currency)
                amount = due.amount if was is None else due.amount + was.amount
                sums[due.currency] = replace(due, amount=amount)
        return tuple(money for money in sums.values() if money.amount)

    def settlement(self, reason: str) -> Settlement:
        """Return all of it, under a key of its own."""
        return Settlement(tuple(map(_decision, self.rows)), reason, uuid4())

    def _decide(self, number: int, *, fate: Fate, place: int = 0) -> None:
        row = self.rows[number]
        self.rows[number] = replace(row, fate=fate, place=place, since=Since.NOTHING)

    def _restore(self, number: int) -> None:
        row = self.rows[number]
        wish = self._wished.get(row.appointment.appointment_id)
        if wish is None or wish.fate is not Fate.MOVE or row.since is Since.CHANGED:
            return
        places = [
            place
            for place, opening in enumerate(row.openings)
            if (opening.provider_id, opening.start) == (wish.provider_id, wish.start)
        ]
        if not (places and self.move(number, places[0])):
            self.rows[number] = replace(row, fate=Fate.KEEP, since=Since.LOST)

    def _is_given(self, number: int, wanted: Opening) -> bool:
        others = [row.goes_to for at, row in enumerate(self.rows) if at != number]
        return any(
            other.provider_id == wanted.provider_id
            and other.start < wanted.end
            and wanted.start < other.end
            for other in others
            if other is not None
        )


def _by_number(earlier: Settlement) -> dict[int, Decision]:
    return {each.appointment_id: each for each in earlier.decisions}


def _row(
    appointment: Appointment, known: dict[int, Decision], *, is_first: bool
) -> Row:
    wish = known.get(appointment.appointment_id)
    if wish is None:
        return Row(appointment, since=Since.NOTHING if is_first else Since.NEW)
    if wish.version != appointment.version:
        return Row(appointment, since=Since.CHANGED)
    # Where it goes is restored once the free times are known.
    is_known = wish.fate in (Fate.KEEP, Fate.CANCEL)
    return Row(appointment, wish.fate if is_known else Fate.KEEP)


def _decision(row: Row) -> Decision:
    appointment, opening = row.appointment, row.goes_to
    return Decision(
        appointment.appointment_id,
        appointment.version,
        row.fate,
        opening.provider_id if opening else 0,
        opening.start if opening else None,
    )
