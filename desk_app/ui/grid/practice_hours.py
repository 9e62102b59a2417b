"""The practice's hours beside those of columns that go by another clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.ui import format as written
from desk_app.ui.grid.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from desk_app.ui.grid.clock import WallClock


class PracticeHours:
    """What the practice's clock shows at the minutes of the grid's axis.

    Needed only if all columns go by one clock that differs from the practice's; where
    several clocks are shown, the heads of the columns name theirs.
    """

    def __init__(self, clocks: Sequence[WallClock], practice: ZoneInfo | None) -> None:
        self._clocks, self._practice = tuple(clocks), practice
        self._texts: dict[int, str] = {}
        is_one = len({clock.zone for clock in clocks}) == 1
        self.are_needed = practice is not None and is_one and self._differs(practice)

    @property
    def places(self) -> tuple[str, str]:
        """The practice's place and that of the columns."""
        here = written.place(self._practice) if self._practice else ""
        return here, written.place(self._clocks[0].zone) if self._clocks else ""

    @property
    def note(self) -> str:
        """Whose clock is which, in a sentence."""
        return tr("Left: %1 time. Right: %2 time, as in the columns.", *self.places)

    def text(self, minute: int) -> str:
        """Return "10:00"; "" where the shown days do not agree, or for no such time."""
        if not self.are_needed or self._practice is None:
            return ""
        if minute not in self._texts:
            found = set()
            for clock in self._clocks:
                start = clock.instant(minute)
                found.add(written.time(start, self._practice) if start else "")
            self._texts[minute] = found.pop() if len(found) == 1 else ""
        return self._texts[minute]

    def _differs(self, practice: ZoneInfo) -> bool:
        return any(
            written.differs(moment, clock.zone, practice)
            for clock in self._clocks
            for moment in (clock.start, clock.end)
        )
