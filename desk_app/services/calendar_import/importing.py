"""Bringing a calendar into the practice: read, looked through, written.

Only managers do; the database sees to it. All of it is written in one transaction, or
nothing; `Importing.undo` takes it back as any other import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import imports
from desk_app.db.queries.pipeline import ask
from desk_app.domain.appointment import Appointment
from desk_app.domain.calendar_file.becoming import (
    Becoming,
    CalendarChecked,
    CalendarImported,
)
from desk_app.domain.calendar_file.scan import MOST_BYTES
from desk_app.domain.importing.outcome import SourceFile
from desk_app.domain.policies import Policy
from desk_app.domain.progress import Work
from desk_app.domain.stranding import NOTHING_DECIDED, Decision, Settlement
from desk_app.errors import Invalid, Refused, Strands
from desk_app.services.calendar_import import blocking, reading, visiting
from desk_app.services.importing import appointments, clients
from desk_app.services.importing.importing import (
    DEADLINE,
    LONGEST_FILE_NAME,
    Importing,
)

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.db.session import Sessions
    from desk_app.domain.calendar_file.becoming import CalendarWish
    from desk_app.domain.calendar_file.events import CalendarRead, Days
    from desk_app.domain.importing.outcome import TakenBack

NOBODY_LOOKS = Work()


class CalendarImport:
    """Brings the events of other calendars in."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def open(self, path: Path) -> SourceFile:
        """Return a file of this computer; raises Invalid("file")."""
        try:
            if path.stat().st_size > MOST_BYTES:
                words = (
                    "This file is larger than 50 megabytes. Export a shorter period."
                )
                raise Invalid("file", words)
            return SourceFile(path.name[-LONGEST_FILE_NAME:], path.read_bytes())
        except OSError as error:
            words = f"This file cannot be read: {error.strerror or 'no reason given'}."
            raise Invalid("file", words) from None

    def read(
        self, file: SourceFile, days: Days, work: Work = NOBODY_LOOKS
    ) -> CalendarRead:
        """Return the events of a file on these days; raises Cancelled."""
        return reading.read(file.name, file.data, days, work)

    def check(
        self, read: CalendarRead, wish: CalendarWish, work: Work = NOBODY_LOOKS
    ) -> CalendarChecked:
        """Return what would become of the events, and what is wrong with them.

        Writes nothing. Raises NotFound, Cancelled.
        """
        if read.faults:
            return CalendarChecked(read, wish, faults=read.faults)
        if wish.becoming is Becoming.BLOCKS:
            return blocking.check(self._sessions, read, wish, work)
        return visiting.check(self._sessions, read, wish, work)

    def write(
        self, checked: CalendarChecked, work: Work = NOBODY_LOOKS
    ) -> CalendarImported:
        """Write all that was checked, or nothing.

        Raises Cancelled, NotAllowed for who is no manager, SlotTaken and
        Refused("busy") where somebody has booked one of the times meanwhile, Invalid
        for a file with faults.
        """
        if checked.faults:
            raise Invalid("file", "There are faults in this file.")
        try:
            return self._written(checked, NOTHING_DECIDED, work)
        except Strands as found:
            if not checked.wish.stays_booked:
                words = "Somebody has booked one of these times. Check the file again."
                raise Refused(Policy.BUSY, words) from None
            return self._written(checked, _kept(found), work)

    def undo(self, transfer_id: int, work: Work = NOBODY_LOOKS) -> TakenBack:
        """Take it back, as any other import."""
        return Importing(self._sessions).undo(transfer_id, work)

    def _written(
        self, checked: CalendarChecked, settlement: Settlement, work: Work
    ) -> CalendarImported:
        reminders = 0
        with self._sessions.begin(deadline=DEADLINE) as session:
            begin = imports.begin("IMPORT_CALENDAR", checked.read.file_name)
            number = ask(session, begin)
            if checked.blocks:
                blocking.write(session, number, checked, settlement, work)
            if checked.visits:
                people = clients.write(session, number, checked.new, work)
                reminders = appointments.write(session, number, checked, people, work)
            work.token.check()
            ask(session, imports.end(number, checked.rows, {}))
        return CalendarImported(
            number,
            blocks=len(checked.blocks),
            visits=len(checked.visits),
            clients=len(checked.new),
            reminders=reminders,
        )


def _kept(found: Strands) -> Settlement:
    """Let every appointment stay where it is."""
    return Settlement(
        tuple(
            Decision(each.appointment_id, each.version)
            for each in found.appointments
            if isinstance(each, Appointment)
        )
    )
