"""Who was erased stays erased, also in a backup that was made before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from psycopg import Connection

# With the instant, for another practice has other clients under the same numbers. As
# JSON, for the practice that is replaced may be older than this column.
_ERASED = """
    SELECT client_id, created_at FROM client
    WHERE to_jsonb(client) ->> 'erased_at' IS NOT NULL
"""
_COME_BACK = """
    SELECT client_id FROM client
    WHERE erased_at IS NULL AND (client_id, created_at) IN (
        SELECT * FROM unnest(%s::int[], %s::timestamptz[]))
    ORDER BY merged_into NULLS FIRST, client_id
"""
# Who was erased alone was an entry of their own again by then.
_SEPARATE = """
    SELECT client_unmerge(merge_id) FROM client_merge
    WHERE gone_id = %s AND undone_at IS NULL
"""


def of_database(connection: Connection[Any]) -> list[tuple[int, datetime]]:
    """Return who was erased in a practice, by number and when they were entered."""
    return connection.execute(_ERASED).fetchall()


def erase_again(
    connection: Connection[Any], erased: Iterable[tuple[int, datetime]]
) -> int:
    """Erase who came back with a backup; return how many have to be left.

    These have visits to come, which somebody has to cancel first.
    """
    known = list(erased)
    numbers, instants = [one for one, _ in known], [entered for _, entered in known]
    left = 0
    for (client_id,) in connection.execute(_COME_BACK, [numbers, instants]).fetchall():
        try:
            connection.execute(_SEPARATE, [client_id])
            connection.execute("SELECT client_erase(%s)", [client_id])
        except psycopg.errors.CheckViolation:
            left += 1
    return left
