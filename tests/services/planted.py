"""A client whose every trace can be found again: a mark in each text about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db import models
from desk_app.services.booking import Booking
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice

# Each of them must be found before, and none after the client was erased.
MARK = "plantagenet"
PHONE = "+4930987654321"
# One that is known, and that nobody else here has.
ZONE = "Antarctica/Troll"
TEXTS = {
    "name": f"Anna {MARK}",
    "phone": PHONE,
    "email": f"anna@{MARK}.example",
    "push_address": MARK,
    "language": MARK,
    "timezone": ZONE,
    "notes": MARK,
    "created_by": MARK,
}
# Of what was already written about an appointment; it was planned for tomorrow.
OVER = "INTERVAL '400 days'"


def plant(sessions: Sessions, practice: Practice) -> tuple[int, Appointment]:
    """Let a client leave marks everywhere; return their number and a cancelled visit.

    They come as new by a booking, so that its key is a hash of their data too.
    """
    new = factories.new_client(
        name=TEXTS["name"], phone=TEXTS["phone"], email=TEXTS["email"]
    )
    booking = Booking(sessions, factories.clock)
    request = practice.request(client_id=None, new_client=new, notes=MARK)
    booked = booking.book(request)
    number = {"id": booked.client_id, "visit": booked.appointment_id}
    assigned = ", ".join(f"{column} = '{text}'" for column, text in TEXTS.items())
    for statement in (
        f"UPDATE client SET {assigned}, no_show_flag = true WHERE client_id = :id",
        f"UPDATE appointment SET meeting_link = 'https://{MARK}.example',"
        f" notes = notes || ' {MARK}', overridden = 'closed',"
        f" override_reason = '{MARK}', version = version + 1"
        " WHERE appointment_id = :visit",
        "INSERT INTO waitlist_entry (client_id, appointment_id, notes)"
        f" VALUES (:id, :visit, '{MARK}')",
        f"UPDATE waitlist_entry SET notes = notes || '{MARK}'",
        "INSERT INTO walk_in (client_id, appointment_id, service_name, notes)"
        f" VALUES (:id, :visit, '{MARK}', '{MARK}')",
        f"UPDATE walk_in SET notes = notes || '{MARK}', left_at = now()",
        f"UPDATE outbox SET last_error = '{MARK}', payload = payload ||"
        f" jsonb_build_object('to', '{MARK}') WHERE appointment_id = :visit",
        "INSERT INTO outbox (kind, appointment_id, dedupe_key, recipient, channel,"
        f" sent_to, state, outcome, handed_at) VALUES ('confirmation', :visit, 'sent',"
        f" 'CLIENT', 'EMAIL', '{MARK}', 'DONE', 'sent', now())",
        "INSERT INTO meeting (appointment_id, provider_id, kind, external_id, link)"
        f" SELECT :visit, provider_id, 'ROOM', '{MARK}', 'https://{MARK}.example'"
        " FROM appointment WHERE appointment_id = :visit",
        "INSERT INTO external_conflict (appointment_id, kind)"
        " VALUES (:visit, 'OVERLAP')",
    ):
        factories.rows(sessions, statement, **number)
    seen = factories.rows(
        sessions,
        "SELECT version FROM appointment WHERE appointment_id = :visit",
        **number,
    )
    cancelled = booking.cancel(
        factories.cancellation(booked, version=seen[0][0], reason=MARK)
    )
    return booked.client_id, cancelled


def found_in(sessions: Sessions, wanted: str) -> set[str]:
    """Return the tables, and the planner's samples, in which a text stands anywhere.

    Whatever type a column has: rows are searched as JSON, bytes as hexadecimals.
    """
    factories.rows(sessions, "ANALYZE")
    tables = factories.rows(
        sessions,
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace",
    )
    found = {
        name
        for (name,) in tables
        if factories.rows(
            sessions,
            f'SELECT FROM "{name}" t WHERE to_jsonb(t)::text ILIKE :wanted LIMIT 1',
            wanted=f"%{wanted}%",
        )
    }
    samples = factories.rows(
        sessions,
        "SELECT FROM pg_stats s WHERE to_jsonb(s)::text ILIKE :wanted LIMIT 1",
        wanted=f"%{wanted}%",
    )
    return found | ({"pg_stats"} if samples else set())


def texts_of_client() -> set[str]:
    """Return every column of a client that somebody's text can stand in."""
    columns = models.Client.__table__.columns
    return {
        column.name
        for column in columns
        if column.type.python_type is str and column.computed is None
    }
