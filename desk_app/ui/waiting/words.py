"""The words of the waiting room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.deeds import Mark
from desk_app.ui import format as written
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import date, timedelta
    from zoneinfo import ZoneInfo

    from desk_app.domain.waiting_room import Consequences


def tr(text: str, *values: str) -> str:
    """Translate a text of the waiting room; %1, %2 stand for `values`."""
    return filled(QCoreApplication.translate("WaitingRoom", text), *values)


def minutes(length: timedelta) -> str:
    """Return for example "7 min" or "1 h 05 min"."""
    whole = max(int(length.total_seconds() // 60), 0)
    if whole < 60:
        return tr("%1 min", str(whole))
    return tr("%1 h %2 min", str(whole // 60), f"{whole % 60:02}")


def done(mark: Mark) -> str:
    """Return the line that says what was marked, with a %1 for the visit."""
    return {
        Mark.EXPECTED: tr("Expected again: %1"),
        Mark.ARRIVED: tr("Arrived: %1"),
        Mark.WITH_PROVIDER: tr("With the provider: %1"),
        Mark.LEFT: tr("Left: %1"),
        Mark.COMPLETED: tr("Completed: %1"),
        Mark.NO_SHOW: tr("Did not come: %1"),
    }[mark]


def refused(mark: Mark) -> str:
    """Return the sentence that it was not marked, with a %1 for the visit."""
    if mark is Mark.NO_SHOW:
        return tr("Not marked as missed: %1.")
    return tr("Not marked: %1.")


def consequences(follows: Consequences, zone: ZoneInfo, today: date) -> list[str]:
    """Return line by line what a no-show leads to."""
    lines = []
    if follows.kept is not None:
        amount = written.money(follows.kept)
        lines.append(tr("No refund: %1 is kept.", amount))
    if follows.is_flagged:
        lines.append(tr("The client is flagged: everybody who books sees it."))
    if follows.locked_until is not None:
        until = written.moment(follows.locked_until, zone, today)
        lines.append(tr("No booking for the same day until %1.", until))
    return lines or [tr("It is counted, and nothing else follows.")]
