"""Writes clients, appointments, the waiting list and the set-up into files.

Lists are the whole practice's data: managers take them out, a provider their own
appointments as a calendar. Each file is written down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from desk_app.db.queries import exports, practice, staff
from desk_app.db.queries.pipeline import ask, pipeline, stream
from desk_app.domain.exports import Exported, FileFormat, Subject
from desk_app.domain.hours import FIRST_DAY, LAST_DAY, day_bounds
from desk_app.domain.interval import Interval
from desk_app.domain.progress import Work
from desk_app.errors import Invalid, NotAllowed
from desk_app.services import transfer
from desk_app.services.exporting import calendar_file, csv_file, tables, xlsx_file
from desk_app.services.exporting.calendar_file import Calendar
from desk_app.services.private_file import drafts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.queries.practice import Practice
    from desk_app.db.session import Sessions
    from desk_app.domain.exports import ExportWish, Selection
    from desk_app.domain.staff import Me
    from desk_app.services.exporting.tables import Table

# Writing may take minutes where the line is slow.
DEADLINE = 3_600.0
# So many rows lie in memory at a time.
PIECE = 1_000

_NAMES = {
    Subject.APPOINTMENTS: "appointments",
    Subject.CLIENTS: "clients",
    Subject.WAITING_LIST: "waiting-list",
    Subject.SETUP: "set-up",
}
_KINDS = {
    Subject.APPOINTMENTS: "EXPORT_APPOINTMENTS",
    Subject.CLIENTS: "EXPORT_CLIENTS",
    Subject.WAITING_LIST: "EXPORT_WAITING_LIST",
    Subject.SETUP: "EXPORT_SETUP",
}


class Exports:
    """What leaves the practice; all raise NotAllowed, Unavailable."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def count(self, wish: ExportWish) -> int:
        """Return how many rows or events a file would have."""
        with self._sessions.begin() as session:
            return _planned(session, wish).total

    def export(self, wish: ExportWish, work: Work | None = None) -> Exported:
        """Write the file, or the files of the set-up as CSV; return where they are.

        Nothing is overwritten. Raises Cancelled, Invalid("folder") for a folder that
        cannot be written to or is full, and Invalid("format") for a subject that is no
        calendar; then there is no file.
        """
        with self._sessions.begin() as session:
            plan = _planned(session, wish)
        told = _Told(work or Work(), plan.total)
        with drafts(wish.folder, plan.file_name, plan.endings) as begun:
            with plan.begin([draft.path for draft in begun.files]) as writer:
                with self._sessions.begin(deadline=DEADLINE) as session:
                    ask(session, exports.patient())
                    for table in plan.tables():
                        with stream(session, table.query, PIECE) as pieces:
                            writer.add(table, told.counted(pieces))
                # Not in the transaction: the server ends one that is idle for long.
                told.packing()
            # Who has cancelled while it was packed wants no file either.
            told.work.token.check()
            with self._sessions.begin() as session:
                for draft in begun.files:
                    transfer.record(session, plan.kind, draft.target.name, told.done)
            return Exported(begun.keep(), told.done)


