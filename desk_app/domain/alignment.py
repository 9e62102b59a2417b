"""Where the slots of an open window start: a choice of the practice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AlignmentKind(StrEnum):
    """Where the slots of a window start."""

    BACK_TO_BACK = "BACK_TO_BACK"
    EVERY = "EVERY"
    AFTER_LAST = "AFTER_LAST"


@dataclass(frozen=True, slots=True)
class Alignment:
    """The practice's setting "slot_alignment".

    BACK_TO_BACK steps from a window's start by duration and buffer, EVERY by
    `minutes` (1 to 1440), AFTER_LAST as BACK_TO_BACK but anew from the end of each
    busy range. `minutes` counts for EVERY only.
    """

    kind: AlignmentKind = AlignmentKind.BACK_TO_BACK
    minutes: int = 15

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= 1440:
            raise ValueError("slots start every 1 to 1440 minutes")
