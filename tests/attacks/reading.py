"""Attacks that want to see what is somebody else's."""

from __future__ import annotations

from tests.attacks.oracle import Attack, Kind
from tests.attacks.world import INSIDE, STAFF, Who

_TABLES = (
    "appointment",
    "client",
    "audit_log",
    "calendar_sync",
    "practice_secret",
    "desk_enrolment",
    "staff_user",
    "outbox",
    "idempotency_key",
    "waitlist_entry",
    "availability_override",
    "external_conflict",
    "slot_hold",
    "walk_in",
    "transfer",
    "meeting",
)
SHOWS = Kind.SHOWS_NOTHING
_NOT_BACKUP = INSIDE - {Who.BACKUP}


def _whole_tables() -> list[Attack]:
    """Every table in every way that hands out whole rows."""
    return [
        Attack(f"{way} {table}", sql.format(table=table), SHOWS)
        for table in _TABLES
        for way, sql in (
            ("read", "SELECT * FROM {table}"),
            ("copy", "COPY {table} TO STDOUT"),
            ("json of", "SELECT to_jsonb(t) FROM {table} t"),
        )
    ]


_TOKENS = [
    Attack("tokens", "SELECT access_token, refresh_token FROM calendar_sync", SHOWS),
    Attack(
        "tokens while writing them",
        "UPDATE calendar_sync SET access_token = access_token RETURNING access_token",
        Kind.SHOWS_NOTHING,
        INSIDE - {Who.WORKER, Who.BACKUP},
    ),
    Attack(
        "tokens by an ordering",
        "SELECT sync_id FROM calendar_sync ORDER BY access_token",
        Kind.FAILS,
        INSIDE - {Who.WORKER, Who.BACKUP},
    ),
    Attack(
        "tokens by guessing",
        "SELECT sync_id FROM calendar_sync WHERE access_token LIKE 'p%'",
        Kind.FAILS,
        INSIDE - {Who.WORKER, Who.BACKUP},
    ),
    Attack(
        "sealed secrets by length",
        "SELECT octet_length(sealed) FROM practice_secret",
        Kind.FAILS,
        INSIDE - {Who.WORKER, Who.BACKUP},
    ),
]
_OUTGOING = [
    Attack(
        "where others' messages went",
        "SELECT sent_to FROM outbox WHERE appointment_id = 2",
        SHOWS,
    ),
    Attack(
        "where others' messages went, by guessing",
        "SELECT outbox_id FROM outbox WHERE sent_to LIKE 'planted%'",
        Kind.TOUCHES_NOTHING,
        frozenset({Who.PROVIDER, Who.WEBHOOK}),
    ),
    Attack("others' links", "SELECT link FROM meeting", by=STAFF | {Who.WEBHOOK}),
    Attack("the courier's login", "SELECT courier_login()", by=INSIDE - STAFF),
    Attack(
        "the courier's login by its name",
        "SELECT sealed FROM practice_secret WHERE name = 'courier_login'",
        by=INSIDE - {Who.WORKER, Who.BACKUP},
    ),
    Attack(
        "other secrets by the courier's",
        "SELECT courier_login(), s FROM practice_secret s",
        by=INSIDE - {Who.WORKER, Who.BACKUP},
    ),
]
_PASSWORDS = [
    Attack("password verifiers", "SELECT rolpassword FROM pg_authid"),
    Attack("passwords in the old view", "SELECT passwd FROM pg_shadow"),
    Attack(
        "password of the role view", "SELECT rolname, rolpassword FROM pg_roles", SHOWS
    ),
]
_OTHERS = [
    Attack(
        "an appointment by its number",
        "SELECT * FROM appointment WHERE appointment_id = 2",
        SHOWS,
    ),
    Attack("a client by number", "SELECT * FROM client WHERE client_id = 2", SHOWS),
    Attack(
        "others' appointments under a lock",
        "SELECT * FROM appointment WHERE provider_id = 2 FOR UPDATE",
        Kind.TOUCHES_NOTHING,
        frozenset({Who.PROVIDER, Who.WEBHOOK, Who.BACKUP}),
    ),
    Attack(
        "clients by dividing by zero",
        "SELECT 1 FROM client"
        " WHERE 1 / (CASE WHEN name = 'Beata Fremd' THEN 0 ELSE 1 END) = 0",
        SHOWS,
        frozenset({Who.PROVIDER}),
        frozenset(),
    ),
    Attack(
        "clients by a cast that fails",
        "SELECT 1 FROM client WHERE name = 'Beata Fremd' AND name::integer = 1",
        SHOWS,
        frozenset({Who.PROVIDER}),
        frozenset(),
    ),
    Attack(
        "appointments by a cast that fails",
        "SELECT notes::integer FROM appointment WHERE provider_id = 2",
        SHOWS,
        frozenset({Who.PROVIDER}),
        frozenset(),
    ),
    Attack(
        "rows without security",
        "SET row_security = off;; SELECT * FROM client",
        Kind.FAILS,
        frozenset({Who.PROVIDER}),
    ),
    Attack(
        "what the planner knows of rows",
        "SELECT * FROM pg_stats WHERE schemaname = 'public'",
        SHOWS,
        _NOT_BACKUP,
    ),
    Attack("the planner's own table", "SELECT * FROM pg_statistic"),
    Attack(
        "the planner's extended table",
        "SELECT * FROM pg_statistic_ext_data",
    ),
    Attack(
        "what others are running",
        "SELECT query FROM pg_stat_activity WHERE usename <> session_user",
        SHOWS,
    ),
    Attack(
        "whether a client exists, by booking",
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) VALUES (1, 2, 1, '2030-05-06 09:00+00',"
        " '2030-05-06 09:30+00', 'CONFIRMED')",
        Kind.FAILS,
        frozenset({Who.PROVIDER}),
    ),
    Attack(
        "whether a number is nobody's, by booking",
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) VALUES (1, 999, 1, '2030-05-06 09:00+00',"
        " '2030-05-06 09:30+00', 'CONFIRMED')",
        Kind.FAILS,
        frozenset({Who.PROVIDER}),
    ),
    Attack(
        "a client by joining from an own appointment",
        "SELECT c.* FROM appointment a JOIN client c ON c.client_id = a.client_id + 1",
        SHOWS,
        frozenset({Who.PROVIDER, Who.WEBHOOK}),
    ),
    Attack(
        "others' rows by a cursor",
        "DECLARE c CURSOR FOR SELECT * FROM appointment;; FETCH ALL FROM c",
        SHOWS,
    ),
    Attack(
        "others' rows by a prepared statement",
        "PREPARE p AS SELECT * FROM client;; EXECUTE p",
        SHOWS,
    ),
    Attack(
        "others' rows in a document",
        "SELECT query_to_xml('SELECT * FROM client', true, false, '')",
        SHOWS,
        refused_by=frozenset({"42501", "0A000"}),
    ),
    Attack(
        "the whole schema in a document",
        "SELECT schema_to_xml('public', true, false, '')",
        SHOWS,
        _NOT_BACKUP,
        frozenset({"42501", "0A000"}),
    ),
    Attack(
        "who is in a room, by asking what keeps it busy",
        "SELECT to_jsonb(b) FROM"
        " rooms_busy('{1}', '2030-03-04 00:00+00', '2030-03-05 00:00+00', '{}') b",
        SHOWS,
        STAFF,
    ),
    Attack(
        "what keeps a room busy",
        "SELECT * FROM"
        " rooms_busy('{1}', '2030-03-04 00:00+00', '2030-03-05 00:00+00', '{}')",
        by=INSIDE - STAFF,
    ),
    Attack(
        "clients whom nobody showed, by asking",
        "SELECT desk_client_is_mine(2)",
        Kind.SHOWS_NOTHING,
        STAFF,
    ),
]
_FILES = [
    Attack("a file", "SELECT pg_read_file('/etc/passwd')"),
    Attack("a binary file", "SELECT pg_read_binary_file('postgresql.conf')"),
    Attack("a folder", "SELECT pg_ls_dir('/')"),
    Attack("facts of a file", "SELECT pg_stat_file('/etc/passwd')"),
    Attack("the log's folder", "SELECT pg_ls_logdir()"),
    Attack("files into a table", "COPY outbox FROM '/etc/passwd'"),
    Attack("a program's output", "COPY outbox FROM PROGRAM 'id'"),
    Attack("rows to a program", "COPY (SELECT 1) TO PROGRAM 'cat'"),
    Attack("rows to a file", "COPY (SELECT 1) TO '/tmp/desk_app_stolen'"),
    Attack("who is let in", "SELECT * FROM pg_hba_file_rules"),
    Attack("settings' files", "SELECT * FROM pg_file_settings"),
    Attack("large objects", "SELECT data FROM pg_largeobject"),
    Attack("the map of names", "SELECT * FROM pg_user_mapping"),
    Attack("subscriptions", "SELECT subconninfo FROM pg_subscription"),
]

ATTACKS = [*_whole_tables(), *_TOKENS, *_OUTGOING, *_PASSWORDS, *_OTHERS, *_FILES]
