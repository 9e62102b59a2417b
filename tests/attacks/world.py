"""A practice with somebody in every role, and with secrets where they belong."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import psycopg
from psycopg import conninfo

from desk_app.db import roles
from desk_app.db.roles import Group
from desk_app.db.session import open_sessions
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.staff import StaffList
from tests.postgres import PASSWORD, make_login

if TYPE_CHECKING:
    from collections.abc import Callable


class Who(StrEnum):
    """Everybody who tries; the last two have no right to be here at all."""

    RECEPTIONIST = "ben"
    PROVIDER = "weber"
    MANAGER = "mia"
    WORKER = "courier"
    WEBHOOK = "hook"
    BACKUP = "keeper"
    LEAVER = "lena"
    STRANGER = "stranger"


STAFF = frozenset({Who.RECEPTIONIST, Who.PROVIDER, Who.MANAGER})
INSIDE = frozenset(set(Who) - {Who.LEAVER, Who.STRANGER})

# Each stands in one place only, so that whoever sees it has been there.
TOKEN = "planted-token-4711"
SEALED = "planted-sealed-4712"
VERIFIER = "SCRAM-SHA-256$"
NOTE_OF_LANG = "planted-note-of-lang"
NOTE_OF_WEBER = "planted-note-of-weber"
NOTE_OF_CLIENT = "planted-note-of-client"
OTHERS_CLIENT = "Beata Fremd"
OTHERS_PHONE = "+491510000002"
CLIENT = "Anna Eigen"
REASON_OF_LANG = "planted-reason-of-lang"
SENT_TO = "planted-address-of-beata"
LINK_OF_LANG = "https://planted-link-of-lang"
COURIER = "planted-courier-4713"

# Bytes are also shown in hexadecimal digits.
_SECRET = frozenset(
    {TOKEN, TOKEN.encode().hex(), SEALED, SEALED.encode().hex(), VERIFIER}
)
_PERSONAL = frozenset({OTHERS_CLIENT, OTHERS_PHONE, CLIENT, SENT_TO})
# Whoever works here may open the courier's login with the practice's key.
_COURIERS = frozenset({COURIER, COURIER.encode().hex()})
_NOTES = frozenset({NOTE_OF_LANG, NOTE_OF_WEBER, NOTE_OF_CLIENT})
MUST_NOT_SEE: dict[Who, frozenset[str]] = {
    Who.RECEPTIONIST: _SECRET,
    Who.PROVIDER: _SECRET
    | {NOTE_OF_LANG, OTHERS_CLIENT, OTHERS_PHONE, REASON_OF_LANG}
    | {SENT_TO, LINK_OF_LANG},
    Who.MANAGER: _SECRET,
    # The worker alone opens what is sealed; what people note is not its business.
    Who.WORKER: _NOTES | {VERIFIER},
    Who.WEBHOOK: _SECRET | _PERSONAL | _NOTES | _COURIERS,
    Who.BACKUP: frozenset({VERIFIER}),
    Who.LEAVER: _SECRET | _PERSONAL | _NOTES | _COURIERS,
    Who.STRANGER: _SECRET | _PERSONAL | _NOTES | _COURIERS,
}

# Numbers of the rows below.
WEBER, LANG = 1, 2
ANNA, BEATA = 1, 2
VISIT_OF_WEBER, VISIT_OF_LANG, DONE_OF_WEBER = 1, 2, 3

_ROWS = """
    INSERT INTO practice_setting VALUES ('practice_name', '"Lindenhof"'),
        ('timezone', '"UTC"');
    INSERT INTO provider (name, type, timezone) VALUES
        ('Dr. Weber', 'DOCTOR', 'UTC'), ('Dr. Lang', 'DOCTOR', 'UTC');
    INSERT INTO service (provider_id, name, duration_minutes, price, currency)
        VALUES (1, 'Visit', 30, 60, 'EUR'), (2, 'Visit', 30, 60, 'EUR');
    INSERT INTO availability (provider_id, day_of_week, start_time, end_time)
        SELECT provider, weekday, '08:00', '18:00'
        FROM generate_series(1, 2) provider, generate_series(0, 6) weekday;
    INSERT INTO client (name, phone, email, notes) VALUES
        ('{CLIENT}', '+491510000001', 'anna@example.org', '{NOTE_OF_CLIENT}'),
        ('{OTHERS_CLIENT}', '{OTHERS_PHONE}', 'beata@example.org', '');
    INSERT INTO closure (day, name) VALUES ('2030-12-25', 'Christmas');
    INSERT INTO location (name) VALUES ('Mitte');
    INSERT INTO provider_location VALUES (1, 1);
    INSERT INTO provider_photo VALUES (1, decode(repeat('00', 40), 'hex'));
    INSERT INTO room (name, location_id) VALUES ('Room 1', 1);
    INSERT INTO service_room VALUES (1, 1), (2, 1);
    INSERT INTO room_day VALUES (1, '2030-03-04');
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
            status, notes, room_id) VALUES
        (1, 1, 1, '2030-03-04 09:00+00', '2030-03-04 09:30+00', 'CONFIRMED',
            '{NOTE_OF_WEBER}', NULL),
        (2, 2, 2, '2030-03-04 09:00+00', '2030-03-04 09:30+00', 'CONFIRMED',
            '{NOTE_OF_LANG}', 1),
        (1, 1, 1, '2026-03-04 09:00+00', '2026-03-04 09:30+00', 'COMPLETED', '', NULL);
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
            status, cancelled_at)
        VALUES (1, 1, 1, '2026-03-05 09:00+00', '2026-03-05 09:30+00', 'CANCELLED',
            '2026-03-04 09:00+00');
    INSERT INTO availability_override (provider_id, date, start_time, end_time,
            is_blocked, reason)
        VALUES (2, '2030-03-05', '09:00', '10:00', true, '{REASON_OF_LANG}'),
            (1, '2030-03-05', '09:00', '10:00', true, 'own');
    INSERT INTO availability_override (provider_id, date, start_time, end_time,
            is_blocked, source)
        VALUES (1, '2030-03-06', '09:00', '10:00', true, 'GOOGLE');
    INSERT INTO calendar_sync (provider_id, calendar_type, access_token, refresh_token,
            external_calendar_id)
        VALUES (1, 'GOOGLE', '{TOKEN}', '{TOKEN}', 'one'),
            (2, 'GOOGLE', '{TOKEN}', '{TOKEN}', 'two');
    INSERT INTO schedule_day VALUES (1, '2030-03-04', 1), (2, '2030-03-04', 1);
    INSERT INTO outbox (kind, appointment_id, dedupe_key, run_at) VALUES
        ('calendar_push', 1, 'one', '2030-01-01'),
        ('calendar_push', 2, 'two', '2030-01-01');
    INSERT INTO outbox (kind, appointment_id, dedupe_key, recipient, channel, sent_to,
            state, settled_at)
        SELECT 'confirmation', visit, visit || state, 'CLIENT', 'EMAIL',
            CASE visit WHEN 2 THEN '{SENT_TO}' ELSE 'a***' END, state, now()
        FROM generate_series(1, 2) visit,
            unnest(ARRAY['DONE', 'DEAD', 'UNSURE', 'MISSED', 'DROPPED']) state;
    INSERT INTO outbox (kind, appointment_id, dedupe_key, recipient, channel, state,
            leased_until, lease_token)
        SELECT 'reminder_48h', visit, 'sending' || visit, 'CLIENT', 'EMAIL', 'SENDING',
            '2030-01-01', gen_random_uuid() FROM generate_series(1, 2) visit;
    INSERT INTO meeting (appointment_id, provider_id, kind, external_id, link)
        VALUES (1, 1, 'ZOOM', '1', 'https://meet.example'),
            (2, 2, 'ZOOM', '2', '{LINK_OF_LANG}');
    INSERT INTO message_text (kind, recipient, channel, language, body)
        VALUES ('confirmation', 'CLIENT', 'EMAIL', 'en', 'Welcome');
    INSERT INTO idempotency_key (key, request_hash, appointment_id)
        VALUES ('00000000-0000-4000-8000-000000000001', '0123456789abcdef', 2);
    INSERT INTO slot_hold (hold_id, provider_id, start_time, end_time, held_by,
            held_since, expires_at)
        VALUES ('00000000-0000-4000-8000-000000000002', 2, '2030-03-06 09:00+00',
            '2030-03-06 09:30+00', 'somebody', '2099-12-31 23:55', '2100-01-01');
    INSERT INTO walk_in (client_id, provider_id, notes)
        VALUES (2, 2, '{NOTE_OF_LANG}');
    INSERT INTO waitlist_entry (client_id, provider_id, service_id) VALUES (2, 2, 2);
    INSERT INTO external_conflict (appointment_id, kind) VALUES (2, 'OVERLAP');
    INSERT INTO transfer (kind, file_name, rows, by) VALUES
        ('IMPORT_CLIENTS', 'ended.csv', 1, 'mia'),
        ('IMPORT_CLIENTS', 'open.csv', NULL, 'somebody'),
        ('EXPORT_CLIENTS', 'left.csv', 1, 'mia');
