"""A practice with people, a past and something to forget; and what it all comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import conninfo, sql

from desk_app.db import roles
from desk_app.db.session import open_sessions
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.booking import Booking
from desk_app.services.staff import StaffList
from tests import factories
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from desk_app.domain.staff import Staff
    from tests.factories import Practice

MANAGER, RECEPTIONIST, LEAVER = "mia.berg", "ben.lang", "lena.left"

# Whoever compares must not do it by the code that is tested.
_CATALOGUE = """
    SELECT 'table', relname::text, concat_ws(' ', relowner::regrole, relrowsecurity,
        relforcerowsecurity, relkind) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'on table', relname::text, acl::text FROM pg_class,
        unnest(coalesce(relacl, acldefault('r', relowner))) acl
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    UNION ALL SELECT 'on column', attrelid::regclass || '.' || attname, acl::text
        FROM pg_attribute, unnest(attacl) acl
    UNION ALL SELECT 'policy', tablename || '.' || policyname,
        concat_ws(' ', permissive, roles, cmd, qual, with_check) FROM pg_policies
    UNION ALL SELECT 'function', p.oid::regprocedure::text,
        concat_ws(' ', proowner::regrole, prosecdef, proconfig, md5(prosrc))
        FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'on function', p.oid::regprocedure::text, acl::text
        FROM pg_proc p, unnest(coalesce(proacl, acldefault('f', proowner))) acl
        WHERE pronamespace = 'public'::regnamespace OR proname ~ '^lo'
    UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname,
        concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid, true))
        FROM pg_trigger t WHERE NOT tgisinternal
    UNION ALL SELECT 'rule', conrelid::regclass || '.' || conname,
        pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', indexname::text, indexdef FROM pg_indexes
        WHERE schemaname = 'public'
    UNION ALL SELECT 'next number', sequencename::text, last_value::text
        FROM pg_sequences
    UNION ALL SELECT 'on schema', nspname::text, nspacl::text FROM pg_namespace
        WHERE nspname = 'public'
    UNION ALL SELECT 'default', defaclobjtype::text, defaclacl::text FROM pg_default_acl
    UNION ALL SELECT 'extension', extname::text, extversion FROM pg_extension
    UNION ALL SELECT 'on database', '', acl::text FROM pg_database, unnest(datacl) acl
        WHERE datname = current_database()
"""
_LOGINS = """
    SELECT rolname::text, concat_ws(' ', rolsuper, rolcreaterole, rolcreatedb,
        rolcanlogin, rolreplication, rolbypassrls, rolconnlimit, rolpassword,
        ARRAY(SELECT (m.roleid::regrole::text, m.grantor::regrole::text)::text
            FROM pg_auth_members m WHERE m.member = r.oid ORDER BY 1))
    FROM pg_authid r
"""


def found(url: str) -> Practice:
    """Found the practice in a migrated, empty database."""
    roles.secure_database(url)
    sessions = open_sessions(url)
    try:
        practice = factories.open_practice(sessions)
        people = StaffList(sessions)
        people.add(NewStaff(MANAGER, "Mia Berg", Role.MANAGER, PASSWORD))
        people.add(NewStaff(RECEPTIONIST, "Ben Lang", Role.RECEPTIONIST, PASSWORD))
        people.let_go(
            people.add(NewStaff(LEAVER, "Lena Left", Role.PROVIDER, PASSWORD))
        )
        booking = Booking(sessions, factories.clock)
        booking.book(practice.request(9))
        booking.book(practice.request(11, notes="a\ttab, a \\ and\na second line"))
    finally:
        sessions.close()
    return practice


def lost(url: str) -> None:
    """Drop the practice, what a restore has kept of it, and its people."""
    name = conninfo.conninfo_to_dict(url)["dbname"]
    elsewhere = conninfo.make_conninfo(url, dbname="postgres")
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        for found, query in (
            ("DATABASE", "SELECT datname FROM pg_database WHERE datname ~ %s"),
            ("ROLE", "SELECT rolname FROM pg_roles WHERE rolname ~ '[.]' OR %s = ''"),
        ):
            for (one,) in connection.execute(query, [f"^{name}(_before|$)"]).fetchall():
                drop = sql.SQL("DROP {} {}").format(sql.SQL(found), sql.Identifier(one))
                connection.execute(drop)


def catalogue(url: str) -> set[tuple[Any, ...]]:
    """Return who may do what in a database, and by which rules."""
    return set(asked(url, _CATALOGUE))


def logins(url: str) -> set[tuple[Any, ...]]:
    """Return every login of a server with what it may do."""
    return set(asked(url, _LOGINS))


def rows(url: str) -> dict[str, str]:
    """Return a hash of the rows of each table."""
    tables = asked(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    query = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY t::text))"
        f" FROM public.{table} t"
        for (table,) in tables
    )
    return dict(asked(url, query))


def asked(url: str, query: str) -> list[tuple[Any, ...]]:
    """Ask as the server's administrator."""
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def of(url: str, login: str) -> str:
    """Return somebody's own address."""
    return conninfo.make_conninfo(url, user=login, password=PASSWORD)


def newcomer(people: StaffList) -> Staff:
    """Let somebody in whom no earlier backup knows."""
    return people.add(NewStaff("nina.new", "Nina New", Role.RECEPTIONIST, PASSWORD))
