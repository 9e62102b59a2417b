"""Tries an attack and says whether it has worked: by what was seen or changed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import pq

from tests.attacks.world import INSIDE, MUST_NOT_SEE, Who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

    from psycopg import Connection
    from psycopg.errors import Diagnostic

    from tests.attacks.world import World


class Kind(Enum):
    """What makes an attack one that has not worked."""

    # It is refused.
    FAILS = auto()
    # It is refused, or there is nothing that it would change.
    TOUCHES_NOTHING = auto()
    # It is refused, or shows nothing that this login must not see.
    SHOWS_NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Attack:
    """Statements that somebody runs; `refused_by` are the SQLSTATEs that count."""

    name: str
    sql: str
    kind: Kind = Kind.FAILS
    by: frozenset[Who] = INSIDE
    refused_by: frozenset[str] = frozenset({"42501"})


# All that may not change: the rows, and what protects them.
_TABLES = """
    SELECT c.oid::regclass::text FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    ORDER BY 1"""
_PROTECTION = """
    SELECT rolname::text, rolsuper::text || rolcreaterole || rolcreatedb || rolcanlogin
        || rolreplication || rolbypassrls || rolconnlimit
        || coalesce(rolpassword, '') FROM pg_authid
    UNION ALL SELECT roleid::regrole::text, member::regrole::text || admin_option
        FROM pg_auth_members
    UNION ALL SELECT oid::regclass::text, concat_ws(' ', relowner::regrole, relacl,
        relrowsecurity, relforcerowsecurity) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT attrelid::regclass || '.' || attname, attacl::text
        FROM pg_attribute WHERE attacl IS NOT NULL
    UNION ALL SELECT oid::regprocedure::text,
        concat_ws(' ', proowner::regrole, proacl, md5(prosrc), proconfig) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace OR proname LIKE 'lo%'
    UNION ALL SELECT polname || polrelid::regclass, concat_ws(' ', polcmd, polroles,
        polqual::text, polwithcheck::text) FROM pg_policy
    UNION ALL SELECT tgrelid::regclass || '.' || tgname, tgenabled::text FROM pg_trigger
        WHERE NOT tgisinternal
    UNION ALL SELECT datname::text, datacl::text FROM pg_database
    UNION ALL SELECT nspname::text, nspacl::text FROM pg_namespace
        WHERE nspname !~ '^pg_t'
    UNION ALL SELECT 'default', defaclacl::text FROM pg_default_acl
    UNION ALL SELECT 'setting', concat_ws(' ', setdatabase, setrole, setconfig)
        FROM pg_db_role_setting
    UNION ALL SELECT 'large object', oid::text FROM pg_largeobject_metadata
    UNION ALL SELECT 'extension', extname::text FROM pg_extension
    UNION ALL SELECT 'event trigger', evtname::text FROM pg_event_trigger
    UNION ALL SELECT 'publication', pubname::text FROM pg_publication
    UNION ALL SELECT 'server', srvname::text FROM pg_foreign_server"""


class Watch:
    """Compares the database before and after; as its superuser."""

    def __init__(self, world: World) -> None:
        self._connection = psycopg.connect(world.admin_url, autocommit=True)
        tables = [name for (name,) in self._connection.execute(_TABLES)]
        self._query = " UNION ALL ".join(
            f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY t::text))"
            f" FROM {table} t"
            for table in tables
        )
        self.before = self._look()

    def changed(self) -> list[str]:
        """Return what is different from the last look, by name."""
        now = self._look()
        different = {name for name, _ in self.before ^ now}
        self.before = now
        return sorted(different)

    def close(self) -> None:
        """Look no more."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _look(self) -> set[tuple[Any, ...]]:
        query = f"{self._query} UNION ALL ({_PROTECTION})"
        return set(self._connection.execute(query).fetchall())


class Line:
    """Somebody's way into a practice: one connection, as good as new for each attack.

    Opening one for each took four fifths of the time of all attacks.
    """

    def __init__(self, world: World, who: Who) -> None:
        self.who = who
        self._url = world.url_of(who.value)
        self._connection: Connection[Any] | None = None

    @contextmanager
    def opened(
        self, listener: Callable[[Diagnostic], None]
    ) -> Iterator[Connection[Any]]:
        """Give the connection, and tell the listener what the server says on it."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._url, prepare_threshold=None)
        connection = self._connection
        connection.add_notice_handler(listener)
        try:
            yield connection
        finally:
            connection.remove_notice_handler(listener)
            self._begin_anew(connection)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin_anew(self, connection: Connection[Any]) -> None:
        """Forget roles, settings and all else that an attack left in its session."""
        try:
            connection.rollback()
            connection.autocommit = True
            connection.execute("DISCARD ALL")
            connection.autocommit = False
        except psycopg.Error:
            connection.close()


def attempt(line: Line, watch: Watch, attack: Attack) -> str:
    """Run an attack; return how it has worked, "" if it has not."""
    who = line.who
    seen: list[str] = []
    rows, refused = 0, ""
    try:
        with line.opened(lambda said: seen.append(str(said))) as connection:
            for statement in filter(None, map(str.strip, attack.sql.split(";;"))):
                rows += _run(connection, statement, seen)
            connection.commit()
    except psycopg.Error as error:
        refused = error.sqlstate or "connection"
        seen += [str(error), *_details(error)]
    # What was refused is rolled back; a last look at the end sees to the rest.
    if not refused and (changed := watch.changed()):
        return f"changed {', '.join(changed)}"
    words = "\n".join(seen)
    if leaked := sorted(word for word in MUST_NOT_SEE[who] if word in words):
        return f"showed {', '.join(leaked)}"
    if refused:
        known = (
            attack.refused_by | {"connection"}
            if who not in INSIDE
            else (attack.refused_by)
        )
        return "" if refused in known else f"ended in {refused}: {words}"
    if attack.kind is Kind.FAILS or (attack.kind is Kind.TOUCHES_NOTHING and rows):
        return f"was let through, {rows} rows"
    return ""


def _run(connection: Connection[Any], statement: str, seen: list[str]) -> int:
    """Run one statement; return how many rows it touched or showed."""
    if statement.startswith("COPY") and statement.endswith("TO STDOUT"):
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            seen += [bytes(block).decode("utf-8", "replace") for block in copy]
        return 0
    cursor = connection.execute(statement)
    if cursor.description:
        found = cursor.fetchall()
        seen += [_text(value) for row in found for value in row]
        return len(found)
    return max(0, cursor.rowcount)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _details(error: psycopg.Error) -> Iterator[str]:
    for field in pq.DiagnosticField:
        said = error.diag and getattr(error.diag, field.name.lower(), None)
        if said:
            yield str(said)