"""
_SEALED = """INSERT INTO practice_secret (name, sealed)
    VALUES ('smtp', %s), ('courier_login', %s)"""


@dataclass(frozen=True, slots=True)
class World:
    """A practice to attack; `url_of` gives the address for a login."""

    admin_url: str
    url_of: Callable[[str], str] = field(repr=False)


_PROGRAMS = {
    Who.WORKER: Group.WORKER,
    Who.WEBHOOK: Group.WEBHOOK,
    Who.BACKUP: Group.BACKUP,
}


def found(admin_url: str, url_of: Callable[[str], str] | None = None) -> World:
    """Found the practice in a migrated, empty database."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        names = {name: str(value) for name, value in globals().items()}
        connection.execute(_ROWS.format(**names))
        connection.execute(_SEALED, [SEALED.encode() * 2, COURIER.encode() * 2])
        # What the planner has gathered of the rows is one more way to see them.
        connection.execute("ANALYZE")
    roles.secure_database(admin_url)
    sessions = open_sessions(admin_url)
    try:
        _let_in(StaffList(sessions))
    finally:
        sessions.close()
    return opened(admin_url, url_of)


def opened(admin_url: str, url_of: Callable[[str], str] | None = None) -> World:
    """Let everybody into the practice, or into a copy of it."""
    roles.secure_database(admin_url)
    for who, group in _PROGRAMS.items():
        roles.make_program_login(admin_url, who.value, group, PASSWORD)
    make_login(admin_url, Who.STRANGER.value)
    return World(admin_url, url_of or (lambda login: _url(admin_url, login)))


def _let_in(people: StaffList) -> None:
    for who, role, provider in (
        (Who.MANAGER, Role.MANAGER, None),
        (Who.RECEPTIONIST, Role.RECEPTIONIST, None),
        (Who.PROVIDER, Role.PROVIDER, WEBER),
    ):
        people.add(NewStaff(who.value, who.value, role, PASSWORD, provider))
    # Nobody attacks as Dr. Lang, whose rows are those of somebody else.
    people.add(NewStaff("lang", "lang", Role.PROVIDER, PASSWORD, LANG))
    leaver = NewStaff(Who.LEAVER.value, "lena", Role.MANAGER, PASSWORD)
    people.let_go(people.add(leaver))


def _url(admin_url: str, login: str) -> str:
    return conninfo.make_conninfo(admin_url, user=login, password=PASSWORD)
