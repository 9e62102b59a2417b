"""Writes the demo practice, by COPY, in the transaction it is given."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.message_settings import MAIL
from desk_app.db.queries.pipeline import driver_of
from desk_app.db.queries.practice import (
    COUNTRY,
    CURRENCY,
    DEMO_MARK,
    PRACTICE_NAME,
    TIMEZONE,
)
from desk_app.db.queries.settings_rows import SLOT_ALIGNMENT
from desk_app.db.roles import let_in_without_password
from desk_app.domain.interval import Interval
from desk_app.domain.message_settings import MailSettings
from desk_app.domain.queue import State
from desk_app.domain.slots import Alignment
from desk_app.errors import NotAllowed
from desk_app.services.demo import rooms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection
    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Row
    from desk_app.domain.people import Service
    from desk_app.services.demo.clients import Known
    from desk_app.services.demo.messages import Row as Message
    from desk_app.services.demo.practice import DayOverride, Practice
    from desk_app.services.demo.visits import Visit
    from desk_app.services.demo.waiting import Wish

RECEPTION = "demo_reception"
# A server that there cannot be (RFC 2606): nothing of the demo leaves this computer.
_MAIL = MailSettings(host="mail.example.org", sender="front.desk@example.org")
# Any number that nothing else locks.
TURN = 0x6465736B
COUNT_ON = (
    "SELECT setval('provider_provider_id_seq', max(provider_id)) FROM provider",
    "SELECT setval('service_service_id_seq', max(service_id)) FROM service",
    "SELECT setval('room_room_id_seq', max(room_id)) FROM room",
    "SELECT setval('client_client_id_seq', max(client_id)) FROM client",
    "SELECT setval('appointment_appointment_id_seq', max(appointment_id))"
    " FROM appointment",
)

# What the audit log holds of the filling is replaced by what would stand there if
# people had done it all. Its owner alone may take something away.
HISTORY = (
    "SET LOCAL ROLE desk_audit",
    "DELETE FROM audit_log",
    "RESET ROLE",
    # In the order of time: histories are read in the order of writing.
    "INSERT INTO audit_log (at, who, table_name, row_id, action, old, new)"
    " SELECT created_at, created_by, 'appointment', appointment_id, 'INSERT', NULL,"
    "  to_jsonb(a) - '{busy_range,busy_until,booking_key,change_key,created_at,"
    "created_by,cancelled_at,cancellation_reason,cancelled_by,refund_due,"
    "refund_given_at,refund_given_by}'::text[]"
    '  || \'{"status": "CONFIRMED", "version": 1}\''
    " FROM appointment a UNION ALL"
    " SELECT coalesce(cancelled_at, end_time), created_by, 'appointment',"
    "  appointment_id, 'UPDATE', jsonb_build_object('status', 'CONFIRMED',"
    "   'client_id', client_id, 'provider_id', provider_id),"
    "  jsonb_strip_nulls(jsonb_build_object('status', status, 'client_id', client_id,"
    "   'provider_id', provider_id, 'cancelled_by', cancelled_by,"
    "   'cancellation_reason', nullif(cancellation_reason, ''),"
    "   'refund_due', refund_due))"
    " FROM appointment WHERE status IN ('CANCELLED', 'COMPLETED', 'NO_SHOW')"
    " ORDER BY 1",
)


def take_turn(session: Session) -> None:
    """Wait until no other desk fills the demo, and keep others waiting."""
    driver_of(session).execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def read_mark(session: Session) -> object:
    """Return what the demo in this database was made for, None if there is none."""
    cursor = driver_of(session).execute(
        "SELECT value FROM practice_setting WHERE name = %s", [DEMO_MARK]
    )
    row = cursor.fetchone()
    return row[0] if row else None


def wipe(session: Session) -> None:
    """Take away an older demo; raises `NotAllowed` where a real practice is kept."""
    connection = driver_of(session)
    some = "SELECT EXISTS (SELECT FROM provider) OR EXISTS (SELECT FROM client)"
    row = connection.execute(some).fetchone()
    if row is None or not row[0]:
        return
    if read_mark(session) is None:
        raise NotAllowed(
            "This database holds a practice; the demo needs a database of its own."
        )
    connection.execute(
        "TRUNCATE provider, client, outbox, room, location, closure, transfer"
        " RESTART IDENTITY CASCADE"
    )


def write_practice(session: Session, practice: Practice) -> None:
    """Write the settings, providers, services, hours and exceptions."""
    connection = driver_of(session)
    words = practice.words
    alignment = {"kind": Alignment().kind, "minutes": Alignment().minutes}
    _set(
        connection,
        {
            PRACTICE_NAME: words.name,
            TIMEZONE: words.timezone,
            CURRENCY: words.currency,
            COUNTRY: words.country,
            SLOT_ALIGNMENT: alignment,
            MAIL: asdict(_MAIL),
        },
    )
    _copy(
        connection,
        "COPY provider (provider_id, name, type, timezone, colour, bio, email)"
        " FROM STDIN",
        [
            (
                who.provider_id,
                who.name,
                who.type,
                who.timezone,
                who.colour,
                who.bio,
                f"provider.{who.provider_id}@example.org",
            )
            for who in (each.provider for each in practice.staff)
        ],
    )
    _write_services(connection, practice)
    _write_rooms(connection, practice)
    _copy(
        connection,
        "COPY availability (provider_id, day_of_week, start_time, end_time) FROM STDIN",
        [
            (each.provider.provider_id, weekday, window.start, window.end)
            for each in practice.staff
            for weekday, windows in each.hours.items()
            for window in windows
        ],
    )
    _write_overrides(connection, practice)


def write_staff(session: Session, practice: Practice) -> None:
    """Let in the people of the demo; none of them has a password."""
    connection = driver_of(session)
    for person in practice.words.staff:
        let_in_without_password(connection, person.login, person.name, person.role)
        connection.execute(
            "UPDATE provider SET user_id = (SELECT user_id FROM staff_user"
            " WHERE login = %s) WHERE name = %s",
            [person.login, person.provider],
        )


def write_clients(session: Session, clients: Iterable[Known]) -> None:
    """Write the clients."""
    _copy(
        driver_of(session),
        "COPY client (client_id, name, phone, email, notes, language, no_show_count,"
        " no_show_flag, same_day_locked_until) FROM STDIN",
        map(_client_row, clients),
    )


def write_visits(session: Session, practice: Practice, visits: Iterable[Visit]) -> None:
    """Write the appointments, each in its state of today and its room."""
    in_rooms = rooms.usual(practice)
    _copy(
        driver_of(session),
        "COPY appointment (appointment_id, provider_id, client_id, service_id,"
        " start_time, end_time, status, notes, meeting_link, created_at, cancelled_at,"
        " cancellation_reason, cancelled_by, refund_due, refund_given_at,"
        " refund_given_by, arrived_at, seen_at, booked_via,"
        " version, booking_key, created_by, room_id) FROM STDIN",
        (
            (*_visit_row(visit), in_rooms.get(visit.appointment.service_id))
            for visit in visits
        ),
    )


def write_waiting(session: Session, wishes: Iterable[Wish]) -> None:
    """Write who waits for an earlier time."""
    _copy(
        driver_of(session),
        "COPY waitlist_entry (client_id, provider_id, service_name, appointment_id,"
        " is_urgent, until_time, notes, created_at) FROM STDIN",
        [
            (
                wish.client_id,
                wish.provider_id,
                wish.service_name,
                wish.appointment_id,
                wish.is_urgent,
                wish.until_time,
                wish.notes,
                wish.since,
            )
            for wish in wishes
        ],
    )


def write_messages(session: Session, rows: Iterable[Message]) -> None:
    """Write what was told, what is to be told, and what failed."""
    _copy(
        driver_of(session),
        "COPY outbox (kind, appointment_id, payload, dedupe_key, run_at, state,"
        " attempts, last_error, created_at, recipient, channel, sent_to, outcome,"
        " handed_at, settled_at) FROM STDIN",
        map(_message_row, rows),
    )


def finish(session: Session, mark: object) -> None:
    """Let new rows count on from the demo's, and note what it was made for."""
    connection = driver_of(session)
    for statement in (*COUNT_ON, *HISTORY):
        connection.execute(statement)
    connection.execute("ANALYZE provider, service, client, appointment")
    _set(connection, {DEMO_MARK: mark})


