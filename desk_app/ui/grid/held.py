"""Times that other desks are booking at this moment, as the grid shows them.

How long one lasts is counted from when it was heard: the desk's clock may be another
than the server's. What nobody renews any more goes by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.ui.grid.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from desk_app.domain.holds import Hold
    from desk_app.ui.grid.columns import Column
    from desk_app.ui.grid.view import DiaryView

_TICK_MS = 500
# A desk that is still there renews a hold long before so little is left.
_FEW_SECONDS = 15


@dataclass(frozen=True, slots=True)
class HeldTime:
    """One hold, with its beginning and its end on this computer's steady clock."""

    hold: Hold
    since: float
    until: float

    def who(self) -> str:
        """Return who is booking, and at which desk."""
        hold = self.hold
        name = hold.name or hold.held_by
        return f"{name}, {hold.desk}" if hold.desk else name

    def how_long(self, now: float) -> str:
        """Return for how long, or when it ends if its desk renews it no more."""
        left = max(0, round(self.until - now))
        if left < _FEW_SECONDS:
            return tr("ends in %1 s", str(left))
        held = max(0, round(now - self.since))
        return tr("for %1", f"{held // 60}:{held % 60:02}")


@dataclass(frozen=True, slots=True)
class HeldMark:
    """A hold where it is drawn, with its words."""

    column: int
    top: int
    bottom: int
    title: str
    detail: str


class Held(QObject):
    """Keeps the holds of others, and lets the grid draw them while they last."""

    def __init__(self, view: DiaryView) -> None:
        super().__init__(view)
        self._view = view
        self._times: tuple[HeldTime, ...] = ()
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    @property
    def times(self) -> Sequence[HeldTime]:
        """All that are held by others now."""
        return self._times

    def show(self, holds: Iterable[Hold]) -> None:
        """Show these holds, and no others."""
        self._repaint()
        now = monotonic()
        self._times = tuple(
            HeldTime(
                hold,
                now - hold.held_for.total_seconds(),
                now + hold.left.total_seconds(),
            )
            for hold in holds
        )
        self._repaint()
        if self._times:
            self._tick.start()
        else:
            self._tick.stop()

    def marks(self) -> Iterator[HeldMark]:
        """Return where each is drawn."""
        now = monotonic()
        for number, column in enumerate(self._view.columns):
            for held in self._times:
                if _is_in(held, column):
                    top, bottom = column.clock.hull(held.hold.start, held.hold.end)
                    title = tr("%1 is booking", held.hold.name or held.hold.held_by)
                    yield HeldMark(number, top, bottom, title, _detail(held, now))

    def words_at(self, number: int, minute: int) -> str:
        """Return who is booking this time, "" for nobody."""
        now = monotonic()
        for mark, held in zip(self.marks(), self._in_order(), strict=False):
            if mark.column == number and mark.top <= minute < mark.bottom:
                return tr("%1 is booking it, %2", held.who(), held.how_long(now))
        return ""

    def _in_order(self) -> Iterator[HeldTime]:
        for column in self._view.columns:
            yield from (held for held in self._times if _is_in(held, column))

    @Slot()
    def _on_tick(self) -> None:
        now = monotonic()
        self._repaint()
        self._times = tuple(held for held in self._times if now < held.until)
        if not self._times:
            self._tick.stop()

    def _repaint(self) -> None:
        view = self._view
        for mark in self.marks():
            view.update_content(
                view.frame.span_rect(mark.column, mark.top, mark.bottom)
            )


def _is_in(held: HeldTime, column: Column) -> bool:
    hold, clock = held.hold, column.clock
    is_theirs = hold.provider_id == column.provider_id
    return is_theirs and hold.start < clock.end and clock.start < hold.end


def _detail(held: HeldTime, now: float) -> str:
    parts = (held.hold.desk, held.how_long(now))
    return " · ".join(part for part in parts if part)
