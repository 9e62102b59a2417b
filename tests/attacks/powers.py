"""Attacks that want to become somebody else, or to take the walls down."""

from __future__ import annotations

from tests.attacks.oracle import Attack, Kind
from tests.attacks.world import INSIDE, Who

_BODY = "LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"

_BECOMING = [
    Attack("owner", "SET ROLE desk_owner"),
    Attack("owner of the log", "SET ROLE desk_audit"),
    Attack("maker of logins", "SET ROLE desk_staffing"),
    Attack("superuser", "SET ROLE postgres"),
    Attack("worker", "SET ROLE desk_worker", by=INSIDE - {Who.WORKER}),
    Attack("manager", "SET ROLE desk_manager", by=INSIDE - {Who.MANAGER}),
    Attack("another person", "SET ROLE lang"),
    Attack(
        "another session", "SET SESSION AUTHORIZATION mia", by=INSIDE - {Who.MANAGER}
    ),
    Attack("superuser's session", "SET SESSION AUTHORIZATION postgres"),
    Attack("owner by a setting", "SELECT set_config('role', 'desk_owner', false)"),
    Attack("owner in a block", "DO $$ BEGIN SET LOCAL ROLE desk_owner; END $$"),
    Attack("manager by a grant", "GRANT desk_manager TO CURRENT_USER"),
    Attack("owner by a grant", "GRANT desk_owner TO CURRENT_USER"),
    Attack("files by a grant", "GRANT pg_read_server_files TO CURRENT_USER"),
    Attack("programs by a grant", "GRANT pg_execute_server_program TO CURRENT_USER"),
    Attack("power over roles", "ALTER ROLE CURRENT_USER CREATEROLE"),
    Attack("all power", "ALTER ROLE CURRENT_USER SUPERUSER"),
    Attack("power past policies", "ALTER ROLE CURRENT_USER BYPASSRLS"),
    Attack("more connections", "ALTER ROLE CURRENT_USER CONNECTION LIMIT -1"),
    Attack("another's password", "ALTER ROLE lang PASSWORD 'x'"),
    Attack("another's end", "ALTER ROLE lang NOLOGIN"),
    Attack("another's setting", "ALTER ROLE lang SET search_path = pg_temp"),
    Attack("a new role", "CREATE ROLE accomplice LOGIN"),
    Attack("no more colleague", "DROP ROLE lang"),
    Attack("a leaver's return", "GRANT desk_receptionist TO lena"),
    Attack("others' belongings", "REASSIGN OWNED BY desk_owner TO CURRENT_USER"),
    Attack("no more belongings", "DROP OWNED BY desk_owner"),
]
_WALLS = [
    Attack("policies off", "ALTER TABLE client DISABLE ROW LEVEL SECURITY"),
    Attack("a policy of one's own", "CREATE POLICY mine ON client USING (true)"),
    Attack("a policy less", "DROP POLICY own ON client"),
    Attack("a wider policy", "ALTER POLICY own ON client USING (true)"),
    Attack("triggers off", "ALTER TABLE appointment DISABLE TRIGGER ALL"),
    Attack("audit off", "ALTER TABLE client DISABLE TRIGGER client_is_audited"),
    Attack("a trigger less", "DROP TRIGGER audit_log_stays ON audit_log"),
    Attack("a replica's silence", "SET session_replication_role = replica"),
    Attack(
        "the wall against overlaps",
        "ALTER TABLE appointment DROP CONSTRAINT appointment_no_overlap",
    ),
    Attack(
        "a check less", "ALTER TABLE client DROP CONSTRAINT client_phone_is_e164_check"
    ),
    Attack("a column more", "ALTER TABLE client ADD COLUMN mine text"),
    Attack("a table less", "DROP TABLE slot_hold"),
    Attack("rights for all", "GRANT ALL ON client TO PUBLIC", Kind.TOUCHES_NOTHING),
    Attack(
        "rights for oneself",
        "GRANT SELECT ON calendar_sync TO CURRENT_USER",
        Kind.TOUCHES_NOTHING,
    ),
    Attack("ownership", "ALTER TABLE client OWNER TO CURRENT_USER"),
    Attack(
        "rights to the schema",
        "GRANT CREATE ON SCHEMA public TO CURRENT_USER",
        Kind.TOUCHES_NOTHING,
    ),
    Attack("a comment", "COMMENT ON TABLE client IS 'mine'"),
    Attack("a rule", "CREATE RULE mine AS ON INSERT TO outbox DO ALSO NOTHING"),
    Attack(
        "a trigger of one's own",
        "CREATE TRIGGER mine BEFORE INSERT ON client"
        " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ),
    Attack(
        "another answer to who is there",
        "CREATE OR REPLACE FUNCTION desk_role()"
        " RETURNS text LANGUAGE sql AS $$ SELECT 'MANAGER' $$",
    ),
    Attack("another path", "ALTER FUNCTION desk_role() SET search_path = pg_temp"),
    Attack("a function", f"CREATE FUNCTION public.mine() RETURNS trigger {_BODY}"),
    Attack("a table", "CREATE TABLE public.mine (a integer)"),
    Attack("a table for a while", "CREATE TEMP TABLE staff_user (login text)"),
    Attack("a view for a while", "CREATE TEMP VIEW provider AS SELECT 1"),
    Attack("a table by a query", "SELECT 1 AS a INTO TEMP mine"),
    Attack(
        "a function for a while", f"CREATE FUNCTION pg_temp.f() RETURNS trigger {_BODY}"
    ),
    Attack("a view", "CREATE VIEW public.mine AS SELECT * FROM client"),
    Attack("a schema", "CREATE SCHEMA mine"),
    Attack(
        "an operator",
        "CREATE OPERATOR public.=== (FUNCTION = int4eq,"
        " LEFTARG = integer, RIGHTARG = integer)",
    ),
    Attack(
        "an extension",
        "CREATE EXTENSION pgcrypto",
        refused_by=frozenset({"42501", "0A000", "58P01"}),
    ),
    Attack(
        "a language",
        "CREATE LANGUAGE plpython3u",
        refused_by=frozenset({"42501", "0A000", "58P01"}),
    ),
    Attack(
        "an event trigger",
        "CREATE EVENT TRIGGER mine ON ddl_command_end"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ),
    Attack("a publication", "CREATE PUBLICATION mine FOR TABLE client"),
    Attack(
        "a server elsewhere",
        "CREATE SERVER mine FOREIGN DATA WRAPPER nothing",
        refused_by=frozenset({"42501", "42704"}),
    ),
    Attack(
        "a database", "CREATE DATABASE mine", refused_by=frozenset({"42501", "25001"})
    ),
    Attack(
        "settings of the database",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = pg_temp',"
        " current_database()); END $$",
    ),
    Attack(
        "settings of the server",
        "ALTER SYSTEM SET log_statement = 'none'",
        refused_by=frozenset({"42501", "25001"}),
    ),
    Attack("silence in the log", "SET log_statement = 'none'"),
    Attack("silence about errors", "SET log_min_messages = 'panic'"),
    Attack("reading the settings again", "SELECT pg_reload_conf()"),
    Attack("another log", "SELECT pg_rotate_logfile()"),
    Attack("another segment", "SELECT pg_switch_wal()"),
    Attack(
        "a slot for replication",
        "SELECT pg_create_physical_replication_slot('mine')",
        refused_by=frozenset({"42501", "55000"}),
    ),
]
_OTHERS = [
    Attack(
        "the end of others' sessions",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = 'postgres'",
    ),
    Attack(
        "the end of others' questions",
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
        " WHERE usename = 'postgres'",
    ),
    Attack(
        "the whole table for oneself",
        "LOCK TABLE appointment IN ACCESS EXCLUSIVE MODE",
        by=INSIDE - {Who.RECEPTIONIST, Who.PROVIDER, Who.MANAGER, Who.WORKER},
    ),
    Attack("an empty table", "TRUNCATE appointment"),
    Attack("an empty log", "TRUNCATE audit_log"),
    Attack("all tables empty", "TRUNCATE client CASCADE"),
    Attack("a large object", "SELECT lo_create(4711)"),
    Attack("a large object of bytes", "SELECT lo_from_bytea(4711, 'x')"),
    Attack("a large object the old way", "SELECT lo_creat(-1)"),
    Attack("a file as a large object", "SELECT lo_import('/etc/passwd')"),
    Attack("a number out of turn", "SELECT setval('client_client_id_seq', 1)"),
    Attack("the next number", "SELECT nextval('audit_log_audit_id_seq')"),
]
# The inner parts of the functions that managers may call.
_PARTS = [
    Attack(f"inner function {call}", f"SELECT {call}", Kind.FAILS)
    for call in (
        "staff_set_group('ben', 'MANAGER')",
        "staff_link_provider(1, 2)",
        "staff_require(1)",
        "staff_require_another_manager(1)",
        "staff_open_database()",
        "audit_forget_client(1)",
        "desk_require_manager()",
        "audit_forget_visits('appointment', ARRAY['1'], 2)",
        "audit_forget_fields(1, ARRAY['notes'], '2000-01-01', now())",
        "client_forget(2)",
        "client_require(1)",
        "client_move_rows(1, 1, 2)",
        "client_write((SELECT c FROM client c ORDER BY 1 LIMIT 1))",
        "import_require(1)",
        "audit_touched('client', ARRAY[1], '2000-01-01')",
        "audit_forget_rows('client', ARRAY[1])",
    )
]
_MERGING = [
    Attack(
        f"merging by {call}",
        f"SELECT {call}",
        by=INSIDE - {Who.RECEPTIONIST, Who.MANAGER},
    )
    for call in ("client_merge(1, 2)", "client_merge(2, 1)", "client_unmerge(1)")
] + [
    Attack(
        f"merging {name}",
        f"SELECT {call}",
        by=frozenset({Who.RECEPTIONIST, Who.MANAGER}),
        refused_by=frozenset({state}),
    )
    for name, call, state in (
        ("a client with themselves", "client_merge(1, 1)", "23514"),
        ("a client with nobody", "client_merge(1, 9999)", "23503"),
        ("nobody with a client", "client_merge(NULL, 1)", "23503"),
    )
]
_VISIT = (
    '[{"provider_id": 1, "client_id": 1, "service_id": 1, "status": "COMPLETED",'
    ' "start_time": "2026-04-01T09:00Z", "end_time": "2026-04-01T09:30Z",'
    ' "notes": ""}]'
)
_IMPORTING = [
    Attack(
        f"importing by {call[:40]}",
        f"SELECT {call}",
        by=INSIDE - {Who.MANAGER},
    )
    for call in (
        "import_undo(1)",
        "import_drop_clients(1, 0, 100)",
        "import_drop_appointments(1, 0, 100)",
        f"import_appointments(2, '{_VISIT}')",
    )
] + [
    Attack(
        f"importing {name}",
        f"SELECT {call}",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({state}),
    )
    for name, call, state in (
        ("nothing, and taking it back", "import_undo(9999)", "23503"),
        ("what was exported", "import_drop_clients(3, 0, 100)", "23503"),
        ("what has not ended", "import_undo(2)", "23503"),
        ("into what has ended", f"import_appointments(1, '{_VISIT}')", "42501"),
        ("into somebody else's", f"import_appointments(2, '{_VISIT}')", "42501"),
        ("into an export", f"import_appointments(3, '{_VISIT}')", "42501"),
        ("into nothing", f"import_appointments(NULL, '{_VISIT}')", "42501"),
    )
]
_STAFFING = [
    Attack(f"staffing by {call}", f"SELECT {call}", Kind.FAILS, INSIDE - {Who.MANAGER})
    for call in (
        "staff_add('accomplice', 'A', 'MANAGER', NULL, NULL)",
        "staff_change(2, 'Me', 'MANAGER', NULL)",
        "staff_change(3, 'Me', 'PROVIDER', 2)",
        "staff_set_active(1, false)",
        "staff_set_active(5, true)",
        "staff_end_sessions(1)",
        "client_erase(2)",
    )
] + [
    Attack(
        "another's password by the function",
        "SELECT staff_set_password(4, 'SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAAA==$"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')",
        Kind.FAILS,
        INSIDE - {Who.MANAGER},
    ),
    Attack(
        "the only manager's leave",
        "SELECT staff_set_active(1, false)",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "the only manager's other role",
        "SELECT staff_change(1, 'Mia', 'PROVIDER', NULL)",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a login that is the server's",
        "SELECT staff_add('postgres', 'P', 'MANAGER', NULL, NULL)",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a login that is a group's",
        "SELECT staff_add('desk_owner', 'P', 'MANAGER', NULL, NULL)",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a login that another practice has",
        "SELECT staff_add('stranger', 'P', 'MANAGER', NULL, NULL)",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"42710"}),
    ),
    Attack(
        "a role that is none",
        "SELECT staff_add('accomplice', 'P', 'desk_owner', NULL, NULL)",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a password in clear",
        "SELECT staff_set_password(2, 'password')",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a statement inside a verifier",
        "SELECT staff_set_password(2, 'x'' SUPERUSER --')",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a statement inside a login",
        "SELECT staff_add('a\" SUPERUSER; --', 'P', 'MANAGER', NULL, NULL)",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a client with visits to come, erased",
        "SELECT client_erase(1)",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
]

ATTACKS = [*_BECOMING, *_WALLS, *_OTHERS, *_PARTS, *_MERGING, *_IMPORTING, *_STAFFING]