class _Writer(Protocol):
    """Writes tables into the drafts it was given, whole when its block ends."""

    def add(self, table: Table, pieces: Iterable[list[Any]]) -> None:
        """Write one table."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an export will write, as far as it is known before it is read."""

    wish: ExportWish
    practice: Practice
    place: str
    today: date
    total: int

    @property
    def file_name(self) -> str:
        """What the file is called, without ending: nobody's name stands in it."""
        return f"{_NAMES[self.wish.subject]}-{self.today.isoformat()}"

    @property
    def endings(self) -> list[str]:
        """With what the names of the files end."""
        is_setup = self.wish.subject is Subject.SETUP
        if is_setup and self.wish.format is FileFormat.CSV:
            return [f"-{table.name}.csv" for table in tables.setup()]
        return [f".{self.wish.format.value}"]

    @property
    def kind(self) -> str:
        """What is written down about it."""
        is_calendar = self.wish.format is FileFormat.ICALENDAR
        return "EXPORT_CALENDAR" if is_calendar else _KINDS[self.wish.subject]

    def tables(self) -> tuple[Table, ...]:
        """Return the tables of the file; an event is a row of one without columns."""
        zone, wish = ZoneInfo(self.practice.timezone), self.wish
        if wish.subject is Subject.CLIENTS:
            return (tables.clients(zone),)
        if wish.subject is Subject.WAITING_LIST:
            return (tables.waiting_list(zone),)
        if wish.subject is Subject.SETUP:
            return tables.setup()
        bounds = _bounds(wish.selection, zone)
        if wish.format is FileFormat.ICALENDAR:
            return (tables.events(exports.events(wish.selection, bounds)),)
        return (tables.appointments(zone, exports.visits(wish.selection, bounds)),)

    def begin(self, paths: list[Path]) -> AbstractContextManager[_Writer]:
        """Begin to write into the drafts."""
        if self.wish.format is FileFormat.CSV:
            return csv_file.writing(paths, self.wish.delimiter)
        (path,) = paths
        if self.wish.format is FileFormat.XLSX:
            return xlsx_file.writing(path)
        title = self.practice.name or "Appointments"
        about = Calendar(self.place, title, self.wish.names_clients)
        return calendar_file.writing(path, about)


@dataclass(slots=True)
class _Told:
    """Tells how many rows are written, and hears that the export is to end."""

    work: Work
    total: int
    done: int = 0

    def counted(self, pieces: Iterable[list[Any]]) -> Iterator[list[Any]]:
        """Pass pieces on, and tell of each."""
        for piece in pieces:
            self.work.at(self.done, self.total, "Writing")
            yield piece
            self.done += len(piece)

    def packing(self) -> None:
        """Tell that no row is missing any more."""
        self.work.at(self.done, 0, "Packing the file")


def _planned(session: Session, wish: ExportWish) -> _Plan:
    """Return the plan for who is signed in; raises NotAllowed, Invalid."""
    with pipeline(session) as together:
        me = together.ask(staff.me())
        said = together.ask(practice.practice())
        place = together.ask(practice.practice_id())
        now = together.ask(practice.server_time())
    zone = ZoneInfo(said.get().timezone)
    wish = _allowed(wish, me.get())
    total = ask(session, _count(wish, zone))
    today = now.get().astimezone(zone).date()
    return _Plan(wish, said.get(), place.get(), today, total)


def _count(wish: ExportWish, zone: ZoneInfo) -> Query[int]:
    if wish.subject is Subject.APPOINTMENTS:
        return exports.visit_count(wish.selection, _bounds(wish.selection, zone))
    return {
        Subject.CLIENTS: exports.client_count,
        Subject.WAITING_LIST: exports.waiting_count,
        Subject.SETUP: exports.setup_count,
    }[wish.subject]()


def _bounds(chosen: Selection, zone: ZoneInfo) -> Interval:
    """Return the instants between which its appointments start; raises Invalid."""
    first, last = chosen.first or FIRST_DAY, chosen.last or LAST_DAY
    if not FIRST_DAY <= first <= last <= LAST_DAY:
        raise Invalid("last", "The last day is before the first, or out of range.")
    return Interval(day_bounds(first, zone).start, day_bounds(last, zone).end)


def _allowed(wish: ExportWish, me: Me) -> ExportWish:
    """Return the wish as this person may have it; raises NotAllowed, Invalid."""
    is_calendar = wish.format is FileFormat.ICALENDAR
    if is_calendar and wish.subject is not Subject.APPOINTMENTS:
        raise Invalid("format", "Only appointments can be written as a calendar.")
    if me.may_manage:
        return wish
    if not is_calendar or me.provider_id is None:
        raise NotAllowed
    chosen = replace(wish.selection, provider_ids=(me.provider_id,))
    return replace(wish, selection=chosen)
