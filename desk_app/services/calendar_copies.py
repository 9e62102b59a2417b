"""What calendars outside should show of appointments; for the worker's login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries.calendar_copies import calendar_copy
from desk_app.db.queries.pipeline import ask

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.calendar_copy import CalendarCopy


class CalendarCopies:
    """Reads appointments as they are now; raises Unavailable."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of(self, appointment_id: int) -> CalendarCopy | None:
        """Return an appointment as a calendar should show it, None if it is gone."""
        with self._sessions.begin() as session:
            return ask(session, calendar_copy(appointment_id))
