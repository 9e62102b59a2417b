"""Bringing a file into the practice: read, looked through, written, taken back.

Only managers do; the database sees to it. Nothing is written before every line is
right, all rows are written in one transaction, and none when somebody cancels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import imports
from desk_app.db.queries.pipeline import ask
from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.decoding import LONGEST_FILE
from desk_app.domain.importing.outcome import Checked, Imported, SourceFile, TakenBack
from desk_app.domain.importing.reading import read
from desk_app.domain.progress import Work
from desk_app.domain.spreadsheet import safe_field
from desk_app.errors import Invalid
from desk_app.services import private_file
from desk_app.services.importing import appointments, clients

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.importing.outcome import ImportLine
    from desk_app.domain.importing.plan import Options, Reading

# One import may last so long, in seconds.
DEADLINE = 900.0
LONGEST_FILE_NAME = 255
KINDS = {
    Subject.CLIENTS: "IMPORT_CLIENTS",
    Subject.APPOINTMENTS: "IMPORT_APPOINTMENTS",
}
NOBODY_LOOKS = Work()


class Importing:
    """Brings clients and appointments of other programs in, and takes them back."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def open(self, path: Path) -> SourceFile:
        """Return a file of this computer; raises Invalid("file")."""
        try:
            if not path.is_file():
                raise Invalid("file", "There is no such file.")
            if path.stat().st_size > LONGEST_FILE:
                words = "This file is larger than 100 MB. Split it."
                raise Invalid("file", words)
            return SourceFile(path.name, path.read_bytes())
        except OSError as error:
            words = f"This file cannot be read: {error.strerror or 'no reason given'}."
            raise Invalid("file", words) from None

    def read(
        self, file: SourceFile, subject: Subject, options: Options | None = None
    ) -> Reading:
        """Return what is recognised of a file; what `options` say counts."""
        return read(file.data, subject, options)

    def check(
        self,
        file: SourceFile,
        subject: Subject,
        options: Options | None = None,
        work: Work = NOBODY_LOOKS,
    ) -> Checked:
        """Look through every line; return what would be written, and what is wrong.

        Writes nothing. Raises Cancelled.
        """

        def tell() -> None:
            work.at(0, 0, "Reading the file")

        tell()
        reading = read(file.data, subject, options, tell)
        if reading.faults:
            return Checked(reading, file.name, faults=reading.faults)
        if subject is Subject.CLIENTS:
            return clients.check(self._sessions, reading, file.name, work)
        return appointments.check(self._sessions, reading, file.name, work)

    def write(
        self, checked: Checked, subject: Subject, work: Work = NOBODY_LOOKS
    ) -> Imported:
        """Write all that was checked, or nothing.

        Raises Cancelled, NotAllowed for who is no manager, SlotTaken where somebody
        has booked one of the times meanwhile, Invalid for a file with faults.
        """
        if checked.faults:
            raise Invalid("file", "There are faults in this file.")
        with self._sessions.begin(deadline=DEADLINE) as session:
            begin = imports.begin(KINDS[subject], storable(checked.file_name))
            transfer_id = ask(session, begin)
            numbers = clients.write(session, transfer_id, checked.new, work)
            filled = clients.fill(session, checked.fillings, work)
            reminders = 0
            if checked.visits:
                reminders = appointments.write(
                    session, transfer_id, checked, numbers, work
                )
            rows = len(checked.new) + len(checked.visits) + len(filled)
            work.token.check()
            ask(session, imports.end(transfer_id, rows, filled))
        return Imported(
            transfer_id,
            clients=len(checked.new),
            filled=len(filled),
            visits=len(checked.visits),
            reminders=reminders,
        )

    def save_faults(self, path: Path, faults: tuple[Fault, ...]) -> Path:
        """Write what is wrong into a CSV file; raises Invalid("folder")."""
        lines = ["Line,Column,What is wrong,What stands there"]
        for each in faults:
            cells = (str(each.line), each.column, each.words, each.text)
            lines.append(",".join(map(_quoted, cells)))
        # With a mark, by which Excel knows the letters.
        text = "\ufeff" + "\r\n".join(lines) + "\r\n"
        private_file.write_over(path.parent, path.name, text)
        return path

    def imports(self) -> tuple[ImportLine, ...]:
        """Return what was imported so far, the latest first."""
        with self._sessions.begin() as session:
            return ask(session, imports.imports())

    def undo(self, transfer_id: int, work: Work = NOBODY_LOOKS) -> TakenBack:
        """Take an import back, but for what somebody has used since.

        Raises Cancelled, Refused if it was taken back already, NotFound, NotAllowed.
        """
        with self._sessions.begin(deadline=DEADLINE) as session:
            before = ask(session, imports.count_of(transfer_id))
            drop = _Dropping(session, transfer_id, before, work)
            drop.all_of(imports.drop_appointments)
            drop.all_of(imports.drop_clients)
            ask(session, imports.undo(transfer_id))
            kept = ask(session, imports.still_there(transfer_id))
        return TakenBack(before - len(kept), kept)


def storable(file_name: str) -> str:
    """Return the name of a file with "_" for what cannot be seen, its end if long."""
    shown = "".join(char if char.isprintable() else "_" for char in file_name)
    return shown[-LONGEST_FILE_NAME:]


def _quoted(cell: str) -> str:
    """Return a cell that no spreadsheet computes."""
    safe = safe_field(cell).replace('"', '""')
    return f'"{safe}"'


class _Dropping:
    """Takes rows back, some at a time, and tells how far it has come."""

    def __init__(
        self, session: Session, transfer_id: int, total: int, work: Work
    ) -> None:
        self._session = session
        self._transfer_id = transfer_id
        self._total = total
        self._work = work
        self._done = 0

    def all_of(self, drop: Callable[[int, int, int], Query[int]]) -> None:
        """Look at all rows of one kind."""
        last = 0
        while True:
            self._work.at(min(self._done, self._total), self._total, "Taking back")
            after = ask(self._session, drop(self._transfer_id, last, clients.BATCH))
            if not after:
                return
            last = after
            self._done += clients.BATCH
