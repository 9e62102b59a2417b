"""What stands for everything that PostgreSQL allows and refuses in a database."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection

# Owners, grants, policies, triggers, rules on rows; names only, for numbers differ. No
# grant said and the usual ones said are the same: a dump leaves these out.
_CATALOGUE = """
    WITH ours AS (
        SELECT c.* FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S')
    ), functions AS (
        SELECT p.* FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e'
                AND d.classid = 'pg_proc'::regclass)
    )
    SELECT concat_ws(' ', 'table', relname, relowner::regrole, relrowsecurity,
        relforcerowsecurity, ARRAY(SELECT unnest(coalesce(relacl,
            acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
        )::text ORDER BY 1)) FROM ours
    UNION ALL
    SELECT concat_ws(' ', 'column', relname, attname,
        ARRAY(SELECT unnest(attacl)::text ORDER BY 1))
    FROM pg_attribute JOIN ours ON ours.oid = attrelid WHERE attacl IS NOT NULL
    UNION ALL
    SELECT concat_ws(' ', 'policy', tablename, policyname, permissive, roles, cmd, qual,
        'check', with_check) FROM pg_policies WHERE schemaname = 'public'
    UNION ALL
    SELECT concat_ws(' ', 'function', oid::regprocedure, proowner::regrole, prosecdef,
        provolatile, proconfig, md5(prosrc),
        ARRAY(SELECT unnest(coalesce(proacl, acldefault('f', proowner)))::text
            ORDER BY 1)) FROM functions
    UNION ALL
    SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgenabled,
        pg_get_triggerdef(t.oid, true))
    FROM pg_trigger t JOIN ours ON ours.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL
    SELECT concat_ws(' ', 'rule', conrelid::regclass, conname,
        pg_get_constraintdef(oid, true))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat_ws(' ', 'public may', oid::regprocedure)
    FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
        AND proname ~ '^(lo_|loread$|lowrite$)'
        AND has_function_privilege('public', oid, 'EXECUTE')
    UNION ALL
    SELECT concat_ws(' ', 'schema', nspname,
        ARRAY(SELECT unnest(nspacl)::text ORDER BY 1))
    FROM pg_namespace WHERE nspname = 'public'
    UNION ALL
    SELECT concat_ws(' ', 'default', defaclrole::regrole, defaclobjtype,
        ARRAY(SELECT unnest(defaclacl)::text ORDER BY 1)) FROM pg_default_acl
"""


def of_database(connection: Connection[Any]) -> str:
    """Return the SHA-256 of what is allowed in the database of this connection."""
    lines = sorted(line for (line,) in connection.execute(_CATALOGUE))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
