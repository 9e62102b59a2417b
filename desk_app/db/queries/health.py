"""Whether a database is as this program has made it: walls, settings, what waits.

What is asked here everybody may know: it stands in PostgreSQL's own catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query, Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

# Nobody is a member of these, and none of them signs in.
OWNERS = ("desk_owner", "desk_audit", "desk_staffing")
EXTENSIONS = ("btree_gist", "pg_trgm")

_OURS: LiteralString = (
    "c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT EXISTS ("
    "SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'"
    " AND d.classid = 'pg_class'::regclass)"
)


@dataclass(frozen=True, slots=True)
class Login:
    """Who a connection is: no name, only what it may do."""

    is_superuser: bool
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension; versions are "" where it is not there."""

    name: str
    installed: str
    available: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """What has to follow outside; `oldest` is how long the first of it is overdue.

    `has_worked` says whether anything was ever tried. Of what is `unsure` nobody knows
    whether it left.
    """

    waiting: int
    overdue: int
    dead: int
    oldest: timedelta | None
    has_worked: bool
    unsure: int = 0
    missed: int = 0


def login() -> Query[Login]:
    """Return what the login of this connection is."""
    return Query(
        "SELECT rolsuper, ARRAY(SELECT g.rolname FROM pg_roles g"
        " WHERE g.rolname ~ '^desk_' AND pg_has_role(r.oid, g.oid, 'MEMBER'))"
        " FROM pg_roles r WHERE rolname = session_user",
        {},
        lambda rows: Login(rows[0][0], tuple(rows[0][1])),
    )


def missing_roles(wanted: Sequence[str]) -> Query[tuple[str, ...]]:
    """Return which of `wanted` the server does not have."""
    return Query(
        "SELECT name FROM unnest(%(wanted)s::text[]) name"
        " WHERE name NOT IN (SELECT rolname FROM pg_roles)",
        {"wanted": list(wanted)},
        _names,
    )


def open_owners() -> Query[tuple[str, ...]]:
    """Return the owners that somebody can become, which nobody may."""
    return Query(
        "SELECT rolname FROM pg_roles r WHERE rolname = ANY(%(owners)s)"
        " AND (rolcanlogin OR r.oid IN (SELECT roleid FROM pg_auth_members))",
        {"owners": list(OWNERS)},
        _names,
    )


def makers_of_roles() -> Query[int]:
    """Return how many may make roles and sign in, but are no superusers."""
    return Query(
        "SELECT count(*) FROM pg_roles"
        " WHERE rolcreaterole AND rolcanlogin AND NOT rolsuper",
        {},
        lambda rows: int(rows[0][0]),
    )


def open_to_everybody() -> Query[tuple[str, ...]]:
    """Return what every login of the server may do here, though none should."""
    return Query(
        "SELECT what FROM (VALUES"
        " ('CONNECT', has_database_privilege('public', current_database(), 'CONNECT')),"
        " ('TEMP', has_database_privilege('public', current_database(), 'TEMP')),"
        " ('CREATE', has_schema_privilege('public', 'public', 'CREATE')),"
        " ('large objects', EXISTS (SELECT FROM pg_proc"
        "   WHERE pronamespace = 'pg_catalog'::regnamespace"
        "   AND proname ~ '^(lo_|loread$|lowrite$)'"
        "   AND has_function_privilege('public', oid, 'EXECUTE')))"
        ") AS known (what, is_open) WHERE is_open",
        {},
        _names,
    )


def unguarded_tables() -> Query[tuple[str, ...]]:
    """Return the tables without row-level security, or of another owner."""
    return Query(
        f"SELECT relname FROM pg_class c WHERE {_OURS} AND (NOT relrowsecurity"
        " OR relowner::regrole::text <> ALL(%(owners)s)) ORDER BY relname",
        {"owners": list(OWNERS)},
        _names,
    )


def audited_tables() -> Query[tuple[str, ...]]:
    """Return the tables whose changes are written into the audit log."""
    return Query(
        "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
        " JOIN pg_proc p ON p.oid = tgfoid WHERE p.proname = 'audit_change'"
        f" AND tgenabled IN ('O', 'A') AND {_OURS} ORDER BY c.relname",
        {},
        _names,
    )


def sleeping_triggers() -> Query[tuple[str, ...]]:
    """Return the tables that have a trigger which was switched off."""
    return Query(
        "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
        f" WHERE tgenabled NOT IN ('O', 'A') AND {_OURS} ORDER BY c.relname",
        {},
        _names,
    )


def extensions() -> Query[tuple[Extension, ...]]:
    """Return what the server has of the extensions that are needed."""
    return Query(
        "SELECT name, coalesce(installed_version, ''), coalesce(default_version, '')"
        " FROM unnest(%(names)s::text[]) name"
        " LEFT JOIN pg_available_extensions USING (name) ORDER BY name",
        {"names": list(EXTENSIONS)},
        lambda rows: tuple(Extension(*row) for row in rows),
    )


def connections() -> Query[tuple[int, int]]:
    """Return how many connections there are, and how many there can be."""
    return Query(
        "SELECT (SELECT sum(numbackends) FROM pg_stat_database)::int,"
        " current_setting('max_connections')::int"
        " - current_setting('superuser_reserved_connections')::int",
        {},
        lambda rows: (rows[0][0], rows[0][1]),
    )


def encryption() -> Query[str]:
    """Return the version of TLS of this connection, "" without."""
    return Query(
        "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl",
        {},
        lambda rows: str(rows[0][0]) if rows else "",
    )


def backlog() -> Query[Backlog]:
    """Return what waits to be carried outside, as far as this login may see it."""
    return Query(
        "SELECT count(*) FILTER (WHERE state = 'WAITING' AND run_at > now()),"
        " count(*) FILTER (WHERE is_overdue), count(*) FILTER (WHERE state = 'DEAD'),"
        " now() - min(run_at) FILTER (WHERE is_overdue),"
        " coalesce(bool_or(state IN ('DONE', 'SENDING', 'DEAD') OR attempts > 0),"
        "   false),"
        " count(*) FILTER (WHERE state = 'UNSURE'),"
        " count(*) FILTER (WHERE state = 'MISSED')"
        " FROM outbox, LATERAL (SELECT state = 'WAITING' AND run_at <= now()"
        "   OR state = 'SENDING' AND leased_until <= now() AS is_overdue) judged",
        {},
        lambda rows: Backlog(*rows[0]),
    )


def _names(rows: list[Row]) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in rows)
