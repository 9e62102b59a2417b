"""Appointments as calendars outside show them; for the worker's login."""

from __future__ import annotations

from desk_app.db.queries.pipeline import Query
from desk_app.db.queries.practice import PRACTICE_ID
from desk_app.domain.calendar_copy import CalendarCopy


def calendar_copy(appointment_id: int) -> Query[CalendarCopy | None]:
    """Return how an appointment stands now, None if it is gone."""
    return Query(
        "SELECT (SELECT value #>> '{}' FROM practice_setting"
        f"   WHERE name = '{PRACTICE_ID}'), a.appointment_id, a.version,"
        " a.provider_id, a.status <> 'CANCELLED', c.name, a.start_time, a.end_time,"
        " p.timezone, a.meeting_link"
        " FROM appointment a JOIN client c ON c.client_id = a.client_id"
        " JOIN provider p ON p.provider_id = a.provider_id"
        " WHERE a.appointment_id = %(id)s",
        {"id": appointment_id},
        lambda rows: CalendarCopy(*rows[0]) if rows else None,
    )
