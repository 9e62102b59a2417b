"""A morning to show by what the choice of an alignment means; all in minutes."""

from __future__ import annotations

from desk_app.domain.alignment import Alignment, AlignmentKind
from desk_app.domain.slots import Pace, sweep

OPENS, CLOSES = 8 * 60, 12 * 60
BOOKED = (9 * 60 + 30, 9 * 60 + 50)
VISIT = 45


def example_starts(alignment: Alignment) -> list[int]:
    """Return when visits of 45 minutes could start, in minutes after midnight.

    The morning is open from 8 to 12, and somebody is booked from 9:30 to 9:50.
    """
    every = alignment.kind is AlignmentKind.EVERY
    step = alignment.minutes if every else VISIT
    pace = Pace(VISIT, VISIT, step, alignment.kind is AlignmentKind.AFTER_LAST)
    return sweep([(OPENS, CLOSES)], [BOOKED], pace, OPENS)
