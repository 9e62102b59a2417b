"""Attacks that want to change what is not theirs, or what is nobody's to change."""

from __future__ import annotations

from tests.attacks.oracle import Attack, Kind
from tests.attacks.world import INSIDE, STAFF, Who

NOTHING = Kind.TOUCHES_NOTHING
_NOT_MANAGER = INSIDE - {Who.MANAGER}

_OF_OTHERS = [
    Attack(f"of another provider: {name}", sql, NOTHING, frozenset({Who.PROVIDER}))
    for name, sql in (
        (
            "cancelling",
            "UPDATE appointment SET status = 'CANCELLED', cancelled_at = now(),"
            " version = version + 1 WHERE provider_id = 2",
        ),
        (
            "giving away",
            "UPDATE appointment SET provider_id = 2, service_id = 2,"
            " start_time = '2030-09-01 09:00+00', end_time = '2030-09-01 09:30+00',"
            " version = version + 1 WHERE appointment_id = 1",
        ),
        (
            "blocking",
            "INSERT INTO availability_override (provider_id, date, start_time,"
            " end_time, is_blocked) VALUES (2, '2030-07-01', '09:00', '10:00', true)",
        ),
        (
            "extra hours",
            "INSERT INTO availability_override (provider_id, date, start_time,"
            " end_time, is_blocked) VALUES (2, '2030-07-01', '20:00', '21:00', false)",
        ),
        ("unblocking", "DELETE FROM availability_override WHERE provider_id = 2"),
        (
            "moving a block to another",
            "UPDATE availability_override SET"
            " date = '2030-08-08' WHERE provider_id = 2",
        ),
        (
            "holding",
            "INSERT INTO slot_hold (hold_id, provider_id, start_time, end_time,"
            " expires_at) VALUES (gen_random_uuid(), 2, '2030-07-01 09:00+00',"
            " '2030-07-01 09:30+00', now())",
        ),
        ("dropping a hold", "DELETE FROM slot_hold"),
        ("day versions", "UPDATE schedule_day SET version = 99 WHERE provider_id = 2"),
        ("a day locked", "SELECT 1 FROM schedule_day WHERE provider_id = 2 FOR UPDATE"),
        (
            "a new day",
            "INSERT INTO schedule_day (provider_id, day) VALUES (2, '2031-01-01')",
        ),
        (
            "tasks dropped",
            "UPDATE outbox SET state = 'DROPPED' WHERE appointment_id = 2",
        ),
        (
            "tasks added",
            "INSERT INTO outbox (kind, appointment_id, dedupe_key)"
            " VALUES ('confirmation', 2, 'x')",
        ),
        ("keys taken over", "UPDATE idempotency_key SET appointment_id = 1"),
        ("a client's notes", "UPDATE client SET notes = 'x' WHERE client_id = 2"),
        (
            "a client's flag",
            "UPDATE client SET no_show_flag = true WHERE client_id = 2",
        ),
        ("waiting list", "DELETE FROM waitlist_entry"),
        ("a walk-in sent away", "UPDATE walk_in SET left_at = now()"),
        (
            "a walk-in of one's own",
            "INSERT INTO walk_in (client_id, provider_id) VALUES (1, 1)",
        ),
        ("a conflict settled", "UPDATE external_conflict SET state = 'ACCEPTED'"),
        ("the calendar", "DELETE FROM calendar_sync WHERE provider_id = 2"),
        (
            "the calendar's state",
            "UPDATE calendar_sync SET state = 'PAUSED' WHERE provider_id = 2",
        ),
        ("hours", "UPDATE availability SET start_time = '00:00'"),
        ("an own price", "UPDATE service SET price = 1 WHERE provider_id = 1"),
        ("a client's name", "UPDATE client SET name = 'X' WHERE client_id = 1"),
        ("a room", "UPDATE appointment SET room_id = NULL WHERE provider_id = 2"),
        ("the login behind a provider", "UPDATE provider SET user_id = 1"),
    )
]
_SETTING_UP = [
    Attack(f"setting up: {name}", sql, NOTHING, _NOT_MANAGER)
    for name, sql in (
        ("a setting", "UPDATE practice_setting SET value = '\"x\"'"),
        ("a new setting", "INSERT INTO practice_setting VALUES ('x', '1')"),
        (
            "a setting either way",
            "INSERT INTO practice_setting VALUES ('quiet_hours', 'null')"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        ),
        (
            "a setting by MERGE",
            "MERGE INTO practice_setting s USING (VALUES ('lock_minutes')) v (name)"
            " ON s.name = v.name WHEN NOT MATCHED THEN INSERT VALUES (v.name, '0')"
            " WHEN MATCHED THEN UPDATE SET value = '0'",
        ),
        ("a setting less", "DELETE FROM practice_setting"),
        ("a price", "UPDATE service SET price = 1"),
        (
            "a new service",
            "INSERT INTO service (provider_id, name, duration_minutes,"
            " price, currency) VALUES (1, 'X', 30, 1, 'EUR')",
        ),
        ("a provider", "UPDATE provider SET name = 'X'"),
        (
            "a new provider",
            "INSERT INTO provider (name, type, timezone) VALUES ('X', 'DOCTOR', 'UTC')",
        ),
        ("hours", "UPDATE availability SET start_time = '07:00'"),
        ("no hours", "DELETE FROM availability"),
        (
            "new hours",
            "INSERT INTO availability (provider_id, day_of_week, start_time,"
            " end_time) VALUES (1, 0, '06:00', '07:00')",
        ),
        ("hours of other weeks", "UPDATE availability SET every_other_from = NULL"),
        ("hours without end", "UPDATE availability SET valid_until = '2030-01-01'"),
        ("a closed day", "INSERT INTO closure (day, name) VALUES ('2030-07-01', 'x')"),
        ("half a closed day", "UPDATE closure SET start_time = '12:00'"),
        ("closed days opened", "DELETE FROM closure"),
        ("a room", "UPDATE room SET is_active = false"),
        ("a new room", "INSERT INTO room (name) VALUES ('X')"),
        ("a room for a service", "INSERT INTO service_room VALUES (1, 1)"),
        ("a service without rooms", "DELETE FROM service_room"),
        ("a location", "UPDATE location SET name = 'X'"),
        ("a new location", "INSERT INTO location (name) VALUES ('X')"),
        ("a provider's end", "UPDATE provider SET is_active = false"),
        ("a provider's zone", "UPDATE provider SET timezone = 'Asia/Tokyo'"),
        ("a provider's mail", "UPDATE provider SET email = 'x@example.org'"),
        ("a service's end", "UPDATE service SET is_active = false"),
        (
            "a face",
            "INSERT INTO provider_photo VALUES (2, decode(repeat('00', 40), 'hex'))",
        ),
        (
            "another face",
            "UPDATE provider_photo SET image = decode(repeat('01', 40), 'hex')",
        ),
        ("a face less", "DELETE FROM provider_photo"),
        ("a provider elsewhere", "INSERT INTO provider_location VALUES (2, 1)"),
        ("a provider nowhere", "DELETE FROM provider_location"),
        ("a secret", "DELETE FROM practice_secret"),
        (
            "a new secret",
            "INSERT INTO practice_secret (name, sealed)"
            " VALUES ('zoom', decode(repeat('00', 40), 'hex'))",
        ),
    )
]
_NOBODYS = [
    Attack(f"nobody's: {name}", sql, NOTHING)
    for name, sql in (
        (
            "a line in the log",
            "INSERT INTO audit_log (table_name, row_id, action)"
            " VALUES ('client', '1', 'UPDATE')",
        ),
        ("a line of the log", "UPDATE audit_log SET who = 'mia'"),
        ("a line less", "DELETE FROM audit_log"),
        (
            "a person",
            "INSERT INTO staff_user (login, name, role) VALUES ('x', 'X', 'MANAGER')",
        ),
        ("a person's role", "UPDATE staff_user SET role = 'MANAGER'"),
        ("a person's return", "UPDATE staff_user SET is_active = true"),
        ("a person less", "DELETE FROM staff_user"),
        ("the schema's number", "UPDATE alembic_version SET version_num = '9999'"),
        (
            "an enrolment",
            "INSERT INTO desk_enrolment (lookup, wrapped, expires_at)"
            " VALUES (decode(repeat('00', 32), 'hex'), 'x', now())",
        ),
        ("enrolments less", "DELETE FROM desk_enrolment"),
        ("a conflict less", "DELETE FROM external_conflict"),
        ("tasks less", "DELETE FROM outbox"),
        ("a room less", "DELETE FROM room"),
        ("a location less", "DELETE FROM location"),
        ("a room's day", "UPDATE room_day SET day = '2030-03-05'"),
        ("a room's day less", "DELETE FROM room_day"),
    )
]
_FROM_OUTSIDE = [
    Attack(f"of outside calendars: {name}", sql, NOTHING, STAFF)
    for name, sql in (
        (
            "an event lifted",
            "DELETE FROM availability_override WHERE source <> 'MANUAL'",
        ),
        (
            "an event opened",
            "UPDATE availability_override SET is_blocked = false"
            " WHERE source <> 'MANUAL'",
        ),
    )
]
_OUTSIDE = [
    Attack(f"of the worker: {name}", sql, NOTHING, INSIDE - {Who.WORKER})
    for name, sql in (
        ("a task done", "UPDATE outbox SET state = 'DONE'"),
        ("a task taken", "UPDATE outbox SET lease_token = gen_random_uuid()"),
        (
            "a task that is done already",
            "INSERT INTO outbox (kind, appointment_id,"
            " dedupe_key, state) VALUES ('confirmation', 1, 'x', 'DONE')",
        ),
        (
            "an event from outside",
            "INSERT INTO availability_override (provider_id, date, start_time,"
            " end_time, is_blocked, source)"
            " VALUES (1, '2030-07-01', '09:00', '10:00', true, 'GOOGLE')",
        ),
        ("keys purged", "DELETE FROM idempotency_key"),
        (
            "a key that never ends",
            "UPDATE idempotency_key SET expires_at = '2199-01-01'",
        ),
        (
            "a conflict found",
            "INSERT INTO external_conflict (appointment_id, kind)"
            " VALUES (1, 'OVERLAP')",
        ),
        ("a lease", "UPDATE calendar_sync SET lease_token = gen_random_uuid()"),
    )
]
_BY_WORKER = [
    Attack(f"by the worker: {name}", sql, NOTHING, frozenset({Who.WORKER, Who.WEBHOOK}))
    for name, sql in (
        (
            "a visit moved",
            "UPDATE appointment SET start_time = start_time"
            " + interval '1 day', version = version + 1",
        ),
        (
            "a visit cancelled",
            "UPDATE appointment SET status = 'CANCELLED', version = version + 1",
        ),
        ("a visit's room", "UPDATE appointment SET room_id = 1"),
        ("a room's day locked", "SELECT 1 FROM room_day FOR UPDATE"),
        ("a client renamed", "UPDATE client SET name = 'X'"),
        ("a client added", "INSERT INTO client (name) VALUES ('X')"),
        (
            "a manual block lifted",
            "DELETE FROM availability_override WHERE source = 'MANUAL'",
        ),
        (
            "a manual block made",
            "INSERT INTO availability_override (provider_id, date, start_time,"
            " end_time, is_blocked)"
            " VALUES (1, '2030-07-01', '09:00', '10:00', true)",
        ),
        ("a client's notes read", "SELECT notes FROM client"),
        ("a visit's notes read", "SELECT notes FROM appointment"),
        ("a key that is still needed purged", "DELETE FROM idempotency_key"),
    )
]
_BY_BACKUP = [
    Attack(f"by the backup: {name}", sql, by=frozenset({Who.BACKUP}))
    for name, sql in (
        ("a visit", "UPDATE appointment SET notes = 'x'"),
        ("a client", "INSERT INTO client (name) VALUES ('X')"),
        ("a secret", "UPDATE practice_secret SET sealed = ''"),
        ("the waiting list", "DELETE FROM waitlist_entry"),
        ("the waiting room", "UPDATE walk_in SET left_at = now()"),
    )
]
_HOLDS = [
    Attack("another desk's hold", "DELETE FROM slot_hold", NOTHING),
    Attack("a longer hold", "UPDATE slot_hold SET expires_at = '2199-01-01'", NOTHING),
    Attack(
        "a hold in another's name",
        "INSERT INTO slot_hold (hold_id, provider_id, start_time, end_time, held_by,"
        " expires_at) VALUES (gen_random_uuid(), 1, '2030-07-01 09:00+00',"
        " '2030-07-01 09:30+00', 'mia', now())",
    ),
    Attack(
        "a hold for a day",
        "INSERT INTO slot_hold (hold_id, provider_id, start_time, end_time,"
        " expires_at) VALUES (gen_random_uuid(), 1, '2030-07-01 09:00+00',"
        " '2030-07-01 09:30+00', now() + interval '1 day')",
        by=frozenset({Who.RECEPTIONIST, Who.PROVIDER, Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a hold that began later",
        "INSERT INTO slot_hold (hold_id, provider_id, start_time, end_time,"
        " held_since, expires_at) VALUES (gen_random_uuid(), 1,"
        " '2030-07-01 09:00+00', '2030-07-01 09:30+00', '2030-01-01', '2030-01-01')",
    ),
    Attack(
        "a call in another's name",
        "UPDATE waitlist_entry SET called_by = 'mia'",
    ),
    Attack(
        "somebody else's return to work",
        "SELECT staff_set_password(99, 'SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAAA==$"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')",
        by=STAFF,
        refused_by=frozenset({"42501", "23503"}),
    ),
]

_MERGES = [
    Attack(name, sql)
    for name, sql in (
        (
            "a client made another's by hand",
            "UPDATE client SET merged_into = 1, is_active = false WHERE client_id = 2",
        ),
        (
            "a visit given to another client",
            "UPDATE appointment SET client_id = 2, version = version + 1"
            " WHERE client_id = 1",
        ),
        (
            "a merge made up",
            "INSERT INTO client_merge (kept_id, gone_id, was_active, kept_was,"
            " kept_became, appointments, waitlist_entries, walk_ins)"
            " VALUES (1, 2, true, '{}', '{}', '{1}', '{}', '{}')",
        ),
        ("a merge rewritten", "UPDATE client_merge SET appointments = '{1,2}'"),
        ("a merge forgotten", "DELETE FROM client_merge"),
    )
]

_IMPORTS = [
    Attack(f"an import: {name}", sql, NOTHING)
    for name, sql in (
        ("of a client who was there", "UPDATE client SET import_id = 1"),
        (
            "of a visit that was there",
            "UPDATE appointment SET import_id = 1, version = version + 1",
        ),
        (
            "of a visit by hand",
            "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
            " end_time, status, import_id) VALUES (1, 1, 1, '2030-05-06 09:00+00',"
            " '2030-05-06 09:30+00', 'CONFIRMED', 2)",
        ),
        (
            "that has ended, and more",
            "INSERT INTO client (name, import_id) VALUES ('X', 1)",
        ),
        (
            "of somebody else's, and more",
            "INSERT INTO client (name, import_id) VALUES ('X', 2)",
        ),
        ("that never was", "UPDATE transfer SET rows = 5 WHERE transfer_id IN (1, 2)"),
        ("called otherwise", "UPDATE transfer SET file_name = 'x'"),
        ("taken back by hand", "UPDATE transfer SET undone_at = now()"),
        ("forgotten", "DELETE FROM transfer"),
        (
            "in another's name",
            "INSERT INTO transfer (kind, file_name, rows, by)"
            " VALUES ('EXPORT_CLIENTS', 'x', 1, 'mia')",
        ),
    )
] + [
    Attack(f"an import by others: {name}", sql, by=_NOT_MANAGER)
    for name, sql in (
        (
            "begun",
            "INSERT INTO transfer (kind, file_name) VALUES ('IMPORT_CLIENTS', 'x')",
        ),
        (
            "an export without an end",
            "INSERT INTO transfer (kind, file_name) VALUES ('EXPORT_CLIENTS', 'x')",
        ),
        (
            "done already",
            "INSERT INTO transfer (kind, file_name, rows)"
            " VALUES ('IMPORT_APPOINTMENTS', 'x', 1)",
        ),
    )
]

ATTACKS = [
    *_OF_OTHERS,
    *_SETTING_UP,
    *_NOBODYS,
    *_FROM_OUTSIDE,
    *_OUTSIDE,
    *_BY_WORKER,
    *_BY_BACKUP,
    *_HOLDS,
    *_MERGES,
    *_IMPORTS,
]