def _write_services(connection: Connection[Row], practice: Practice) -> None:
    _copy(
        connection,
        "COPY service (service_id, provider_id, name, duration_minutes,"
        " buffer_time_minutes, price, currency, max_advance_days, cancellation_hours,"
        " is_virtual, colour) FROM STDIN",
        [
            _service_row(offered.service, each.provider.colour)
            for each in practice.staff
            for offered in each.offered
        ],
    )


def _write_rooms(connection: Connection[Row], practice: Practice) -> None:
    named = enumerate(practice.words.rooms, 1)
    _copy(
        connection,
        "COPY room (room_id, name) FROM STDIN",
        [(number, room.name) for number, room in named],
    )
    _copy(
        connection,
        "COPY service_room (service_id, room_id) FROM STDIN",
        rooms.that_do(practice),
    )


def _write_overrides(connection: Connection[Row], practice: Practice) -> None:
    _copy(
        connection,
        "COPY availability_override (provider_id, date, start_time, end_time,"
        " is_blocked, reason, source, starts_at, ends_at) FROM STDIN",
        map(_override_row, practice.overrides),
    )


def _service_row(service: Service, colour: str) -> Row:
    return (
        service.service_id,
        service.provider_id,
        service.name,
        service.duration_minutes,
        service.buffer_minutes,
        service.price.amount,
        service.price.currency,
        service.max_advance_days,
        service.cancellation_hours,
        service.is_virtual,
        colour,
    )


