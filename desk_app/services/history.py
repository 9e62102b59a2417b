"""What was done with an appointment or a client, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import history, practice
from desk_app.db.queries.pipeline import pipeline
from desk_app.domain.history import Story
from desk_app.services.contact import phone_writer
from desk_app.services.retelling import Names, Retelling

if TYPE_CHECKING:
    from desk_app.db.queries.history import AuditRow, Standing
    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions

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
            show = phone_writer(together.ask(practice.practice()))
        names = Names(providers.get(), services.get(), people.get(), show)
        entries = Retelling(names, stands.get()).tell(found.get()[:limit])
        return Story(entries, has_older=len(found.get()) > limit)
