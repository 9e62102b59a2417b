"""What clients may ask of a practice: all that is kept about them, and to be forgotten.

The database decides who may do it; erasing is for managers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import practice, rights, settings_rows, staff
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.progress import Progress, Work
from desk_app.domain.rights import Retention, Saved
from desk_app.domain.staff import Role
from desk_app.errors import NotAllowed, NotFound
from desk_app.services.client_data import ClientData
from desk_app.services.private_file import write_all

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.rights import Counts, Due
    from desk_app.domain.staff import Me

# Everything is read at once, also what twenty years have left.
DEADLINE = 60.0


class Rights:
    """Exports and erases clients, and knows who has been kept long enough."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def counts(self, client_id: int) -> Counts:
        """Return how much is kept about a client; raises NotFound if erased."""
        with self._sessions.begin() as session:
            found = ask(session, rights.counts(client_id))
        if found is None:
            raise NotFound
        return found

    def export(self, client_id: int) -> ClientData:
        """Return all that is kept about a client.

        Raises NotFound, and NotAllowed for a provider, who does not see all of it.
        """
        with self._sessions.begin(deadline=DEADLINE) as session:
            with pipeline(session) as together:
                me = together.ask(staff.me())
                said = together.ask(practice.practice())
                client = together.ask(rights.client(client_id))
                visits = together.ask(rights.visits(client_id))
                waiting = together.ask(rights.waiting(client_id))
                walk_ins = together.ask(rights.walk_ins(client_id))
                tasks = together.ask(rights.tasks(client_id))
                conflicts = together.ask(rights.conflicts(client_id))
                merged = together.ask(rights.merged_entries(client_id))
                merges = together.ask(rights.merges(client_id))
                changes = together.ask(rights.changes(client_id))
                now = together.ask(practice.server_time())
            _require_whole_view(me.get())
            known = client.get()
            if known is None:
                raise NotFound
            return ClientData(
                practice=said.get().name,
                timezone=said.get().timezone,
                exported_at=now.get(),
                exported_by=me.get().shown_name,
                client=known,
                appointments=visits.get(),
                waiting_list=waiting.get(),
                walk_ins=walk_ins.get(),
                tasks=tasks.get(),
                conflicts=conflicts.get(),
                merged_entries=merged.get(),
                merges=merges.get(),
                changes=changes.get(),
            )

    def save(self, client_id: int, folder: Path) -> Saved:
        """Export a client into two files that only this person may read.

        Raises as `export`, and Invalid("folder"); then there is no file.
        """
        data = self.export(client_id)
        contents = {".html": data.to_page(), ".json": data.to_json()}
        written = write_all(folder, data.file_name, contents)
        return Saved(page=written[".html"], data=written[".json"])

    def erase(self, client_id: int) -> None:
        """Forget a client; their appointments stay, as times and prices of nobody.

        May be called again. Raises Refused while appointments are to come, NotAllowed
        for all but managers, NotFound.
        """
        self._sessions.run(lambda session: ask(session, rights.erase(client_id)))

    def retention(self) -> Retention:
        """Return how long clients are kept, and who is past that; for managers."""
        with self._sessions.begin(deadline=DEADLINE) as session:
            _require_manager(session)
            years = ask(session, settings_rows.access_settings()).retention_years
            return Retention(years, ask(session, rights.due(years)))

    def due_for_erasure(self) -> tuple[Due, ...]:
        """Return whose last visit ended, or who was entered, too long ago.

        Nobody with an appointment to come, nobody on the waiting list; nobody at all
        where the practice keeps its clients for ever. For managers.
        """
        return self.retention().due

    def erase_due(self, work: Work | None = None) -> int:
        """Erase everybody who is due, one by one; return how many were.

        Each is looked at once more, so that who has come back meanwhile stays. Who is
        erased stays erased when the work is cancelled: it ends early, and says how
        many were. For managers.
        """
        work = work or Work()
        due = self.due_for_erasure()
        erased = 0
        for number, client in enumerate(due, start=1):
            if work.token.is_cancelled:
                break
            erased += self._erased_if_due(client.client_id)
            work.report(Progress(number, len(due), "Erasing"))
        return erased

    def _erased_if_due(self, client_id: int) -> bool:
        def work(session: Session) -> bool:
            with pipeline(session) as together:
                together.ask(rights.lock(client_id))
                said = together.ask(settings_rows.access_settings())
            years = said.get().retention_years
            return ask(session, rights.erase_if_due(client_id, years))

        return self._sessions.run(work)


def _require_manager(session: Session) -> None:
    if not ask(session, staff.me()).may_manage:
        raise NotAllowed


def _require_whole_view(me: Me) -> None:
    if me.role is Role.PROVIDER:
        raise NotAllowed
