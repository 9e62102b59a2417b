"""What was done with an appointment or a client, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import appointments, history, practice
from desk_app.db.queries.pipeline import pipeline
from desk_app.domain.history import ChangedVisit, Changes, Since, Story
from desk_app.services.contact import phone_writer
from desk_app.services.retelling import Names, Retelling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desk_app.db.queries.history import AuditRow, Standing
    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.history import Entry

# Rows of the log; some tell of more than one thing.
LATEST = 200


class History:
    """Tells histories as far as this login may read them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of_appointment(self, appointment_id: int, limit: int = LATEST) -> Story:
        """Return what was done with one appointment, the latest `limit` deeds."""
        rows = history.of_appointment(appointment_id, limit + 1)
        return self._told(rows, history.standing(appointment_id), limit)

    def of_client(self, client_id: int, limit: int = LATEST) -> Story:
        """Return what was done with a client's data and all their appointments."""
        rows = history.of_client(client_id, limit + 1)
        return self._told(rows, history.standing_of_client(client_id), limit)

    def since(self, asked: Since) -> Changes:
        """Return what others did to appointments since then, the latest first.

        Telling goes back from how an appointment stands now, so that deeds of one's
        own among those of others leave no gap in it: only places may be told as they
        are now.
        """
        rows = history.of_others(asked.login, asked.since, LATEST + 1)
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                found = together.ask(rows)
                providers = together.ask(history.provider_names())
                services = together.ask(history.service_names())
                people = together.ask(history.people_names())
                rooms = together.ask(history.room_names())
                show = phone_writer(together.ask(practice.practice()))
            kept = found.get()[:LATEST]
            ids = list(dict.fromkeys(int(row.row_id) for row in kept))
            with pipeline(session) as together:
                stands = together.ask(history.standing_of(ids))
                visits = together.ask(appointments.of_numbers(ids, show))
        names = Names(providers.get(), services.get(), people.get(), show, rooms.get())
        now = {one.appointment_id: one for one in visits.get()}
        changed = tuple(
            ChangedVisit(number, _entries(number, kept, names, stands.get()), one)
            for number in ids
            for one in (now.get(number),)
        )
        return Changes(changed, has_older=len(found.get()) > LATEST)

    def _told(
        self,
        rows: Query[tuple[AuditRow, ...]],
        standing: Query[dict[str, Standing]],
        limit: int,
    ) -> Story:
        """Read in one round trip; one row more than asked for tells of older ones."""
        with self._sessions.begin() as session, pipeline(session) as together:
            found = together.ask(rows)
            stands = together.ask(standing)
            providers = together.ask(history.provider_names())
            services = together.ask(history.service_names())
            people = together.ask(history.people_names())
            rooms = together.ask(history.room_names())
            show = phone_writer(together.ask(practice.practice()))
        names = Names(providers.get(), services.get(), people.get(), show, rooms.get())
        entries = Retelling(names, stands.get()).tell(found.get()[:limit])
        return Story(entries, has_older=len(found.get()) > limit)


def _entries(
    number: int,
    kept: Sequence[AuditRow],
    names: Names,
    stands: Mapping[str, Standing],
) -> tuple[Entry, ...]:
    """Retell the rows of one appointment, oldest first."""
    of_it = [row for row in kept if row.row_id == str(number)]
    return Retelling(names, stands).tell(of_it)
