"""What the page for calendars is given: who and what there is, and ways to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from desk_app.domain.calendar_file.becoming import (
        CalendarChecked,
        CalendarImported,
        CalendarWish,
    )
    from desk_app.domain.calendar_file.events import Days
    from desk_app.domain.importing.outcome import TakenBack
    from desk_app.domain.progress import Work
    from desk_app.domain.schedule import Catalogue
    from desk_app.ui.around import Around
    from desk_app.ui.dialogs.ports import Failed, Then


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A file to look through, and what that tells of itself."""

    path: Path
    days: Days
    wish: CalendarWish
    work: Work


@dataclass(frozen=True, slots=True)
class WriteRun:
    """What is to be written, and what that tells of itself."""

    checked: CalendarChecked
    work: Work


@dataclass(frozen=True, slots=True)
class UndoRun:
    """An import to take back, and what that tells of itself."""

    transfer_id: int
    work: Work


@dataclass(frozen=True, slots=True)
class CalendarPorts:
    """Whom and what events can be for, the day and the clock, and the ways to do it."""

    catalogue: Catalogue
    today: date
    zone: ZoneInfo
    check: Callable[[CheckRun, Then[CalendarChecked], Failed], None]
    write: Callable[[WriteRun, Then[CalendarImported], Failed], None]
    undo: Callable[[UndoRun, Then[TakenBack], Failed], None]


def calendar_ports(around: Around) -> CalendarPorts:
    """Return what the page is given in the window."""
    service = around.desk.calendar_import

    def check(run: CheckRun) -> CalendarChecked:
        read = service.read(service.open(run.path), run.days, run.work)
        return service.check(read, run.wish, run.work)

    return CalendarPorts(
        around.practice.catalogue,
        around.practice.today(),
        around.practice.zone,
        around.port(check),
        around.port(lambda run: service.write(run.checked, run.work)),
        around.port(lambda run: service.undo(run.transfer_id, run.work)),
    )