def _client_row(known: Known) -> Row:
    client = known.client
    return (
        client.client_id,
        client.name,
        client.phone,
        client.email,
        client.notes,
        known.language,
        client.no_show_count,
        client.no_show_flag,
        client.locked_out_until,
    )


def _override_row(given: DayOverride) -> Row:
    override, window = given.override, given.window
    exact = override.span if isinstance(override.span, Interval) else None
    return (
        given.provider_id,
        given.day,
        window.start,
        window.end,
        override.is_blocked,
        override.reason,
        override.source,
        exact and exact.start,
        exact and exact.end,
    )


def _message_row(row: Message) -> Row:
    is_open = row.state is State.WAITING
    has_left = row.state in (State.DONE, State.UNSURE)
    return (
        row.kind,
        row.appointment_id,
        json.dumps(row.payload),
        row.dedupe_key,
        row.at,
        row.state,
        row.attempts,
        row.error,
        row.created_at,
        row.recipient,
        row.channel,
        row.sent_to,
        row.outcome,
        row.at if has_left else None,
        None if is_open else row.at,
    )


def _visit_row(visit: Visit) -> Row:
    booked = visit.appointment
    refund = booked.refund_due
    return (
        booked.appointment_id,
        booked.provider_id,
        booked.client_id,
        booked.service_id,
        booked.start,
        booked.end,
        booked.status,
        booked.notes,
        booked.meeting_link,
        visit.created_at,
        booked.cancelled_at,
        booked.cancellation_reason,
        visit.cancelled_by,
        refund.amount if refund else None,
        booked.refund_given_at,
        RECEPTION if booked.refund_given_at else None,
        visit.arrived_at,
        visit.seen_at,
        booked.booked_via,
        booked.version,
        visit.key,
        RECEPTION,
    )


def _set(connection: Connection[Row], settings: dict[str, object]) -> None:
    connection.cursor().executemany(
        "INSERT INTO practice_setting (name, value) VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(name, json.dumps(value)) for name, value in settings.items()],
    )


def _copy(
    connection: Connection[Row], statement: LiteralString, rows: Iterable[Row]
) -> None:
    with connection.cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
